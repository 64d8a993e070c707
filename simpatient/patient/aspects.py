"""What a question wants to know of somebody or something, and whether words answer a question of a kind. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from simpatient.patient.clauses import WORD, stem
from simpatient.persona.aspects import Aspect

_SAYS = r"(?:say|said|says|saying|think|thinks|make of|makes of|tell|told|reckon\w*|want|wants|wanted|call)"
_PATTERNS: tuple[tuple[Aspect, str], ...] = (
    ("name", r"\b(called|name|names|named|surname)\b"),
    ("age", r"\b(how old|older|younger|what age|age|ages)\b"),
    ("since", r"\b(how long|since when|how many years|what year|when (did|was) (you|they|he|she|it|your)|when did|been (there|together|with) long|long have)\b"),
    ("often", r"\b(how often|see (much|a lot|each)|see (your |the )?\w+ (much|often|a lot)|see (him|her|them)|last (see|saw|spoke|speak|rang)|visit\w*|in touch|ring|phone|speak to|how many times)\b"),
    ("many", r"\b(how many|how much|how big|how far|cost|costs|size|number)\b"),
    ("job", r"\b(?:is|was|were|are) (?:he|she|they|your \w+) (?:\w+ )?(?:(?:a|an) )?(?:joiner|carpenter|nurse|teacher|driver|farmer|builder|miner|plumber|engineer|doctor|soldier|cook)s?\b|\b(?:he|she|they) (?:is|was|were|are) (?:\w+ )?(?:(?:a|an) )?(?:joiner|carpenter|nurse|teacher|driver|farmer|builder|miner|plumber|engineer|doctor|soldier|cook)s?\b|\bwhat (does|do|did) [\w' ]{1,24} do(?: all (?:the )?day| every day| for (?:a living|work)| these days| nowadays)?\W*$|\bwhat (he|she|they) (do|does)\b|\bfor (a living|work)\b|\b(job|jobs|occupation|profession|retired|study|studying|train\w*)\b|\bwork(s|ing|ed)? (as|at|in|for|with)\b|\b(does|do) (he|she|they|\w+) work\b|\bwhat work\b"),
    ("knows", r"\b(know|knows|knew|knowing|aware|notice|notices|noticed|realise|realises|realised|suspects?)\b|\b(told|tell|telling|mention\w*)\b(?! (?:me|you|u)\b)|\b(talk\w*|spoken|spoke|speak|confide\w*|open up)\b (\w+ ){0,3}(to|with)\b(?! (you|me)\b)|\b(say|said) anything\b"),
    ("feels", r"\byou (think|thought|feel|felt|make|reckon) (of|about) (him|her|them|it|that|your|the)\b|\bdo you (like|love|enjoy|hate) (\w+ )?(about|best|most)\b"),
    ("cares", r"\b(love|loves|like|likes|hate|hates|trust|trusts|miss|misses|care|cares|blame|blames|respect|respects|resents?|understands?)\b (about )?(you|u)\b|\b(worr\w*|angry|cross|upset|proud|annoyed|fond|sad|concerned|pleased|happy|disappointed)\b (\w+ ){0,2}(you|u)\b|\b(is|are) (\w+ ){1,3}(worried|upset|angry|cross)\b"),
    ("said", rf"\b(?:he|she|they|hr) (?:told|tells?|say|said|says) (?:to )?(?:you|u)\b|\bwhat('s| is| has|s)? (did|does|do|would|has|have|is|was|will|are)?\b.*\b{_SAYS}\b|\breact\w*|\b(describe|think of|say about|make of) (you|u)\b|\b(he|she|they) (say|said|think)\b|\bthink (about|of) (it|this|that|you)\b"),
    ("did", r"\bwhat('s| has| have)? (did|does|do|has|have|was|is)?\b.*\b(do|done|doing|did|wrong|happen\w*|matter)\b|\b(shout\w*|hurt|hit|rude to|mean to|gets? to you|bothers?|annoys?|upsets?|problem|trouble|(?<!he )(?<!she )(?<!they )wrong|happened)\b"),
    ("well", r"\b(?:still|not|is (?:he|she)|are they) (?:still )?living\b(?! (?:in|at|with|near|nearby|here|there|round|by|on|close|alone|together))"),
    ("where", r"\b(?:is|are|does|do) (?:he|she|they)\b.* (?:at home|with you|in the house)\b|\b(?:he|she|they) (?:still )?(?:at home|with you)\b|\b(where|whereabouts|(?:live|lives|living)(?! with)|based|town|moved|come from|from (round )?here|from)\b"),
    ("why", r"\b(why|how come|what for|what makes|what made|reason|reasons|how did you (get into|become|start|come to|end up))\b"),
    ("well", r"\bhow('s|s| is| are) [\w' ]{1,20} getting on\b(?! with)"),
    ("get_on", r"\b(get(ting|s)? (on|along)|got on|close|relationship|between you|fall out|fell out|argu\w*|fight\w*|row|rows|happy|happily|treat\w*|(talks?|speaks?) to (you|each other)|how (is|are) (it|things) with|bond)\b"),
    ("like", r"\b(what('s| is| are| was| were|s| does| do|'re)?\b.*\blike|describe|explain|what (kind|sort|type) of|(kind|sort|type) of|tell me|more about|tell about|look like|good|nice|hard|difficult|strict|big|small)\b"),
    ("feels", r"\b(miss|missing|missed|love|loved|like|enjoy\w*|hate|trust|blame|proud|worr\w*|scared|afraid|angry|cross|jealous|feel|feeling|feelings|mind|want|important|(?<=you )into|(?<=really )into|fond|interested)\b"),
    ("helps", r"\b(help\w*|support\w*|there for you|look after|kind|good to you|understand\w*|listen\w*|comfort\w*|relax\w*)\b"),
    ("well", r"\bhow('s|s| is| are| was| were| have| has)\b|\b(ok|okay|alright|well|alive|dead|died|die|dies|pass(ed)? away|lost|ill|poorly|still|healthy)\b|\ball right\b"),
    ("when", r"^\W*(?:(?:and|so|but|ok|okay|well|right)\W+)*when\b|\b(since when|what time|what day|know when|remember when)\b"),
    ("has", r"\b(have you|do you (have|own|play|follow|watch|go|drive|keep|read|drink|cook|eat|see)|you have|you got|got any|got a|any|is there|are there|are you|did you have)\b"),
    ("who", r"\b(who|who's|whos)\b|\bto you\b|\b(is|are) (he|she|it|they|that|this|\w+) your\b"),
)  # fmt: skip
ASPECTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = tuple(
    (aspect, re.compile(pattern)) for aspect, pattern in _PATTERNS
)
"""What tells each aspect, most telling first."""
_BY_ASPECT: dict[Aspect, re.Pattern[str]] = {
    wanted: re.compile("|".join(pattern for aspect, pattern in _PATTERNS if aspect == wanted))
    for wanted, _ in _PATTERNS
}

_NUMBER = (
    r"\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty\w*|thirty\w*|forty\w*|fifty\w*|sixty\w*|seventy\w*|eighty\w*|ninety\w*|hundred"
    r"|couple|few|lots?|none|half|most|both|dozen|enough|once|twice|nothing|some|neither|quid|bit|every|more|less|count\w*|number\w*)\b"
)
_TIME = (
    r"\b(years?|months?|weeks?|days?|hours?|minutes?|mornings?|nights?|evenings?|since|ago|yesterday|today|tomorrow|tonight|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?"
    r"|saturdays?|sundays?|january|february|march|april|may|june|july|august|september|october|november|december|winter|summer|spring|autumn|easter|o'clock|(?:half )?past \w+"
    r"|while|long|always|never|now|then|when|before|after|last|back|first|at (?:six|seven|eight|nine|ten|sixteen)|dinner ?time|week ?ends?|in \d+|ninety-nine|time)\b"
)
_SPAN = (
    r"\b(years?|months?|weeks?|days|hours?|minutes?|since|ago|for (?:ages|ever|good)|forever|a while|always|never|ever|from (?:the|when|about|day)|(?:the|this|last) (?:winter|summer"
    r"|spring|autumn|year|week|month)|christmas|easter|new year|january|february|march|april|june|july|august|september|october|november|december|about (?:a|an|six|ten)"
    r"|when (?:i|we|he|she|they|my|the)|before (?:i|we|he|she|they|the|my)|after (?:i|we|he|she|my|the)|as long as|lately|recently|spring|winter|ninety-nine|school|(?:twenty|thirty|forty)\S*"
    r"|long|until|till|first day|day one|\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen)\b"
)
"""How long something lasts, or since when there is it; a clock or one night says neither."""
_CLOCK = (
    r"\b(o'clock|half past|quarter (?:past|to)|past \w+|midnight|noon|dawn|dinner ?time|alarm|early|earlier|late|later|first thing|small hours|light"
    r"|at (?:\w+ ){0,2}(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|(?:about|gone|by|till|half|around) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[.,]? )"
)
_SUITS = {
    "what_time": re.compile(_CLOCK, re.IGNORECASE),
    "how_old": re.compile(rf"{_NUMBER}|\b(old|older|young|younger|age|born)\b", re.IGNORECASE),
    "how_often": re.compile(rf"{_TIME}|\b(once|twice|often|every|each|most|never|hardly|sometimes|on and off|rarely)\b", re.IGNORECASE),
    "how_many": re.compile(_NUMBER, re.IGNORECASE),
    "how_much": re.compile(_NUMBER, re.IGNORECASE),
    "how_long": re.compile(_SPAN, re.IGNORECASE),
    "when": re.compile(_TIME, re.IGNORECASE),
    "where": re.compile(r"\b(in|at|on|over|up|down|near|round|by|behind|off|from|outside|inside|under|home|here|there|top|end|way)\b", re.IGNORECASE),
    "who": re.compile(
        r"\b(he|she|they|him|her|them|wife|husband|mum|dad|brothers?|sister|son|daughter|boss|manager|man|woman|lad|girl|chap|bloke|doctor|people|everyone|nobody|somebody"
        r"|anybody|me|myself|us|friend|mates?)\b|(?<![.!?\"'] )(?<!^)\b[A-Z][a-z]+\b"
    ),
    "why": re.compile(
        r"\b(because|'cos|so that|so as|reason|why|only that|just that|it's (?:just|only|the|that|not)|that's (?:all|how|what)|i (?:like|just|thought|wanted|didn't|don't|never|couldn't|can't|suppose)"
        r"|so (?:i|you|there|it)|to (?:be|see|get|keep|do|find|have|not)|if (?:i|you|it)|you'd|i'd)\b",
        re.IGNORECASE,
    ),
}  # fmt: skip
"""What an answer to a question of a kind has in it."""


ANSWERED_BY: dict[str, frozenset[Aspect]] = {
    "what_time": frozenset({"when"}),
    "how_old": frozenset({"age"}),
    "how_often": frozenset({"often", "when"}),
    "how_many": frozenset({"many"}),
    "how_much": frozenset({"many"}),
    "how_long": frozenset({"since"}),
    "when": frozenset({"when", "since", "often"}),
    "where": frozenset({"where"}),
    "who": frozenset({"who", "name"}),
    "why": frozenset({"why"}),
    "what_said": frozenset({"said"}),
}
"""What is asked of a thing by a question that wants a number, a time, a place, a person or a reason; no other aspect answers it."""
_BEGAN = re.compile(
    r"\b(start\w*|begin|began|begun|meet|met|join\w*|move\w*|get|got|been|come|came|marry|married|know|known|since|become|became|take up|took up|buy|bought)\b"
)
"""Words by which a when asks since when."""
_TAKES = re.compile(r"\b(takes?|took|need|needs|last|lie|lay|wait)\b")
"""Words by which a how long asks how long it lasts, not since when there is somebody or something."""
_UNEASE = re.compile(r"\b(worr\w*|scared|afraid|frighten\w*|angry|cross|jealous|blame\w*|trust\w*|upset|sad|ashamed)\b")
"""Feelings that what somebody likes or not is no answer to."""
_WHO_IS = re.compile(
    r"\b(who's|whos|who (is|was|are|were)|who)\b(?! (\w+ed|gave|taught|told|came|chose|made|got|bought|found|said|looks|cooks|does|did|has|had)\b)"
)
"""A who that asks who somebody is, not who did something."""


def finer(kinds: Iterable[str], text: str) -> str:
    """What a question wants for an answer: a clock time, an age, how often, a number, a time, a place, a person, a reason."""
    if re.search(r"\b(what time|how (early|late))\b", text):
        return "what_time"
    if re.search(r"\b(how old|what age)\b", text):
        return "how_old"
    return next((kind for kind in ("how_often", *kinds) if kind in ANSWERED_BY and kind in kinds), "")


def answers(kind: str, aspect: Aspect, text: str, *, person: bool) -> bool:
    """Whether what is told of somebody or something under `aspect` answers a question of this kind.

    Args:
        kind: as from `finer`; empty when any aspect will do.
        aspect: what would be told.
        text: the lower-case question.
        person: whether it is about somebody.
    """
    if aspect == "feels" and _UNEASE.search(text):
        return False
    if not kind:
        return True
    if kind == "how_long" and _TAKES.search(text):
        return False
    if aspect not in ANSWERED_BY[kind]:
        return False
    if kind == "when" and aspect == "since":
        return bool(_BEGAN.search(text))
    return not (kind == "who" and person and not _WHO_IS.search(text))


def aspects_in(text: str) -> list[Aspect]:
    """What a lower-case question wants to know, most telling first."""
    return [aspect for aspect, pattern in ASPECTS if pattern.search(text)]


@lru_cache(maxsize=4096)
def said_by(aspect: Aspect, text: str) -> frozenset[str]:
    """The words of a lower-case question by which it asks for this aspect, without endings; not what stands between them."""
    spans = [WORD.findall(found[0]) for found in _BY_ASPECT[aspect].finditer(text)]
    return frozenset(stem(word) for words in spans for word in (*words[:1], *words[-1:]))


def suits(kind: str, text: str) -> bool:
    """Whether words could answer a question of this kind: a number, a time, a place, a person, a reason."""
    pattern = _SUITS.get(kind)
    return pattern is None or bool(pattern.search(text))
