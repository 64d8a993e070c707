"""What can be measured in a message without any code: its pace, and whether it asks straight out about suicide."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simpatient.evaluation.called import FLOOD_WORDS, STACKED, questions_in, straight
from simpatient.evaluation.evidence import Evidence
from simpatient.words import Context, Tag

SHORT = 40
"""Words a message may always have, however short the patient's turn was."""
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_HOLDS_BACK = re.compile(
    r"\b(take (your|as much) time|(there'?s )?no (rush|hurry)|when(ever)? you'?re ready|in your own time"
    r"|you don'?t have to (say|answer|talk|tell)|we can (stop|pause|wait|leave it)|not today"
    r"|(i'?m|i am) (just )?(here|listening)|(i'?m|i am) in no hurry)\b",
    re.IGNORECASE,
)
_RISK = (
    r"(suicid\w*|kill(ing)? (yourself|your ?self)|end(ing)? (your (own )?life|it( all)?|things)|tak(e|ing) your (own )?life"
    r"|hurt(ing)? yourself|harm(ing)? yourself|not (want\w* to )?be(ing)? (here|alive)|better off dead|want(ing)? to die"
    r"|thoughts? of (dying|death)|wish\w* you (were|weren'?t) (dead|here|alive)|thinking (of|about) dying)"
)
_ASKING = r"(are|do|did|have|has|were|was|is|can|could|may|ever|any|want to|need to|going to) "
_ASKS_RISK = re.compile(rf"[^.!?\n]*\b{_RISK}\b[^.!?\n]*\?|\b{_ASKING}[^.!?\n]*\b{_RISK}\b[^.!?\n]*", re.IGNORECASE)
"""With a question mark, or in words that ask; punctuation is not what makes a question."""
_SAFE_STEP = re.compile(
    r"[^.!?\n]*\b(keep(ing)? you safe|are you safe|feel(ing)? safe|safe (right )?now|stay with you|not leave you alone"
    r"|crisis (line|team|service)|safety plan|someone (who can )?(be|stay) with you)\b[^.!?\n]*[.!?]?",
    re.IGNORECASE,
)


def pace_of(message: str, context: Context, evidence: Sequence[Evidence], behaviour: str) -> tuple[Evidence, ...]:
    """What the lengths and questions of the message show, one piece per sentence; none for a flood. Pure.

    Level 3 holds back in so many words, 2 has one main thing of fitting length with something in it for this patient,
    1 answers but is long or asks two things.

    Source: clinical section 2.2, R14 (design); accommodation of length after P07.
    """
    words, asked = len(message.split()), questions_in(message)
    if not words or words >= FLOOD_WORDS or asked >= STACKED:
        return ()
    specific = any(e.level >= 2 for e in evidence)
    held = _HOLDS_BACK.search(straight(message))
    fits = words <= max(SHORT, 2 * len(context.turn.text.split())) and asked <= 1
    felt = any(o.tag in (Tag.CUE, Tag.CONCERN, Tag.RISK_CUE) for o in context.turn.opportunities)
    level = 1
    if fits and held:
        level = 3 if specific or felt else 2
    elif fits and specific:
        level = 2
    sentences = [match.span() for match in _SENTENCE.finditer(message) if match.group().strip()]
    if held:
        sentences.sort(key=lambda span: not span[0] <= held.start() < span[1])
    else:
        sentences.sort(key=lambda span: ("?" not in message[span[0] : span[1]], span[0] - span[1]))
    return tuple(_measured(message, span, level, behaviour, "pace") for span in sentences)


def risk_answered(message: str) -> tuple[int, int] | None:
    """Where the message asks directly about suicide or takes a safe step; None when it does neither. Pure.

    Source: clinical section 5.1; asking is never a harm.
    """
    found = _SAFE_STEP.search(straight(message))
    return risk_asked(message) or (found.span() if found else None)


def risk_asked(message: str) -> tuple[int, int] | None:
    """Where the message asks directly about suicide; a direct question is as it should be, and no other rule holds for it. Pure."""
    found = _ASKS_RISK.search(straight(message))
    return found.span() if found else None


def risk_evidence(message: str, behaviour: str) -> tuple[Evidence, ...]:
    """The direct question about suicide, as evidence of level 2. Pure."""
    place = risk_answered(message)
    return (_measured(message, place, 2, behaviour, "asks_directly"),) if place else ()


def _measured(message: str, span: tuple[int, int], level: int, behaviour: str, code: str) -> Evidence:
    start, end = span
    quote = message[start:end].strip()
    start = message.index(quote, start)
    return Evidence(code=code, level=level, quote=quote, start=start, end=start + len(quote), measures=behaviour)
