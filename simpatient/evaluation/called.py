"""What a patient turn and its situation call for, decided before the learner's message is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from simpatient.rubric import Behaviour, Rubric
from simpatient.rubric.rubric import Situation
from simpatient.words import Context, Promise, PromiseStatus, Tag

ACCOUNT_WORDS = 12
"""Words from which a patient turn counts as an account that deserves to be given back."""
FLOOD_WORDS = 120
"""Words from which a learner message is a flood. Source: design, after lecturing (clinical section 1.2, N10)."""
STACKED = 3
"""Questions in one message from which they are stacked."""

_LATER: dict[Situation, int] = {"closing_phase": 7, "before_disclosure": 7, "information_given": 8}
"""Situations that give way to what the patient has just said, whatever the behaviour's own priority."""
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_OF_THEMSELVES = re.compile(r"\b(i|i['’]?(m|ve|d|ll)|my|me|mine|we|our|us)\b", re.IGNORECASE)
_SENT_QUESTION = re.compile(r"\?")
_RUSH = re.compile(
    r"\b(let'?s move on|we'?ll get to that|yes,? yes|quickly|(only|just)? ?(got|have) (\w+ )?\w+ minutes|hurry)\b",
    re.IGNORECASE,
)
_MURMUR = re.compile(r"\W*(?:(?:h+m+|m+h*m+|mm+|m+-h+m+|uh[- ]?huh|a+h+|o+h+)\W*){1,4}", re.IGNORECASE)
_WAITS = frozenset({Tag.ACCOUNT, Tag.SELF_CRITICISM, Tag.EFFORT, Tag.SETBACK})
"""What is not lost when the listener only murmurs: the patient is still telling."""
_PLAN = re.compile(
    r"\b(i'?d suggest|i suggest|you should|you need to|you ought|why don'?t you|how about (you|we)|have you (tried|thought)"
    r"|we could try|the plan|i'?d recommend|i recommend|what we do now|i want you to)\b",
    re.IGNORECASE,
)
_PRIVACY = re.compile(
    r"\b(confidential\w*|private\w*|privacy|stays? (with|between)|between (you and me|us)|who sees|hears? (it|from me|only)"
    r"|nobody (at|else)|i don'?t tell|my supervisor)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Call:
    """One behaviour that is required, with the patient's words that call for it."""

    behaviour: str
    rank: int
    """1 first: risk, rupture, cue, question, rest."""
    cue_quote: str
    """Exact substring of the patient's turn; empty when the patient has not said anything."""
    tag: Tag | None = None
    """None when the situation calls for it, not the words."""
    feeling: str = ""
    situation: Situation | None = None
    """What calls for it where no words do."""
    promise: str = ""
    """What the learner had promised, where that is due and the patient's words do not ask for it."""

    @property
    def words(self) -> str:
        """The words that call for it: the patient's, or the learner's own promise."""
        return self.cue_quote or self.promise


def calls(rubric: Rubric, context: Context) -> tuple[Call, ...]:
    """The behaviours required now, most urgent first, at most `rubric.most_required`. Pure.

    Only the patient turn, its tags, the exchange number, the promises and the learner's earlier messages are looked
    at, never the message to be rated.

    Source: opportunity-based rating (clinical section 2.3, design).
    """
    found = [call for behaviour in rubric.behaviours if (call := _call(behaviour, context)) is not None]
    order = {behaviour.id: (behaviour.priority, place) for place, behaviour in enumerate(rubric.behaviours)}
    found.sort(key=lambda call: (call.rank, order[call.behaviour]))
    return tuple(found[: rubric.most_required])


def still_open(called: tuple[Call, ...], message: str) -> tuple[Call, ...]:
    """What a message has to answer of what was called for: a murmur leaves the floor to the patient, whose account goes on. Pure.

    Everything that cannot wait is still asked of it; and what the patient has told so far counts with what comes next.
    """
    if not murmured(message):
        return called
    return tuple(call for call in called if call.tag not in _WAITS and call.situation != "account")


@lru_cache(maxsize=4096)
def murmured(message: str) -> bool:
    """Whether a message is no more than a sound of listening, such as "mm-hmm"."""
    return bool(_MURMUR.fullmatch(message))


def in_play(behaviour: Behaviour, context: Context) -> bool:
    """Whether the behaviour may earn something although it is not required. Pure."""
    tags = {opportunity.tag for opportunity in context.turn.opportunities}
    first_of_all = behaviour.measured == "pace" and context.exchange == 1
    return not first_of_all and not tags.intersection(behaviour.not_applicable_by_tags)


def _call(behaviour: Behaviour, context: Context) -> Call | None:
    by_words = [o for o in context.turn.opportunities if o.tag in behaviour.required_by_tags and o.strength > 1]
    if by_words:
        ranked = sorted(by_words, key=lambda o: (o.tag is not Tag.RISK_CUE, not o.quote))
        chosen = ranked[0]
        return Call(
            behaviour=behaviour.id,
            rank=1 if chosen.tag is Tag.RISK_CUE else behaviour.priority,
            cue_quote=cue_words(context.turn.text, chosen.quote),
            tag=chosen.tag,
            feeling=chosen.feeling,
        )
    for situation in behaviour.required_in:
        if _HOLDS[situation](context):
            rank = max(behaviour.priority, _LATER.get(situation, 0))
            due = _due(context) if situation == "promise_due" else None
            # The patient's longest sentence has nothing to do with a promise that nobody mentions.
            cue = cue_words(context.turn.text) if due is None else ""
            promise = due.quote if due else ""
            return Call(behaviour=behaviour.id, rank=rank, cue_quote=cue, situation=situation, promise=promise)
    return None


@lru_cache(maxsize=4096)
def cue_words(text: str, quote: str = "") -> str:
    """The quote when it stands in the text, else the longest sentence; empty for an empty text. Pure."""
    if quote.strip() and quote in text:
        return quote.strip()
    sentences = [match.group().strip() for match in _SENTENCE.finditer(text)]
    return max(sentences, key=lambda sentence: len(sentence.split()), default=text.strip())


def straight(text: str) -> str:
    """The text with typographic apostrophes made plain, character for character. Pure."""
    return text.replace("’", "'")


def questions_in(text: str) -> int:
    """How many question marks the text has, runs counted once. Pure."""
    return len(_SENT_QUESTION.findall(re.sub(r"\?+", "?", text)))


def _has(*tags: Tag) -> Callable[[Context], bool]:
    def holds(context: Context) -> bool:
        return any(opportunity.tag in tags for opportunity in context.turn.opportunities)

    return holds


def _account(context: Context) -> bool:
    """A named feeling, or enough words about themselves that are not questions.

    A direct question wants an answer, not an echo; the first words at the door are a greeting, not an account.
    """
    if any(o.tag in (Tag.CUE, Tag.CONCERN) and o.feeling and o.strength > 1 for o in context.turn.opportunities):
        return True
    before = f"{context.said[-2]} " if len(context.said) > 1 and murmured(_last_message(context)) else ""
    return context.exchange > 1 and _tells_of_themselves(f"{before}{context.turn.text}")


@lru_cache(maxsize=4096)
def _tells_of_themselves(text: str) -> bool:
    told = [match.group() for match in _SENTENCE.finditer(text) if not match.group().endswith("?")]
    words = sum(len(sentence.split()) for sentence in told)
    return words >= ACCOUNT_WORDS and any(_OF_THEMSELVES.search(each) for each in told)


def _last_message(context: Context) -> str:
    if context.learner_said:
        return straight(context.learner_said[-1])
    return straight(context.earlier[-1][0]) if context.earlier else ""


def _after_flood(context: Context) -> bool:
    return _is_flood(_last_message(context))


@lru_cache(maxsize=4096)
def _is_flood(last: str) -> bool:
    return len(last.split()) >= FLOOD_WORDS or questions_in(last) >= STACKED or bool(_RUSH.search(last))


@lru_cache(maxsize=4096)
def _plans(last: str) -> bool:
    return bool(_PLAN.search(last))


def _from_earlier_meeting(context: Context) -> Promise | None:
    """A promise of an earlier meeting that is due; in an imported one, one that cannot have been made in it."""
    still = (promise for promise in context.promises if promise.status is PromiseStatus.OPEN)
    if context.meeting > 1:
        return next((promise for promise in still if promise.done is not None), None)
    return next((promise for promise in still if promise.made_in >= context.exchange), None)


def _due(context: Context) -> Promise | None:
    """The promise that is due now: of an earlier meeting, or by the end of this one when it is closing."""
    ends = _has(Tag.CLOSING)(context)
    at_end = (p for p in context.promises if ends and p.status is PromiseStatus.OPEN and p.due == "end")
    return _from_earlier_meeting(context) or next(at_end, None)


def _promise_due(context: Context) -> bool:
    return _has(Tag.PROMISE_DUE)(context) or _due(context) is not None


def _before_disclosure(context: Context) -> bool:
    """The third exchange, once: later it would charge the same omission again and again."""
    if context.exchange != 3 or context.meeting > 1 or _from_earlier_meeting(context) is not None:
        return False
    return not any(
        _PRIVACY.search(straight(said)) for said in (*context.learner_said, *(m for m, _ in context.earlier))
    )


_HOLDS: dict[Situation, Callable[[Context], bool]] = {
    "first_exchange": lambda context: context.exchange == 1,
    "account": _account,
    "plan_on_table": lambda context: _plans(_last_message(context)),
    "closing_phase": _has(Tag.CLOSING),
    "information_given": lambda context: len(_last_message(context).split()) >= FLOOD_WORDS,
    "promise_due": _promise_due,
    "after_flood": _after_flood,
    "before_disclosure": _before_disclosure,
    "learner_slip": _has(Tag.RUPTURE, Tag.COMPLAINT, Tag.ATTACK),
}
