"""Whether a sentence that a chat model wrote may be said by this patient now. Pure.

A sentence that may not be said is never shown. The rules err on the side of silence: the authored voice stands behind
them, so a sentence too many refused costs a little colour, one too few a meeting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from simpatient.appraisal.addressing import is_foreign
from simpatient.patient.manner import STAGED, Fault, helps, out_of_manner
from simpatient.patient.memory import Memory
from simpatient.patient.secrets import Secrets, wordings
from simpatient.patient.voice import sentences
from simpatient.persona import Fact, Persona
from simpatient.words import FactId, Intent, Rendering

FAR_OVER = 1.6
"""How far above its band a reply may go before it is cut off."""
SPARE_WORDS = 8
RECITED_WORDS = 9
"""Words in a row that stand in the instructions, from which a sentence recites them."""
REPEATED_WORDS = 5
CARRIED = 0.3
"""Share of the telling words of a wording from which a reply carries it."""
SAME_WORDS = 0.6
"""Share of all the words of a wording from which a reply carries it, where it has few telling ones."""
DENIED = 1.2
"""Weight of words shared with a fact that was told, from which a no denies it."""
DENIED_WORDS = 2
"""Words of what was told that such a no has to hold."""
NAMED = 0.8
"""Weight from which "there never was" means it."""
NUMBERED = 0.5
"""Weight from which another number contradicts it."""
_WORD = re.compile(r"[a-z0-9']+")
_NAME = re.compile(r"\b[A-Z][a-z]+")
_WISHES_DEATH = re.compile(
    r"(?i)(?<!never )(?<!not )\b(?:(?:i )?(?:want(?:ed)?|wanting|wish(?:ed)?|long(?:ed)?) to (?:die|be dead|kill myself|end (?:it|it all|my life))|i wish i (?:was|were) dead|(?:be |were |was )?better off (?:dead|without me)"
    r"|(?:think\w*|thought\w*) (?:of|about) (?:suicide|killing myself|ending (?:it|it all|my life|things)|dying)|don't want to (?:live|be alive|wake up)|don't want to be here any ?more(?! than)|(?:rather|sooner) (?:be dead|not wake up)"
    r"|no (?:point|reason) (?:in )?(?:living|to live)|(?:kill|killing) myself|end(?:ing)? my (?:own )?life)\b"
)
COMPANY = 0.5
"""Weight of further words of a fact beside an everyday marker from which the marker means it."""
_OWN_TROUBLE = re.compile(
    r"(?i)\b(?:my|our|the one|that|this|me an?|got an?|given an?|gave me|sent me|wrote me|said|says|given till|until|till|by|before)\b"
)
"""What makes an everyday word one's own trouble: it is mine, or that one, or somebody set it."""
_NOT_SO = re.compile(r"(?i)\b(?:no|not|never|nothing|nobody|\w+n't)\b")
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60"}


def speaks_of_dying(text: str) -> bool:
    """Whether somebody speaks of a wish to die, and not to say that they have none. Pure."""
    found = _WISHES_DEATH.search(text)
    return found is not None and not _NOT_SO.search(text[: found.start()])


