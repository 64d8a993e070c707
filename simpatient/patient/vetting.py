"""Whether a sentence that a chat model wrote may be said by this patient now. Pure.

A sentence that may not be said is never shown. The rules err on the side of silence: the authored voice stands behind
them, so a sentence too many refused costs a little colour, one too few a meeting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from simpatient.patient.memory import Memory
from simpatient.persona import Fact, Persona
from simpatient.words import FactId, Intent, Rendering


class Fault(StrEnum):
    """Why a sentence may not be said; its value is told to the model at the second try."""

    SHUT = "it touched something that you keep to yourself."
    UNSAFE = "it spoke of means of self-harm, or was indecent."
    REVERSED = "you sounded like the one who helps. You are the one who came."
    ASSISTANT = "it was not you who spoke, but a machine."
    STAGED = "it was full of stage directions."
    LISTED = "people do not talk in lists."
    LONG = "it was far too long."
    CONTRADICTS = "it went against what you have said before."
    REPEATS = "you have said that already, word for word."
    RECITES = "you repeated what you were told instead of talking."


FAR_OVER = 1.6
"""How far above its band a reply may go before it is cut off."""
SPARE_WORDS = 8
RECITED_WORDS = 9
"""Words in a row that stand in the instructions, from which a sentence recites them."""
REPEATED_WORDS = 5
SHARED = 0.5
"""Share of the telling words of a secret that may not come together in one sentence."""
SHARED_LEAST = 3
"""Telling words of a secret that have to come together before it counts as said."""

_WORD = re.compile(r"[a-z0-9']+")
_ASSISTANT = re.compile(
    r"(?i)\b(as an? (?:ai|assistant|language model|chatbot)|i(?:'m| am) (?:just )?an? (?:ai|assistant|language model|chatbot|program|virtual)"
    r"|language model|system prompt|my (?:instructions|guidelines|programming|training data|prompt)|i (?:can(?:no|')t|am unable to) (?:assist|comply|fulfil|continue with)"
    r"|(?:stay|remain|break(?:ing)?|out of) (?:in )?character|role-?play|simulat(?:ed|ion)|how (?:can|may) i (?:help|assist) you|feel free to"
    r"|is there anything else (?:i|you)|let me know if|i hope this helps|happy to help|certainly[!,]|as (?:requested|instructed)|here(?:'s| is) (?:the|my|your) (?:reply|response|answer|json)"
    r"|json|debug mode|developer mode|hidden facts?|trust (?:level|score)|my stance is|rubric|this moment says)\b"
)
_REVERSED = re.compile(
    r"(?i)(\b(?:it sounds like you|sounds like you(?:'re| are)|i hear (?:you|that you|how)|i(?:'m| am) hearing|what i(?:'m| am) hearing|how does that make you feel|how did that make you feel"
    r"|how are you feeling (?:about|today)|thank(?:s| you) for (?:sharing|asking|your question|listening so|being so|opening)|that(?:'s| is) (?:a )?(?:great|good|wonderful|excellent|really good|thoughtful|important) (?:question|point|reflection)"
    r"|i (?:really )?appreciate (?:you|your|that you|how)|your feelings are|that(?:'s| is) (?:completely |totally |perfectly )?(?:valid|understandable)|it(?:'s| is) (?:ok|okay|normal|natural) to feel"
    r"|have you (?:considered|tried|thought about)|you (?:might|may) want to (?:try|consider)|i(?:'d| would) (?:suggest|recommend|encourage|invite) (?:you|that you)?|my advice"
    r"|(?:great|good|nice|excellent) (?:open question|reflection|listening|empathy|technique|validation|summary|use of)|you(?:'re| are) (?:validating|reflecting|using|showing) (?:my|empathy|active|open|good)"
    r"|as (?:a|your) (?:therapist|counsellor|counselor|nurse|doctor|coach)|i(?:'m| am) here (?:for you|to (?:help|support|listen))|take (?:all )?the time you need|you(?:'re| are) not alone"
    r"|let(?:'s| us) (?:explore|unpack|work through)|what brings you|tell me more about (?:that|how you)|safe space|coping (?:strategies|skills|mechanisms)|self-care|mindfulness|breathing exercise)\b)"
)
_UNSAFE = re.compile(
    r"(?i)\b(overdos(?:e|ed|ing)|noose|hang(?:ing|ed)? (?:my|your)sel(?:f|ves)|(?:cut|slit|slash)(?:ting)? (?:my|your) wrists?|hose(?:pipe)? (?:to|from|in) the exhaust|(?:jump|step)(?:ed|ing)? (?:off|in front of) (?:a|the) (?:bridge|roof|building|train|multi)"
    r"|(?:\d+|twenty|thirty|forty|fifty|a handful of|a whole (?:box|packet|bottle) of|all (?:my|the|of my)) (?:\w+ )?(?:paracetamol|tablets|pills|painkillers)|suicide note|kill(?:ing)? myself by|lethal dose"
    r"|fuck you|cunt|faggot|nigger|whore|slut|sexy|make love|have sex with you|kiss you)\b"
)
_LIST = re.compile(r"(?m)^\s*(?:[-*\u2022]|\d+[.)])\s+\S|^#{1,4}\s|\*\*[^*]+\*\*|^\s*\|.*\|")
_SPEAKER = re.compile(r"(?im)^\s*(?:learner|therapist|counsellor|nurse|doctor|patient|user|assistant|system|you)\s*:")
_MARKS = re.compile(r"</?\s*(?:learner|message|name|system|think)[^>]*>|<\|", re.IGNORECASE)
STAGED = re.compile(r"\*[^*\n]{1,200}\*|\[[^\]\n]{1,200}\]|\([^)\n]{1,200}\)")
"""A stage direction in any of its marks."""
_NEGATED = re.compile(
    r"\b(?:no|not|never|n't|nothing|nobody|none|isn't|wasn't|don't|didn't|haven't|hasn't|without|there's no|there isn't)\b"
)
_NUMBERS = {
    word: str(number) for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}  # fmt: skip
_COMMON = frozenset(
    "a about after all also always am an and any are as at away back be because been before being but by came can come could "
    "day days did didn't do does don't done down each end even ever every few for from gave get go goes going gone good got "
    "had has have having he he's her here him his how i i'd i'll i'm i've if in into is isn't it it's its just keep kept know "
    "last left like little look lot made make man me mean men might mine months more most much must my never next no nobody not "
    "nothing now of off oh ok on once one only or other our out over own people quite rather really right round said same "
    "say says see seen she she's should so some somebody someone something sometimes sort still such suppose than that "
    "that's the their them then there there's these they they're thing things think this those though thought through "
    "time to today told too took two up us very want wanted was wasn't way we week weeks well went were what when where "
    "which while who why will with won't would year years yes you you'd you'll you're you've your".split()
)


@dataclass(frozen=True, kw_only=True)
class Vet:
    """What is looked for in one reply."""

    persona: Persona
    intent: Intent
    memory: Memory
    heard: str
    """The learner's message; what they said themselves is no secret."""
    said: str = ""
    """What the patient has said in this meeting."""
    told_to_model: str = ""
    """The instructions, which are not to be recited."""

    def fault_in(self, sentence: str, before: str = "") -> Fault | None:
        """Why `sentence` may not be said after `before` (this reply so far), or None when it may."""
        bare = STAGED.sub(" ", sentence)
        if _MARKS.search(sentence) or _ASSISTANT.search(sentence) or _SPEAKER.search(sentence):
            return Fault.ASSISTANT
        if _UNSAFE.search(sentence):
            return Fault.UNSAFE
        if self._secret(sentence, before):
            return Fault.SHUT
        if _LIST.search(sentence):
            return Fault.LISTED
        if len(STAGED.findall(f"{before} {sentence}")) > 2 or len(" ".join(STAGED.findall(sentence)).split()) > 12:
            return Fault.STAGED
        if _REVERSED.search(bare):
            return Fault.REVERSED
        if self._recites(bare):
            return Fault.RECITES
        if self._contradicts(bare):
            return Fault.CONTRADICTS
        if self._repeats(bare):
            return Fault.REPEATS
        if len(STAGED.sub(" ", f"{before} {bare}").split()) > self.intent.length[1] * FAR_OVER + SPARE_WORDS:
            return Fault.LONG
        return None

    def conveys(self, reply: str) -> bool:
        """Whether the reply carries the fact it was allowed to tell."""
        telling = self.intent.tells
        if telling is None or telling.rendering <= Rendering.HINT:
            return True
        fact = self.persona.fact(telling.fact)
        words = _telling(reply)
        wordings: tuple[str, ...] = getattr(fact, telling.rendering.word)
        own = [marker for marker in fact.markers if any(_holds(wording, marker) for wording in wordings)]
        return any(_holds(reply, marker) for marker in own) or any(
            len(wanted & words) >= max(2, round(0.3 * len(wanted))) for wanted in map(_telling, wordings)
        )

    def _secret(self, sentence: str, before: str) -> bool:
        """Whether anything of a fact comes out beyond what may be told now."""
        mine = _telling(self.said) | self._allowed_words()
        open_words = _telling(self.heard) | mine
        near = f"{before.rpartition('. ')[2]} {sentence}"
        for fact in self.persona.facts:
            if self._rendering(fact.id) is Rendering.FULL:
                continue
            shut = _shut(fact, self._rendering(fact.id))
            if any(_holds(sentence, marker) and not _telling(marker) <= open_words for marker in fact.markers if shut):
                return True
            for secret in shut:
                telling = secret - mine  # a learner's guess does not make it theirs to confirm
                common = telling & _telling(near)
                if len(common) >= SHARED_LEAST and len(common) >= SHARED * len(telling):
                    return True
        return False

    def _rendering(self, fact: FactId) -> Rendering:
        """How much of a fact may be said in this reply."""
        telling = self.intent.tells
        now = telling.rendering if telling is not None and telling.fact == fact else Rendering.NONE
        hinted = Rendering.HINT if fact in self.memory.hints else Rendering.NONE
        return max(now, self.memory.rendering(fact), hinted)

    def _allowed_words(self) -> frozenset[str]:
        words: set[str] = set()
        for fact in self.persona.facts:
            rendering = self._rendering(fact.id)
            for step in (Rendering.HINT, Rendering.PARTIAL, Rendering.FULL):
                if step <= rendering:
                    words |= _telling(" ".join((*getattr(fact, step.word), *_more(fact, step))))
        return frozenset(words)

    def _recites(self, sentence: str) -> bool:
        words = _WORD.findall(sentence.lower())
        told = _running(self.told_to_model)
        return any(
            f" {' '.join(words[at : at + RECITED_WORDS])} " in told for at in range(len(words) - RECITED_WORDS + 1)
        )

    def _contradicts(self, sentence: str) -> bool:
        """Whether it denies a thing that was told, or gives another number for it."""
        for fact_id, rendering in self.memory.told:
            fact = self.persona.fact(fact_id)
            told = " ".join(getattr(fact, rendering.word)).lower()
            named = [marker for marker in fact.markers if _holds(sentence, marker) and _holds(told, marker)]
            if named and _DENIES.search(sentence):
                return True
            numbers = _counted(told)
            if named and any(
                given.isdisjoint(numbers.get(thing, given)) for thing, given in _counted(sentence.lower()).items()
            ):
                return True
        return False

    def _repeats(self, sentence: str) -> bool:
        plain = " ".join(_WORD.findall(sentence.lower()))
        if len(plain.split()) < REPEATED_WORDS:
            return False
        return any(plain == " ".join(_WORD.findall(old.lower())) for reply in self.memory.spoken for old in reply)


