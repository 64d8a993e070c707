"""Helpful behaviours in a laid-out message: cues of the tables, and what lies in structure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from simpatient.appraisal.families import ASKING, REFLECTING, TELLING, Family, Part
from simpatient.appraisal.links import copies, echo
from simpatient.appraisal.questions import Asks
from simpatient.appraisal.reading import Reading
from simpatient.words import CodedSpan, PromiseKind, Tag

_STEERS = re.compile(
    r"\b(?:what would (?:you (?:like|want|need|rather|prefer|most)|be (?:all right|most|different|the|okay"
    r"|worth|good|helpful|useful))|where would you|what (?:matters|is (?:most )?important)|what do you (?:want"
    r"|need|make|think|hope)|how would you (?:like|want)|what should i know|what else|in your own words"
    r"|wherever you|what feels|what would help|what were yours|what was going on|what (?:is|was) (?:it|that) "
    r"like)\b"
)
_GENERIC = re.compile(
    r"^(?:so |and |well |okay |i )*(?:(?:it|that|this|which) (?:just |really )?(?:sounds?|seems?|must be|is) "
    r"(?:like (?:it is |that is )?(?:been )?)?(?:so |really |very |a |pretty |quite |incredibly )*(?:hard|tough"
    r"|difficult|rough|awful|a lot|lot|stressful|challenging|horrible|frustrating)(?: (?:for you|time|one|thing"
    r"|to deal with|going on|right now))*|(?:i )?hear you|i understand(?: you)?|you are (?:not alone|right"
    r"|welcome|so (?:strong|brave)|doing (?:great|well|fine))|you (?:know|see)|your feelings (?:are"
    r"|matter)[^.?!]*)$"
)
_FLATTERS = re.compile(
    r"\b(?:you are|what) (?:such |so |an? |the |really |very |truly |my )*(?:\w+ )?(?:wonderful|nice|nicest"
    r"|nicer|best|better|strongest|bravest"
    r"|wise|wisest|perfect|incredible|amazing|lovely|kind|clever|special|favorite|brilliant|fantastic)\b"
)
"""Praise of the person instead of a return of what they said."""
_CITES = re.compile(
    r"\byou (?:said|told me|were saying) (?:that )?i (?!am|was|did|do|have|had|should|would|talk|sound|look|said"
    r"|pushed)\w+"
)
"""The patient's sentence recited in the first person."""
_SETS_UP = re.compile(
    r"^(?:so |and |okay |now )*(?:you|u) (?:mentioned|brought up|said something about|were talking about"
    r"|talked about|spoke (?:about|of)|touched on)\b"
)
_SHRINKS = re.compile(
    r"\b(?:so )?(?:basically|just) (?:you are |you feel |it is )?(?:just )?(?:stressed|tired|anxious|worried"
    r"|sad|fine|overreacting|upset)\b|^you have (?:\w+ )?issues\b"
)


def helps_in(reading: Reading, pasted: bool) -> list[CodedSpan]:
    """Every helpful behaviour at its level; none in a pasted answer. Pure.

    Level 1 is generic; 2 needs a link to what this patient said or to the situation; 3 adds something more.
    """
    spans = [*_from_cues(reading), *_reflections(reading), *_questions(reading), *_promised(reading), *_told(reading)]
    if pasted:
        return []
    return spans


def _from_cues(reading: Reading) -> Iterable[CodedSpan]:
    """Codes of the cue tables, facets added up."""
    found: dict[str, dict[str, tuple[int, str]]] = {}
    for hit in reading.help_hits:
        index = reading.part_at(hit.start)
        level = hit.cue.level
        if level > 1 and not reading.holds(hit.cue.link, index):
            if hit.cue.link == "unknown":
                continue
            level = 1
        facets = found.setdefault(hit.cue.code, {})
        if level > facets.get(hit.cue.facet, (0, ""))[0]:
            facets[hit.cue.facet] = (level, reading.quote(hit))
    for code, marks in found.items():
        facets = marks
        if code == "autonomy" and set(facets) == {"permission"} and _goes_on(reading):
            facets = {facet: (1, quote) for facet, (_, quote) in facets.items()}
        best = max(level for level, _ in facets.values())
        strong = sum(1 for level, _ in facets.values() if level >= 2)
        level = min(3, best + 1) if strong >= 2 else best
        if code == "warmth":
            level = _warmth(reading, facets)
        quote = next(quote for each, quote in facets.values() if each == best)
        yield CodedSpan(code=code, level=level, quote=quote)


