"""What gives a fact away, in whatever words. Pure.

Each fact has its own words: those of its wordings, and of all that is kept back until it is told. A word weighs as much
as it is rare in what this patient says freely; said together, enough of them tell the fact. Everyday words of one
meaning count as one word, so that a fact is known again when it is put differently.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from simpatient.patient.once import once
from simpatient.patient.voice import sentences
from simpatient.persona import Fact, Patient
from simpatient.words import FactId, Rendering

ENOUGH = 1.1
"""Weight of words in one sentence from which they tell a guarded fact."""
ENOUGH_OPEN = 1.6
"""The same for a fact that is told to almost anyone who asks."""
TELLING = 0.6
"""Weight that one of the words must have: those that only furnish a story tell nothing, however many they are."""
IN_TWO = 1.4
"""How much more the words of two sentences have to weigh."""
MUCH = 3700
"""Texts said freely from which it is a word's share of them that makes it common, not its number."""
LEAST_WORDS = 2
"""Words that have to come together, whatever they weigh."""
HEART = (0.0, 0.5, 1.0, 1.2)
"""What a word weighs that stands in none, one, two or more wordings of a fact."""
_WORD = re.compile(r"[a-z0-9']+")
_COMMON = frozenset(
    "a about after again all also always am an and any anybody anyone anything anyway are as at away back be because been before being but by came can come could "
    "day days did do does doing done down each either else end even ever every everybody everyone everything few for from gave get gets getting give go goes going gone good got "
    "had has have having he her here hers him his how i if in into is it its just keep kept kind know last later left like little look lot lots "
    "made make man me mean men might mind mine more most much must my myself never new next no nobody not nothing now of off oh ok okay on once one only or other our out over own "
    "people perhaps put quite rather really right round said same say says see seen shall she should so some somebody someone something sometimes soon sort still such suppose sure than that "
    "the their them then there these they thing things think this those though thought through till time times to today told tomorrow too took two up us use used very want wanted was way we week "
    "weeks well went were what when where whether which while who whole whoever whose why will with without would year years yes yet you your "
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred half quarter minute minutes hour hours bit come comes coming tell tells ask asked asks name word question".split()
)
"""Words that say nothing of themselves."""
_FAMILIES = (
    "mother mum mam mummy", "father dad daddy", "brother", "sister", "wife missus", "husband hubby", "boyfriend girlfriend partner fiance",
    "child childhood kid little", "baby pregnant pregnancy miscarriage", "trainee junior apprentice learner lass girl youngster young",
    "bloke fella chap lad men man", "workmate colleague", "die died dead death dying buried funeral grave",
    "phone ring rang rung telephone mobile dial", "answer pickup reply", "ignore ignored unanswered", "signal reception",
    "write wrote written", "van cab vehicle windscreen steering", "park parked", "door handle", "work workshop unit shift",
    "morning dawn", "night bedtime", "sit sat seat", "stuck freeze froze frozen unable", "bag suitcase packed pack", "ultimatum deadline notice",
    "christmas december", "scared frightened afraid terrified fear dread", "cry cried crying tears weep wept", "sad unhappy",
    "shout yell scream bawl holler roar", "hit beat slap punch", "sorry apologise apology", "blame fault culprit guilty guilt punish punishment suspect",
    "mistake error", "break broke broken smash smashed", "steal stole stolen thief theft", "lie lied lying liar pretend pretended", "secret hide hid hidden hiding",
    "weak weakness soft feeble spineless wimp backbone pathetic", "strong strength tough", "therapy therapist counselling counsellor counsel shrink psychologist",
    "help helped", "talk speak spoke spoken", "laugh funny joke", "believe believed", "evidence proof prove", "ashamed shame embarrassed humiliated",
    "drink drank drunk alcohol booze", "money debt owe owed loan", "sleep slept asleep awake insomnia", "chest heart", "boss manager",
    "sack sacked fired dismissed redundant", "hearing disciplinary tribunal", "lonely alone isolated", "promise promised swore", "stair stairs stairwell staircase",
    "collect gather", "stop stopped",
)  # fmt: skip
"""Everyday words of one meaning, the first standing for all."""
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"pass(?:ed|ing)? away|not (?:here|with us) any ?more|lost (?:him|her|my \w+)", "died"),
    (r"(?:a|phone|missed|the|his|her) calls?|(?:call|called|calls) (?:me|him|her|us|on)", "phone"),
    (r"pick(?:ed|ing|s)? (?:it )?up|let it ring|took the call|taken the call|take the call", "pickup"),
    (r"(?:walk|mov|pack)(?:e|ed|es|ing|s)? out(?: on)?|leav(?:e|es|ing) (?:me|him|her|us)|be off|he's off|she's off|he'?ll go|he goes|be gone|split up|finish with me", "leaveme"),
    (r"(?:can't|couldn't|cannot|can not|not able to|won't|unable to|can't make myself|have to talk myself) (?:\w+ )?(?:get out|go in|walk in|walking in|get up|face|leave|open|move|get in|start|out of)", "unable"),
    (r"end of the year|new year", "christmas"),
    (r"(?:went|go|goes|gone|going|been|was|were) missing", "vanished"),
    (r"(?:had|have|having) a go at|to(?:re|rn) a strip off|went for (?:her|him|them)|lost (?:it with|my (?:rag|temper))|took it out on|laid into|raised my voice", "shouted"),
    (r"own(?:ed)? up|came clean", "confessed"),
    (r"driver's seat|behind the wheel|at the wheel", "van sit"),
    (r"my (?:bloke|fella|feller|other half|lad)\b", "partner"),
    (r"(?:my|the) old man", "father"),
    (r"parents|folks", "mother"),
    (r"laid off|los(?:t|e|ing) (?:my|his|her|their|the) job|out of (?:a job|work)|let (?:me|him|her|them|us|\w+ (?:of (?:us|them)|people|planners|men|women)) go|not got a job|no job to go to", "sacked job"),
    (r"(?:put|puts|putting|have|has|had) (?:me |us )?on notice", "ultimatum"),
    (r"(?:no reception|no signal|out of signal)", "signal"),
    (r"(?:put|pinned) on me|down to me|in trouble|got (?:it in the neck|told off)", "blamed"),
)  # fmt: skip
"""Turns of phrase, as the one word that says the same."""
_SCENERY = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday night morning evening stand stop hand house home hall kitchen room landing tea dinner side eat mother "
    "voice there since table floor wall work find ready meant month sooner past".split()
)
"""Words that furnish any story; they count for half."""
_KIN = frozenset("mother father brother sister wife husband boyfriend girlfriend partner daughter son manager".split())
_IRREGULAR = (
    "rang ring|sat sit|broke break|broken break|left leave|lost lose|told tell|said say|thought think|felt feel|gave give|took take|went go|saw see|knew know|"
    "wrote write|spoke speak|slept sleep|drove drive|froze freeze|cried cry|cries cry|tries try|tried try|died die|dying die|lying lie|lied lie|bought buy|"
    "brought bring|caught catch|fell fall|found find|got get|held hold|kept keep|met meet|paid pay|ran run|sent send|stood stand|stole steal|swore swear|woke wake|wore wear|"
    "hung hang|men man|women woman|children child|wives wife|lives life"
)


