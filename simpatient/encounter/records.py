"""What a meeting leaves behind: exchanges and the debrief, with the fields others build on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from simpatient.evaluation.profile import Profile
from simpatient.words import (
    EMBEDDED_VOICE,
    VARIABLES,
    Appraisal,
    Assessment,
    Ending,
    Intent,
    NextAppointment,
    PatientState,
    PatientTurn,
    Plan,
    Promise,
    Telling,
    VoiceUse,
)

SCHEMA_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A learner message with the reply it drew, and all that is needed to replay it."""

    encounter: str
    number: int
    """1-based."""
    parent: int
    """The exchange before it; 0 for the opening."""
    learner: str
    intended: str = ""
    """What the learner wanted to reach with it, said before its ratings were shown; empty where they did not say."""
    answers: PatientTurn
    """The patient turn that the message answers; its opportunities are the message's."""
    turn: PatientTurn
    """The reply."""
    appraisal: Appraisal
    before: PatientState
    after: PatientState
    """What the patient felt when they answered."""
    intent: Intent
    tellings: tuple[Telling, ...] = ()
    promises: tuple[Promise, ...] = ()
    """The ledger after this exchange."""
    assessment: Assessment | None = None
    """None until the evaluator has answered."""
    after_corrected: PatientState | None = None
    """What the patient felt after a chat model's verified reading, if it came before the next message."""
    notice: str = ""
    """One line to the learner, out of character (a stop card, a voice that fell back)."""
    ended: Ending | None = None
    seed: int = 0
    voice: VoiceUse = EMBEDDED_VOICE
    meant: tuple[str, ...] = ()
    """What the learner said afterwards they had meant, where they see it otherwise than the ratings."""

    def contested(self, meant: str) -> Exchange:
        """The exchange with what the learner says they meant; said twice it stands once."""
        return self if not meant or meant in self.meant else replace(self, meant=(*self.meant, meant))

    def record(self) -> dict[str, Any]:
        """The exchange as plain data, in the fields of the published record (schema_version 1)."""
        assessment = self.assessment or Assessment()
        return {
            "schema_version": SCHEMA_VERSION,
            "encounter": self.encounter,
            "exchange": self.number,
            "parent": self.parent,
            "learner": self.learner,
            "intended": self.intended,
            "reply": self.turn.text,
            "nonverbal": self.turn.nonverbal,
            "appraisal": {
                "by": self.appraisal.by,
                "codes": _codes(self.appraisal),
                "off_task": list(self.appraisal.off_task),
            },
            "opportunities": opportunity_records(self.answers, assessment),
            "state": {name: round(self.after.value(name), 4) for name in VARIABLES},
            "state_corrected": None
            if self.after_corrected is None
            else {name: round(self.after_corrected.value(name), 4) for name in VARIABLES},
            "stance": self.after.stance.word,
            "rupture": None
            if self.after.rupture is None
            else {"style": self.after.rupture.style.value, "cause": self.after.rupture.cause.value},
            "exit_pressure": round(self.after.exit_pressure, 4),
            "disclosed": [{"fact": t.fact, "rendering": t.rendering.word} for t in self.tellings],
            "promises": [promise_record(promise) for promise in self.promises],
            "ratings": [
                {
                    "behaviour": r.behaviour,
                    "value": r.value,
                    "not_rated": r.not_rated.value if r.not_rated else None,
                    "required": r.required,
                    "quote": r.quote,
                    "cue_quote": r.cue_quote,
                    "why": r.why,
                    "confidence": r.confidence,
                }
                for r in assessment.ratings
            ],
            "harms": [{"code": h.code, "severity": h.severity, "quote": h.quote} for h in assessment.harms],
            "try_instead": assessment.try_instead,
            "notice": self.notice,
            "meant": list(self.meant),
            "ended": self.ended.value if self.ended else None,
            "seed": self.seed,
            "evaluator": _evaluator(assessment),
            "voice": {
                "by": self.voice.by,
                "model": self.voice.model,
                "digest": self.voice.digest,
                "latency_ms": self.voice.latency_ms,
                "tokens": self.voice.tokens,
            },
        }


@dataclass(frozen=True, kw_only=True)
class KeyMoment:
    """An exchange that moved the patient."""

    exchange: int
    learner: str
    change: str
    """What it did, in words."""
    trust: float
    """Change of trust, -1..1."""
    better: str = ""
    """A better line, where it went wrong."""


