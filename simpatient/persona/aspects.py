"""What can be asked about a person, a place or a thing."""

from __future__ import annotations

from typing import Literal

Aspect = Literal[
    "who", "has", "name", "age", "job", "since", "when", "where", "often", "many", "like", "said", "did", "knows",
    "get_on", "feels", "cares", "helps", "well", "why",
]  # fmt: skip
"""What can be asked about a person, a place or a thing.

who "who is Helen?", "is Helen your wife?"; has "have you got children?"; since "how long?", "since when?"; often "how
often?", "do you see much of her?"; many "how many?", "how much?"; like "what is she like?", "tell me about her"; said
"what did she say?", "what does she think?"; did "what does he do that bothers you?", "what happened?"; knows "does she
know?", "have you told her?"; get_on "do you get on?"; feels "do you miss her?", "do you like it?"; cares "is
she worried about you?", "does he like you?"; helps "does she
help?"; well "how is she?", "is he alive?".
"""
