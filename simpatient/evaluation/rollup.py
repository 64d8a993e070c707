"""A whole meeting added up: behaviours, domains, index, ceilings, trend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import fmean

from simpatient.evaluation.indices import indices
from simpatient.evaluation.measures import risk_answered
from simpatient.evaluation.profile import (
    BehaviourScore,
    CeilingHit,
    DomainScore,
    MeetingEvents,
    Profile,
    RatedExchange,
)
from simpatient.evaluation.telling import only_tells
from simpatient.rubric import Behaviour, Rubric
from simpatient.rubric.rubric import Ceiling
from simpatient.words import HarmRating, Rating, Tag

PRIOR = 1.5
"""Value that a behaviour is drawn towards while little is known, 0..3."""
PRIOR_WEIGHT = 1.0
"""How many ratings the prior counts for."""
BEST_OF_AVAILABLE = 3
"""Available uses that count: the best three."""
ENOUGH = 3
"""Learner messages from which there is one number at all, wherever the meeting was held."""
ANSWERED = 2
"""Value from which a call counts as answered."""
RISK_WITHIN = 2
"""Exchanges, the present one included, within which a risk cue has to be met."""
_TAKES = {2: 0.5, 3: 1.0}
"""Share of its message that a harm takes, by severity; a slip takes nothing."""
INSULTS = frozenset({"stigma", "insult"})
"""Codes under the ceiling for stigma and insult."""


def roll_up(rubric: Rubric, exchanges: Sequence[RatedExchange], events: MeetingEvents) -> Profile:
    """The profile of one meeting. Pure.

    Required opportunities weigh most, scarce evidence is drawn towards the middle, messages that do clear harm or only
    tell take their share off the index, grave events cap it, and a repair lifts most caps. The patient's outcome is no
    part of it.

    Source: clinical section 2.6 (design); the notion of prominent poor practice follows MITI 4.2.1.
    """
    ratings = _counted(rubric, exchanges)
    scores = tuple(_score(behaviour, ratings) for behaviour in rubric.behaviours)
    domains = tuple(
        DomainScore(domain=domain.id, name=domain.name, value=_mean([s.value for s in scores if s.domain == domain.id]))
        for domain in rubric.domains
    )
    hits = _ceilings(rubric, exchanges, events)
    index = _index(rubric, domains) if len(exchanges) >= ENOUGH else None
    if index is not None:
        index *= for_the_patient(exchanges)
        index = min([index, *(float(hit.most) for hit in hits)])
    return Profile(
        evaluator=rubric.id,
        index=index,
        ceilings=hits,
        domains=domains,
        behaviours=scores,
        indices=indices(exchanges, events),
        trend=_trend(exchanges),
        recovered=_recovered(exchanges),
    )


def _counted(rubric: Rubric, exchanges: Sequence[RatedExchange]) -> list[Rating]:
    """All ratings with a value, without praise beyond the times it counts."""
    counted: list[Rating] = []
    praised = 0
    for exchange in exchanges:
        quotes = {s.quote for s in exchange.appraisal.codes if s.code in rubric.praise_codes}
        praised += bool(quotes)
        for rating in exchange.assessment.ratings:
            by_praise = bool(rating.value) and rating.quote in quotes and _praise_alone(rubric, rating)
            if rating.value is not None and not (by_praise and praised > rubric.praise_counts):
                counted.append(rating)
    return counted


def _praise_alone(rubric: Rubric, rating: Rating) -> bool:
    return bool(set(rubric.behaviour(rating.behaviour).credited_by) & set(rubric.praise_codes))


def _score(behaviour: Behaviour, ratings: Sequence[Rating]) -> BehaviourScore:
    own = [r for r in ratings if r.behaviour == behaviour.id and r.value is not None]
    required = [float(r.value or 0) for r in own if r.required]
    used = sorted((float(r.value or 0) for r in own if not r.required), reverse=True)
    answered = sum(1 for value in required if value >= ANSWERED)
    return BehaviourScore(
        behaviour=behaviour.id,
        name=behaviour.name,
        domain=behaviour.domain,
        value=shrunk(required, used),
        uptake=answered / len(required) if required else None,
        called=len(required),
        answered=answered,
    )


def shrunk(required: Sequence[float], used: Sequence[float]) -> float | None:
    """One behaviour over a meeting, 0..3; None where evidence is insufficient. Pure.

    `used` are the values of available uses, best first. A single available use is not enough; a single missed
    requirement is.
    """
    req = fmean(required) if required else None
    use = fmean(used[:BEST_OF_AVAILABLE]) if used else None
    if req is not None and len(required) == 1 and use is not None:
        raw = (2 * req + use) / 3
    elif req is not None:
        raw = req
    elif use is not None and len(used) >= 2:
        raw = use
    else:
        return None
    count = len(required) + min(len(used), BEST_OF_AVAILABLE)
    return (count * raw + PRIOR_WEIGHT * PRIOR) / (count + PRIOR_WEIGHT)


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _index(rubric: Rubric, domains: Sequence[DomainScore]) -> float | None:
    weights = {domain.id: domain.weight for domain in rubric.domains}
    known = [(weights[d.domain], d.value) for d in domains if d.value is not None]
    if not known:
        return None
    return 100 / 3 * sum(weight * value for weight, value in known) / sum(weight for weight, _ in known)


def for_the_patient(exchanges: Sequence[RatedExchange]) -> float:
    """The share of the meeting, 0..1, that was not spent on harm or on telling what nobody had asked for. Pure.

    A clear harm takes half of its message, for the other half may have been good; a serious one, or a message that only
    tells, takes the whole. A harm that was repaired afterwards takes nothing. The mean of the domains cannot know any
    of this: it sees what was called for, and a message in which the learner talks and asks nothing calls for little.

    Source: design, after the asymmetry of harm and help (clinical section 3.11 item 4), MITI 4.2.1 (prominent poor
    practice stands against a good score) and the balance of talk in RIAS.
    """
    if not exchanges:
        return 1.0
    mended = max((x.number for x in exchanges if _repaired_after([x], x.number - 1)), default=0)
    taken = 0.0
    for exchange in exchanges:
        worst = max((h.severity for h in _sure(exchange)), default=0) if exchange.number > mended else 0
        taken += 1.0 if only_tells(exchange) else _TAKES.get(worst, 0.0)
    return 1 - taken / len(exchanges)


def _ceilings(rubric: Rubric, exchanges: Sequence[RatedExchange], events: MeetingEvents) -> tuple[CeilingHit, ...]:
    """The ceilings that apply, lowest first."""
    hits: list[CeilingHit] = []
    for ceiling in rubric.ceilings:
        since = _HAPPENED[ceiling.event](exchanges, events)
        if since is not None:
            hits.append(_hit(ceiling, exchanges, since))
    return tuple(sorted(hits, key=lambda hit: hit.most))


def _hit(ceiling: Ceiling, exchanges: Sequence[RatedExchange], since: int) -> CeilingHit:
    repaired = ceiling.repaired is not None and _repaired_after(exchanges, since)
    most = ceiling.repaired if repaired and ceiling.repaired is not None else ceiling.most
    return CeilingHit(event=ceiling.event, most=most, words=ceiling.words, repaired=repaired)


def _repaired_after(exchanges: Sequence[RatedExchange], since: int) -> bool:
    """Whether a later message repairs at level 2 or more and does no clear harm itself."""
    return any(
        exchange.number > since
        and exchange.appraisal.level_of("repair") >= ANSWERED
        and not any(harm.severity >= ANSWERED for harm in exchange.assessment.harms)
        for exchange in exchanges
    )


def _last_with(exchanges: Sequence[RatedExchange], grave: Callable[[str, int], bool]) -> int | None:
    """Number of the last exchange with a harm for which `grave(code, severity)` holds."""
    numbers = [x.number for x in exchanges if any(grave(h.code, h.severity) for h in _sure(x))]
    return max(numbers, default=None)


def _sure(exchange: RatedExchange) -> list[HarmRating]:
    """The harms that may lower or cap an index.

    Source: clinical section 2.4: what is rated with low confidence is shown and caps nothing.
    """
    return [harm for harm in exchange.assessment.harms if harm.confidence != "low"]


def _repeated(exchanges: Sequence[RatedExchange], _: MeetingEvents) -> int | None:
    clear = [(x.number, h.code) for x in exchanges for h in _sure(x) if h.severity >= ANSWERED]
    kinds = Counter(code for _, code in clear)
    if len(clear) >= 4:
        return clear[-1][0]
    return max((number for number, code in clear if kinds[code] >= 2), default=None)


def _risk_ignored(exchanges: Sequence[RatedExchange], _: MeetingEvents) -> int | None:
    for place, exchange in enumerate(exchanges):
        if any(o.tag is Tag.RISK_CUE for o in exchange.answers.opportunities):
            near = exchanges[place : place + RISK_WITHIN]
            if not any(risk_answered(x.message) for x in near):
                return exchange.number
    return None


_HAPPENED: dict[str, Callable[[Sequence[RatedExchange], MeetingEvents], int | None]] = {
    "risk_ignored": _risk_ignored,
    "breach_3": lambda xs, _: _last_with(xs, lambda code, severity: code == "breach" and severity >= 3),
    "stigma_3": lambda xs, _: _last_with(xs, lambda code, severity: code in INSULTS and severity >= 3),
    "other_harm_3": lambda xs, _: _last_with(
        xs, lambda code, severity: code != "breach" and code not in INSULTS and severity >= 3
    ),
    "repeated_harm_2": _repeated,
    "promise_silent": lambda _, events: 0 if events.promise_silent else None,
    "walked_out": lambda _, events: 0 if events.walked_out else None,
}


def _trend(exchanges: Sequence[RatedExchange]) -> float | None:
    """Second-half minus first-half mean of required values; a middle exchange belongs to the second half."""
    half = len(exchanges) // 2
    first, second = (_required_values(part) for part in (exchanges[:half], exchanges[half:]))
    return fmean(second) - fmean(first) if first and second else None


def _required_values(exchanges: Sequence[RatedExchange]) -> list[float]:
    return [
        float(rating.value)
        for exchange in exchanges
        for rating in exchange.assessment.ratings
        if rating.required and rating.value is not None
    ]


def _recovered(exchanges: Sequence[RatedExchange]) -> bool:
    """Whether a strain that the patient showed, or a clear harm, was repaired afterwards.

    Source: rupture and repair; a repaired rupture goes with better outcome than an unresolved one.
    """
    strained = [
        exchange.number - 1
        for exchange in exchanges
        if any(o.tag in (Tag.RUPTURE, Tag.COMPLAINT) for o in exchange.answers.opportunities)
    ]
    harmed = _last_with(exchanges, lambda _, severity: severity >= ANSWERED)
    return any(_repaired_after(exchanges, since) for since in (*strained[-1:], *([harmed] if harmed else [])))
