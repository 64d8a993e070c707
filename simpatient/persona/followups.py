"""What `followups.yaml` may hold: how a talk goes on once something has been told. The file may be missing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simpatient.persona.pieces import Authored, Renderings, Text


class FollowUp(Authored):
    """What a learner may ask next, and the answer."""

    asked: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Ways to ask it, in anybody's words, from the barest ("since when?") to one that names what it is about. A remark that
    invites an answer ("that must be lonely") may stand here as well."""
    say: Renderings
    """The answer, from the shortest to the longest: guarded says the short one, testing one of 4 to 13 words where there is one,
    an easier patient the long one. It must make sense straight after the question, to somebody who has heard only the words
    before it."""


class FollowUps(Authored):
    """Follow-ups by what was told before them."""

    schema_version: Literal[1] = 1
    followups: dict[Text, Annotated[tuple[FollowUp, ...], Field(min_length=1)]] = Field(default={})
    """By the `id` of an entry of `life`, by THING.ASPECT of an entry of `world`, by the whole words of a line that does not
    wait for a fact, by words in which a fact is told that nothing guards, or by one answer of another follow-up, from which
    the talk goes on. They answer the two messages after it; nothing that stands behind a gate may be in them."""
