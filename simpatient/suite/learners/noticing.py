"""What a listener can take from one patient turn: what it calls for, words worth returning, things, people, feelings.

Everything is read from the words. Nothing here knows who speaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from simpatient.appraisal import tag_turn
from simpatient.appraisal.lexicon import FEELING_OF, is_content
from simpatient.suite.learners.phrasebook import matters_in
from simpatient.words import Tag

_SENTENCE = re.compile(r"[^.?!…;\n]+[.?!…]*")
_LEAD = re.compile(
    r"^(?:(?:so|and|but|well|yeah|yes|no|nah|right|oh|uh|um|er|okay|ok|look|anyway|mind|honestly|actually|though|then|now"
    r"|i mean|i suppose|i guess|i think|you know|to be honest|it's just that|it's just|only|because|or)\b[\s,–—-]*)+",
    re.IGNORECASE,
)
_FILLERS = re.compile(r"\s*,?\s*\b(?:uh|um|er|erm)\b,?|\s*\.\.\.\s*", re.IGNORECASE)
_TAIL = re.compile(
    r"[\s,–—-]+(?:so|anyway|really|though|i suppose|i think|you know|put it that way|if you like|as it goes|mostly|and that)$",
    re.IGNORECASE,
)
_CUT = re.compile(r",\s+|\s+(?=(?:because|so that|but|which|when|if|until|except|since)\b)|\s[–—-]+\s")
_SUBJECT = re.compile(
    r"^(?:i|i'm|i've|i'd|i'll|we|we're|we've|he|he's|she|she's|they|they're|they've|nobody|no one|everyone|everybody|people"
    r"|(?:my|our|his|her|their)\s+\w+)\b",
    re.IGNORECASE,
)
_TO_LISTENER = re.compile(r"\b(?:you|your|you're|you've|you'd|you'll|yours|yourself)\b", re.IGNORECASE)
_SWAPS = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "am": "are", "i'm": "you're",
    "i've": "you've", "i'd": "you'd", "i'll": "you'll", "we": "you", "us": "you", "our": "your", "ours": "yours",
    "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll", "ourselves": "yourselves",
}  # fmt: skip
"""The patient's words as a listener returns them."""
_THING = re.compile(r"\b(my|our|the|his|her|their)\s+([a-z][a-z'-]+)(?=\s+([a-z'-]+)|\s*[.,;:!?…]|\s*$)", re.IGNORECASE)
_NO_THING = frozenset(
    "old new big little own younger elder best worst whole other same first last next only real one two three way bit lot "
    "time thing things day kind sort end rest point moment minute while sake fact idea question word words truth left "
    "right middle back front top bottom hour week month year morning afternoon evening weekend self mind life face mouth hand "
    "hands head eye eyes foot feet hat coat name line lines own voice way".split()
)
"""Words after "my" or "the" that are no thing one can speak of by themselves."""
_NAME = re.compile(r"(?<=[a-z,;] )([A-Z][a-z]{2,})(?:'s)?\b")
_KIN = re.compile(
    r"(?i)\b(?:my|our) (wife|husband|boyfriend|girlfriend|partner|mum|mother|dad|father|son|daughter|brother|sister|boss|manager"
    r"|gran|nan|grandad|grandmother|grandfather|aunt|uncle|flatmate|neighbour|best friend|kids|children)\b"
)
_NO_NAME = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September "
    "October November December Christmas Easter God English British Sorry Yes No Well Right Okay Thank Thanks Doctor "
    "Nurse Sister Mr Mrs Miss Mum Dad Gran Nan Grandad".split()
)
_GIVES_UP = re.compile(
    r"^\W*(?:if you say so|okay|ok|fine|whatever(?: you (?:think|say|like))?|sure|right|i suppose(?: so)?|no,? (?:it's )?fine"
    r"|it's fine|nothing|never mind|doesn't matter|great|wow|huh)\W*$",
    re.IGNORECASE,
)
_OF_TALK = frozenset(
    "heard hear said say saying asked ask question answer call called followed follow following point plan word words sentence "
    "talk talking catch sound sounds sounded meant mean wrong right fair true easy easily quick quickly question listen bit "
    "agree decide decided choose sure careful nice decent kind told tell telling thought guess suppose wonder second minute "
    "usual business idea run-up like liked good better best sorry thank thanks honest start stop carry go wait try tried "
    "expected expecting surprised person people somebody anybody whatever".split()
)
"""Words about the talk itself: a turn made of these reacts, and tells nothing to return."""
_SORE = re.compile(
    r"(?i)\b(?:what they (?:all )?(?:do|did|say)|(?:just )?(?:done|did) to me|you lot|like the last (?:one|lot)|here we go|"
    r"you(?:'ve| have) (?:just )?(?:done|called|told me)|not what i (?:said|meant)|missing the (?:bit|point)|that's not it|didn't say that\W*$|are you (?:even )?listening|"
    r"taking the (?:piss|mick)|patronis\w*|condescend\w*|don't (?:do the voice|analyse me|start))\b"
)
_ASKS_KNOWN = re.compile(
    r"(?i)whose version|what (?:do|did|have) (?:you|they) (?:know|got|been told|say|said|tell|told|read|heard|write|written)\b[^.?!]*\?|"
    r"(?:already )?read (?:about|up on) me|my file|(?:what's|what is) (?:on|in) (?:there|that|your (?:bit of )?paper|the (?:letter|referral|form))"
)
_SORE_SIGNS = re.compile(
    r"(?i)\b(?:flat stare|glare\w*|stands? up|reaches for|picks up (?:his|her|their)|jaw|half on|buttons)\b"
)
"""Signs that something landed badly, when next to nothing is said beside them."""
_DANGLING = frozenset(
    "a an the my your his her of to for and or but with that be is are was as in at if so i it's there's".split()
)
"""Words that end no stretch worth returning."""
_QUOTING = re.compile(r"(?:^|\s)'|'(?:\s|$)")
"""Somebody else's words within one's own."""
_TWO_SENSES = frozenset(
    "down low lost mad cross small better easier love loved enjoy hope safe safer comfortable heavy wound".split()
)
"""Words that name a feeling only sometimes."""
SHORT = 4
"""Words up to which a turn says hardly anything."""
_LONGEST, _LEAST = 11, 3
"""Words of a clause that can be returned."""
_QUOTED = range(2, 7)
"""Words of a stretch that can be quoted."""


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """What a listener takes from one patient turn."""

    text: str
    tags: frozenset[Tag] = frozenset()
    """What it calls for, said plainly."""
    hinted: frozenset[Tag] = frozenset()
    """What it may call for, hedges and gestures included."""
    feeling: str = ""
    """Family of the feeling named or shown; empty when there is none."""
    clauses: tuple[str, ...] = ()
    """What was said, turned round to "you", most telling first."""
    quotes: tuple[str, ...] = ()
    """Short stretches exactly as spoken, most telling first."""
    things: tuple[str, ...] = ()
    """Things spoken of, as "your chest" or "the van", in order."""
    people: tuple[str, ...] = ()
    """Names, and people by what they are to the speaker ("your wife"), in order."""
    words: int = 0
    asks: bool = False
    asks_me: bool = False
    """The question is about the listener."""
    gives_up: bool = False
    """So short an assent that it may hide something."""
    asks_what_i_know: bool = False
    """The question is what the listener was told beforehand."""
    sore: bool = False
    """Something the listener said seems to have landed badly."""


