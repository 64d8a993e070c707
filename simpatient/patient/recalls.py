"""What stays of an exchange for later meetings: plan, feedback, promises raised, news told. Pure."""

from __future__ import annotations

from dataclasses import replace

from simpatient.appraisal import joined, plan_in
from simpatient.patient.feedback import Feedback, better, measure
from simpatient.patient.ledger import to_raise
from simpatient.patient.memory import Memory
from simpatient.patient.occasions import feedback_due
from simpatient.words import Appraisal, FeedbackKind, Intent, Occasion, Plan, Stance

_REVIEWED = frozenset({Occasion.PLAN_MET, Occasion.PLAN_PARTLY, Occasion.PLAN_NOT})
_PLANS = frozenset({"planning", "shared_decision", "feedback_seeking"})
"""Behaviours in whose company a review date is part of a plan."""


def recalled(memory: Memory, appraisal: Appraisal, message: str, reply: str, intent: Intent, exchange: int) -> Memory:
    """The memory with what this exchange leaves for the meetings to come."""
    talk = memory.talk.heard(message, reply, appraisal)
    memory = replace(memory, talk=talk, plan=_plan(memory, appraisal, message, intent), happening=None)
    if intent.occasion is None:
        return memory
    memory = replace(memory, occasions=(*memory.occasions, intent.occasion))
    if intent.occasion is Occasion.RAISES_PROMISE:
        raised = to_raise(memory)
        promises = tuple(replace(p, raised_in=exchange) if p is raised else p for p in memory.promises)
        return replace(memory, promises=promises)
    if intent.occasion is Occasion.EVENT:
        return replace(memory, event="")
    if intent.occasion is Occasion.FEEDBACK:
        kind = FeedbackKind(intent.which)
        given = Feedback(kind=kind, given_at=memory.meeting, measured=measure(talk, kind))
        return replace(memory, feedback=(*memory.feedback, given))
    if intent.occasion in (Occasion.FEEDBACK_ACTED_ON, Occasion.FEEDBACK_IGNORED):
        return _answered(memory)
    return memory


def _plan(memory: Memory, appraisal: Appraisal, message: str, intent: Intent) -> Plan | None:
    plan, meeting = memory.plan, memory.meeting
    if plan is not None and intent.occasion in _REVIEWED:
        plan = replace(plan, reviewed_at=meeting)
    if plan is not None and intent.occasion is Occasion.PLAN_FORGOTTEN:
        plan = replace(plan, missed_at=meeting)
    proposed = plan_in(message, meeting) if _PLANS & appraisal.levels().keys() else None
    if proposed is None or (plan is not None and proposed.benchmark == plan.benchmark and not proposed.goal):
        return plan
    suits = intent.stance >= Stance.TESTING if proposed.asked else None
    return joined(plan, replace(proposed, accepted=suits))


def _answered(memory: Memory) -> Memory:
    before = feedback_due(memory)
    if before is None:
        return memory
    answer = replace(
        before,
        answered="acted_on" if better(before, memory.talk) else "ignored",
        answered_at=memory.meeting,
        measured_then=measure(memory.talk, before.kind),
    )
    return replace(memory, feedback=tuple(answer if f is before else f for f in memory.feedback))
