"""What the debrief says of a meeting: two things that went well, one to change, and a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simpatient.evaluation.evidence import in_full
from simpatient.evaluation.profile import BehaviourScore, Profile, RatedExchange
from simpatient.rubric import Rubric
from simpatient.words import HarmRating, Rating

GOOD = 2
"""Value from which a rating is a strength."""
MOST_STRENGTHS = 2
TRY = "You could try:"
"""Stands before the better line of a change."""
_CLEAR = 2
_QUOTED = 30
"""Words of the learner's that are quoted at most."""


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The words of a debrief."""

    strengths: tuple[str, ...]
    """Two things that went well, with the learner's own words; fewer when less was shown."""
    change: str
    """One thing to do differently, with a better line where there is one; empty when nothing calls for it."""
    text: str
    """The headline in words."""


def summary(rubric: Rubric, profile: Profile, exchanges: Sequence[RatedExchange]) -> Summary:
    """Strengths first, then one change, then the meeting in a paragraph. Pure.

    Source: debriefing practice in simulation, two strengths before one change (clinical section 5.2).
    """
    return Summary(
        strengths=_strengths(rubric, profile, exchanges),
        change=_change(rubric, profile, exchanges),
        text=_headline(rubric, profile, exchanges),
    )


def _strengths(rubric: Rubric, profile: Profile, exchanges: Sequence[RatedExchange]) -> tuple[str, ...]:
    """The best ratings of different behaviours, called-for ones first, a mended strain before all."""
    shown = [(r, x) for x in exchanges for r in x.assessment.ratings if (r.value or 0) >= GOOD and r.quote]
    shown.sort(key=lambda pair: (-(pair[0].value or 0), not pair[0].required, _measured(rubric, pair[0])))
    if profile.recovered:
        shown.sort(key=lambda pair: pair[0].behaviour != "repair")
    chosen: dict[str, str] = {}
    for rating, exchange in shown:
        words = in_full(rating.quote, exchange.message)
        if rating.behaviour not in chosen and words not in chosen.values() and len(chosen) < MOST_STRENGTHS:
            chosen[rating.behaviour] = words
    return tuple(f'{rubric.behaviour(behaviour).name}: "{_clipped(words)}"' for behaviour, words in chosen.items())


def _measured(rubric: Rubric, rating: Rating) -> bool:
    return rubric.behaviour(rating.behaviour).measured is not None


def _change(rubric: Rubric, profile: Profile, exchanges: Sequence[RatedExchange]) -> str:
    """The gravest clear harm, else the behaviour most often called for and missed."""
    harmful = _gravest(exchanges)
    if harmful is not None:
        exchange, harm = harmful
        did = "did some damage" if harm.severity > _CLEAR else "may have got in the way"
        said = f'"{_clipped(in_full(harm.quote, exchange.message))}" {did}.'
        return _with_line(said, exchange.assessment.try_instead)
    missed = [score for score in profile.behaviours if score.called > score.answered]
    if not missed:
        return ""
    worst = max(missed, key=lambda score: (score.called - score.answered, -_urgency(rubric, score)))
    at = _worst_exchange(worst.behaviour, exchanges)
    name = rubric.behaviour(worst.behaviour).name
    met = f"met {times(worst.answered)}" if worst.answered else "not met"
    count = f"It was called for {times(worst.called)} and {met}."
    return _with_line(f"{name}. {count}", at.assessment.try_instead if at else "")


def _gravest(exchanges: Sequence[RatedExchange]) -> tuple[RatedExchange, HarmRating] | None:
    clear = [(x, h) for x in exchanges for h in x.assessment.harms if h.severity >= _CLEAR and h.confidence != "low"]
    return max(clear, key=lambda pair: pair[1].severity, default=None)


def _worst_exchange(behaviour: str, exchanges: Sequence[RatedExchange]) -> RatedExchange | None:
    """An exchange in which it was missed and, if there is one, nothing lower, so that the better line is about it."""
    found: list[tuple[int, int, RatedExchange]] = []
    for exchange in exchanges:
        required = {r.behaviour: r.value for r in exchange.assessment.ratings if r.required and r.value is not None}
        if behaviour in required and exchange.assessment.try_instead:
            found.append((required[behaviour], required[behaviour] - min(required.values()), exchange))
    return min(found, key=lambda item: item[:2])[2] if found else None


def _with_line(said: str, better: str) -> str:
    return f"{said} {TRY} {better}" if better else said


def _headline(rubric: Rubric, profile: Profile, exchanges: Sequence[RatedExchange]) -> str:
    """What was answered and what was used, most telling first, then what capped the index."""
    often = sorted(profile.behaviours, key=lambda score: (-score.called, _urgency(rubric, score)))
    called = [_tally(rubric, score) for score in often if score.called]
    used = _used(rubric, exchanges, {score.behaviour for score in profile.behaviours if score.called})
    parts = [part for part in (*called[:2], *used[:1]) if part]
    if not parts:
        return "There was too little to go by this time. A few more exchanges would show more."
    text = "; ".join(parts)
    sentences = [f"{text[0].upper()}{text[1:]}."]
    if profile.recovered:
        sentences.append("Something strained between you and you mended it, which few people do.")
    sentences.extend(hit.words for hit in profile.ceilings[:1])
    return " ".join(sentences)


def _urgency(rubric: Rubric, score: BehaviourScore) -> int:
    return rubric.behaviour(score.behaviour).priority


def _tally(rubric: Rubric, score: BehaviourScore) -> str:
    tally = rubric.behaviour(score.behaviour).tally
    return _put(tally.called, answered=str(score.answered), called=str(score.called)) if tally else ""


def _used(rubric: Rubric, exchanges: Sequence[RatedExchange], called: set[str]) -> list[str]:
    """How often each behaviour that was never called for was shown all the same, most often first."""
    counts = {b.id: 0 for b in rubric.behaviours if b.id not in called and b.tally and b.measured is None}
    for exchange in exchanges:
        for rating in exchange.assessment.ratings:
            if rating.behaviour in counts and (rating.value or 0) >= GOOD:
                counts[rating.behaviour] += 1
    ranked = sorted(counts, key=lambda behaviour: -counts[behaviour])
    tallies = [(rubric.behaviour(behaviour).tally, counts[behaviour]) for behaviour in ranked]
    return [_put(tally.used, times=times(count)) for tally, count in tallies if tally and count]


def times(count: int) -> str:
    """The count as one says it: never, once, twice, 3 times. Pure."""
    return ("never", "once", "twice")[count] if count < 3 else f"{count} times"


def _clipped(quote: str) -> str:
    words = quote.split()
    return " ".join(words) if len(words) <= _QUOTED else " ".join(words[:_QUOTED]) + " ..."


def _put(text: str, **fields: str) -> str:
    """The authored text with its fields filled; only the fields it may have, whatever a shared file writes."""
    for name, value in fields.items():
        text = text.replace(f"{{{name}}}", value)
    return text
