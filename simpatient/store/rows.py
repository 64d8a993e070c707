"""What goes into the store and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

Record: TypeAlias = dict[str, Any]
"""A published record as plain data; its fields stand in `simpatient.store.published`."""


@dataclass(frozen=True, kw_only=True)
class MeetingSettings:
    """What was chosen for a meeting."""

    evaluator: str = "rapport"
    difficulty: str | None = None
    """gentle, standard or hard; None where it was not kept."""
    channel: str | None = None
    """in_person, phone, text or video; None where it was not kept."""
    voice: str = "embedded"
    """`embedded`, or `PROVIDER:NAME` of the chat model."""
    mode: str = "practice"
    """guided, practice or assessment."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What a learner chose last; it holds for the next meeting they begin."""

    mode: str = ""
    """guided, practice or assessment; empty, as everything here, where nothing was chosen."""
    difficulty: str = ""
    evaluator: str = ""
    live: bool | None = None
    """Whether ratings are shown while they talk; None: as the mode has it."""


@dataclass(frozen=True, kw_only=True)
class Aside:
    """A line that the page showed beside what was said: a hint, a pause."""

    after: int
    """Number of the exchange that it follows; 0 is the opening."""
    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Beside:
    """How the page shows a meeting beside what was said in it; the patient knows nothing of it."""

    live: bool | None = None
    """Whether ratings are shown; None: as the mode has it."""
    intending: str = ""
    """What the learner wants to reach with the next message."""
    intending_after: int = 0
    """The exchange after which they said so; once another follows it is over."""
    asides: tuple[Aside, ...] = ()
    """Oldest first."""


@dataclass(frozen=True, kw_only=True)
class Versions:
    """Of what made a meeting: number and digest of the content, so that a changed file is seen."""

    engine: str = ""
    persona: str = ""
    codebook: str = ""
    rubric: str = ""

    def differing(self, other: Versions) -> tuple[tuple[str, str, str], ...]:
        """What differs from `other`: its name, the version here, the version there."""
        pairs = (
            (name, getattr(self, name), getattr(other, name)) for name in ("engine", "persona", "codebook", "rubric")
        )
        return tuple((name, mine, theirs) for name, mine, theirs in pairs if mine != theirs)


@dataclass(frozen=True, kw_only=True)
class NewMeeting:
    """A meeting as it is when its first exchange is kept."""

    id: str
    learner: str
    """Pseudonymous."""
    persona: str
    name: str
    """The patient's name on screen."""
    seed: int
    settings: MeetingSettings
    versions: Versions
    start: str | None
    """All that moves as it was at the opening, packed; None for what an import could not bring."""
    meeting: int = 1
    """1 for the first meeting of these two."""


@dataclass(frozen=True, kw_only=True)
class NewExchange:
    """An exchange with all that has to stand with it or not at all."""

    number: int
    parent: int
    record: Record
    exact: str | None
    """All that moves after it, packed."""
    versions: Versions
    promises: tuple[Record, ...] = ()
    """Promises made or changed in it."""
    ended: str | None = None
    rated_by: tuple[str, str] | None = None
    """Id and version of the evaluator whose ratings the record holds already; None while they are on their way."""


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    """A meeting as a list shows it."""

    id: str
    learner: str
    persona: str
    name: str
    meeting: int
    exchanges: int
    """Of all branches."""
    head: int
    """The exchange at which it stands; 0 is the opening."""
    ended: str | None
    """Why it is over; None while it can go on."""
    index: float | None
    """Rapport index of the last debrief, 0..100."""
    started_at: datetime
    updated_at: datetime


@dataclass(frozen=True, kw_only=True)
class KeptExchange:
    """An exchange out of the store."""

    number: int
    parent: int
    record: Record
    exact: str | None
    versions: Versions
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class KeptRating:
    """What one evaluator said of one exchange."""

    exchange: int
    evaluator: str
    version: str
    record: Record
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class KeptDebrief:
    """The debrief of one branch."""

    head: int
    """The exchange at which that branch ended."""
    record: Record
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class KeptMeeting:
    """A whole meeting out of the store, all branches included."""

    line: MeetingLine
    seed: int
    settings: MeetingSettings
    versions: Versions
    start: str | None
    exchanges: tuple[KeptExchange, ...]
    """By number."""
    debriefs: tuple[KeptDebrief, ...] = ()
    """Oldest first."""
    beside: Beside = Beside()

    def path(self, head: int | None = None) -> tuple[KeptExchange, ...]:
        """The exchanges from the opening to `head`, by default to where the meeting stands."""
        by_number = {exchange.number: exchange for exchange in self.exchanges}
        number, found = self.line.head if head is None else head, list[KeptExchange]()
        while number in by_number:
            found.append(by_number[number])
            number = by_number[number].parent
        return tuple(reversed(found))

    @property
    def debrief(self) -> KeptDebrief | None:
        """That of the branch that stands now, else the newest; None while there is none."""
        here = [debrief for debrief in self.debriefs if debrief.head == self.line.head]
        return (here or list(self.debriefs) or [None])[-1]


@dataclass(frozen=True, kw_only=True)
class Held:
    """A meeting with what it added up to."""

    line: MeetingLine
    versions: Versions
    debrief: Record | None
    """That of the branch that stands, else the newest; None while there is none."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A part of the list, newest meeting first."""

    meetings: tuple[MeetingLine, ...]
    following: str | None
    """What to ask for the next part with; None on the last."""


@dataclass(frozen=True, kw_only=True)
class KeptRelationship:
    """One learner and one patient over several meetings."""

    learner: str
    persona: str
    record: Record
    """What may be shown and exported."""
    exact: str
    """What the next meeting starts from, packed."""
    revision: int = 0
    """0 for one that is new; the store counts up, and refuses to overwrite a newer one."""
    plans: tuple[Record, ...] = ()
    """Plans agreed with the patient, oldest first."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which meetings are meant; all conditions hold together."""

    ids: tuple[str, ...] = ()
    """Only these; empty means any."""
    learner: str | None = None
    persona: str | None = None
    older_than: timedelta | None = None
    """Nothing happened in them for longer than this."""

    @property
    def everything(self) -> bool:
        """Whether no condition was named at all."""
        return not self.ids and self.learner is None and self.persona is None and self.older_than is None


@dataclass(frozen=True, kw_only=True)
class Deleted:
    """What a deletion took, or would take."""

    ids: tuple[str, ...] = ()
    """Of the meetings."""
    exchanges: int = 0
    ratings: int = 0
    debriefs: int = 0
    relationships: int = 0
    learners: int = 0
    files: int = 0
    """Logs and recorded calls."""
    erased: bool = True
    """False when another program held the database open, so that its file still has to be cleaned."""