@dataclass(frozen=True, kw_only=True)
class Vet:
    """What is looked for in one reply."""

    persona: Persona
    secrets: Secrets
    intent: Intent
    memory: Memory
    heard: str
    """The learner's message; what they said themselves is no secret."""
    said: tuple[str, ...] = ()
    """The patient's replies in this meeting, oldest first; what was said once may be said again."""
    told_to_model: str = ""
    """The instructions, which are not to be recited."""

    def fault_in(self, sentence: str, before: str = "") -> Fault | None:
        """Why `sentence` may not be said after `before` (this reply so far), or None when it may."""
        sentence, before = sentence.replace("\u2019", "'"), before.replace("\u2019", "'")
        bare = STAGED.sub(" ", sentence).strip()
        card = self.persona.card
        fault = out_of_manner(sentence, before, card.name, card.pronouns)
        if fault is not None:
            return fault
        if self._wishes_death(sentence):
            return Fault.UNSAFE
        if self._secret(sentence, before):
            return Fault.SHUT
        if helps(bare, self._near):
            return Fault.REVERSED
        if self._recites(bare):
            return Fault.RECITES
        if self._contradicts(bare):
            return Fault.CONTRADICTS
        if self._repeats(bare) or (len(bare.split()) >= REPEATED_WORDS and bare in before):
            return Fault.REPEATS
        if len(STAGED.sub(" ", f"{before} {bare}").split()) > self.intent.length[1] * FAR_OVER + SPARE_WORDS:
            return Fault.LONG
        return Fault.ASSISTANT if is_foreign(bare) else None

    def conveys(self, reply: str) -> bool:
        """Whether the reply carries the fact it was allowed to tell."""
        telling = self.intent.tells
        if telling is None or telling.rendering <= Rendering.HINT:
            return True
        fact = self.persona.fact(telling.fact)
        words = self.secrets.roots(reply)
        told: tuple[str, ...] = fact.full if telling.rendering is Rendering.FULL else fact.partial
        own = [marker for marker in fact.markers if any(_holds(wording, marker) for wording in told)]
        if any(_holds(reply, marker) for marker in own):
            return True
        plain = set(_WORD.findall(reply.lower()))
        for wording in told:
            wanted, letters = self.secrets.roots(wording), set(_WORD.findall(wording.lower()))
            if len(wanted & words) >= max(2, round(CARRIED * len(wanted))):
                return True
            if len(letters & plain) >= SAME_WORDS * len(letters):
                return True
        return False

    def _wishes_death(self, sentence: str) -> bool:
        """Whether a patient without a risk module speaks of a wish to die."""
        return self.persona.safety.risk_module == "off" and speaks_of_dying(sentence)

    @cached_property
    def _near(self) -> tuple[str, ...]:
        """Names of the people in the patient's life."""
        return tuple(name for person in self.persona.story.relationships for name in _NAME.findall(person.who))

    def _secret(self, sentence: str, before: str) -> bool:
        """Whether anything of a fact comes out beyond what may be told now."""
        last = " ".join(sentences(before)[-1:])
        idle = _IDIOM.sub(" ", sentence)
        said = self.secrets.roots(idle)
        for fact in self.persona.facts:
            allowed = self._renderings[fact.id]
            if allowed is Rendering.FULL:
                continue
            if any(self._marks(marker, idle, last, fact) for marker in fact.markers):
                return True
            if said.isdisjoint(self.secrets.shut(fact, allowed)):
                continue
            others = frozenset(root for each, roots in self._opened.items() if each != fact.id for root in roots)
            # A learner's guess does not make it theirs to confirm: only what the patient said counts here.
            passages = (self.secrets.roots(passage) for passage in self.said)
            if self.secrets.told_by(idle, last, fact, allowed, others, passages):
                return True
        return False

    def _marks(self, marker: str, sentence: str, last: str, fact: Fact) -> bool:
        """Whether a marker of a fact stands there and means it: an everyday word alone says nothing of the fact."""
        if not _holds(sentence, marker) or self._said(marker):
            return False
        if marker not in self._everyday or _OWN_TROUBLE.search(sentence):
            return True
        beside = f"{sentence} {last}".replace(marker, " ")
        company = self.secrets.roots(beside) & self.secrets.shut(fact, self._renderings[fact.id])
        return self.secrets.weight(fact, company - self.secrets.roots(marker)) >= COMPANY

    @cached_property
    def _everyday(self) -> frozenset[str]:
        """Markers of one plain word, no name among them."""
        markers = {marker for fact in self.persona.facts for marker in fact.markers}
        names = {name.lower() for name in self._near}
        return frozenset(marker for marker in markers if " " not in marker and "'" not in marker) - names

    @cached_property
    def _passages(self) -> tuple[str, ...]:
        """What stood together in one breath, by either of the two."""
        return (self.heard.replace("\u2019", "'"), *self.said)

    @cached_property
    def _renderings(self) -> dict[FactId, Rendering]:
        """How much of each fact may be said in this reply."""
        return {fact.id: self._rendering(fact.id) for fact in self.persona.facts}

    @cached_property
    def _opened(self) -> dict[FactId, frozenset[str]]:
        """Roots of what may be said of each fact of which anything may."""
        return {
            fact.id: self.secrets.open(fact, self._renderings[fact.id])
            for fact in self.persona.facts
            if self._renderings[fact.id]
        }

    def _said(self, marker: str) -> bool:
        """Whether the words of a marker stood together before, or stand in what may be told."""
        words = self.secrets.roots(marker)
        return any(
            _holds(text, marker) or (words and words <= self.secrets.roots(text))
            for text in (*self._passages, *self._allowed)
        )

    def _rendering(self, fact: FactId) -> Rendering:
        """How much of a fact may be said in this reply."""
        telling = self.intent.tells
        now = telling.rendering if telling is not None and telling.fact == fact else Rendering.NONE
        hinted = Rendering.HINT if fact in self.memory.hints else Rendering.NONE
        return max(now, self.memory.rendering(fact), hinted)

    @cached_property
    def _allowed(self) -> tuple[str, ...]:
        """All wordings of what may be said now."""
        return tuple(
            text for fact in self.persona.facts for step in Rendering if step <= self._renderings[fact.id]
            for text in wordings(fact, step)
        )  # fmt: skip

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
            told = self.secrets.texts(fact, rendering)
            named = any(
                _holds(sentence, marker) for marker in fact.markers if any(_holds(text, marker) for text in told)
            )
            weight = self.secrets.shared_with(sentence, fact)
            if (named or weight >= NAMED) and _DENIES.search(sentence):
                return True
            if (named or weight >= DENIED) and self._denies(sentence, told):
                return True
            numbers = _counted(" . ".join(told))
            other = {t: n for t, n in _counted(sentence).items() if t in numbers and n.isdisjoint(numbers[t])}
            if other and (named or self.secrets.shared_with(_without_numbers(sentence), fact) >= NUMBERED):
                return True
        return False

    def _denies(self, sentence: str, told: tuple[str, ...]) -> bool:
        """Whether it says no where all that was told of it says yes."""
        if not _FLAT_NO.search(sentence):
            return False
        words = self.secrets.roots(sentence)
        near = [text for text in told if len(words & self.secrets.roots(text)) >= DENIED_WORDS]
        return bool(near) and not any(_NOT_SO.search(text) for text in near)

    def _repeats(self, sentence: str) -> bool:
        plain = " ".join(_WORD.findall(sentence.lower()))
        if len(plain.split()) < REPEATED_WORDS:
            return False
        return any(plain == " ".join(_WORD.findall(old.lower())) for reply in self.memory.spoken for old in reply)


