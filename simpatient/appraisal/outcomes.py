"""What the learner tells about promises made in earlier meetings, read from the learner's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from simpatient.appraisal.text import ENDS, message_of, words_of
from simpatient.words import Promise, Tag

_DID = (
    r"asked|rung|rang|read|found out|checked|spoke|spoken|looked|brought|got|sent|wrote|written|emailed|texted"
    r"|called|phoned|did|done|printed|booked|arranged|talked|kept|sorted|changed|raised|been (?:to|through)|went"
    r"|managed|heard|chased|copied|seen|saw|posted|put"
)
_DO = (
    r"ask|ring|read|find out|check|speak|look|bring|get|send|write|email|text|call|phone|do|print|book|arrange|talk"
    r"|keep|sort|change|raise|go|manage|hear|chase|copy|see|post|put|have|make|reach|finish"
)
_DONE = re.compile(
    rf"\b(?:i|we) (?:have |had |did |also |actually |just |only |went and |then )*(?:{_DID})\b(?! not)"
    r"|\bhere (?:it|they|you|is|are|he|she)\b|\bas promised\b|\b(?:it|that) is (?:done|sorted|booked|all done|in hand)\b"
    r"|\b(?:he|she|they|the \w+(?: \w+)?) (?:said|says|told me|tells me|came back|has confirmed|confirmed)\b"
    r"|\bit (?:asks|says|said|wants|turns out)\b|\b(?:the|your|their) (?:answer|letter|email|note|form) (?:is|was|says|said|went|asks)\b"
)
_NOT_DONE = re.compile(
    rf"\b(?:have|has|had|did|could|was|am|do) not\b(?: \w+){{0,2}} (?:{_DO}|{_DID}|able|got|yet|done|it)\b"
    r"|\b(?:have|had|did|could|was) not(?= i |$| that is | sorry)"
    r"|\bnot (?:yet )?(?:asked|read|got|done|found|managed|heard|sent|spoken|rung|got round)\b"
    r"|\bi (?:\w+ )?(?:forgot|failed|missed it|let (?:it|that|you) (?:slip|slide|down)|broke (?:it|that|my)"
    r"|dropped (?:it|that|the ball))\b"
    r"|\b(?:ran out of time|run out of time|never got round|did not get (?:round|to it|the chance|chance)|slipped my mind"
    r"|without it|still (?:waiting|do not have|have not)|no answer yet)\b"
)
_LATE = re.compile(
    r"\b(?:late|later than (?:i|it)|should have (?:been|had|reached|rung|come)|(?:a|two|three|four) days? (?:after|late)"
    r"|only (?:got|did|read|sent|managed) (?:it|to) (?:\w+ )?(?:today|yesterday|this morning|on \w+day)|not (?:on|by) "
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
_PROMISED = re.compile(
    r"\b(?:i|we) (?:had )?(?:said|promised|told you|undertook|owed)\b|\bmy promise\b|\bi was going to\b"
    r"|\bi was (?:meant|supposed|to have)\b|\byou asked me (?:to|for|about)\b|\bi owe you\b|\bas promised\b"
)
_WAVED = re.compile(
    r"^(?:oh (?:that|yes that|right)|ah (?:that|yes))\b|\b(?:i will get to it|get round to it|next (?:week|time) then"
    r"|never mind (?:that|about)|it is not (?:that )?important|thanks? (?:so much )?for your patience|bear with me"
    r"|things have been (?:very |so |really )?busy|i have been (?:very |so |really )?busy)\b"
)
_MORE_TIME = re.compile(
    r"\b(?:can|could|shall|may|might) (?:we|i) (?:make (?:it|that)|have (?:until|till|another|more)|say|move|tell you on"
    r"|let you know (?:on|by))\b|\b(?:need|want|take|takes?) (?:me )?(?:more|another|a (?:few|bit|little)|until|till)\b"
    r"|\bwill not (?:have|be|make|get|manage)\b|\b(?:would|is) \w+day (?:do|suit|instead|be (?:all right|okay))\b"
    r"|\binstead of (?:today|\w+day)\b"
)
_PLAIN = frozenset(
    "i you we he she it they that this the a an and or but to of in on at by for with from about me my your our will "
    "would can could have has had be is are was were do did does not what how when who which whether if so then tell "
    "ask let know say said get find out next first also just all any it's up here there them him her as time week".split()
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one message tells of one earlier promise."""

    promise: str
    """Id of the promise."""
    done: bool = False
    """It is told as done, with or without a result."""
    not_done: bool = False
    late: bool = False
    waved: bool = False
    """Passed off, or a new promise laid over it."""


def told_of(text: str, due: Sequence[Promise], tags: frozenset[Tag] = frozenset()) -> Told | None:
    """What `text` tells of one of the promises that are due, or None when it tells nothing. Pure.

    Args:
        text: the learner's message.
        due: promises of earlier meetings whose outcome has not been told.
        tags: what the patient turn called for; after being asked, an answer need not name the promise.

    Source: clinical section 3.6.
    """
    if not due:
        return None
    message = message_of(text)
    asked = Tag.PROMISE_DUE in tags
    named = bool(_PROMISED.search(message.norm))
    shared = [(len(_content(promise) & {_stem(word) for word in message.words}), promise) for promise in due]
    most, promise = max(shared, key=lambda pair: pair[0])
    if asked:
        promise = max(due, key=lambda p: (p.raised_in or 0, p is promise))
    if not (asked or named or most):
        return None
    done, not_done, late = False, False, bool(_LATE.search(message.norm))
    for sentence in _sentences(message.words):
        negative = bool(_NOT_DONE.search(sentence))
        not_done |= negative
        done |= not negative and bool(_DONE.search(_without_promise(sentence)))
    waved = asked and not done and bool(_WAVED.search(message.norm))
    if not (done or not_done or waved):
        return None
    return Told(promise=promise.id, done=done, not_done=not_done, late=late, waved=waved)


def asks_more_time(text: str) -> bool:
    """Whether the message says beforehand that a promise will not be kept in time, and offers another time. Pure."""
    return bool(_MORE_TIME.search(message_of(text).norm))


def _sentences(words: list[str]) -> list[str]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word in ENDS:
            parts.append([])
        else:
            parts[-1].append(word)
    return [" ".join(part) for part in parts if part]


def _without_promise(sentence: str) -> str:
    """The sentence without "I said I would ...", which by itself tells no outcome."""
    return re.sub(r"\b(?:i|we) (?:had )?(?:said|promised|told you) (?:that )?(?:i|we) would(?: \w+)?", " ", sentence)


def _content(promise: Promise) -> frozenset[str]:
    """Beginnings of the telling words of a promise."""
    return frozenset(_stem(word) for word in words_of(f"{promise.what} {promise.quote}") if word not in _PLAIN)


def _stem(word: str) -> str:
    return word[:5]
