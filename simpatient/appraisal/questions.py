"""Whether an utterance asks, and how: open, closed, by permission, to confirm, as an offer."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from simpatient.appraisal.utterances import AUX, SUBJECTS, WH, Utterance


class Asks(StrEnum):
    """How an utterance asks."""

    NOT = "not"
    OPEN = "open"
    CLOSED = "closed"
    PERMISSION = "permission"
    """May I, would it be all right."""
    CONFIRM = "confirm"
    """Have I got that right, is that it, a tag."""
    DECLARATIVE = "declarative"
    """A statement with a question mark."""
    OFFER = "offer"
    """Tea, water?"""


_OPEN_IMPERATIVE = re.compile(
    r"^(?:(?:please|just|first|maybe|perhaps|today|then|go on and|go ahead and) )*(?:(?:can|could|would|will) (?:you|u) (?:please |just |maybe |kindly |perhaps )*)?"
    r"(?:tell (?:me|us)(?! (?:if|whether|when|yes))|say (?:a (?:bit|little) )?more|talk (?:me|us) through|walk (?:me|us) through"
    r"|talk (?:to me |with me )?(?:a (?:bit|little) )?(?:more )?about|help (?:me|us) (?:to )?(?:understand|see|get)|describe|give me (?:an example|a sense|an idea|a picture)|share (?:with me |a bit |a little |some )"
    r"|paint (?:me )?a picture|explain (?:to me |for me )?(?:what|how|more|a)|fill me in|take me (?:through|there|back)|elaborate|expand on|start wherever|start anywhere"
    r"|(?:i would |i want to |i would just )?(?:love|like) to (?:hear|know|understand)|i (?:am|was) (?:just )?(?:curious|interested)(?: about| in| to (?:hear|know))?(?! (?:if|whether)))"
)  # fmt: skip
"""Requests for the patient's own account that need no question mark."""

_EMBEDDED = re.compile(
    r"\b(?:(?:i am|i was|was|am|i have been)? ?(?:just )?(?:wondering|curious)|i wonder|let me ask(?: you)?|(?:can|could|may) i (?:just )?ask(?: you)?"
    r"|i (?:would like|want|need|would love) to (?:know|ask|hear|understand)|(?:do|would|did) you (?:mind (?:telling|saying)|know)|interested to (?:know|hear)|tell me|any idea|what do you think(?: about)?)"
    r"(?: (?:you|a bit|more|about|just|maybe|then|now|me|of|to|know|that|perhaps|as))* (what|how|why|who|where|when|which|if|whether)\b"
)
_PERMISSION = re.compile(
    r"^(?:(?:so|and|okay|first|before we start|before that) )*(?:(?:may|can|could|might|shall) (?:i|we)\b|(?:is|would|will|was) (?:it|that|this) (?:be )?(?:okay|all right|fine|alright|good|possible|acceptable|convenient)"
    r"|(?:do|would) you mind|(?:are|would) you (?:be )?(?:happy|okay|comfortable|willing|open|up)(?: with| for| to)?|mind if|okay if|all right if|is now)"
)
_CONFIRM = re.compile(
    r"(?:have|did|do|am) i (?:got|get|getting|understood|understand|heard|hear|hearing|have|right)\b[^.?!]{0,40}$|^is (?:that|this|it) (?:how it (?:goes|works|is for you)|right|it|fair|about right|correct|how it (?:is|was|feels|felt)|accurate|what you (?:mean|meant|are saying))"
    r"|(?:is that right|is that fair|right|yeah|correct|yes|am i right|or not|or no|or am i wrong|is it|is not it|was it|was not it|do not you|did not you|does not it|did it|does it|are not you|have not you|has not it|is not that|huh)$"
    r"|^(?:that it|is that it|that how it (?:go|goes|is|was)|is it like that|it is like this|that right)$|^(?:right|correct|yeah|is it so|is not it|no|does that sound right|did i get (?:that|it)|am i right)\b"
    r"|^(?:do|does) (?:you mean|that mean)\b|^correct me if"
)
_CLOSED_HOW = frozenset("long many much often old far big tall heavy frequently likely soon".split())
_FACT_WH = re.compile(
    r"^(?:what (?:time|date|age|day|year|is your (?:name|age|date|address|number|job|weight))|when (?:did|was|were|is|are|do|does)|who (?:is|was|are|do|did|else)|where (?:do|did|is|are|was|were)|which(?! (?:\w+ )?(?:would|feels?|matters|bothers|you|do you)\b)\b)"
)
_SCALE = re.compile(r"\b(?:on|in) a scale\b|\b(?:from|between) (?:0|1|zero|one) (?:to|and) (?:10|ten|100)\b")
_WH_LATER = re.compile(
    r"\b(?:what|how|why|where|when|who|which) (?:is|are|was|were|do|does|did|would|will|could|can|should|might|has|have|about|made|makes|brings|brought|happens|happened|kind|sort|else|other|come|if|goes|went|feels|helps|matters|worries|gets|long|many|much|often|concerns)\b|\b(?:what|how|why) (?:you|they) (?:want|feel|think|need|like|doing|mean|going|been|feeling)\b"
)
_NOT_WH = re.compile(
    r"^(?:what (?:i|you|we) (?:am|are|will|would|can|have|had|heard|hear|do(?! you)|want|need|say|said|tell|told|think|mean|might|could|just|may)\b|what a\b|when (?:you|i|we|he|she|they|it|people|that|the|your|my)\b|where you\b|how (?:hard|awful|difficult|frightening|sad|lovely|nice|great|wonderful|frustrating|exhausting|upsetting|lonely|interesting)\b"
    r"|who you\b|which (?:is|means|makes|was)\b|what (?:happens|works|matters|helps|counts|they|he|she|people|it|makes sense|you)(?: \w+){0,6} (?:is|was)\b|how(?:ever)? you\b)"
)


