"""Whole dialogues from elsewhere, rated turn by turn as if they had been held here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from simpatient.evaluation.profile import MeetingEvents, Profile, RatedExchange
from simpatient.evaluation.rollup import roll_up
from simpatient.rubric import Rubric
from simpatient.words import Appraisal, Assessment, Context, Opportunity, PatientTurn

EARLIER = 2
"""Exchanges before the message that reader and evaluator may see."""


@dataclass(frozen=True, kw_only=True)
class DialogueTurn:
    """One learner message of a dialogue from elsewhere, with the patient turn it answers."""

    dialogue: str
    turn: int
    """Place in the dialogue; only the order counts."""
    patient: str
    """Empty where the learner speaks first."""
    learner: str


@dataclass(frozen=True, kw_only=True)
class RatedDialogue:
    """One dialogue with its profile and everything the profile was made from."""

    dialogue: str
    profile: Profile
    exchanges: tuple[RatedExchange, ...]


class Reader(Protocol):
    """Reads one learner message as behaviour codes."""

    def read(self, text: str, context: Context) -> Appraisal:
        """The codes of `text`, with quotes."""
        ...


class Rater(Protocol):
    """Rates one learner message by a rubric."""

    @property
    def rubric(self) -> Rubric:
        """The rubric it rates by."""
        ...

    async def rate(self, message: str, context: Context, appraisal: Appraisal) -> Assessment:
        """What the message earns."""
        ...


Tagger = Callable[[str], tuple[Opportunity, ...]]
"""What a patient turn calls for, told from its text alone."""


async def rate_dialogues(
    turns: Iterable[DialogueTurn], reader: Reader, tag: Tagger, evaluator: Rater
) -> tuple[RatedDialogue, ...]:
    """Every dialogue rated whole, in the order in which the dialogues first appear."""
    by_dialogue: dict[str, list[DialogueTurn]] = {}
    for turn in turns:
        by_dialogue.setdefault(turn.dialogue, []).append(turn)
    return tuple(
        [
            await _rate(name, sorted(found, key=lambda t: t.turn), reader, tag, evaluator)
            for name, found in by_dialogue.items()
        ]
    )


async def _rate(
    name: str, turns: Sequence[DialogueTurn], reader: Reader, tag: Tagger, evaluator: Rater
) -> RatedDialogue:
    exchanges: list[RatedExchange] = []
    for place, turn in enumerate(turns):
        context = context_of(turns, place, tag)
        appraisal = reader.read(turn.learner, context)
        exchanges.append(
            RatedExchange(
                number=place + 1,
                message=turn.learner,
                answers=context.turn,
                appraisal=appraisal,
                assessment=await evaluator.rate(turn.learner, context, appraisal),
                reply_words=len(turns[place + 1].patient.split()) if place + 1 < len(turns) else 0,
            )
        )
    profile = roll_up(evaluator.rubric, exchanges, MeetingEvents())
    return RatedDialogue(dialogue=name, profile=profile, exchanges=tuple(exchanges))


def context_of(turns: Sequence[DialogueTurn], place: int, tag: Tagger) -> Context:
    """What may be known when the message at `place` is read: what came before it, nothing after. Pure."""
    turn, before = turns[place], turns[:place]
    return Context(
        turn=PatientTurn(text=turn.patient, opportunities=tag(turn.patient) if turn.patient.strip() else ()),
        earlier=tuple((before[i].learner, turns[i + 1].patient) for i in range(max(0, place - EARLIER), place)),
        said=tuple(t.patient for t in turns[: place + 1] if t.patient),
        exchange=place + 1,
        learner_said=tuple(t.learner for t in before),
    )