_DENIES = re.compile(
    r"(?i)\b(?:i never said|never said that|i didn't say|there(?:'s| is| was) no|that(?:'s| is) not true|never happened|that never|i don't have an?|i(?:'ve| have) never had|made that up)\b"
)


def _counted(text: str) -> dict[str, set[str]]:
    """Numbers by the thing they count: {"weeks": {"4"}}."""
    words = _WORD.findall(text)
    found: dict[str, set[str]] = {}
    for number, thing in pairwise(words):
        digits = _NUMBERS.get(number, number if number.isdigit() else "")
        if digits:
            found.setdefault(thing.rstrip("s"), set()).add(digits)
    return found


@lru_cache(maxsize=512)
def _running(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "


@lru_cache(maxsize=4096)
def _telling(text: str) -> frozenset[str]:
    """The words of a text that say something, without their endings."""
    return frozenset(
        _bare(word)
        for word in _WORD.findall(text.lower().replace("\u2019", "'"))
        if word not in _COMMON and len(word) > 2
    )


def _bare(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in ("ing", "ed", "es", "s"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word.removesuffix(ending)
    return word


def _holds(text: str, marker: str) -> bool:
    """Whether the words of a marker stand in the text, in order and whole."""
    return f" {' '.join(_WORD.findall(marker.lower()))} " in _running(text.replace("\u2019", "'"))


def _more(fact: Fact, rendering: Rendering) -> tuple[str, ...]:
    return next((said for word, said in fact.more.items() if word == rendering.word), ())


def _shut(fact: Fact, rendering: Rendering) -> tuple[frozenset[str], ...]:
    """The telling words of each wording of what may not be said yet."""
    return _shut_of(fact.partial if rendering < Rendering.PARTIAL else (), fact.full)


@lru_cache(maxsize=256)
def _shut_of(*wordings: Iterable[str]) -> tuple[frozenset[str], ...]:
    said = (part for wording in wordings for text in wording for part in re.split(r"(?<=[.!?])\s+", text))
    return tuple(dict.fromkeys(_telling(text) for text in said if len(_telling(text)) >= SHARED_LEAST))