_INVERTED_LATER = re.compile(
    r"\b(?:and|so|but|or|then|because|okay|well|though|[a-z]+ing|that|today|now|before|that|it|this|there|here) (?:is|are|was|were|do|does|did|have|has|can|could|would|will|should|shall) (?:you|there|we|they|he|she|your|i|any)\b"
)
"""A question that stands after something else in the same breath."""
_TURNS_ROUND = re.compile(
    r"\b(?:(?:are|were|do|did|would|could|have|will) you|what (?:is|was|do|did|happens|would)|how (?:do|did|is|was|does))\b"
)
"""A question after a clause such as "when you say that"."""
_SUBORDINATE = re.compile(
    r"^(?:what|how|where|why|when|who) (?:it|i|we|they|he|she|the|that|this|my|our|people|your)\b(?! (?:be|been|going|doing|feeling)\b)"
)
"""Clauses that look like questions without inverting anything."""


@lru_cache(maxsize=4096)
def asks(utterance: Utterance) -> Asks:
    """How the utterance asks. Pure."""
    words = utterance.core
    if not words:
        return Asks.NOT
    first, text = words[0], " ".join(words)
    marked = utterance.mark == "?"
    if marked and len(words) <= 4 and first not in WH and first not in AUX:
        return Asks.CONFIRM if _CONFIRM.search(text) else Asks.OFFER if "," in text else Asks.DECLARATIVE
    if _OPEN_IMPERATIVE.match(text):
        return Asks.OPEN
    embedded = _EMBEDDED.search(text)
    if embedded:
        return Asks.CLOSED if embedded.group(1) in ("if", "whether") else Asks.OPEN
    if first in WH:
        if not marked and (
            _SUBORDINATE.match(text) or (words[1:2] == ("you",) and (len(words) > 7 or utterance.words[0] == "and"))
        ):
            return Asks.NOT
        return _wh(text, words, marked)
    if _PERMISSION.match(text) and (marked or first in AUX or first in ("mind", "okay")):
        return Asks.PERMISSION
    if _CONFIRM.search(text) and (marked or (len(words) <= 6 and first in AUX)):
        return Asks.CONFIRM
    if first == "do" and words[1:2] == ("not",) and words[2:3] != ("you",) and not marked:
        return Asks.NOT
    if first in AUX and len(words) > 1 and (words[1] in SUBJECTS or words[1] == "not" or marked):
        return Asks.CLOSED
    return _later(text, marked)


def _wh(text: str, words: tuple[str, ...], marked: bool) -> Asks:
    """How an utterance that opens with a question word asks."""
    if _NOT_WH.match(text) and not marked and _TURNS_ROUND.search(text, 4):
        return _later(text, True)
    if _NOT_WH.match(text) and not (marked and words[0] in ("what", "how")):
        return _later(text.split(" ", 1)[1], marked) if len(words) > 4 and marked else Asks.NOT
    if _SCALE.search(text):
        return Asks.OPEN
    if (words[0] == "how" and len(words) > 1 and words[1] in _CLOSED_HOW) or _FACT_WH.match(text):
        return Asks.CLOSED
    return Asks.OPEN


def _later(text: str, marked: bool) -> Asks:
    """How an utterance asks whose question stands after something else."""
    if not marked:
        return Asks.NOT
    if _SCALE.search(text):
        return Asks.OPEN
    later = _WH_LATER.search(text)
    if later:
        tail = text[later.start() :].split()
        if tail[0] == "how" and len(tail) > 1 and tail[1] in _CLOSED_HOW:
            return Asks.CLOSED
        if not _FACT_WH.match(" ".join(tail)):
            return Asks.OPEN
        return Asks.CLOSED
    if _INVERTED_LATER.search(text):
        return Asks.CLOSED
    if re.match(r"^(?:any|anything|ever|anyone|nothing|something|more|or)\b", text):
        return Asks.CLOSED
    return Asks.DECLARATIVE