_DENIES = re.compile(
    r"(?i)\b(?:i never said|never said that|i didn't say|there(?:'s| is| was) (?:no|never)|there (?:isn't|wasn't)|that(?:'s| is) not true|never happened|didn't happen|that never|i don't have an?|i haven't got an?|i(?:'ve| have) (?:never had|got no|no)|made (?:that|it) up)\b"
)
_FLAT_NO = re.compile(r"(?i)\b(?:never|nobody|no one|didn't|doesn't|don't|wasn't|isn't|hasn't|haven't|no)\b")
_IDIOM = re.compile(
    r"(?i),\s*(?:doctor|nurse|duck|love|mate|pal)\b(?=\W|$)|\b(?:to the letter|off (?:my|your|his|her) chest|chests? of drawers|(?:brother|sister|mother|father|son|daughter)s?-in-law)\b|\b(?:my|your|his|her|our|their) own (?=[a-z])"
    r"(?!(?:with|in|on|at|and|but|then|now|again|there|here|is|was|since|for|all|so|or|to|these|most|mostly|when|as|because|if|i|it|he|she|they|we|you|a|the|this|that|though|really|anyway|by|over|through|before|after|till|until)\b)"
)
"""Turns of phrase that have nothing to do with what their words name."""
_NUMBER = re.compile(
    rf"(?i)\b(?:(?P<tens>twenty|thirty|forty|fifty|sixty)[ -](?P<ones>{'|'.join(list(_NUMBERS)[1:10])})|(?P<word>{'|'.join(_NUMBERS)}|\d+))\b(?P<rest>(?:'s)?[ -]+(?P<thing>[a-z']+))?"
)
_COUNTS_NOTHING = frozenset("of or to in on for but like more past".split())
_AGED = re.compile(r"(?i)(?:\b(?:was|aged|i'm|(?:girl|boy|lad|lass|man|woman|age) of)|'s) (?:about |nearly |only )?$")


@lru_cache(maxsize=256)
def _counted(text: str) -> dict[str, set[str]]:
    """Numbers by the thing they count: {"week": {"12"}}; a bare number after "was" or "at" is an age."""
    found: dict[str, set[str]] = {}
    for match in _NUMBER.finditer(text):
        if match["tens"]:
            number = str(int(_NUMBERS[match["tens"].lower()]) + int(_NUMBERS[match["ones"].lower()]))
        else:
            number = _NUMBERS.get(match["word"].lower(), match["word"])
        thing = (match["thing"] or "").lower().removesuffix("s")
        if number == "1" or thing in _COUNTS_NOTHING:
            continue
        aged = _AGED.search(text[: match.start()]) and thing in (
            "",
            "when",
            "and",
            "then",
            "at",
            "now",
            "old",
            "or",
            "the",
        )
        if thing or aged:
            found.setdefault("age" if aged else thing, set()).add(number)
    return found


def _without_numbers(text: str) -> str:
    return _NUMBER.sub(" ", text)


@lru_cache(maxsize=4096)
def _running(text: str) -> str:
    plain = text.lower().replace("\u2019", "'")
    return f" {' '.join(_WORD.findall(plain))} "


def _holds(text: str, marker: str) -> bool:
    """Whether the words of a marker stand in the text, in order and whole."""
    return _running(marker) in _running(text)