def _families() -> dict[str, str]:
    """The word that stands for each word of a family."""
    stands: dict[str, str] = {}
    for family in _FAMILIES:
        first, *others = (_bare(word) for word in family.split())
        for word in (first, *others):
            stands.setdefault(word, first)
    return stands


class Secrets:
    """The words that give each fact of one patient away."""

    def __init__(self, patient: Patient) -> None:
        """Weigh every word of every fact against what the patient says freely."""
        self.facts = patient.persona.facts
        self._names = _names(patient)
        self._own = _roots(patient.persona.card.name)
        said = [[self.roots(sentence) for sentence in sentences(text)] for text in _free(patient)]
        self.free = [frozenset(root for sentence in text for root in sentence) for text in said]
        self.free_sentences = {sentence for text in said for sentence in text}
        often = Counter(root for found in self.free for root in found)
        much = min(1.0, MUCH / len(self.free))
        every = math.log1p(len(self.free) * much)
        self._rarity = {root: 1 - math.log1p(count * much) / every for root, count in often.items()}
        self._texts = {fact.id: _kept(fact, patient) for fact in self.facts}
        self._open = {
            (fact.id, allowed): frozenset(
                root
                for step, texts in self._texts[fact.id].items()
                if step <= allowed
                for text in texts
                for root in self.roots(text)
            )
            for fact in self.facts
            for allowed in Rendering
        }
        self._all = {fact.id: self._open[fact.id, Rendering.FULL] for fact in self.facts}
        self._shut = {(fact, step): self._all[fact] - roots for (fact, step), roots in self._open.items()}
        self._shared = {
            fact.id: Counter(r for texts in self._texts[fact.id].values() for text in texts for r in self.roots(text))
            for fact in self.facts
        }

    def roots(self, text: str) -> frozenset[str]:
        """The telling words of a text, people's names as what they are to the patient."""
        found = _roots(text)
        if found.isdisjoint(self._names) and found.isdisjoint(self._own):
            return found
        return frozenset(self._names.get(root, root) for root in found) - self._own

    def told_by(
        self,
        sentence: str,
        before: str,
        fact: Fact,
        allowed: Rendering,
        open_roots: frozenset[str],
        passages: Iterable[frozenset[str]],
    ) -> bool:
        """Whether `sentence`, said after `before`, tells more of `fact` than is allowed.

        Args:
            sentence: what is about to be said.
            before: the sentence before it; empty when there is none.
            fact: what is kept back.
            allowed: how much of it may be said.
            open_roots: roots that other facts, told before, have made free.
            passages: roots of what was said in one breath before, by either of the two; what stood together there
                may stand together again.
        """
        shut = self.shut(fact, allowed) - open_roots
        enough = ENOUGH if fact.guarded else ENOUGH_OPEN
        found, free = self.roots(sentence) & shut, self.free_sentences
        if found and self._weight(fact.id, found) < enough:
            found, free, enough = found | (self.roots(before) & shut), self.free, enough * IN_TWO
        if len(found) < LEAST_WORDS or self._weight(fact.id, found) < enough:
            return False
        if max(self._worth(fact.id, root) for root in found) < TELLING:
            return False
        if any(self._weight(fact.id, found - passage) < ENOUGH / 2 for passage in passages):
            return False
        return not any(found <= passage for passage in free)

    def shut(self, fact: Fact, allowed: Rendering) -> frozenset[str]:
        """Roots of what may not be said of the fact."""
        return self._shut[fact.id, allowed]

    def open(self, fact: Fact, allowed: Rendering) -> frozenset[str]:
        """Roots of what may be said of it."""
        return self._open[fact.id, allowed]

    def texts(self, fact: Fact, allowed: Rendering) -> tuple[str, ...]:
        """All sentences of the file that say what may be said of the fact."""
        kept = self._texts[fact.id].items()
        return tuple(part for step, texts in kept if step <= allowed for text in texts for part in sentences(text))

    def wordings_of(self, fact: Fact) -> tuple[str, ...]:
        """All texts of the file that say something of the fact, whole."""
        return tuple(text for texts in self._texts[fact.id].values() for text in texts)

    def weight(self, fact: Fact, roots: frozenset[str]) -> float:
        """What these words weigh towards telling the fact."""
        return self._weight(fact.id, roots)

    def shared_with(self, text: str, fact: Fact) -> float:
        """What the words of `text` weigh that belong to the fact."""
        return self._weight(fact.id, self.roots(text))

    def _weight(self, fact: FactId, found: frozenset[str]) -> float:
        return sum(self._worth(fact, root) for root in found)

    def _worth(self, fact: FactId, root: str) -> float:
        return self._rarity.get(root, 1.0) * _heart(self._shared[fact][root]) * (0.5 if root in _SCENERY else 1.0)


