"""What a learner message asks of this patient: topics touched, questions asked, words to take up.

This is about content, not behaviour; behaviours are the appraisal's business. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from simpatient.patient.asked import kinds_in
from simpatient.persona import Persona

_WORD = re.compile(r"[a-z0-9']+")


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A message as this patient hears its content."""

    text: str
    topics: tuple[str, ...] = ()
    """Topics touched, the one most spoken of first."""
    asked: tuple[str, ...] = ()
    """Kinds of thing asked (`persona.lines.Asked`), most telling first."""
    life: tuple[str, ...] = ()
    """Ids of small facts asked for, in the order asked."""
    question: bool = False
    follows: bool = False
    """It asks back about what the patient has just said."""
    free: bool = False
    """The learner leaves it to the patient what to speak of."""
    risk: bool = False
    """The patient is asked about suicide or self-harm."""
    word: str = ""
    """A telling word of the learner's that can be taken up; may be empty."""
    learner_name: str = ""
    """The name the learner gives themselves in this message; may be empty."""


_RISK = re.compile(
    r"\b(suicid\w*|kill(ing)? yourself|end(ing)? (it all|your life)|tak(e|ing) your (own )?life|(harm|hurt)(ing|ed)? yourself|self[- ]?harm\w*"
    r"|not want(ing)? to be (here|alive)|life (is|isn'?t|not) worth|better off dead|(thoughts|thinking) (of|about) (dying|death))\b"
)
_ASKING = re.compile(
    r"(?:^|[.!,;]\s*|\b(?:and|so|but|ok|okay|well|right|then|lol|haha|hm+|no|yes|yeah|sorry)\s+)"
    r"(?:what|whats|how|hows|where|wheres|when|who|whos|which|why|do (?:you|u)|does|did|are you|tell me|is (?:it|there|he|she|that)|have you|has|can you|could you"
    r"|would you|will you|were you|was it|any)\b"
)
"""A question by its first word, for those who type without question marks."""
HOSTILE = frozenset({"insult", "sexual"})
"""Kinds that harm the patient; they are answered once, then play stops."""
IN_PASSING = frozenset({"apology", "thanks", "greeting", "joke", "compliment", "about_learner", "weather"})
"""Kinds of remark that give way to a question in the same message."""
NOT_BACK = frozenset({
    "how_are_you", "name", "offer", "opinion", "come_back", "permission", "plan", "feedback", "questions", "agenda",
    "greeting", "late", "seat", "comfortable", "choice",
})  # fmt: skip
"""Kinds that want an answer of their own even when they use the patient's words."""
_FREE = re.compile(
    r"\b(what(?:'s| has| is)? (?:brings|brought|made you come|been (?:going on|happening)|going on|happening|troubling|bothering|up)"
    r"|tell me (?:about yourself|what|how|where|in your own|whatever)|how (?:can|could|may) i help|what'?s (?:the (?:problem|matter|trouble)|wrong)"
    r"|how (?:are things|have things been|has (?:it|the|this|your) (?:\w+ )?been)|anything (?:else )?(?:you|on your mind)|in your own words"
    r"|what (?:is it|would you) (?:like )?(?:you|me)|want(?:ed)? me to know|from the beginning|your side|your own words)\b"
)
GAP = 5
"""Words within which the next word of a phrase has to come."""
_FILLERS = frozenset("so and but well ok okay um uh er then actually please".split())
"""Words that do not change what a plain question asks."""
_LONGHAND = {
    "u": "you",
    "ur": "your",
    "r": "are",
    "pls": "please",
    "thx": "thanks",
    "wat": "what",
    "y": "why",
    "cos": "because",
}
"""Words as they are typed on a phone."""
_TYPED = re.compile(r"(?<![\w'])(?:" + "|".join(_LONGHAND) + r")(?![\w'])")
_YES_NO = re.compile(
    r"^(\W*(so|and|but|ok(ay)?|well|right)\W+)*(do|does|did|are|is|was|were|have|has|had|can|could|will|would|should|shall|may|any|ever|you)\b"
)
_NAME = re.compile(
    r"\b(?i:I'?m|I am|my name is|my name's|call me|this is)\s+(?:(?:Dr|Doctor|Nurse|Mr|Mrs|Ms|Sister)\.?\s+)?([A-Z][a-z]{2,14})\b"
)
_NOT_NAMES = frozenset(
    "Sorry Not Just Here Glad Afraid Sure Going Really Very Your Listening Hearing Happy Pleased Thinking Trying Only Also".split()
)
_DULL = frozenset(
    "about after again all also and another any anything are around as ask away back because been before being between both but came can come could "
    "couldn did didn different does doesn doing don done down each else even ever every everything feel feeling felt few find first for from get give "
    "goes going gone good got had has have having hear help her here him his how into isn its just keep kind know let like little long look lot made "
    "make many maybe mean might mind more most much must myself need never next nobody not nothing now off okay once one only other our out over own "
    "people perhaps quite rather really right said same say says see seem should some someone something sometimes soon sorry sort sounds start still "
    "such sure take talk tell than thank thanks that the their them then there these they thing things think this those though through time today "
    "together told too took try understand until very want wanted was wasn way well went were what when where whether which while who why will with "
    "without won word words work would wouldn yes yet you your yourself i'm i'll i've i'd it's that's you're you've you'd we're let's don't".split()
)


