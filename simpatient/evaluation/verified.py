"""What stands of a chat model's answer once a program has checked it. Pure.

No quote, no credit; words that speak to the machinery are never a quote; one stretch of words supports at most two
behaviours, and each domain once; and no rating stands far above what the rules read in the same words: one level, or two where
the quote clearly takes up what the patient said and holds no word that is meant for the machinery.

Source: evidence rule and defences (clinical sections 2.4, 2.5 and 5.7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from simpatient.evaluation.called import Call
from simpatient.evaluation.evidence import MOST_USES, Evidence, evidence_in, place_of
from simpatient.llm.prompting import sound
from simpatient.rubric import Behaviour, Codebook, Rubric
from simpatient.words import (
    Appraisal,
    Assessment,
    CodedSpan,
    Context,
    Disagreement,
    HarmRating,
    NotRatedReason,
    Rating,
)

LIFT = 1
"""Levels by which a model's value may stand above that of the rules, whatever it was talked into."""
LEAST_QUOTE = 2
"""Words of a quote that can earn more than 1."""
APART = 2
"""Levels from which two readings of a code disagree."""
SERIOUS = 3
PASSED_OVER = frozenset({"answering_past", "cue_ignored"})
"""Harms of what was left out; they are never called serious."""
CLEAR = 2
WHY_WORDS = 25
LONGEST_LINE = 240
"""Characters of the one better line."""
Confidence = Literal["low", "medium", "high"]
Claim: TypeAlias = tuple[int, str, str, str, Confidence]
"""A behaviour as judged: value, quote, cue quote, reason, confidence."""


@dataclass(kw_only=True)
class Checked:
    """What an answer is checked against."""

    message: str
    context: Context
    appraisal: Appraisal
    """The reading by rules."""
    by_rules: Assessment
    calls: tuple[Call, ...]
    rubric: Rubric
    codebook: Codebook


def verified(
    checked: Checked,
    *,
    found: Sequence[tuple[str, int, str]],
    judged: Mapping[str, Claim],
    off_task: Sequence[str],
    try_instead: str,
    by: str,
    digest: str,
    tokens: int | None,
) -> Assessment:
    """The assessment that can be stood up for.

    Args:
        checked: the message with its context and the reading by rules.
        found: codes as the model read them, with level and quote.
        judged: its ratings by behaviour.
        off_task: words that it says speak to the machinery.
        try_instead: its better line.
        by: the model's name.
        digest: digest of the prompt.
        tokens: what it took; None when unknown.
    """
    aside = tuple(dict.fromkeys((*checked.appraisal.off_task, *(q for q in off_task if place_of(q, checked.message)))))
    reading = None if aside else _reading(checked, found, aside)
    harms = _harms(checked, reading)
    ratings = _ratings(checked, judged, aside, harms)
    return Assessment(
        ratings=ratings,
        harms=harms,
        try_instead=_line(try_instead) or checked.by_rules.try_instead,
        by=by,
        reading=reading,
        disagreements=_disagreements(checked.appraisal, reading, checked.codebook),
        digest=digest,
        tokens=tokens,
    )


def _reading(checked: Checked, found: Sequence[tuple[str, int, str]], aside: tuple[str, ...]) -> Appraisal:
    """The model's codes with a quote that stands in the message, none far above what the rules read of its kind.

    A harm is called serious only where the rules saw a clear one too.
    """
    codebook, rules = checked.codebook, checked.appraisal.levels()
    spans = [
        CodedSpan(code=code, level=min(level, codebook.codes[code].max_level), quote=quote)
        for code, level, quote in found
        if code in codebook.codes
    ]
    harmed = any(level >= CLEAR for code, level in rules.items() if code in codebook.harms)
    best: dict[str, CodedSpan] = {}
    for evidence in evidence_in(checked.message, spans, aside):
        near = max((rules.get(code, 0) for code in _kin(evidence.code, checked.rubric)), default=0)
        grave = harmed and evidence.code not in PASSED_OVER
        most = (3 if grave else CLEAR) if evidence.code in codebook.harms else near + LIFT
        level = min(evidence.level, most, 3 if len(evidence.quote.split()) >= LEAST_QUOTE else 1)
        if evidence.code not in best or level > best[evidence.code].level:
            best[evidence.code] = CodedSpan(code=evidence.code, level=level, quote=evidence.quote)
    return replace(checked.appraisal, by="model", codes=tuple(best.values()), primary="")


def _kin(code: str, rubric: Rubric) -> frozenset[str]:
    """The code with those that earn the same behaviours: a reading of one is half a reading of the other."""
    kin = {code}
    for behaviour in rubric.behaviours:
        if code in behaviour.credited_by:
            kin |= set(behaviour.credited_by)
    return frozenset(kin)


def _harms(checked: Checked, reading: Appraisal | None) -> tuple[HarmRating, ...]:
    """Harms of the verified reading; those of the rules where a model's reading does not count."""
    if reading is None:
        return checked.by_rules.harms
    return tuple(
        HarmRating(code=span.code, severity=span.level, quote=span.quote)
        for span in reading.codes
        if span.code in checked.codebook.harms
    )


