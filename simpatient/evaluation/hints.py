"""What the patient's last words call for, before the learner answers: a direction first, a line when asked again."""

from __future__ import annotations

from dataclasses import dataclass

from simpatient.evaluation.better import try_instead
from simpatient.evaluation.called import Call, calls
from simpatient.rubric import Rubric
from simpatient.words import Context


@dataclass(frozen=True, kw_only=True)
class Hint:
    """One thing to do next. It knows what was said, and nothing of what is kept back."""

    name: str
    """The behaviour that is called for."""
    cue: str
    """The patient's own words that call for it; empty when the situation does."""
    direction: str
    """What answering well would be like."""
    line: str
    """One line to say; empty when none can be filled from what was said."""


def hint_for(rubric: Rubric, context: Context) -> Hint | None:
    """The most urgent thing that is called for now; None when nothing presses. Pure."""
    called = calls(rubric, context)
    return _hint(rubric, context, called[0]) if called else None


def _hint(rubric: Rubric, context: Context, call: Call) -> Hint:
    behaviour = rubric.behaviour(call.behaviour)
    return Hint(
        name=behaviour.name,
        cue=call.cue_quote if call.tag is not None else "",
        direction=behaviour.anchors.two,
        line=try_instead(behaviour, call, context, ""),
    )