_KINDNESS = ("hospitality", "ask time", "small talk")


def _warmth(reading: Reading, facets: dict[str, tuple[int, str]]) -> int:
    """How warm: a greeting alone 1, with a name or a kindness 2, with something particular 3."""
    kind = [facet for facet in _KINDNESS if facets.get(facet, (0, ""))[0] >= 2]
    greeted = re.search(
        r"\b(?:hello|hi|hey|morning|afternoon|evening|welcome) (?!there|again|and|to|i|how|so|come|nice|what|is|you"
        r"|my)[a-z]+",
                        reading.message.norm)  # fmt: skip
    named = "name" in facets or greeted is not None
    if kind and "small talk" in kind and (named or len(kind) > 1):
        return 3
    if kind or (named and "polite" in facets and facets.get("greet", (0, ""))[0] >= 2):
        return 2
    return 1


def _goes_on(reading: Reading) -> bool:
    """Whether permission is asked and not waited for."""
    asked = [index for index, part in enumerate(reading.parts) if part.asks is Asks.PERMISSION]
    return bool(asked) and any(part.family in (Family.OPEN, Family.CLOSED) for part in reading.parts[asked[0] + 1 :])


_PARTS = re.compile(
    r"^(?:okay |well |right |so )*(?:thanks|thank you|see you|bye|good ?bye|take care|have a (?:good|safe))\b"
)
"""Thanks and goodbyes, which return nothing."""


def _reflections(reading: Reading) -> list[CodedSpan]:
    """The one best reflection; with a check it is active listening."""
    best: tuple[int, str, Part] | None = None
    for index, part in enumerate(reading.parts):
        if part.family not in REFLECTING or _PARTS.match(part.utterance.text) or _tells(reading, part):
            continue
        code, level = _reflection(reading, index, part)
        if best is None or (level, code == "reflect_complex") > (best[0], best[1] == "reflect_complex"):
            best = (level, code, part)
    if best is None:
        stock = next((p for p in reading.parts if _GENERIC.match(p.utterance.text)), None)
        return [CodedSpan(code="reflect_simple", level=1, quote=reading.quote_of(stock))] if stock else []
    level, code, part = best
    if _checks(reading) and (level >= 2 or part.depth or part.link >= _TOUCHES):
        code, level = "active_listening", 3 if level >= 2 else 2
    return [CodedSpan(code=code, level=level, quote=reading.quote_of(part))]


_FORETELLS = re.compile(
    r"^(?:so |and |but |then |because |well |you know )*(?:if you (?!are hearing)|when you are|you (?:will|are "
    r"going to|would be|do not need|can|might) "
    r"|(?:the )?(?:problem|issue|idea|point|concern|thing|good news) (?:is|here)|as well as|which means)"
)
"""Statements about "you" that warn, foretell or instruct."""


def _tells(reading: Reading, part: Part) -> bool:
    """Whether what looks like a reflection serves to tell: a warning, or a lead-in to longer telling or advice."""
    size = len(part.utterance.words)
    if _FORETELLS.match(part.utterance.text) and part.link < 1.6 and not part.led:
        return True
    if size <= 2 and part.depth == 0:
        return True
    return reading.telling_words > max(8, 1.5 * size)


_RUN = 6
"""Words in a row from which giving back is copying."""


