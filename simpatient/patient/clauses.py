"""A message cut into the parts that each ask or say one thing. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

WORD = re.compile(r"[a-z0-9']+")
SHORT_DEMAND = 10
"""Words up to which a please at the end asks for something."""
SHORT_WORD = 4
"""Letters up to which a word keeps what it ends on."""
_TWO_WORDS = frozenset("how's what's who's where's when's it's that's there's he's she's let's".split())
"""Words that hold an is or has, no owner."""
_LACKS_E = re.compile(r"[^aeiou]+[aeiou][^aeiouyw]")
"""What is left of live, make or come when their ending goes; short words without an e double their last letter."""
_SENTENCE = re.compile(r"[^.?!;\n]+[.?!;\n]*")
_STARTS = (
    r"(?:what|whats|what's|how|hows|how's|where|wheres|where's|when|who|whos|who's|whose|which|why|do (?:you|u|they|we)|does|did|are (?:you|they|your|there)"
    r"|tell me(?! to\b| if (?:you|i)\b| when\b)|is (?:it|there|he|she|that|your|this|the)|have (?:you|they)|has|can you|could you|would you|will you|(?:can|could|may|shall|should) (?:i|we)|(?:can|could|would|do|does|did) (?:he|she|they|it)"
    r"|were (?:you|they|your|there)|was (?:it|he|she|that|there|your|this)|any|you (?:have|live|like|miss|got)|talk me through|walk me through|describe|explain|teach me|i wonder|i was wondering|i(?:'m| am) (?:just )?(?:wondering|curious)|i(?:'d| would) (?:like|love) to (?:hear|know) (?:about|more|what|how|why|where|if|whether|which|who|when))"
)
_INNER = re.compile(
    r",\s+(?:and |but |so )?(?=" + _STARTS + r"\b)|\s+and\s+(?=" + _STARTS + r"\b)|\s+-+\s+|:\s+(?=" + _STARTS + r"\b)"
)
_TAG = re.compile(
    r"(?<=\w\w), (?:no|right|yeah|yes|correct|innit)(?=\W*$)|(?<!what)(?<!how)(?<!who)(?<!why)(?<!where)(?<!when)(?<!\bso)(?<!\band),? (?:do|would|did) you (?:think|say|reckon|suppose)(?=\W*$)|, (?:do |did )?you know (?:that|it)?(?=\W*$)|, (?:could|couldn't|should|shouldn't|would|wouldn't|can|can't|will|won't|must|mustn't|is|isn't|are|aren't|do|don't|does|doesn't|did|didn't|was|wasn't|have|haven't) (?:it|you|he|she|they|there)(?=\W*$)"
)
"""What only turns words into a question."""
_CALLED = re.compile(r"^(.*\bwho(?:'s| is| was) [\w']+), (?:your|a|an|the|his|her) [\w' ]+$")
"""Who is somebody, with a guess behind it."""
_ASIDE = re.compile(
    r",? (?:i|we|they) (?:heard|read|was told|guess|believe|saw|said|told me)\b[^?,]*()(?=\?)|,? (?:do|would|did) you (?:think|say|reckon|suppose)(,)|,? if (?:you had to (?:guess|say|choose|pick)|i may ask|you don'?t mind(?: (?:me|my) asking)?|that'?s (?:ok|okay|all ?right))()(?=\W*$|,)"
    r"|,? before (?:we|you|i) (?:finish|stop|end|go|leave|start|begin|close|move on|run out of time)()(?=\W*$|,)"
)
"""What can be left out of a question."""
_OPENING = r"(?:(?:and|so|but|ok|okay|well|right|then|excuse me|pardon me|lol|haha|hm+|a+w+|o+h+|a+h+|omg|wow|no|yes|yeah|sorry|please|first question|just|anyway|also|maybe)[,\s]+)*"
_ASKS = re.compile(r"\W*" + _OPENING + _STARTS + r"\b")
_OWN_ANSWER = re.compile(
    r"\W*(?:just (?:me|you|us|the)|only (?:me|you|us|the)|nobody|no one|me and|well,? i|because i|yes,? (?:i|it|they|we)|no,? (?:i|it|they|we))\b"
)
"""How a speaker answers a question of their own."""
_OR_WHAT = re.compile(r"(?<=\w),? or (?:what|something|not|no|so)(?=\W*$)")
"""What leaves a guess open at its end."""
_OR_WHAT_THEN = re.compile(r"(?<=\w),? or what(?=\W*$)")
_ENDS_ASKING = re.compile(
    r"^\W*(?:(?:and|but|so|ok|oh|hm+|then)\W+)*(?:what|where|why|how) (?:you|u|he|she|they) \w+|(?:^|[:,.-]|\b(?:and|but|so|or|tell me|then)) (?:why|what|how|who|where|when)\W*$|^\W*(?:why|what|how|who|where|when)\W*$|^\W*(?:and |but |so )?(?:since when|how (?:long|much|many|often|old|so|come)|with who|what (?:kind|sort|type|time|colour|name))\W*$"
)
_CONDITION = re.compile(
    r"\W*" + _OPENING + r"(?:when|whenever|if|once|after|before|while)\b(?! (?:is|was|did|do|does|are|will|were)\b)"
)
_TIME_FIRST = re.compile(
    r"\W*"
    + _OPENING
    + r"(?:in the (?:evenings?|mornings?|afternoons?|nights?)|at (?:night|weekends?|the weekend|home|work|lunch ?time)|on (?:\w+days?|a \w+day|your (?:day|days) off)"
    r"|in your (?:free|spare|own) time|after (?:work|school|dinner|tea)|during the (?:day|week|night)|(?:last|this) (?:night|week|weekend|month|year|summer|winter|spring|autumn|morning|evening))\W*$"
)
"""A time or place that what follows is asked of."""
_CALLS = frozenset("hello hi hey hallo hiya".split())
"""What asks nothing where more is said."""
_EXCLAIMS = re.compile(
    r"\W*"
    + _OPENING
    + r"(?:what an?\b|how (?:hard|awful|difficult|frightening|sad|lovely|nice|great|wonderful|exhausting|horrible|funny|sweet|rude)\b|how (?!long|much|many|often|old|come|so|far|tall|big|are|is|was|were|do|does|did|about|else|bad|would|will|can|could|has|have|true|different|sure|serious)\w+\W*$"
    r"|when (?:you|i|we|he|she|they|it|your|my|the|that)\b|what (?:i|you|we)(?:'re|'m| )|where (?:you|i)\b|any\s*way|who knows|you (?:have|got|like|miss|live)|which is|do you know what)"
)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One part of a message, lower case."""

    text: str
    words: tuple[str, ...]
    asks: bool

    @property
    def stems(self) -> tuple[str, ...]:
        """The words without their endings."""
        return tuple(stem(word) for word in self.words)

    @property
    def present(self) -> frozenset[str]:
        """The words without their order."""
        return frozenset(self.words)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A word without the ending that its place in a sentence gives it: lives, living and live are one."""
    if word in _TWO_WORDS:
        return word
    plain = word.removesuffix("'s")
    if len(plain) <= SHORT_WORD or plain.endswith("ss"):
        return plain
    for ending in ("ing", "ed"):
        base = plain.removesuffix(ending)
        if base != plain and len(base) >= SHORT_WORD - 1:
            doubled = base[-1] == base[-2] and base[-1] not in "ls"
            base = base[:-1] if doubled else base
            return f"{base}e" if _LACKS_E.fullmatch(base) and not doubled else base.removesuffix("e")
    for ending in ("es", "s"):
        base = plain.removesuffix(ending)
        if base != plain and len(base) >= SHORT_WORD:
            return base.removesuffix("e") if len(base) > SHORT_WORD else base
    return plain.removesuffix("e")


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text as typed, lower case, in their order."""
    return tuple(WORD.findall(text.lower().replace("\u2019", "'")))