@lru_cache(maxsize=4096)
def noticed(text: str, nonverbal: str = "", own: tuple[str, ...] = ()) -> Noticed:
    """What a listener takes from `text`; `own` are names of the two who speak. Pure."""
    found = tag_turn(text, nonverbal)
    plain = _FILLERS.sub(" ", text.replace("’", "'")).strip()
    sentences = [part.strip() for part in _SENTENCE.findall(plain)]
    feeling = _feeling(plain) or ("" if _named(plain) else next((o.feeling for o in found if o.feeling), ""))
    questions = [part for part in sentences if part.endswith("?")]
    told = [part.rstrip(".!…? ") for part in sentences if not part.endswith("?")]
    return Noticed(
        text=text,
        tags=frozenset(o.tag for o in found if o.strength > 1),
        hinted=frozenset(o.tag for o in found),
        feeling=feeling,
        clauses=_clauses(told),
        quotes=_quotes(told),
        things=_things(plain),
        people=_people(plain, own),
        words=len(plain.split()),
        asks=bool(questions),
        asks_me=any(re.match(r"(?i)^\W*(?:do|does|are|have|did|were|what|how|who|why|so|and|is|can|could|will|would)\b.*\byou(?:r|'ve|'re)?\b", q)
                    for q in questions),
        gives_up=bool(_GIVES_UP.match(plain)),
        asks_what_i_know=bool(_ASKS_KNOWN.search(plain)),
        sore=bool(_SORE.search(plain)) or (len(plain.split()) <= SHORT and bool(_SORE_SIGNS.search(nonverbal))),
    )  # fmt: skip


def _people(text: str, own: tuple[str, ...]) -> tuple[str, ...]:
    named = [name for name in _NAME.findall(text) if name not in _NO_NAME and name not in own]
    kin = [f"your {kin.lower()}" for kin in _KIN.findall(text)]
    return tuple(dict.fromkeys([*named, *kin]))


def _feeling(text: str) -> str:
    words = re.findall(r"[a-z'-]+", text.lower())
    return next((FEELING_OF[word] for word in words if word in FEELING_OF and word not in _TWO_SENSES), "")


def _named(text: str) -> bool:
    """Whether the words that may name a feeling are all of two senses."""
    return bool(_TWO_SENSES & set(re.findall(r"[a-z'-]+", text.lower())))