@once
def secrets_of(patient: Patient) -> Secrets:
    """The words that give this patient's facts away, weighed once."""
    return Secrets(patient)


def _heart(wordings: int) -> float:
    """How near a word is to the heart of a fact that has it in so many of its wordings."""
    return HEART[min(wordings, len(HEART) - 1)]


@lru_cache(maxsize=16384)
def _roots(text: str) -> frozenset[str]:
    """The telling words of a text without endings, each as the one that stands for its family."""
    plain = text.lower().replace("\u2019", "'")
    plain = _PHRASE.sub(lambda found: f" {_PHRASES[int((found.lastgroup or 'p0')[1:])][1]} ", plain)
    bare = (_bare(word) for word in _WORD.findall(plain) if word not in _COMMON)
    return frozenset(
        _STANDS.get(word, word)
        for word in bare
        if len(word) > 1 and word not in _COMMON and "'" not in word and not word.isdigit()
    )


@lru_cache(maxsize=8192)
def _bare(word: str) -> str:
    """A word without its ending: `sitting` and `sat` are `sit`."""
    word = word.partition("'")[0] if not word.endswith("n't") else word
    if word in _REGULAR:
        return _REGULAR[word]
    for ending in ("ing", "ied", "ies", "ed", "es", "s"):
        if not word.endswith(ending) or len(word) < len(ending) + 3 or word.endswith("ss"):
            continue
        stem = word.removesuffix(ending) + ("y" if ending in ("ied", "ies") else "")
        if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl":
            stem = stem[:-1]
        return stem.removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word


