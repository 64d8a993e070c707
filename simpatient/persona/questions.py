"""What `questions.yaml` may hold: how people ask for the small facts of one patient. The file may be missing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simpatient.persona.schema import Authored, Text


class Questions(Authored):
    """Questions by the small fact that answers them."""

    schema_version: Literal[1] = 1
    questions: dict[Text, Annotated[tuple[Text, ...], Field(min_length=1)]] = Field(default={})
    """Whole questions in anybody's words, by the `id` of an entry of `life`, or by THING.ASPECT of an entry of `world`.
    A learner's question that is like one of them gets the same answer."""