def _with_conditions(parts: list[str]) -> list[str]:
    """The parts, each that only says when, where or if joined to the one it belongs to."""
    joined: list[str] = []
    for part in parts:
        if joined and (_CONDITION.match(joined[-1]) or _CONDITION.match(part) or _TIME_FIRST.match(joined[-1])):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def clauses(plain: str) -> tuple[Clause, ...]:
    """The parts of a lower-case message in their order; a question mark makes its last part a question."""
    found: list[Clause] = []
    for sentence in _SENTENCE.findall(plain):
        untagged = (_OR_WHAT if "?" in sentence else _OR_WHAT_THEN).sub("", _TAG.sub("", _ASIDE.sub(r"\1", sentence)))
        parts = _with_conditions(_INNER.split(untagged if len(untagged.split()) > 1 else sentence))
        for index, part in enumerate(parts):
            part = _CALLED.sub(r"\1", part)  # noqa: PLW2901 - the guess behind it asks the same
            words = tuple(WORD.findall(part))
            if not words:
                continue
            last = index == len(parts) - 1
            marked = last and (
                "?" in sentence
                or bool(_OR_WHAT_THEN.search(sentence))
                or bool(_ENDS_ASKING.search(part))
                or (words[-1] in ("please", "pls") and len(words) <= SHORT_DEMAND)
            )
            marked = marked and not (len(words) == 1 and words[0] in _CALLS and sentence.strip() != plain.strip())
            asks = marked or (bool(_ASKS.match(part)) and not ("?" not in sentence and _EXCLAIMS.match(part)))
            if found and found[-1].asks and not asks and _OWN_ANSWER.match(part):
                found[-1] = replace(found[-1], asks=False)
            found.append(Clause(text=part.strip(), words=words, asks=asks))
    return tuple(found)