def _free(patient: Patient) -> list[str]:
    """All that the patient may say from the start."""
    persona = patient.persona
    told = [text for line in patient.lines.lines if not line.needs for text in (line.say, *line.more)]
    told += [text for small in persona.life if not small.needs for text in (*small.curt, *small.easy, *small.more)]
    told += [text for said in persona.voice.samples.values() for text in said]
    story = persona.story
    told += [*story.opening, story.presenting, *(text for said in story.opening_by_channel.values() for text in said)]
    told += persona.safety.risk_answer
    told += [passage.text for passage in (*story.backstory, *story.strengths) if not passage.needs]
    told += [f"{who.who}: {who.what}" for who in story.relationships if not who.needs]
    return [*told, story.work, story.why_now, story.pleasure, story.contradiction]


def _kept(fact: Fact, patient: Patient) -> dict[Rendering, list[str]]:
    """The words of each rendering; what needs the fact belongs to the fullest."""
    persona = patient.persona
    behind = [line.say for line in patient.lines.lines if line.needs == fact.id]
    story = (*persona.story.backstory, *persona.mind.fears, *persona.mind.beliefs, *persona.mind.goals)
    behind += [passage.text for passage in story if passage.needs == fact.id]
    behind += [who.what for who in persona.story.relationships if who.needs == fact.id]
    said = {rendering: [*wordings(fact, rendering)] for rendering in Rendering if rendering}
    said[Rendering.FULL] += behind
    return said


def wordings(fact: Fact, rendering: Rendering) -> tuple[str, ...]:
    """What is said of a fact at this rendering, and what is said next when asked on. Pure."""
    told: tuple[str, ...] = {
        Rendering.NONE: (), Rendering.HINT: fact.hint, Rendering.PARTIAL: fact.partial, Rendering.FULL: fact.full,
    }[rendering]  # fmt: skip
    return (*told, *next((more for word, more in fact.more.items() if word == rendering.word), ()))


def _names(patient: Patient) -> dict[str, str]:
    """The name of each person near the patient with what they are: Neil is a brother."""
    found: dict[str, str] = {}
    for person in patient.persona.story.relationships:
        kin = [
            _STANDS.get(root, root)
            for root in map(_bare, _WORD.findall(f"{person.who} {person.what}".lower()))
            if root in _KIN_ROOTS
        ]
        names = re.findall(r"\b[A-Z][a-z]+", person.who)
        if kin and names and names[0] not in ("Her", "His"):
            found.setdefault(_bare(names[0].lower()), kin[0])
    return found


_PHRASE = re.compile(rf"\b(?:{'|'.join(f'(?P<p{at}>{phrase})' for at, (phrase, _) in enumerate(_PHRASES))})\b")
_REGULAR: dict[str, str] = {pair.partition(" ")[0]: pair.partition(" ")[2] for pair in _IRREGULAR.split("|")}
_STANDS = _families()
_KIN_ROOTS = frozenset(
    _bare(word) for word in (*_KIN, *(w for family in _FAMILIES for w in family.split() if family.split()[0] in _KIN))
)