def _ratings(
    checked: Checked,
    judged: Mapping[str, Claim],
    aside: tuple[str, ...],
    harms: tuple[HarmRating, ...],
) -> tuple[Rating, ...]:
    """A rating a behaviour, in the rubric's order; the required ones spend their words first, most urgent first."""
    required = {call.behaviour: call for call in checked.calls}
    urgent = {behaviour: place for place, behaviour in enumerate(required)}
    by_rules = {rating.behaviour: rating for rating in checked.by_rules.ratings}
    ceiling = 1 if any(harm.severity >= SERIOUS for harm in harms) else 3
    spent: list[tuple[Evidence, Behaviour]] = []
    made: dict[str, Rating] = {}
    for behaviour in sorted(checked.rubric.behaviours, key=lambda b: urgent.get(b.id, len(urgent))):
        found = by_rules[behaviour.id].value or 0
        limits = (found if aside else max(found, _read_by_rules(checked, behaviour)), ceiling)
        claim, call = judged.get(behaviour.id), required.get(behaviour.id)
        made[behaviour.id] = _rating(checked, behaviour, claim, call, aside, spent, limits)
    return tuple(made[behaviour.id] for behaviour in checked.rubric.behaviours)


def _read_by_rules(checked: Checked, behaviour: Behaviour) -> int:
    """What the codes that the rules read could earn here, had their words not been spent on another behaviour."""
    levels = checked.appraisal.levels()
    return max((min(levels.get(code, 0), worth) for code, worth in behaviour.credited_by.items()), default=0)


def _rating(
    checked: Checked,
    behaviour: Behaviour,
    claim: Claim | None,
    call: Call | None,
    aside: tuple[str, ...],
    spent: list[tuple[Evidence, Behaviour]],
    limits: tuple[int, int],
) -> Rating:
    """One rating; `limits` are the value by rules and the highest of all."""
    absent = Rating(
        behaviour=behaviour.id, value=None, required=call is not None, not_rated=NotRatedReason.INSUFFICIENT
    )
    if claim is None:
        return absent if call else replace(absent, not_rated=NotRatedReason.NOT_OBSERVED)
    value, quote, cue, why, confidence = claim
    why = _clipped(why)
    evidence = next(
        iter(evidence_in(checked.message, [CodedSpan(code=behaviour.id, level=max(1, value), quote=quote)], aside)),
        None,
    )
    if value == 0:
        cue = _cue(cue, call, checked.context)
        harmful = evidence.quote if evidence is not None else ""
        if call is None or not (cue or harmful or call.promise):
            return replace(absent, not_rated=NotRatedReason.NO_VALID_QUOTE if call else NotRatedReason.NOT_OBSERVED)
        return replace(absent, value=0, not_rated=None, quote=harmful, cue_quote=cue, why=why, confidence=confidence)
    if evidence is None:
        return replace(absent, not_rated=NotRatedReason.NO_VALID_QUOTE)
    before = [b for e, b in spent if e.same_words(evidence)]
    if len(before) >= MOST_USES or any(b.domain == behaviour.domain for b in before):
        return absent
    spent.append((evidence, behaviour))
    by_rules, ceiling = limits
    most = min(ceiling, by_rules + LIFT)
    value = min(value, evidence.level, most, 3 if len(evidence.quote.split()) >= LEAST_QUOTE else 1)
    if value == 0:
        return absent
    low = behaviour.experimental or len(evidence.quote.split()) < LEAST_QUOTE
    return replace(
        absent, value=value, not_rated=None, quote=evidence.quote, why=why, confidence="low" if low else confidence
    )


def _cue(cue: str, call: Call | None, context: Context) -> str:
    """The patient's words that called for it: as claimed where they stand in the turn, else as the program knows them."""
    place = place_of(cue, context.turn.text)
    if place is not None:
        return context.turn.text[place[0] : place[1]]
    return call.cue_quote if call is not None else ""


def _disagreements(rules: Appraisal, model: Appraisal | None, codebook: Codebook) -> tuple[Disagreement, ...]:
    if model is None:
        return ()
    read, seen = rules.levels(), model.levels()
    return tuple(
        Disagreement(code=code, rules=read.get(code, 0), model=seen.get(code, 0))
        for code in codebook.codes
        if abs(read.get(code, 0) - seen.get(code, 0)) >= APART
    )


def _line(text: str) -> str:
    """A better line as one plain line, or nothing when it is none."""
    flat = " ".join(sound(text).split()).strip('"\u201c\u201d')
    return flat if 0 < len(flat) <= LONGEST_LINE and "{" not in flat and "<" not in flat else ""


def _clipped(why: str) -> str:
    words = sound(why).split()
    return " ".join(words[:WHY_WORDS]) + (" ..." if len(words) > WHY_WORDS else "")
