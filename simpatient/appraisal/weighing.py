"""Where the small linear model joins the rules: the family of a message, and a few harms with many faces.

The family is decided by rules and model together (`deciding`); a harm is added only where the model is sure of it.
Thresholds were set on examples left out of the fit.
"""

from __future__ import annotations

from dataclasses import replace

from simpatient.appraisal.deciding import together
from simpatient.appraisal.families import REFLECTING, TELLING, Family, Part, primary_family
from simpatient.appraisal.grounding import pasted_turn, tells_own_story
from simpatient.appraisal.harms import ONLY_ASKS, allowed
from simpatient.appraisal.linear import features_of, shipped_model
from simpatient.appraisal.reading import Reading
from simpatient.words import CodedSpan

HARMS_ADDED: dict[str, tuple[float, int]] = {
    "advice_unasked": (0.6, 2), "false_reassurance": (0.5, 2), "lecturing": (0.4, 2), "over_promising": (0.5, 2),
}  # fmt: skip
"""Harms the model may add, with the chance it needs (precision 0.85 or more on examples left out) and the severity."""
ADVICE_DENIED = 0.03
"""Chance of advice under which the rules' advice is taken back."""
ADVICE_DOUBTED = 0.2
"""Chance of unasked advice under which advice that only the model saw counts as given with leave."""
SURELY = 0.5
"""Chance of reflecting from which an utterance counts as one among telling."""
_STANDS_FOR = {
    Family.OPEN: "open_question", Family.CLOSED: "closed_question", Family.SIMPLE: "reflect_simple",
    Family.COMPLEX: "reflect_complex", Family.INFORMATION: "information",
}  # fmt: skip
"""The plain code of each family; advice is a harm or permitted, so it has none."""


def weighed(reading: Reading, spans: list[CodedSpan]) -> tuple[list[CodedSpan], Family]:
    """The spans with what the model adds or takes back, and the family of the message. Pure."""
    family = primary_family(reading.parts)
    model = shipped_model()
    if pasted_turn(reading) or tells_own_story(reading):
        return spans, Family.OTHER
    if model is None or reading.message.count < 3:
        return spans, family
    chances = model.chances(features_of(reading.message, reading.parts, reading.side.thin))
    found = {span.code for span in spans}
    longest = max(reading.parts, key=lambda part: len(part.utterance.words))
    if reading.leanings:
        family = together(reading.leanings)
    if family in TELLING:
        spans = [_leads_up(reading, span) for span in spans]
    denied = family is not Family.ADVICE and chances.get("advice_unasked", 1.0) < ADVICE_DENIED
    if denied and "advice_permitted" not in found:
        spans = [span for span in spans if span.code != "advice_unasked"]
    if "advice_permitted" not in found:
        for code, (needed, severity) in HARMS_ADDED.items():
            if code not in found and chances.get(code, 0.0) >= needed and not _excused(code, reading, spans):
                spans = [
                    *spans,
                    CodedSpan(code=code, level=severity, quote=reading.quote_of(longest), confidence="low"),
                ]
    if family is Family.ADVICE and not {"advice_unasked", "advice_permitted"} & found:
        spans = [*spans, _advice(reading, spans, chances)]
    shown = Family.SIMPLE if family is Family.COMPLEX and reading.link == 0 else family
    code = _STANDS_FOR.get(shown)
    if code is not None and code not in found and not _stands(shown, found):
        spans = [*spans, CodedSpan(code=code, level=1, quote=reading.quote_of(_part_for(reading, shown, longest)))]
    return spans, family


def _leads_up(reading: Reading, span: CodedSpan) -> CodedSpan:
    """What only leads up to telling returns nothing for its own sake: a reflection of it is simple and earns 1."""
    if span.code not in ("reflect_simple", "reflect_complex") or span.level == 1:
        return span
    returned = sum(
        len(part.utterance.words)
        for part, leaning in reading.leanings
        if sum(leaning.get(family, 0.0) for family in REFLECTING) > SURELY
    )
    if 2 * returned >= reading.message.count:
        return span
    return replace(span, code="reflect_simple", level=1)


def _advice(reading: Reading, spans: list[CodedSpan], chances: dict[str, float]) -> CodedSpan:
    """Advice that the rules did not see: in doubt with leave, and never more than slight."""
    helps = {span.code: span.level for span in spans}
    doubtful = chances.get("advice_unasked", 0.0) < ADVICE_DOUBTED
    doubtful = doubtful or all(ONLY_ASKS.match(part.utterance.text) for part in reading.parts)
    code = "advice_permitted" if doubtful or _kind(spans) or allowed(reading, helps) else "advice_unasked"
    part = max(reading.parts, key=lambda part: len(part.utterance.words))
    quote = reading.quote_of(_part_for(reading, Family.ADVICE, part))
    return CodedSpan(code=code, level=1, quote=quote, confidence="low")


def _excused(code: str, reading: Reading, spans: list[CodedSpan]) -> bool:
    """Whether what else was read speaks against a harm that the model guesses."""
    if code == "advice_unasked" and all(ONLY_ASKS.match(part.utterance.text) for part in reading.parts):
        return True
    if code == "over_promising" and any(span.code == "promise_made" and span.level >= 2 for span in spans):
        return True
    return _kind(spans)


def _kind(spans: list[CodedSpan]) -> bool:
    """Whether the message leaves the choice open or answers honestly, so that no harm is guessed into it."""
    open_handed = {
        "autonomy",
        "shared_decision",
        "transparency",
        "admit_unknown",
        "repair",
        "encouragement",
        "planning",
        "normalising",
    }
    return any(span.code in open_handed and span.level >= 2 and span.confidence != "low" for span in spans)


def _stands(family: Family, found: set[str]) -> bool:
    """Whether a code of the same family was read already."""
    others = {Family.SIMPLE: {"active_listening"}, Family.COMPLEX: {"active_listening", "empathy", "reflect_simple"}}
    return bool(others.get(family, set()) & found)


def _part_for(reading: Reading, family: Family, longest: Part) -> Part:
    """The utterance that shows the family best."""
    return next((part for part in reading.parts if part.family is family), longest)