@dataclass(frozen=True, kw_only=True)
class NotHeard:
    """A topic that stayed shut. Never the fact itself: the learner may meet this person again."""

    topic: str
    """Its name where the two came near it; otherwise only that there was something."""
    would_open: str
    hinted: bool


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How the patient leaves it; never averaged with the ratings."""

    stance: str
    next_appointment: NextAppointment
    ended: Ending


@dataclass(frozen=True, kw_only=True)
class Debrief:
    """What the learner is shown at the end."""

    encounter: str
    persona: str
    name: str
    profile: Profile
    moments: tuple[KeyMoment, ...]
    """The three exchanges that moved the patient most, in the order of the meeting."""
    not_heard: tuple[NotHeard, ...]
    promises: tuple[Promise, ...]
    outcome: Outcome
    strengths: tuple[str, ...] = ()
    """Two things that went well, in words, before any change."""
    change: str = ""
    """One thing to do differently."""
    text: str = ""
    """The debrief in a paragraph."""
    disclaimer: str = ""
    states: tuple[dict[str, float | str], ...] = field(default=())
    """State after the opening and each exchange: five variables 0..1, `stance`, and `exchange`."""
    meeting: int = 1
    """Number of the meeting."""
    plan: Plan | None = None
    """The plan on the table at the end."""
    together: tuple[str, ...] = ()
    """What this meeting had to do with earlier ones, or with parting, in sentences."""

    def record(self) -> dict[str, Any]:
        """The debrief as plain data, in the fields of the published record."""
        return {
            "schema_version": SCHEMA_VERSION,
            "encounter": self.encounter,
            "persona": self.persona,
            **self.profile.record(),
            "moments": [
                {
                    "exchange": m.exchange,
                    "learner": m.learner,
                    "change": m.change,
                    "trust": round(m.trust, 4),
                    "better": m.better,
                }
                for m in self.moments
            ],
            "not_heard": [{"topic": n.topic, "would_open": n.would_open, "hinted": n.hinted} for n in self.not_heard],
            "promises": [promise_record(promise) for promise in self.promises],
            "outcome": {
                "stance": self.outcome.stance,
                "next_appointment": self.outcome.next_appointment.value,
                "ended": self.outcome.ended.value,
            },
            "strengths": list(self.strengths),
            "change": self.change,
            "text": self.text,
            "states": [dict(state) for state in self.states],
            "meeting": self.meeting,
            "plan": plan_record(self.plan) if self.plan else None,
            "together": list(self.together),
        }


def _evaluator(assessment: Assessment) -> dict[str, Any]:
    return {
        "by": assessment.by,
        "digest": assessment.digest,
        "tokens": assessment.tokens,
        "reading": None if assessment.reading is None else _codes(assessment.reading),
        "disagreements": [{"code": d.code, "rules": d.rules, "model": d.model} for d in assessment.disagreements],
    }


def _codes(appraisal: Appraisal) -> list[dict[str, Any]]:
    return [{"code": s.code, "level": s.level, "quote": s.quote} for s in appraisal.codes]


def promise_record(promise: Promise) -> dict[str, Any]:
    """A promise as plain data."""
    return {
        "id": promise.id, "quote": promise.quote, "what": promise.what, "kind": promise.kind.value,
        "due": promise.due, "specific": promise.specific, "in_power": promise.in_power,
        "weight": promise.weight, "status": promise.status.value, "made_in": promise.made_in,
        "told_in": promise.told_in, "made_at": promise.made_at, "told_at": promise.told_at,
        "done": promise.done.value if promise.done else None, "result": promise.result,
        "raised_in": promise.raised_in, "claimed_in": promise.claimed_in,
    }  # fmt: skip


def plan_record(plan: Plan) -> dict[str, Any]:
    """A plan as plain data."""
    return {
        "problems": list(plan.problems), "goal": plan.goal, "benchmark": plan.benchmark, "review": plan.review,
        "review_at": plan.review_at, "asked": plan.asked, "accepted": plan.accepted, "made_at": plan.made_at,
        "reviewed_at": plan.reviewed_at, "missed_at": plan.missed_at,
    }  # fmt: skip


def opportunity_records(turn: PatientTurn, assessment: Assessment) -> list[dict[str, Any]]:
    """What the patient turn called for, and the behaviours that were required by it."""
    required = [r.behaviour for r in assessment.ratings if r.required]
    return [
        {"tag": o.tag.value, "behaviour": required, "required": bool(required), "quote": o.quote}
        for o in turn.opportunities
    ]