def hear(text: str, persona: Persona, exchange: int, last: str = "") -> Heard:
    """What `text` asks of this patient.

    Args:
        text: the learner's message.
        persona: who hears it.
        exchange: 1 for the first message of the meeting.
        last: what the patient said before it, which it may ask back about.
    """
    plain = _TYPED.sub(lambda found: _LONGHAND[found[0]], text.lower().replace("\u2019", "'"))
    words = _WORD.findall(plain)
    if not any(character.isalnum() for character in plain):
        return Heard(text=text, asked=("empty",) if not plain.strip() else ("nonsense",))
    asked = kinds_in(plain)
    if not words:
        asked.insert(0, "foreign")
    elif _nonsense(words):
        asked.insert(0, "nonsense")
    elif len(plain) > 12 and text.upper() == text and sum(c.isalpha() for c in text) > 10:
        asked.append("shouting")
    risk = bool(_RISK.search(plain))
    question = "?" in text or bool(_ASKING.search(plain)) or bool({"and_then", "agenda", "feeling"} & set(asked))
    if question and _yes_no(plain):
        asked.append("yes_no")
    life = _small_facts(persona, plain, len(words)) if question or len(words) <= 4 else ()
    name = _NAME.search(text)
    if question:
        asked.sort(key=lambda kind: kind in IN_PASSING)
    return Heard(
        text=text,
        topics=_topics(persona, words),
        asked=tuple(asked),
        life=life,
        question=question,
        follows=_follows(plain, words, asked, last),
        free=not question or "agenda" in asked or bool(_FREE.search(plain)),
        risk=risk,
        word=_word(words, persona),
        learner_name=name.group(1) if name and name.group(1) not in _NOT_NAMES and exchange <= 3 else "",
    )


def _follows(plain: str, words: list[str], asked: list[str], last: str) -> bool:
    """Whether a message asks back about the last words: a bare why, who or go on, or a question that takes up one."""
    if not NOT_BACK.isdisjoint(asked):
        return False
    if {"follow", "and_then"} & set(asked) or ("why" in asked and len(words) <= 3):
        return True
    taken_up = {w for w in _WORD.findall(last.lower()) if len(w) > 3} - _DULL
    asking = [part for part in re.split(r"(?<=[.!?])\s+", plain) if "?" in part or _ASKING.match(part)]
    return any(word.removesuffix("'s") in taken_up for part in asking for word in _WORD.findall(part))