def _weight(words: list[str]) -> float:
    """How telling a stretch is: what it holds beyond talk about the talk, its feelings, and whether it is one's own.

    Nothing where it holds neither.
    """
    low = [word.lower().strip(",'") for word in words]
    telling = [word.split("'")[0] for word in low if word not in _OF_TALK]
    own = 0.8 if {"i", "i'm", "i've", "my", "me", "we", "our"} & set(low) else 0.0
    holds = sum(is_content(word) and word not in _OF_TALK for word in telling) + sum(
        word in FEELING_OF for word in telling
    )
    return own + holds if holds else 0.0


def _clauses(told: list[str]) -> tuple[str, ...]:
    """Whole statements of the speaker's, turned round."""
    found: list[tuple[float, int, str]] = []
    for place, sentence in enumerate(told):
        for number, part in enumerate(_CUT.split(sentence)):
            plain = _TAIL.sub("", _LEAD.sub("", part.strip(" ,'\"–—-")).strip(" ,")).strip()
            words = plain.split()
            if not _LEAST <= len(words) <= _LONGEST or not _SUBJECT.match(plain) or _TO_LISTENER.search(plain):
                continue
            if words[-1].lower() in _DANGLING or _QUOTING.search(plain):
                continue
            if number and re.match(r"(?i)^(?:because|but|which|when|if|until|except|since)\b", part.strip()):
                continue
            found.append((-_weight(words) - _later(place, words), len(found), turned(plain)))
    return tuple(clause for weight, _, clause in sorted(found) if weight <= -1.5)


_BARE = re.compile(
    r"(?i)\b(?:can't|cannot|couldn't|nobody|no one|never|afraid|scared|alone|lonely|ashamed|hate|miss|died|lost)\b"
)
"""Words by which a sentence lays something bare."""


def _later(place: int, words: list[str]) -> float:
    """How much more a sentence weighs for its place: people answer first, and tell after."""
    return 0.4 * min(place, 4) * (_weight(words) > 0) + 1.2 * bool(_BARE.search(" ".join(words)))


def turned(text: str) -> str:
    """A statement of the speaker's as a listener returns it: I becomes you. Pure."""
    words, out = text.split(), list[str]()
    for word in words:
        bare = word.strip(",;:")
        swapped = _SWAPS.get(bare.lower())
        if swapped is None and out and out[-1] == "you" and bare.lower() in ("was", "wasn't"):
            swapped = {"was": "were", "wasn't": "weren't"}[bare.lower()]
        out.append(word if swapped is None else word.replace(bare, swapped, 1))
    keep = out[0][1:2].isupper() or (out[0] == words[0] and words[0][:1].isupper() and not _SUBJECT.match(words[0]))
    return " ".join(out) if keep else " ".join([out[0][:1].lower() + out[0][1:], *out[1:]])


def _quotes(told: list[str]) -> tuple[str, ...]:
    """Stretches between marks that are short enough to quote, as spoken."""
    found: list[tuple[float, int, str]] = []
    for place, sentence in enumerate(told):
        for part in re.split(r",\s+|\s[–—-]+\s", sentence):
            plain = _TAIL.sub("", _LEAD.sub("", part.strip(" '\"–—-"))).strip(" ,")
            words = plain.split()
            if _QUOTING.search(plain) or (words and words[-1].lower() in _DANGLING):
                continue
            if len(words) in _QUOTED and not _TO_LISTENER.search(plain) and '"' not in plain and _weight(words) >= 1:
                found.append((0.1 * len(words) - _weight(words) - _later(place, words), len(found), plain))
    return tuple(_lowered(quote) for _, _, quote in sorted(found))


def _lowered(text: str) -> str:
    """A quote without the capital of its sentence."""
    first = text.split(maxsplit=1)[0]
    if (
        first in ("I", "I'm", "I've", "I'd", "I'll")
        or first[1:2].isupper()
        or not (is_content(first.lower()) or len(first) < 5)
    ):
        return text
    return text[0].lower() + text[1:]


def _things(text: str) -> tuple[str, ...]:
    """Nouns one can speak of, each with its article or owner."""
    found: list[str] = []
    for match in _THING.finditer(text):
        owner, noun, after = match.group(1).lower(), match.group(2), (match.group(3) or "").lower()
        if not is_content(noun.lower()) or noun.lower() in _NO_THING or noun.endswith(("ing", "ed", "'s", "est")):
            continue
        if owner not in ("my", "our") and not matters_in(noun):
            continue
        if after and is_content(after) and after not in _NO_THING:
            continue
        found.append(f"{_SWAPS.get(owner, owner)} {noun}" if owner != "the" else f"the {noun}")
    return tuple(dict.fromkeys(thing for thing in found if not thing.startswith(("his ", "her ", "their "))))
