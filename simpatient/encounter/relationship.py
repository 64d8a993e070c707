"""One learner and one persona over several meetings: what stays when a meeting is over."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, cast

from simpatient.errors import SimpatientError
from simpatient.patient import Memory
from simpatient.patient.between import EARLY_MEETINGS, let_down
from simpatient.patient.feedback import Feedback
from simpatient.patient.ledger import ended
from simpatient.patient.returning import ReturningVoice, opening_occasion
from simpatient.persona import Patient
from simpatient.words import (
    BehaviourCode,
    Done,
    Ending,
    FactId,
    Level,
    NextAppointment,
    PatientState,
    PatientTurn,
    Plan,
    Promise,
    PromiseKind,
    PromiseStatus,
    Rendering,
    RuptureCause,
    Stance,
    Tag,
)

if TYPE_CHECKING:
    from simpatient.encounter.encounter import Encounter

LEARNER = "local"
"""Id of the one person who sits at this machine."""
SPOKEN_KEPT = 160
"""Replies of earlier meetings that are remembered word for word, so that they are not said again."""
_NOT_CARRIED = (Tag.CLOSING, Tag.RUPTURE)
GRAVE = 2


class NotReady(SimpatientError):
    """The next meeting cannot begin yet, or there will be none. The message says why."""


class Stands(StrEnum):
    """Where the two stand."""

    MET = "met"
    """A meeting is over; the days between have not passed yet."""
    READY = "ready"
    """The next meeting can begin."""
    OVER = "over"
    """There will be no further meeting."""


class Returns(StrEnum):
    """Whether the patient comes."""

    COMES = "comes"
    NO_SHOW = "no_show"
    REFERRED = "referred"
    """Goes on with somebody the learner helped to find."""
    FINISHED = "finished"
    """All meetings that the persona's file allows have been held."""


@dataclass(frozen=True, kw_only=True)
class Met:
    """One meeting as it is remembered."""

    number: int
    encounter: str
    """Id of the meeting in records; empty for one to which the patient did not come."""
    ended: Ending
    next_appointment: NextAppointment
    stance: Stance
    exchanges: int


@dataclass(frozen=True, kw_only=True)
class Strain:
    """Something the learner got wrong, and whether it was put right in that meeting."""

    meeting: int
    exchange: int
    code: BehaviourCode
    severity: Level
    quote: str
    repaired: bool


@dataclass(frozen=True, kw_only=True)
class Relationship:
    """All that one learner and one patient have behind them. Plain, frozen values throughout."""

    learner: str
    """Pseudonymous id."""
    persona: str
    stands: Stands
    meetings: tuple[Met, ...]
    state: PatientState
    """Feelings at the end of the last meeting (`met`), or at the opening of the next (`ready`)."""
    last_stance: Stance
    """Where the last meeting ended, before the days between."""
    told: tuple[tuple[FactId, Rendering], ...] = ()
    hints: tuple[FactId, ...] = ()
    raised: tuple[str, ...] = ()
    shown: tuple[BehaviourCode, ...] = ()
    breached: bool = False
    planted: tuple[Tag, ...] = ()
    spoken: tuple[tuple[str, ...], ...] = ()
    """Sentences of the patient's replies, oldest first."""
    promises: tuple[Promise, ...] = ()
    plan: Plan | None = None
    feedback: tuple[Feedback, ...] = ()
    strains: tuple[Strain, ...] = ()
    learner_name: str = ""
    refers: bool = False
    event: str = ""
    """Id of what happened in the days between; empty when nothing did, or once the next meeting has begun."""
    happened: tuple[str, ...] = ()
    """Ids of all that happened between meetings so far."""
    checked_in: bool = False
    """Whether the learner sent a word in the days between."""
    returns: Returns | None = None

    @property
    def next_number(self) -> int:
        """Number of the next meeting."""
        return len(self.meetings) + 1

    @property
    def mended(self) -> bool:
        """Whether something was put right in the last meeting."""
        return any(s.meeting == len(self.meetings) and s.repaired for s in self.strains)

    def record(self) -> dict[str, Any]:
        """The relationship as plain data, in the fields of this class."""
        found = plain(self)
        assert isinstance(found, dict)
        return {"schema_version": 1, **found}


def plain(value: object) -> Any:
    """Frozen values as plain data: enums by value, stances by word, tuples as lists."""
    if isinstance(value, Stance | Rendering):
        return value.word
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(item) for item in cast("tuple[object, ...]", value)]
    return round(value, 6) if isinstance(value, float) else value