def _yes_no(plain: str) -> bool:
    parts = [part.strip() for part in re.split(r"(?<=[.!?])\s+", plain)]
    return any(_YES_NO.match(part) for part in parts if part.endswith("?") or len(parts) == 1)


def _nonsense(words: list[str]) -> bool:
    """Whether there is hardly a pronounceable word in it."""
    letters = [word for word in words if word.isalpha() and len(word) > 3]
    odd = [word for word in letters if not re.search(r"[aeiouy]", word) or re.search(r"[^aeiouy']{6,}", word)]
    return bool(letters) and len(odd) * 2 > len(letters)


def _topics(persona: Persona, words: list[str]) -> tuple[str, ...]:
    """Topics touched, the one with most words first."""
    joined = f" {' '.join(words)} "
    counts: dict[str, int] = {}
    for topic in persona.topics:
        exact, beginnings, phrases = _topic_words(topic.words)
        count = sum(word in exact or word.startswith(beginnings) for word in words)
        count += sum(phrase in joined for phrase in phrases)
        if count:
            counts[topic.id] = count
    return tuple(sorted(counts, key=lambda topic_id: -counts[topic_id]))


@lru_cache(maxsize=512)
def _topic_words(phrases: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Words as they are, beginnings of words with any ending, and phrases of several words as they stand in a text."""
    exact: set[str] = set()
    beginnings: list[str] = []
    several: list[str] = []
    for phrase in phrases:
        words = _WORD.findall(phrase.lower())
        if len(words) > 1:
            several.append(" " + " ".join(words) + ("" if phrase.endswith("*") else " "))
        elif words and phrase.endswith("*"):
            beginnings.append(words[0])
        else:
            exact.update(words)
    return frozenset(exact), tuple(beginnings), tuple(several)


@lru_cache(maxsize=1024)
def _phrases_of(asks: tuple[str, ...]) -> tuple[tuple[frozenset[str], tuple[str, ...], bool], ...]:
    """Of each phrase: the words it needs as they are, all its words in order, and whether it is a whole sentence."""
    found: list[tuple[frozenset[str], tuple[str, ...], bool]] = []
    for phrase in asks:
        words = tuple(word for word in phrase.removeprefix("=").lower().split() if word != "*")
        found.append((frozenset(w for w in words if not w.endswith("*")), words, phrase.startswith("=")))
    return tuple(found)


def _small_facts(persona: Persona, plain: str, count: int) -> tuple[str, ...]:
    """Ids of the small facts asked for: all words of one of their phrases in one asking sentence."""
    asking = [
        tuple(_WORD.findall(sentence))
        for sentence in re.split(r"(?<=[.!?;])\s+|,\s+", plain)
        if "?" in sentence or count <= 6 or _ASKING.search(sentence)
    ]
    heard = [(words, frozenset(words)) for words in asking if words]
    return tuple(
        fact.id
        for fact in persona.life
        if any(
            needed <= present and _in_order(wanted, words, whole=whole)
            for needed, wanted, whole in _phrases_of(fact.asks)
            for words, present in heard
        )
    )


def _in_order(wanted: tuple[str, ...], words: tuple[str, ...], *, whole: bool) -> bool:
    """Whether a sentence holds a phrase: its words in order and near each other, or for a whole sentence no others."""
    if whole:
        return wanted == tuple(word for word in words if word not in _FILLERS)
    place = -1
    for want in wanted:
        near = range(place + 1, min(len(words), place + 1 + GAP) if place >= 0 else len(words))
        place = next((at for at in near if _matches(words[at], want)), -1)
        if place < 0:
            return False
    return True


def _matches(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _word(words: list[str], persona: Persona) -> str:
    """The longest telling word that is not the patient's name."""
    own = persona.card.name.lower().split()
    telling = [w for w in words if len(w) > 4 and w.isalpha() and w not in _DULL and w not in own]
    return max(telling, key=len, default="")
