"""Where the small linear model joins the rules: the family of a message, and a few harms with many faces.

The rules come first: the model only overrules them where it is sure and finds the rules' answer unlikely, and it never
takes a question or a reflection away for "other". Thresholds were set on examples left out of the fit.
"""

from __future__ import annotations

from simpatient.appraisal.families import Family, Part, primary_family
from simpatient.appraisal.linear import features_of, shipped_model
from simpatient.appraisal.reading import Reading
from simpatient.words import CodedSpan

SURE = 0.6
"""Chance from which another family may overrule the rules."""
UNLIKELY = 0.3
"""Chance under which the rules' family must lie for that."""
HARMS_ADDED: dict[str, tuple[float, int]] = {
    "advice_unasked": (0.6, 2), "false_reassurance": (0.5, 2), "lecturing": (0.4, 2), "over_promising": (0.5, 2),
}  # fmt: skip
"""Harms the model may add, with the chance it needs (precision 0.85 or more on examples left out) and the severity."""
ADVICE_DENIED = 0.03
"""Chance of advice under which the rules' advice is taken back."""
_STANDS_FOR = {
    Family.OPEN: "open_question", Family.CLOSED: "closed_question", Family.SIMPLE: "reflect_simple",
    Family.COMPLEX: "reflect_complex", Family.INFORMATION: "information",
}  # fmt: skip
"""The plain code of each family; advice is a harm or permitted, so it has none."""


def weighed(reading: Reading, spans: list[CodedSpan]) -> tuple[list[CodedSpan], Family]:
    """The spans with what the model adds or takes back, and the family of the message. Pure."""
    family = primary_family(reading.parts)
    model = shipped_model()
    if model is None or reading.message.count < 3:
        return spans, family
    chances = model.chances(features_of(reading.message, reading.parts, reading.side.thin))
    found = {span.code for span in spans}
    longest = max(reading.parts, key=lambda part: len(part.utterance.words))
    if "advice_permitted" not in found and "advice_unasked" in found and chances.get("advice_unasked", 1.0) < ADVICE_DENIED:
        spans = [span for span in spans if span.code != "advice_unasked"]
    if "advice_permitted" not in found:
        for code, (needed, severity) in HARMS_ADDED.items():
            if code not in found and chances.get(code, 0.0) >= needed and not _kind(spans):
                spans = [*spans, CodedSpan(code=code, level=severity, quote=reading.quote_of(longest))]
    family = _family(family, {each: chances.get(f"family:{each}", 0.0) for each in Family})
    code = _STANDS_FOR.get(family)
    if code is not None and code not in found and not _stands(family, found):
        spans = [*spans, CodedSpan(code=code, level=1, quote=reading.quote_of(_part_for(reading, family, longest)))]
    return spans, family


def _kind(spans: list[CodedSpan]) -> bool:
    """Whether the message leaves the choice open or answers honestly, so that no harm is guessed into it."""
    open_handed = {"autonomy", "shared_decision", "transparency", "admit_unknown", "repair", "encouragement", "planning", "normalising"}
    return any(span.code in open_handed and span.level >= 2 for span in spans)


def _family(rules: Family, chances: dict[Family, float]) -> Family:
    """The rules' family, or another that the model is sure of."""
    best = max((each for each in chances if each is not Family.OTHER), key=lambda each: chances[each])
    return best if chances[best] >= SURE and chances[rules] < UNLIKELY else rules


def _stands(family: Family, found: set[str]) -> bool:
    """Whether a code of the same family was read already."""
    others = {Family.SIMPLE: {"active_listening"}, Family.COMPLEX: {"active_listening", "empathy", "reflect_simple"}}
    return bool(others.get(family, set()) & found)


def _part_for(reading: Reading, family: Family, longest: Part) -> Part:
    """The utterance that shows the family best."""
    return next((part for part in reading.parts if part.family is family), longest)
