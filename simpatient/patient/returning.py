"""The embedded voice of people who have met before: lines for occasions, else the ordinary voice."""

from __future__ import annotations

from simpatient.patient.hearing import Heard
from simpatient.patient.memory import Memory
from simpatient.patient.voice import AuthoredVoice, Spoken, pick
from simpatient.persona import Patient, ReturningLine
from simpatient.words import (
    Channel,
    Intent,
    Occasion,
    PatientState,
    PatientTurn,
    PromiseStatus,
    Stance,
)

_PLAIN = {
    Occasion.RAISES_PROMISE: "You said you'd {what}.",
    Occasion.PLAN_FORGOTTEN: "You said we'd look at it again, how it's going.",
}
"""Said where the author wrote nothing: these two are never left out."""
_SEEN = (Channel.IN_PERSON, Channel.VIDEO)


class ReturningVoice(AuthoredVoice):
    """Speaks one patient's authored lines, those of later meetings included."""

    def opening_again(self, memory: Memory, state: PatientState, occasion: Occasion, seed: int) -> PatientTurn:
        """The first words of a later meeting."""
        line = chosen(self.patient, occasion, state.stance, memory, (seed, memory.meeting))
        if line is None and occasion is not Occasion.AGAIN:
            line = chosen(self.patient, Occasion.AGAIN, state.stance, memory, (seed, memory.meeting))
        if line is None:
            return self.opening(seed)
        seen = self.persona.card.channel in _SEEN
        return PatientTurn(text=_filled(line, memory, ""), nonverbal=line.nonverbal if seen else "")

    def speak(self, intent: Intent, heard: Heard, memory: Memory, seed: int, exchange: int) -> Spoken:
        """The reply in the patient's own words."""
        if intent.occasion is None:
            return super().speak(intent, heard, memory, seed, exchange)
        key = (seed, memory.meeting, exchange)
        line = chosen(self.patient, intent.occasion, intent.stance, memory, key, intent.which, intent.about)
        plain = _PLAIN.get(intent.occasion)
        if line is None and plain is None:
            return super().speak(intent, heard, memory, seed, exchange)
        seen = self.persona.card.channel in _SEEN
        if line is None:
            return Spoken(turn=PatientTurn(text=(plain or "").replace("{what}", intent.about)), plants=intent.plants)
        return Spoken(
            turn=PatientTurn(text=_filled(line, memory, intent.about), nonverbal=line.nonverbal if seen else ""),
            plants=tuple(dict.fromkeys((*line.tags, *intent.plants))),
            more=line.more,
        )


def chosen(
    patient: Patient,
    occasion: Occasion,
    stance: Stance,
    memory: Memory,
    key: tuple[int, ...],
    which: str = "",
    about: str = "",
) -> ReturningLine | None:
    """The line that fits an occasion best, unsaid ones first, among equals by seed; None when there is none."""
    said = {sentence for reply in (*memory.earlier, *memory.spoken) for sentence in reply}
    fitting = [
        line
        for line in patient.returning.lines
        if line.occasion is occasion and _may(line, patient, stance, memory, which, about)
    ]
    if not fitting:
        return None
    fresh = [line for line in fitting if line.say not in said and line.say.split(". ")[0] + "." not in said] or fitting
    best = max(_closeness(line, which) for line in fresh)
    return pick([line for line in fresh if _closeness(line, which) == best], *key, occasion.value)


def opening_occasion(memory: Memory, state: PatientState, *, checked_in: bool, mended: bool) -> Occasion:
    """What the first words of a later meeting answer to."""
    anew = any(
        p.status is PromiseStatus.RENEGOTIATED and p.made_at == memory.meeting - 1 and p.told_in == 0
        for p in memory.promises
    )
    if state.rupture is not None:
        broken = state.rupture.cause.value == "promise"
        return Occasion.AGAIN_LET_DOWN if broken else Occasion.AGAIN_STRAINED
    if anew:
        return Occasion.AGAIN_RENEGOTIATED
    if mended:
        return Occasion.AGAIN_MENDED
    return Occasion.AGAIN_CHECKED_IN if checked_in else Occasion.AGAIN


def _may(line: ReturningLine, patient: Patient, stance: Stance, memory: Memory, which: str, about: str) -> bool:
    if line.needs is not None and line.needs not in memory.known:
        return False
    if line.channel and patient.persona.card.channel not in line.channel:
        return False
    if line.stance and stance.word not in line.stance:
        return False
    if line.which is not None and line.which != which:
        return False
    wants_words = "{what}" in line.say or "{plan}" in line.say
    return not (wants_words and not about) and not ("{learner}" in line.say and not memory.learner_name)


def _closeness(line: ReturningLine, which: str) -> int:
    return 2 * bool(which and line.which == which) + bool(line.channel and len(line.channel) == 1)


def _filled(line: ReturningLine, memory: Memory, about: str) -> str:
    said = line.say.replace("{what}", about).replace("{plan}", about)
    return said.replace("{learner}", memory.learner_name)
