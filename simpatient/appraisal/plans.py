"""What the learner proposes to work on: a plan read from the learner's own words."""

from __future__ import annotations

import re
from dataclasses import replace

from simpatient.appraisal.text import message_of
from simpatient.words import Plan

_NUMBER = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten".split())} | {
    "a": 1, "an": 1, "couple": 2, "few": 3,
}  # fmt: skip
_HOW_MANY = r"(?:a|an|one|two|three|four|five|six|a couple of|a few|\d+)"
_GOAL = re.compile(
    rf"\b{_HOW_MANY} (?:weeks?|sessions?|meetings?|times?) (?:on|for) (?P<a>[^,.?!;]+)"
    r"|\b(?:aim|goal|target)(?: (?:is|could be|would be|might be))?(?: to| for| that)? (?P<b>[^,.?!;]+)"
    r"|\b(?:start(?:ing)? with|begin with|work on|working on|stay with|look after) (?P<c>[^,.?!;]+?)(?: first| for now)?(?: and (?:then|next)\b[^,.?!;]*)?(?=[,.?!;]|$)",
)
_BENCHMARK = re.compile(
    r"\b(?:look|looks|see|check|know|count|ask|measure|go by)(?: together| again| then| each time| every time)*"
    r" (?:whether|if) (?P<a>[^,.?!;]+)"
)
_REVIEW = re.compile(
    rf"\b(?:(?:in|after|within|give it|for|say|suggest) )?(?P<n>{_HOW_MANY}) (?P<unit>weeks?|sessions?|meetings?|times|months?)\b"
    r"|\b(?P<next>next (?:week|time|session|meeting|\w+day)|each time|every time|every week|when (?:we|you) (?:next )?meet)\b"
)
_ASKED = re.compile(
    r"\b(?:does|would|will|is|are|how does|how would) (?:that|this|it|you)\b[^?.]*"
    r"(?:fit|suit|work|sound|change|okay|all right|feel|be any (?:use|good)|something you|sit with you|happy)"
    r"|\bwhat (?:do you think|would you change)\b|\bwhich matters most\b|\byou (?:pick|choose|decide)\b"
)
ITEMS = 3
"""Matters that make a list of problems."""
SHORT = 6
"""Words one item of a list may have."""


def plan_in(text: str, meeting: int) -> Plan | None:
    """The plan or part of a plan that `text` proposes in this meeting, or None. Pure.

    A plan needs a time at which it is looked at again, and something to look at or to work on.

    Source: clinical section 2.2 (R8): list or goal, benchmark, review, asked if acceptable.
    """
    lower = text.lower().replace("’", "'")
    named, measured, review = _GOAL.search(lower), _BENCHMARK.search(lower), _REVIEW.search(lower)
    goal = next((part for part in named.groups() if part), "").strip() if named else ""
    benchmark = measured["a"].strip() if measured else ""
    if review is None or not (goal or benchmark):
        return None
    return Plan(
        problems=_listed(lower),
        goal=_short(goal),
        benchmark=_short(benchmark),
        review=review["next"] or f"{review['n']} {review['unit']}",
        review_at=meeting + _meetings(review),
        asked=bool(_ASKED.search(message_of(text).norm)),
        made_at=meeting,
    )


def joined(before: Plan | None, new: Plan | None) -> Plan | None:
    """The plan on the table once `new` has been said; what the later one leaves open stays. Pure."""
    if new is None or before is None or before.made_at != new.made_at:
        return new or before
    return replace(
        new,
        problems=new.problems or before.problems,
        goal=new.goal or before.goal,
        benchmark=new.benchmark or before.benchmark,
        asked=new.asked or before.asked,
    )


def speaks_of(text: str, plan: Plan) -> bool:
    """Whether a message comes back to the plan: by name, or by two of its own telling words. Pure."""
    said = message_of(text).norm
    words = set(said.split())
    if words & {"plan", "agreed", "goal", "list"} and words & {"we", "our", "last", "you"}:
        return True
    own = {w for w in f"{plan.goal} {plan.benchmark} {' '.join(plan.problems)}".split() if len(w) > 3} - _COMMON
    return bool(re.search(r"\bwe (?:said|agreed|were going to|set|planned)\b", said)) or len(own & words) >= 2


_COMMON = frozenset(
    "that this with what your you're have been being very them they then will would about getting".split()
)


def _listed(lower: str) -> tuple[str, ...]:
    """The items of the first sentence that lists at least three short matters."""
    for sentence in re.split(r"(?<=[.?!])\s+", lower):
        head = re.sub(r"^(?:so|right|ok|okay|well)\b[:,]?\s*", "", sentence.strip(" .?!"))
        items = [i.strip() for i in re.split(r",\s*(?:and )?|\s+and\s+", head.split(":")[-1]) if i.strip()]
        if len(items) >= ITEMS and "," in sentence and all(len(item.split()) <= SHORT for item in items):
            return tuple(re.sub(r"^(?:there's|there is|the|your|my)\s+", "", item) for item in items)
    return ()


def _meetings(review: re.Match[str]) -> int:
    """How many meetings later it is looked at; they are a week apart."""
    if review["next"]:
        return 1
    said = review["n"].split()
    count = next((_NUMBER[word] for word in said if word in _NUMBER and word not in ("a", "an")), 0)
    count = count or (int(said[0]) if said[0].isdigit() else 1)
    return max(1, min(20, count * (4 if review["unit"].startswith("month") else 1)))


def _short(words: str, most: int = 10) -> str:
    return " ".join(words.split()[:most])