def after_meeting(encounter: Encounter, *, learner: str = "", before: Relationship | None = None) -> Relationship:
    """What stays of a meeting that is over, joined to what there was before it.

    Due promises that were not told are broken, or, if they were kept, forgotten, which the patient cannot tell from
    broken.

    Args:
        encounter: the meeting.
        learner: pseudonymous id of whoever practised; by default as before, or as the meeting says.
        before: what there was before it; by default what the meeting began from.

    Raises:
        NotReady: the meeting is not over.

    Source: clinical sections 3.5 and 3.6.
    """
    if encounter.ended is None:
        raise NotReady("This meeting is still going on. End it before you look at what stays of it.")
    before, memory, state = before or encounter.relationship, encounter.memory, encounter.state
    persona, number = encounter.patient.persona, memory.meeting
    promises = ended(memory.promises, number)
    for late in promises:
        if late.status is PromiseStatus.FORGOTTEN and late not in memory.promises:
            state = let_down(state, persona, late.weight, early=number <= EARLY_MEETINGS)
    outcome = encounter.debrief().outcome
    met = Met(
        number=number,
        encounter=encounter.id,
        ended=encounter.ended,
        next_appointment=outcome.next_appointment,
        stance=state.stance,
        exchanges=len(encounter.exchanges),
    )
    return Relationship(
        learner=learner or (before.learner if before else encounter.learner),
        persona=persona.id,
        stands=Stands.MET,
        meetings=(*(before.meetings if before else ()), met),
        state=state,
        last_stance=state.stance,
        told=memory.told,
        hints=memory.hints,
        raised=memory.raised,
        shown=tuple(sorted(memory.shown)),
        breached=memory.breached,
        planted=tuple(dict.fromkeys(tag for tag in memory.planted if tag not in _NOT_CARRIED)),
        spoken=(*memory.earlier, *memory.spoken)[-SPOKEN_KEPT:],
        promises=promises,
        plan=memory.plan,
        feedback=memory.feedback,
        strains=(*(before.strains if before else ()), *_strains(encounter, number)),
        learner_name=memory.learner_name,
        refers=memory.refers,
        happened=before.happened if before else (),
    )


def carried(relationship: Relationship) -> Memory:
    """The patient's memory at the opening of the next meeting."""
    return Memory(
        told=relationship.told,
        hints=relationship.hints,
        breached=relationship.breached,
        shown=frozenset(relationship.shown),
        raised=relationship.raised,
        planted=relationship.planted,
        planned=relationship.plan is not None,
        promises=relationship.promises,
        learner_name=relationship.learner_name,
        meeting=relationship.next_number,
        earlier=relationship.spoken,
        plan=relationship.plan,
        feedback=relationship.feedback,
        event=relationship.event,
    )


def patient_again(patient: Patient, relationship: Relationship) -> Patient:
    """The patient as the learner meets them again: number of the meeting, and what is known by now.

    Raises:
        NotReady: the days between have not passed, there is no further meeting, or it is somebody else.
    """
    if relationship.persona != patient.persona.id:
        raise NotReady(f"What went before was with `{relationship.persona}`, not with `{patient.persona.id}`.")
    if relationship.stands is not Stands.READY:
        again = "Say first what became of your promises (`between`)."
        over = "There is no further meeting with this person. Begin anew without what went before."
        raise NotReady(again if relationship.stands is Stands.MET else over)
    return at_meeting(patient, relationship.next_number)


def at_meeting(patient: Patient, number: int) -> Patient:
    """The patient at the meeting of this number; what the learner knows beforehand is another thing by then."""
    if number == patient.persona.card.session:
        return patient
    persona, later = patient.persona, patient.returning.later
    card: dict[str, object] = {"session": number}
    changed: dict[str, object] = {}
    if later is not None:
        card["setting"] = later.setting
        changed["briefing"] = persona.briefing.model_copy(update={"known": later.known, "task": later.task})
    changed["card"] = persona.card.model_copy(update=card)
    return replace(patient, persona=persona.model_copy(update=changed))


def opening_again(voice: ReturningVoice, relationship: Relationship, seed: int) -> PatientTurn:
    """The first words of a later meeting."""
    memory, state = carried(relationship), relationship.state
    occasion = opening_occasion(memory, state, checked_in=relationship.checked_in, mended=relationship.mended)
    return voice.opening_again(memory, state, occasion, seed)


def due(relationship: Relationship) -> tuple[Promise, ...]:
    """The promises whose time has come before the next meeting; privacy is kept, not reported."""
    return tuple(
        p
        for p in relationship.promises
        if p.status in (PromiseStatus.OPEN, PromiseStatus.RENEGOTIATED)
        and p.kind is not PromiseKind.PRIVACY
        and p.told_at is None
        and not (p.due.startswith("session ") and int(p.due.split()[1]) > relationship.next_number)
    )


def asked_about(promise: Promise, done: Done, result: str) -> Promise:
    """The promise once the learner has said what became of it."""
    result = result if done is not Done.NOT_DONE else ""
    return replace(promise, status=PromiseStatus.OPEN, done=done, result=result, told_in=None, raised_in=None)


def broke(relationship: Relationship) -> bool:
    """Whether the two begin the next meeting with a broken promise between them."""
    rupture = relationship.state.rupture
    return rupture is not None and rupture.cause is RuptureCause.PROMISE


def _strains(encounter: Encounter, meeting: int) -> tuple[Strain, ...]:
    """What was got wrong in this meeting; a later clean repair puts right all that went before."""
    found: list[Strain] = []
    for exchange in encounter.exchanges:
        levels = exchange.appraisal.levels()
        harms = [s for s in exchange.appraisal.codes if s.code in encounter.codebook.harms and s.level >= GRAVE]
        if not harms and levels.get("repair", 0) >= GRAVE:
            found = [replace(strain, repaired=True) for strain in found]
        found += [
            Strain(
                meeting=meeting, exchange=exchange.number, code=s.code, severity=s.level, quote=s.quote, repaired=False
            )
            for s in harms
        ]
    return tuple(found)
