"""What the patient remembers of the meeting beside the feelings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from simpatient.patient.feedback import Feedback, Talk
from simpatient.words import BehaviourCode, FactId, Occasion, Plan, Promise, Rendering, Tag, Telling


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What the message at hand does to an earlier promise."""

    occasion: Occasion
    promise: str
    """Id of the promise."""


@dataclass(frozen=True, kw_only=True)
class Memory:
    """All that was said, told, planted and promised; frozen, so that a rewind is exact."""

    told: tuple[tuple[FactId, Rendering], ...] = ()
    """Facts with the furthest rendering told so far, in order of telling."""
    hints: tuple[FactId, ...] = ()
    """Every hint given, oldest first."""
    breached: bool = False
    """What was told went to somebody else."""
    shown: frozenset[BehaviourCode] = frozenset()
    """Behaviours shown at quality 2 or more at any time."""
    raised: tuple[str, ...] = ()
    """Topics that came up, newest last."""
    topic: str | None = None
    """Topic in hand."""
    planted: tuple[Tag, ...] = ()
    spoken: tuple[tuple[str, ...], ...] = ()
    """Sentences of each reply so far, oldest first."""
    gestures: tuple[str, ...] = ()
    """Nonverbal cues so far, oldest first."""
    more: tuple[str, ...] = ()
    """What there is left to say about the last reply, when asked."""
    thread: tuple[str, ...] = ()
    """What there is left to say about the fact told last, as long as the talk stays with it."""
    last_life: str = ""
    """Id of the small fact told in the last reply; empty when none was."""
    about: tuple[tuple[str, ...], ...] = ()
    """People and things spoken of, reply by reply, newest first; in a reply what it was about before what it named."""
    warned: bool = False
    hostile: int = 0
    """Messages in which the learner insulted or harassed the patient."""
    planned: bool = False
    """A plan is on the table."""
    promises: tuple[Promise, ...] = ()
    learner_name: str = ""
    meeting: int = 1
    """Number of this meeting."""
    earlier: tuple[tuple[str, ...], ...] = ()
    """Sentences of each reply in earlier meetings, oldest first."""
    plan: Plan | None = None
    feedback: tuple[Feedback, ...] = ()
    talk: Talk = field(default_factory=Talk)
    event: str = ""
    """Id of what happened between the meetings and has not been told yet."""
    occasions: tuple[Occasion, ...] = ()
    """Occasions of this meeting so far, oldest first."""
    happening: Happening | None = None
    """What the message at hand does to an earlier promise."""
    refers: bool = False
    """The learner has said honestly that they do not suit each other, and helps on."""

    @property
    def said(self) -> frozenset[str]:
        """Every sentence said in this meeting."""
        return frozenset(sentence for reply in self.spoken for sentence in reply)

    def rendering(self, fact: FactId) -> Rendering:
        """How much of `fact` was told so far."""
        return dict(self.told).get(fact, Rendering.NONE)

    @property
    def known(self) -> frozenset[FactId]:
        """Facts told in full."""
        return frozenset(fact for fact, rendering in self.told if rendering is Rendering.FULL)

    def with_telling(self, telling: Telling | None) -> Memory:
        """The memory after this telling."""
        if telling is None:
            return self
        if telling.rendering is Rendering.HINT:
            return replace(self, hints=(*self.hints, telling.fact))
        told = {**dict(self.told), telling.fact: max(telling.rendering, self.rendering(telling.fact))}
        return replace(self, told=tuple(told.items()))
