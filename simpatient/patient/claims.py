"""What a learner takes for granted about a patient's plain circumstances, held against the file. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from simpatient.patient.clauses import WORD, clauses
from simpatient.patient.index import Index, index_of
from simpatient.patient.once import once
from simpatient.persona import Persona


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Something said of the patient that the file can confirm or correct."""

    life: str
    """Id of the small fact that it is about."""
    right: bool


_QUESTIONS = {
    "alone": "who do you live with?",
    "kids": "do you have any children?",
    "parent": "do you have any children?",
    "married": "are you married?",
    "job": "what do you do for a living?",
    "age": "how old are you?",
    "pet": "do you have any pets?",
    "only": "do you have brothers or sisters?",
    "from": "where are you from?",
}
"""For each matter the plain question whose answer settles it."""
_JOBS = (
    "plumber|teacher|nurse|doctor|builder|electrician|driver|farmer|chef|cook|waiter|waitress|cleaner|accountant|lawyer|solicitor|engineer|mechanic|painter|decorator|roofer|"
    "bricklayer|plasterer|carpenter|joiner|cabinet maker|gardener|postman|policeman|policewoman|police officer|fireman|soldier|hairdresser|barber|butcher|baker|shop assistant|"
    "shopkeeper|salesman|saleswoman|secretary|receptionist|manager|librarian|journalist|writer|artist|musician|student|carer|social worker|dentist|pharmacist|scientist|programmer|"
    "pilot|miner|collier|factory worker|shop worker|labourer|priest|vicar|counsellor|therapist|psychologist|bus conductor|welder|fisherman|architect|banker|estate agent|bus driver|taxi driver|lorry driver|housewife|pensioner|teaching assistant|midwife|vet|tailor|printer|translator"
)
_NUMBERS = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        1,
    )
} | {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_LEAD = (
    r"^\W*(?:(?:so|and|but|well|ok|okay|right|ah|oh|then|now|basically|i (?:think|guess|see|suppose|take it|bet|hear|gather|assume|thought|heard|was told|read)(?: that)?|"
    r"it says(?: here)?(?: that)?|my notes say(?: that)?)[,\s]+)*"
)
_YOU = r"(?:you|u)\b(?:'re|'ve| are| r| have| must| do| will|'ll| look| seem)*"
_NOT = re.compile(r"\b(?:no|not|n't|never|without|haven't|don't|aren't|isn't)\b|n't\b")
_PATTERNS: dict[str, re.Pattern[str]] = {
    "alone": re.compile(
        _LEAD
        + rf"(?:{_YOU} (?:be )?(?:all )?(?:liv(?:e|ing) )?(?:there )?(?:alone|on your own|by yourself)(?: at home)?\b|(?:liv(?:e|ing)) (?:alone|on your own|by yourself))"
    ),
    "kids": re.compile(
        _LEAD
        + rf"(?:{_YOU}(?:n't)? (?:don't |haven't )?(?:have |got |had )*(?:any |no |a few |two |three |four |\w+ )?(?:kids|children|sons?|daughters?)\b|no (?:kids|children)\b)"
    ),
    "parent": re.compile(
        _LEAD + rf"{_YOU} (?:be |not |already )*(?:an? |the )?(?:\w+ )?(?P<word>dad|father|mum|mother|parent|grandad|grandfather|grandmother|nan|gran|grandparent)\b(?! of| to)"
    ),
    "married": re.compile(_LEAD + rf"{_YOU} (?:be |not |aren't |still )*(?P<word>married|single|divorced|widowed)\b"),
    "job": re.compile(
        _LEAD + rf"{_YOU}(?:n't)? (?:be |work(?:ing)? (?:as )?|not |still |only |just )*(?:an? |the )?(?:\w+ )?(?P<word>{_JOBS}|retired|unemployed|jobless|redundant|out of work)\b"
    ),
    "age": re.compile(
        _LEAD
        + rf"{_YOU} (?:be |not |only |just |about |around |nearly |almost |over |in your |already |what )*(?P<word>\d\d|(?:{'|'.join(_NUMBERS)})(?:[- ](?:{'|'.join(_NUMBERS)}))?)"
        r"(?: years? old| or so| then| now| ish)*(?=\W*$|[,.?!])"
    ),
    "pet": re.compile(_LEAD + rf"{_YOU}(?:n't)? (?:have |got |keep )+(?:an? |your |no |any )(?:\w+ )?(?P<word>cat|dog|rabbit|parrot|hamster|budgie|horse)s?\b"),
    "only": re.compile(_LEAD + rf"{_YOU} (?:be |not )?an only child\b"),
    "from": re.compile(_LEAD + rf"{_YOU}(?:n't)? (?:not |come |coming |live |living |originally |all the way |be )*(?:from|in) (?P<word>[a-z]{{3,}})(?: then| originally)?\W*$"),
}  # fmt: skip
_KIN = re.compile(
    _LEAD
    + rf"your (?P<kin>[a-z]+)(?:'s| is| was| were| works as| worked as|,) (?:not )?(?:an? |the )?(?:\w+ )?(?P<word>{_JOBS})\b"
)
"""What somebody of the patient's is said to do for a living."""
_NO_PLACE = frozenset(
    "here there the your this that work home bed time trouble pain charge control denial shock need love general particular town wherever nowhere "
    "tears bits pieces two good bad hospital therapy counselling treatment one about agreement luck danger doubt hiding".split()
)
_DENIES = re.compile(r"^\W*(?:no|none|never|not|nope|neither|just me|only me)\b", re.IGNORECASE)
_ALONE = re.compile(r"\b(?:alone|myself|my own|just me|only me|nobody)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class _Matter:
    life: str
    words: frozenset[str]
    denies: bool
    alone: bool


def claim_in(text: str, persona: Persona) -> Claim | None:
    """What one lower-case part of a message takes for granted, with whether it is so; None when it is nothing plain."""
    if "your " in text and (found := _KIN.match(text)) is not None:
        return _of_kin(found, index_of(persona))
    if " you" not in f" {text}" and " u" not in f" {text}" and "alone" not in text and "children" not in text:
        return None
    matters = _matters(persona)
    for name, pattern in _PATTERNS.items():
        matter = matters.get(name)
        found = pattern.match(text) if matter is not None else None
        if found is not None and matter is not None:
            right = _is_so(name, found, matter, persona.card.age)
            if right is not None:
                return Claim(life=matter.life, right=right)
    return None


def _of_kin(found: re.Match[str], index: Index) -> Claim | None:
    """Whether somebody of the patient's does what was said; None when the file does not say what they do."""
    for thing in index.things_in((found["kin"],)):
        small = index.smalls.get(f"{thing}.job")
        if small is not None and small.needs is None:
            words = {word for text in small.more for word in WORD.findall(text.lower())}
            return Claim(life=small.id, right=(found["word"].split()[-1] in words) != bool(_NOT.search(found[0])))
    return None


def _is_so(name: str, found: re.Match[str], matter: _Matter, age: int) -> bool | None:
    """Whether what was said is so; None when it cannot be told."""
    negated = bool(_NOT.search(found[0]))
    word = found.groupdict().get("word") or ""
    so = not matter.denies
    if name == "alone":
        so = matter.alone
    elif name == "married" and word != "married":
        so = word in matter.words or (word == "single" and matter.denies)
    elif name == "parent":
        so = not matter.denies and not word.startswith(("grand", "nan", "gran"))
    elif name == "age":
        so = _number(word) == age
    elif name in ("job", "pet"):
        so = not matter.words.isdisjoint(word.split()[-1:])
    elif name == "only":
        so = matter.denies
    elif name == "from":
        if word in _NO_PLACE or word.endswith(("ing", "s")):
            return None
        so = word in matter.words
    return so != negated


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return sum(_NUMBERS.get(part, 0) for part in re.split(r"[- ]", word))


@once
def _matters(persona: Persona) -> dict[str, _Matter]:
    """What the file holds on each matter that can be taken for granted."""
    index = index_of(persona)
    return {name: matter for name in _QUESTIONS if (matter := _matter(name, index)) is not None}


def _matter(name: str, index: Index) -> _Matter | None:
    question = clauses(_QUESTIONS[name])[0]
    life, _ = index.asked_for(question, ("who",) if name == "alone" else ())
    small = index.smalls.get(life)
    if small is None or small.needs is not None:
        return None
    texts = (*small.curt, *small.easy, *small.more, *(index.things[small.thing].names if small.thing else ()))
    return _Matter(
        life=life,
        words=frozenset(word for text in texts for word in WORD.findall(text.lower())),
        denies=bool(_DENIES.match(small.curt[0])),
        alone=bool(_ALONE.search(small.curt[0])),
    )
