"""Whether a sentence that a chat model wrote may be said by this patient now. Pure.

A sentence that may not be said is never shown. The rules err on the side of silence: the authored voice stands behind
them, so a sentence too many refused costs a little colour, one too few a meeting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from simpatient.appraisal.addressing import is_foreign
from simpatient.patient.memory import Memory
from simpatient.patient.secrets import Secrets, wordings
from simpatient.patient.voice import sentences
from simpatient.persona import Persona
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
_ASSISTANT = re.compile(
    r"(?i)\b(as an? (?:ai|assistant|language model|chatbot)|i(?:'m| am) (?:just |only )?an? (?:ai|assistant|(?:large )?language model|chatbot|program|virtual)"
    r"|language model|system prompt|my (?:guidelines|programming|training data|prompt)|my instructions (?:are|say|tell|do not|don't|prevent|forbid)"
    r"|i(?:'m| am)? ?(?:can(?:no|')t|not able to|unable to) (?:assist|comply|fulfil (?:that|this|your) request|continue with (?:this|that) (?:request|role|scenario|conversation))"
    r"|(?:stay(?:ing)?|remain(?:ing)?|keep(?:ing)?) in character|break(?:ing)? character|step(?:ping)? out of (?:character|(?:my|the) role)"
    r"|(?:play(?:ing)?|portray(?:ing)?) (?:the|a) (?:role|part|character|patient)|in this (?:role-?play|simulation|scenario|exercise)|this is a (?:role-?play|simulation)"
    r"|i(?:'m| am) sorry,? but i (?:can(?:no|')t|am unable to|am not able to) (?:help|assist|do that|continue|discuss|provide)|here are (?:some|a few|the following)"
    r"|bearer [\w.-]{8,}|sk-[\w-]{8,}"
    r"|how (?:can|may) i (?:help|assist) you|feel free to (?:reach out|share|let me know|ask (?:me )?(?:any|more|if))"
    r"|is there anything else (?:i can|you(?:'d| would) like (?:to|me))|let me know if (?:you (?:need|have|would like|'d like)|there(?:'s| is) anything)|let me know if you'd like|i hope this helps"
    r"|(?:always|more than|be|'m|am) happy to (?:help|assist) (?:you|with that)|here(?:'s| is) (?:the|my|your|a) (?:reply|response|answer|json)"
    r"|json|debug mode|developer mode|hidden facts?|trust (?:level|score) ?(?:is|:|=|of) ?\d|my stance is (?:leaving|ruptured|guarded|testing|warming|open|collaborating)"
    r"|(?:by|per|under|according to|on) the rubric|this moment says)\b"
    r"|^\W*(?:happy to help|certainly[!,] (?:i|here|let)|sure[!,] (?:here|i can help))\b"
)
_FELT = r"(?:feel\w*|struggl\w*|going through|dealing with|hurting|upset|overwhelmed|anxious|frustrated|carrying)"
_CURES = r"(?:coping (?:strateg\w+|skills?|mechanisms?)|self-care|mindfulness|meditation|breathing exercises?|grounding (?:exercises?|techniques?)|journaling)"
_REVERSED = re.compile(
    rf"(?i)\b(?:it sounds like you|sounds like you(?:'re| are)(?: really)? {_FELT}|i hear (?:that )?you(?:'re| are)(?: \w+)? {_FELT}|i hear (?:how|what you(?:'re| are)|that you|that must)|i(?:'m| am) hearing (?:that|you|a lot|how)|what i(?:'m| am) hearing"
    r"|how (?:does|did) that make you feel|how are you feeling (?:about|today|now|in)|thank(?:s| you) for (?:sharing|your question|listening so|being so|opening|trusting)"
    r"|(?:an? |what an? )(?:great|wonderful|excellent|really good|thoughtful|important|insightful|powerful) (?:question|point|reflection|insight|observation)"
    r"|i (?:really |truly |so )?appreciate (?:(?:you|your|that you|how you|how)(?:'re| are)?(?: \w+){0,2} )(?:listen\w*|ask\w*|shar\w*|openness|empath\w*|concern|understanding|validat\w*|support\w*|reflect\w*|check\w* in|kind words|vulnerab\w*)"
    r"|your feelings are|that(?:'s| is) (?:completely|totally|perfectly|entirely|absolutely|so) (?:valid|understandable|normal|natural)|that(?:'s| is) valid|it(?:'s| is) (?:ok|okay|normal|natural|alright|all right) (?:to|for you to) feel"
    rf"|have you (?:considered|tried|thought about) (?:talking|speaking|writing|keeping a|seeing (?:someone|somebody|a)|getting (?:some )?(?:help|support|rest)|reaching out|exercise|taking (?:a break|some time)|{_CURES})"
    r"|you (?:might|may|could) (?:want to |like to )?(?:try|consider) \w+ing|i(?:'d| would) (?:suggest|recommend|encourage|invite) (?:that )?you|i(?:'d| would) (?:suggest|recommend) (?:talking|trying|taking|speaking|writing)|my advice (?:to you|would be|is)"
    r"|(?:great|good|nice|excellent|lovely) (?:open question|reflection|listening|empathy|technique|validation|summary|use of)|you(?:'re| are) (?:validating|reflecting|using|showing|demonstrating) (?:real |such |a lot of )?(?:my|your|empathy|active|open|good|great)"
    r"|(?:^|speaking )as (?:a|your) (?:therapist|counsellor|counselor|nurse|doctor|coach),? i|i(?:'m| am) here (?:for you(?! to)|to (?:help|support|listen to) you|to listen)|take (?:all )?the time you need|you(?:'re| are) not alone(?: in (?:this|that|feeling)|[.!]|$)"
    r"|let(?:'s| us) (?:explore|unpack|work through)|what brings you (?:here|in)|tell me (?:a (?:bit|little) )?more about (?:how you|what you(?:'re| are) feeling|your feelings|that\s*[?.!]*$)"
    rf"|this is a safe space|(?:try(?:ing)?|practi[sc](?:e|ing)|use|using|learn(?:ing)?|some|your|healthy) (?:some |a few |a |healthy )?{_CURES})(?!\w)"
)
_REPORTED = re.compile(
    r"(?i)\b(?:she|he|they|it|doctor|gp|nurse|counsellor|therapist|psychologist|woman|man|bloke|last one|mum|dad|wife|husband|helen|josh|gareth|hr|leaflet|app|poster|book|website|video|course|someone|somebody|people|everyone|everybody)(?:'d|'s| had| has| have| always| just| once| only)* "
    r"(?:say|said|says|tell|told|tells|suggest\w*|gave|gives|give|want\w*|kept|keep|keeps|ask\w*|reckon\w*|got|had|has|sent|made|try|tried|taught|teach\w*|went|goes|do|does|did|like|call\w*)\b"
    r"|\b(?:said to|told|asked|gave|sent|taught) me\b|\bi(?:'ve| have)? (?:already |even )*(?:tried|did|done|had|hate|hated|can't (?:stand|do|abide)|don't do|never)\b|\blike (?:it says|they say|on the posters?)"
)
"""Speech or habits of others, or of one's own past: no counsel to the person in the room."""
_QUOTED = re.compile(r"[\"\u201c][^\"\u201c\u201d]*[\"\u201d]|(?<!\w)'[^']{2,}?'(?!\w)")
_UNSAFE = re.compile(
    r"(?i)\b(overdos(?:e|ed|ing)|noose|h[au]ng(?:ing|ed)? (?:my|your)sel(?:f|ves)|(?:cut|slit|slash)(?:ting)? (?:my|your) wrists?|(?:cut|cutting|burn|burning) myself (?:on purpose|to (?:feel|cope|sleep)|with a (?:razor|blade))"
    r"|hose(?:pipe)? (?:to|from|in|on) the exhaust|(?:jump|step|throw)(?:ed|ing|ped|ping)? (?:myself )?(?:off|in front of|under|from) (?:a|the) (?:\w+ )?(?:bridge|roof|building|train|tram|lorry|multi\w*)"
    r"|(?:[1-9]\d+|twenty|thirty|forty|fifty|a handful of|a whole (?:box|packet|bottle) of|all (?:my|the|of my)) (?:\w+ )?(?:paracetamol|tablets|pills|painkillers)(?! (?:a|per|each|every) (?:day|week|month|morning|night))"
    r"|suicide note|kill(?:ing)? myself (?:by|with)|lethal dose|drink(?:ing)? bleach|tie(?:d)? a rope"
    r"|fuck you|cunt|faggot|nigger|whore|slut|sexy|make love|have sex with you|kiss you)\b"
)
_WISHES_DEATH = re.compile(
    r"(?i)(?<!never )(?<!not )\b(?:(?:i )?(?:want(?:ed)?|wanting|wish(?:ed)?|long(?:ed)?) to (?:die|be dead|kill myself|end (?:it|it all|my life))|i wish i (?:was|were) dead|(?:be |were |was )?better off (?:dead|without me)"
    r"|(?:think\w*|thought\w*) (?:of|about) (?:suicide|killing myself|ending (?:it|it all|my life|things)|dying)|don't want to (?:live|be alive|wake up)|don't want to be here any ?more(?! than)|(?:rather|sooner) (?:be dead|not wake up)"
    r"|no (?:point|reason) (?:in )?(?:living|to live)|(?:kill|killing) myself|end(?:ing)? my (?:own )?life)\b"
)
_NOT_SO = re.compile(r"(?i)\b(?:no|not|never|nothing|nobody|\w+n't)\b")
_LIST = re.compile(
    r"(?m)^\s*(?:[-*\u2022]|\d{1,2}[.)])\s+\S|^\s*1[.)]\s*$|^\s*\d\)\s*$|^#{1,4}\s|\*\*[^*]+\*\*|^\s*\|.*\|"
)
_SPEAKER = re.compile(r"(?im)^\s*(?:learner|therapist|counsellor|nurse|doctor|patient|user|assistant|system|you)\s*:")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,80}>|&[a-z]{2,6};|&#\d+;")
_MARKS = re.compile(r"</?\s*(?:learner|message|name|system|think)[^>]*>|<\|", re.IGNORECASE)
STAGED = re.compile(r"\*[^*\n]{1,200}\*|\[[^\]\n]{1,200}\]|\([^)\n]{1,200}\)")
"""A stage direction in any of its marks."""
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60"}


