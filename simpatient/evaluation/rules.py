"""The evaluator that rates by rules: what was called for, then what the codes and their quotes earn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from simpatient.evaluation.better import instead_of_harm, try_instead
from simpatient.evaluation.called import Call, calls, cue_words, in_play, still_open, straight
from simpatient.evaluation.evidence import Evidence, Purse, evidence_in, in_full, unquoted, value_of
from simpatient.evaluation.measures import pace_of, risk_asked, risk_evidence
from simpatient.rubric import Behaviour, Codebook, Rubric
from simpatient.words import Appraisal, Assessment, Context, HarmRating, NotRatedReason, Rating, Tag

SERIOUS = 3
"""Severity of a harm beside which nothing counts above 1."""
CLEAR = 2
"""Severity from which a harm voids the behaviour whose harmful form it is."""
WHY_WORDS = 25
_PRAISE = re.compile(
    r"\b(well done|good (job|work|for you)|great (job|work)|proud of you|nice work|(that|it) took (something|courage|guts|a lot)"
    r"|(so|very|really) (brave|strong|impressive)|brave of you|you should be proud|keep it up|amazing|impressed)\b",
    re.IGNORECASE,
)
Confidence = Literal["low", "medium", "high"]


class RuleEvaluator:
    """Rates one learner message at a time by a rubric, without any chat model.

    It is pure: the same message, context and appraisal give the same assessment.
    """

    def __init__(self, rubric: Rubric, codebook: Codebook) -> None:
        """Keep the rubric to rate by and the codebook that says which codes harm."""
        self.rubric = rubric
        self.codebook = codebook
        self._most: dict[str, int] = {}
        for behaviour in rubric.behaviours:
            for code, worth in behaviour.credited_by.items():
                self._most[code] = max(worth, self._most.get(code, 0))

    def required_for(self, context: Context) -> tuple[str, ...]:
        """Ids of the behaviours required now, most urgent first; decided without the message. Pure."""
        return tuple(call.behaviour for call in calls(self.rubric, context))

    async def rate(self, message: str, context: Context, appraisal: Appraisal) -> Assessment:
        """What the message earns, with quotes; see `assess`."""
        return self.assess(message, context, appraisal)

    def assess(self, message: str, context: Context, appraisal: Appraisal) -> Assessment:
        """Ratings in the rubric's order, harms and one better line. Pure.

        Source: evidence rule and decision rules (clinical sections 2.4 and 2.5), in the spirit of MITI 4.2.1.
        """
        required = {call.behaviour: call for call in still_open(calls(self.rubric, context), message)}
        asked = risk_asked(message)
        evidence = evidence_in(message, appraisal.codes, appraisal.off_task)
        if asked is not None:
            evidence = tuple(e for e in evidence if not (asked[0] <= e.start and e.end <= asked[1]))
        harms = self._harms(evidence)
        earned = self._earned(message, context, evidence, required)
        blank = unquoted(message, appraisal)
        against = self._against(harms, required)
        serious = any(harm.severity >= SERIOUS for harm in harms)
        ratings: list[Rating] = []
        for behaviour in self.rubric.behaviours:
            call, harm = required.get(behaviour.id), against.get(behaviour.id)
            paid, any_ways = earned[behaviour.id]
            unquotable = bool(blank & set(behaviour.credited_by))
            if harm is not None:
                ratings.append(_harmful(behaviour, call, harm, context))
            elif paid is not None:
                ratings.append(_credit(behaviour, call, paid, message, most=1 if serious else 3))
            elif call is not None and call.words and not any_ways and not unquotable:
                ratings.append(_missed(behaviour, call))
            else:
                ratings.append(_absent(behaviour, call, context, unquotable=unquotable, spent=any_ways))
        return Assessment(
            ratings=tuple(ratings), harms=harms, try_instead=self._better(ratings, harms, required, context, message)
        )

    def _harms(self, evidence: Sequence[Evidence]) -> tuple[HarmRating, ...]:
        worst: dict[str, Evidence] = {}
        for found in evidence:
            if found.code in self.codebook.harms and found.level > (
                worst[found.code].level if found.code in worst else 0
            ):
                worst[found.code] = found
        return tuple(
            HarmRating(code=e.code, severity=e.level, quote=e.quote, confidence=e.confidence) for e in worst.values()
        )

    def _against(self, harms: Sequence[HarmRating], required: Mapping[str, Call]) -> dict[str, HarmRating]:
        """The behaviours that stand here in their harmful form, each with the worst harm.

        A clear harm counts against every required behaviour that names it; where none of them was required, against
        the first that names it and no other, so that one slip is not charged all over the rubric.
        """
        against: dict[str, HarmRating] = {}
        for harm in sorted((h for h in harms if h.severity >= CLEAR), key=lambda h: -h.severity):
            named = [b.id for b in self.rubric.behaviours if harm.code in b.harmed_by]
            for behaviour_id in [b for b in named if b in required] or named[:1]:
                against.setdefault(behaviour_id, harm)
        return against

    def _earned(
        self, message: str, context: Context, evidence: Sequence[Evidence], required: Mapping[str, Call]
    ) -> dict[str, tuple[Evidence | None, bool]]:
        """For each behaviour the evidence paid to it, and whether there was any at all.

        Required behaviours are paid first, the most urgent before the others.
        Words that clearly harm earn nothing. Where nothing called for a behaviour, only codes that are at home there count as a use of it.
        """
        purse = Purse(self.rubric)
        purse.set_aside(evidence)
        harmful = [e for e in evidence if e.code in self.codebook.harms and e.level >= CLEAR]
        helps = [e for e in evidence if e.code not in self.codebook.harms and not any(e.same_words(h) for h in harmful)]
        praises = any(e.code in self.rubric.praise_codes for e in helps)
        praised_out = praises and self._praised_before(context) >= self.rubric.praise_counts
        ways: dict[str, list[Evidence]] = {}
        if praised_out:
            helps = [e for e in helps if e.code not in self.rubric.praise_codes]
        codes = {e.code for e in helps}
        for behaviour in self.rubric.behaviours:
            measured = self._measured(behaviour, message, context, helps, required.get(behaviour.id))
            if not measured and codes.isdisjoint(behaviour.credited_by):
                ways[behaviour.id] = []
                continue
            ways[behaviour.id] = purse.ways(behaviour, [*helps, *measured])
            if ways[behaviour.id] and behaviour.id not in required:
                playing = in_play(behaviour, context)
                ways[behaviour.id] = [e for e in ways[behaviour.id] if playing and self._at_home(e, behaviour)]
        called = [self.rubric.behaviour(behaviour_id) for behaviour_id in required]
        others = [behaviour for behaviour in self.rubric.behaviours if behaviour.id not in required]
        paid = purse.pay(called, ways)
        paid |= dict.fromkeys((b.id for b in others), None)
        for behaviour in sorted((b for b in others if ways[b.id]), key=lambda b: len(ways[b.id])):
            paid |= purse.pay([behaviour], ways)
        return {b: (paid[b], bool(ways[b])) for b in paid}

    def _at_home(self, evidence: Evidence, behaviour: Behaviour) -> bool:
        """Whether no other behaviour pays more for this code, and this one pays more than a softening 1.

        A behaviour that nothing can call for takes what there is.
        """
        if evidence.measures or not (behaviour.required_by_tags or behaviour.required_in):
            return True
        worth = behaviour.credited_by[evidence.code]
        return worth > 1 and worth == self._most[evidence.code]

    def _measured(
        self, behaviour: Behaviour, message: str, context: Context, helps: Sequence[Evidence], call: Call | None
    ) -> tuple[Evidence, ...]:
        if behaviour.measured == "pace" and risk_asked(message) is None:
            return pace_of(message, context, helps, behaviour.id)
        if call is not None and call.tag is Tag.RISK_CUE:
            return risk_evidence(message, behaviour.id)
        return ()

    def _praised_before(self, context: Context) -> int:
        """Earlier messages with praise in plain sight; the roll-up counts again, by codes."""
        return sum(map(_praises, context.learner_said))

    def _better(
        self,
        ratings: Sequence[Rating],
        harms: Sequence[HarmRating],
        required: Mapping[str, Call],
        context: Context,
        message: str,
    ) -> str:
        """A better line in place of the worst clear harm, else for the lowest required value of 0 or 1, else nothing."""
        for harm in sorted(harms, key=lambda h: -h.severity):
            if harm.severity >= CLEAR and (line := instead_of_harm(self.rubric, harm.code, context, message)):
                return line
        missed = [r for r in ratings if r.required and r.value is not None and r.value <= 1]
        place = {behaviour_id: index for index, behaviour_id in enumerate(required)}
        for rating in sorted(missed, key=lambda r: (r.value or 0, place[r.behaviour])):
            line = try_instead(self.rubric.behaviour(rating.behaviour), required[rating.behaviour], context, message)
            if line:
                return line
        return ""


@lru_cache(maxsize=4096)
def _praises(message: str) -> bool:
    """Whether a message praises in plain sight."""
    return bool(_PRAISE.search(straight(message)))


def _credit(behaviour: Behaviour, call: Call | None, paid: Evidence, message: str, *, most: int) -> Rating:
    value = min(value_of(paid, behaviour), most)
    return Rating(
        behaviour=behaviour.id,
        value=value,
        required=call is not None,
        quote=paid.quote,
        why=_why(behaviour, value, in_full(paid.quote, message), call),
        confidence=_confidence(behaviour, paid, call),
    )


def _missed(behaviour: Behaviour, call: Call) -> Rating:
    """A zero for what was called for and is absent; it quotes the patient."""
    return Rating(
        behaviour=behaviour.id,
        value=0,
        required=True,
        cue_quote=call.cue_quote,
        why=_why(behaviour, 0, "", call),
        confidence="low" if behaviour.experimental else "high" if call.tag is not None else "medium",
    )


def _harmful(behaviour: Behaviour, call: Call | None, harm: HarmRating, context: Context) -> Rating:
    """A zero for what is there in its harmful form, called for or not; it quotes both sides."""
    name = behaviour.name[0].lower() + behaviour.name[1:]
    tail = f" is the opposite of {name}."
    said = _clipped(harm.quote, WHY_WORDS - len(tail.split()) - 1)
    return Rating(
        behaviour=behaviour.id,
        value=0,
        required=call is not None,
        quote=harm.quote,
        cue_quote=call.cue_quote if call is not None else cue_words(context.turn.text),
        why=f'"{said}"{tail}',
        confidence=_sure(behaviour, harm),
    )


def _sure(behaviour: Behaviour, harm: HarmRating) -> Confidence:
    if behaviour.experimental or harm.confidence == "low":
        return "low"
    return "high" if harm.severity >= SERIOUS else "medium"


def _absent(behaviour: Behaviour, call: Call | None, context: Context, *, unquotable: bool, spent: bool) -> Rating:
    """No value, and the honest reason for it."""
    if unquotable:
        reason, why = NotRatedReason.NO_VALID_QUOTE, "Nothing in your message could be quoted for this."
    elif spent:
        reason, why = NotRatedReason.INSUFFICIENT, "The words for this already count elsewhere."
    elif call is not None:
        reason, why = NotRatedReason.INSUFFICIENT, "The patient has said nothing yet that this could be held against."
    elif in_play(behaviour, context):
        reason, why = NotRatedReason.NOT_OBSERVED, "Not called for here, and not shown."
    else:
        reason, why = NotRatedReason.NO_OPPORTUNITY, "Nothing called for this here."
    return Rating(behaviour=behaviour.id, value=None, not_rated=reason, required=call is not None, why=why)


def _confidence(behaviour: Behaviour, paid: Evidence, call: Call | None) -> Confidence:
    """Low for experimental behaviours and one-word quotes, high for specific words on a tagged call, else medium."""
    if behaviour.experimental or len(paid.quote.split()) < 2:
        return "low"
    tagged = call is not None and call.tag is not None
    return "high" if tagged and paid.level >= 2 and not paid.measures else "medium"


def _why(behaviour: Behaviour, value: int, quote: str, call: Call | None) -> str:
    """The rubric's line for this value, filled, at most 25 words."""
    if behaviour.reasons is None:
        anchors = behaviour.anchors
        return _clipped((anchors.zero, anchors.one, anchors.two, anchors.three)[value], WHY_WORDS)
    reasons = behaviour.reasons
    promise = call.promise if call and value == 0 and reasons.promise else ""
    zero = reasons.promise if promise else reasons.zero
    template = (zero, reasons.one, reasons.two, reasons.three)[value]
    room = WHY_WORDS - len(template.replace("{quote}", "").replace("{cue}", "").split())
    cue = promise or (call.cue_quote if call else "")
    return template.replace("{quote}", _clipped(quote, room)).replace("{cue}", _clipped(cue, room))


def _clipped(text: str, most: int) -> str:
    """The first words of the text, with dots where it was cut."""
    words = text.split()
    if len(words) <= most:
        return " ".join(words).rstrip(".")
    return " ".join(words[:most]).rstrip(".,;:") + " ..."
