"""What `returning.yaml` may hold: how this person meets somebody they have met before. The file may be missing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simpatient.persona.schema import Authored, StanceWord, Text, Word
from simpatient.words import Channel, Occasion, Tag

MISREPORTED = "misreported"
"""What lines belong to when a thing was done, and its result told otherwise than it was."""


class ReturningLine(Authored):
    """One thing the patient can say to somebody they have met before, or part with."""

    say: Text
    """The words. `{learner}` is the learner's name, `{what}` what was promised ("ask the doctor and tell me Tuesday"),
    `{plan}` what the plan is looked at by ("I'm getting six hours")."""
    occasion: Occasion
    """What has happened between the two since last time."""
    stance: tuple[StanceWord, ...] = ()
    """Rungs it fits; empty means all."""
    which: Word | None = None
    """Id of the request, event or feedback it belongs to; empty means any."""
    topic: Word | None = None
    needs: Word | None = None
    """A fact that must have been told in full before this may be said."""
    tags: tuple[Tag, ...] = ()
    """What the line calls for."""
    channel: tuple[Channel, ...] = ()
    """Channels it fits; empty means all."""
    nonverbal: str = ""
    """What is seen while it is said."""
    more: tuple[Text, ...] = ()
    """What the patient says next, in order, when asked."""


class Later(Authored):
    """What the learner reads before a later meeting. It must give no fact away."""

    setting: Text
    """Where the two meet this time."""
    known: Text
    """What the learner knows by now."""
    task: Text
    """What the learner is to do this time."""


class Returning(Authored):
    """All lines of later meetings of one patient."""

    schema_version: Literal[1] = 1
    later: Later | None = None
    lines: Annotated[tuple[ReturningLine, ...], Field()] = ()