def unsafe(text: str) -> bool:
    """Whether a text speaks of means of self-harm, or is indecent. Pure."""
    return _UNSAFE.search(text) is not None


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
        if (
            _MARKS.search(sentence)
            or _MARKUP.search(sentence)
            or _ASSISTANT.search(sentence)
            or _SPEAKER.search(sentence)
        ):
            return Fault.ASSISTANT
        if unsafe(sentence) or self._wishes_death(sentence):
            return Fault.UNSAFE
        if _LIST.search(sentence):
            return Fault.LISTED
        if len(STAGED.findall(f"{before} {sentence}")) > 2 or len(" ".join(STAGED.findall(sentence)).split()) > 12:
            return Fault.STAGED
        if self._narrates(bare):
            return Fault.STAGED
        if self._secret(sentence, before):
            return Fault.SHUT
        if _REVERSED.search(_QUOTED.sub(" ", bare)) and not _REPORTED.search(bare):
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

    def _narrates(self, sentence: str) -> bool:
        """Whether it tells about the patient instead of being said by them."""
        name = re.escape(self.persona.card.name)
        return bool(re.match(rf"{name} (?:\w+ly )?\w+s\b", sentence)) and not _MYSELF.search(sentence)

    def _secret(self, sentence: str, before: str) -> bool:
        """Whether anything of a fact comes out beyond what may be told now."""
        last = " ".join(sentences(before)[-1:])
        idle = _IDIOM.sub(" ", sentence)
        for fact in self.persona.facts:
            allowed = self._renderings[fact.id]
            if allowed is Rendering.FULL:
                continue
            if any(_holds(idle, marker) and not self._said(marker) for marker in fact.markers):
                return True
            others = frozenset(root for each, roots in self._opened.items() if each != fact.id for root in roots)
            # A learner's guess does not make it theirs to confirm: only what the patient said counts here.
            passages = (self.secrets.roots(passage) for passage in self.said)
            if self.secrets.told_by(sentence, last, fact, allowed, others, passages):
                return True
        return False

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
_IDIOM = re.compile(r"(?i)\b(?:to the letter|off (?:my|your|his|her) chest)\b")
"""Turns of phrase that have nothing to do with what their words name."""
_MYSELF = re.compile(r"(?i)\b(?:i|i'm|i've|i'd|i'll|me|my|mine)\b|\?")
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