def _reflection(reading: Reading, index: int, part: Part) -> tuple[str, int]:
    """Code and level of one reflection."""
    text = part.utterance.text
    words = part.utterance.words
    run = echo(words, reading.side.turn)[1] if len(words) >= _RUN and copies(words, reading.side.turn, 0.7) else 0
    linked = part.link >= 0.6 or (part.depth >= 1 and reading.holds("linked", index))
    generic = _GENERIC.match(text) or _SETS_UP.match(text)
    generic = generic or _CITES.search(text) or _FLATTERS.search(text) or _SHRINKS.search(text)
    copied = run >= _RUN and run >= 0.7 * len(words)
    if generic or copied:
        return ("reflect_simple", 1)
    if not linked:
        return ("reflect_complex" if part.family is Family.COMPLEX and part.link > 0 else "reflect_simple", 1)
    if part.family is Family.COMPLEX:
        rich = part.depth >= 2 or part.link >= 1.6 or (len(part.utterance.words) >= 14 and part.link >= 1.0)
        return ("reflect_complex", 3 if rich else 2)
    return ("reflect_simple", 2)


def _checks(reading: Reading) -> bool:
    """Whether the learner asks to be corrected."""
    return any(
        part.asks is Asks.CONFIRM and _about_them(reading, index) for index, part in enumerate(reading.parts)
    ) or bool(
        re.search(
            r"\b(?:let me (?:just )?(?:check|see if|make sure)|do you mean|correct me|tell me if i|did i miss"
            r"|have i (?:got|understood)|am i (?:hearing|right)|did i (?:get|understand|hear|catch|follow)|(?:so|be|making) (?:i am )?sure i (?:follow|understand|have)"
            r"|(?:is|was) it the \w+ you mean|tell me if (?:that|it) is not)\b",
            reading.message.norm,
        )
    )


def _about_them(reading: Reading, index: int) -> bool:
    """Whether what is confirmed is a reflection: not the learner's own view with "isn't it?" behind it."""
    part = reading.parts[index]
    before = reading.parts[index - 1] if index else part
    whole = part if len(part.utterance.words) > _TAG else before
    return whole.family not in TELLING and (whole is part or whole.family in REFLECTING or whole.family in ASKING)


_TOUCHES = 0.6
"""Link from which a reflection that asks to be put right listens, however little it says."""
_TAG = 5
"""Words up to which a check stands for what went before it."""


def _questions(reading: Reading) -> Iterable[CodedSpan]:
    """One open and one closed question at most."""
    asked: dict[Family, tuple[int, Part]] = {}
    for index, part in enumerate(reading.parts):
        if part.family in ASKING:
            asked.setdefault(part.family, (index, part))
    if Family.OPEN in asked:
        index, part = asked[Family.OPEN]
        yield CodedSpan(code="open_question", level=_open_level(reading, index, part), quote=reading.quote_of(part))
    if Family.CLOSED in asked:
        _, part = asked[Family.CLOSED]
        yield CodedSpan(code="closed_question", level=1, quote=reading.quote_of(part))


def _open_level(reading: Reading, index: int, part: Part) -> int:
    """How good an open question is: 2 follows from what was said, 3 lets the patient steer after being met."""
    opens = sum(1 for each in reading.parts if each.family in (Family.OPEN, Family.CLOSED))
    follows = (
        reading.context.exchange <= 1
        or reading.near(index) >= 0.6
        or reading.side.points_back(part.utterance.words)
        or (bool(_STEERS.search(part.utterance.text)) and reading.holds("situation", index))
        or (reading.side.has(Tag.PUSHBACK, Tag.CUE) and bool(_STEERS.search(part.utterance.text)))
    )
    accuses = any(hit.cue.code in ("judging", "pushing") for hit in reading.harm_hits)
    if not follows or opens > 3 or accuses:
        return 1
    met = index > 0 and (reading.context.exchange <= 1 or reading.link >= 1.0)
    return 3 if met and _STEERS.search(part.utterance.text) else 2


def _promised(reading: Reading) -> Iterable[CodedSpan]:
    """A commitment by its specificity."""
    kept = [each for each in reading.promises if each.kind is not PromiseKind.PRIVACY]
    if kept:
        best = max(kept, key=lambda each: (each.specific, each.weight))
        yield CodedSpan(code="promise_made", level=1 + best.specific if best.weight == 1.0 else 1, quote=best.quote)


def _told(reading: Reading) -> Iterable[CodedSpan]:
    """Plain telling."""
    for part in reading.parts:
        if part.family is Family.INFORMATION:
            yield CodedSpan(code="information", level=1, quote=reading.quote_of(part))
            return
