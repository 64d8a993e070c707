"""What one patient can be asked about, sorted by word, so that a message need not be held against every phrase."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from simpatient.patient.aspects import answers, aspects_in, finer, said_by, suits
from simpatient.patient.clauses import WORD, Clause, stem, words_in
from simpatient.patient.coverage import beside_the_point, telling, telling_words
from simpatient.patient.likely import ALIKE, SURE, Examples, aspect_features, aspect_model
from simpatient.patient.names import Names
from simpatient.patient.once import once
from simpatient.patient.onward import Onward, named, spoken_by
from simpatient.persona import FollowUp, Persona, Thing

GAP = 5
"""Words within which the next word of a phrase has to come."""
NEAR = 2
"""The same for a phrase of two words."""
WHOLE = 9.0
"""Weight of a phrase that has to be the whole sentence."""
NAMED, BARE, LOOSE = 2.5, 1.6, 1.5
"""Weights of a thing named with what is asked about it, of a name alone, and of a phrase that is no more than a name."""
TWO = 2
FEW, LITTLE = 2, 3
"""Small facts in which a word may stand to point at one, and letters up to which it points at nothing."""
SHORT = 4
"""Words up to which a question that only names a thing asks who or what it is."""
PLAIN = 8
"""Words up to which a question may only ask who somebody is or whether there is one."""
NAMES_ANOTHER = 4.0
"""What a phrase gains that has a he, she or they of its own."""
TRUSTED = 3.0
"""Weight from which a phrase says for certain what is asked."""
LIKELY = 2.0
"""Weight of a likely question beside its likeness."""
FEW_WORDS, MANY_WORDS = 3, 14
"""Words below which a question is like too many, and above which what is no question is like one by chance."""
CERTAIN = 0.85
"""Likeness from which a question asks for this answer whatever kind of question it seems to be."""
_OTHERS = frozenset(stem(word) for word in ("he", "she", "they", "him", "her", "them", "his", "their"))
SPELT_OUT = 4
"""Words from which a phrase is trusted whatever kind of question it comes in."""
TYPED = ("how_many", "how_much", "how_long", "when", "where", "who", "why")
"""Kinds of question that want a certain kind of answer."""
FILLERS = frozenset("so and but well ok okay um uh er actually please now".split())
"""Words that do not change what a plain question asks."""
_COUNTS = frozenset(
    "one two three four five six seven eight nine ten both year years day days week weeks better worse good bad".split()
)
"""Words in which two questions may agree that have nothing to do with each other."""
_YOU = frozenset("you your yours yourself you're you've you'd u".split())
_BEGINS = re.compile(
    r"\W*(?:(?:and|so|but|then|also|ok|okay|right|oh) )*(?:do|does|did|is|are|was|were|have|has|had|can|could|will|would|got|seen|been|had|heard|tried|"
    r"ever|any|on any|on your own|by yourself|alone|much|many|still|sleeping|eating|married|single|what|who|how|where|when|why|which)\b"
)
"""How a question begins whose mark was left out."""
_VERBS = frozenset("is are was were does do did".split())
"""Words that make of a name and another word a question about the other word."""
_TO_YOU = frozenset({"you", "you're"})
_GUESSES = re.compile(
    r"^\W*(?:(?:so|and|or|oh) )?(?:(?:is|was) (?:it|that|this)|one what,?) (?:the|a|an)\b|^\W*what(?:'s| is| was) (?:it|that|this), (?:a|an|the)\b"
)
"""Guesses at what was just said: "is it the colour?"."""
_OPINES = frozenset(stem(word) for word in ("think", "reckon", "guess", "suppose", "believe", "one", "two", "both"))
"""Words that only ask for an opinion or a choice, not of what."""
_OPINING = re.compile(
    r"^\W*(?:(?:and|so|but) )?do you (?:think|reckon|suppose|believe) (?=(?:it|he|she|they|that|this|there|i|we|you)\b)"
)
"""Words before what is asked, which do not change what is asked after."""
_CORE = re.compile(
    r"^(?:(?:and|so|but|well|ok|i mean|sorry),? )*((?:what|how|where|who|which|is there|are there|do|does|did|is|are|have|has|had|can|will)\b[^,]*),(?! (?:or|if|and)\b)"
)
"""What is asked before a comma, behind which it is only set out: when it is, or what it might be."""
_ANYBODY = frozenset("anybody anyone somebody someone nobody".split())
_SOMEBODY = frozenset(stem(word) for word in _ANYBODY)
"""The same without endings, as they stand in phrases."""
_WHY_YOU = re.compile(r"\b(?:why|how come) (?:\w+ )?(?:you|u)\b")
"""Asks for a reason of the patient's own, whoever else comes up."""
_IS_YOUR = re.compile(r"\b(?:is|was) [\w']+ your [\w ]+(?: or |\W*$)")
"""Asks whether somebody is this or that to the patient."""
_YOU_DID = re.compile(r"\bwhat (?:did|have|do) (?:you|u)\b")
"""Asks what the patient did, whomever they did it to."""
_NOBODY: frozenset[str] = frozenset()
_OWN_ANSWER = ("how_long", "why")
"""Kinds of question that want an answer of their own, whatever else stands in them."""
_ASKED_BY = {
    "what_said": "say",
    "what_time": "time",
    "how_old": "old",
    "how_often": "often",
    "how_many": "many",
    "how_much": "much",
    "how_long": "long",
    "when": "when",
    "where": "where",
    "who": "who",
    "why": "why",
}


@dataclass(frozen=True, kw_only=True)
class Small:
    """The plain answer to one plain question."""

    id: str
    curt: tuple[str, ...]
    easy: tuple[str, ...]
    more: tuple[str, ...]
    topic: str | None
    needs: str | None
    thing: str = ""
    """The thing it is about; empty when it is about none by name."""
    follows: bool = False
    """It answers only what is asked right after something was told."""


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One way to ask for a small fact."""

    answer: str
    words: tuple[str, ...]
    whole: bool

    @property
    def weight(self) -> float:
        """How much it tells when it is found."""
        if self.whole:
            return WHOLE
        if len(self.words) == TWO:
            return LOOSE if self.words[0] in ("your", "the", "any", "a") else NAMED + 0.1
        return float(len(self.words)) + (NAMES_ANOTHER if not _OTHERS.isdisjoint(self.words) else 0.0)


class Index:
    """One patient's small facts, things and topics."""

    def __init__(self, persona: Persona) -> None:
        """Sort what the file holds."""
        self._life, self._asked = persona.life, persona.questions
        self.smalls = {small.id: small for small in _smalls(persona)}
        self.things = {thing.id: thing for thing in persona.world}
        self._by_word: dict[str, list[Phrase]] = {}
        self._by_beginning: list[Phrase] = []
        for fact in persona.life:
            for ask in fact.asks:
                words = tuple(_wanted(word) for word in ask.removeprefix("=").lower().split() if word != "*")
                phrase = Phrase(answer=fact.id, words=words, whole=ask.startswith("="))
                fixed = [word for word in words if not word.endswith("*")]
                if fixed:
                    self._by_word.setdefault(max(fixed, key=len), []).append(phrase)
                else:
                    self._by_beginning.append(phrase)
        self._names = Names((thing.id, thing.names) for thing in persona.world)
        self._named_by = {
            thing.id: frozenset(stem(word.rstrip("*")) for name in thing.names for word in name.lower().split())
            for thing in persona.world
        }
        self.kept = _kept(persona)
        """For each guarded fact the words that only it holds."""
        self.hearts = frozenset(word for words in self.kept.values() for word in words)
        """All of these."""
        self._told_in = _told_in(self.smalls.values())
        self._topics = Names((topic.id, topic.words) for topic in persona.topics)
        self._followups = persona.followups
        self._free = tuple(text for fact in persona.facts if not fact.guarded for text in fact.said)

    @cached_property
    def onward(self) -> Onward:
        """The follow-ups to what is said; their answers are small facts from the moment somebody looks for one."""
        told = [(small.id, (*small.curt, *small.easy, *small.more)) for small in self.smalls.values()]
        told += [(text, (text,)) for text in self._free]
        self.smalls |= {small.id: small for small in _answers(self._followups, self.smalls)}
        return Onward(self._followups, told)

    def topics_in(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Topics touched, the one with most words first."""
        counts: dict[str, int] = {}
        for _, topic in self._topics.found(words):
            counts[topic] = counts.get(topic, 0) + 1
        return tuple(sorted(counts, key=lambda topic: -counts[topic]))

    def things_in(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Things named, in order."""
        return tuple(dict.fromkeys(thing for _, thing in sorted(self._names.found(words))))

    def asked_for(self, clause: Clause, kinds: Iterable[str]) -> tuple[str, float]:
        """Id of the small fact that one question asks for, and how sure that is; nothing is ("", 0)."""
        asked = _OPINING.sub("", clause.text)
        found = self._asked_for(clause if asked == clause.text else _asking(asked), kinds)
        core = _CORE.match(clause.text)
        if found[0] or core is None or len(words_in(core[1])) < SHORT:
            return found
        return self._asked_for(_asking(f"{core[1]}?"), kinds)

    def _asked_for(self, clause: Clause, kinds: Iterable[str]) -> tuple[str, float]:
        typed = finer(tuple(kinds), clause.text)
        if _GUESSES.match(clause.text):
            return "", 0.0
        does = "others" in kinds
        found = max(self._by_phrase(clause, typed, does=does), key=lambda match: match[1], default=("", 0.0))
        if found[1] >= TRUSTED:
            return found
        about = list(self._by_thing(clause, typed))
        found = max((found, *about, *self._by_likeness(clause, typed, known=bool(about))), key=lambda match: match[1])
        aspect = found[0].rpartition(".")[2] if "." in found[0] else ""
        told_anyway = "choice" not in kinds or aspect == "who" or (aspect == "has" and "has_one" in kinds)
        return found if told_anyway or self._settles(*found, clause) else ("", 0.0)

    named = NAMED - 0.5
    """Weight from which a question names what it asks about."""

    def speaks_of(self, answer: str, pronoun: str) -> bool:
        """Whether an answer is about somebody who goes by this pronoun."""
        small = self.smalls.get(answer)
        return bool(small and small.thing and self.things[small.thing].pronoun == pronoun)

    def is_about(self, answer: str, words: tuple[str, ...]) -> bool:
        """Whether an answer speaks of somebody or something that a question names, if it names any."""
        named = set(self.things_in(words))
        small = self.smalls[answer]
        return not named or small.thing in named or not named.isdisjoint(self.onward.speaks_of(answer, self.things_in))

    def told_of(self, thing: str) -> tuple[str, ...]:
        """Ids of the small facts about a person or an animal; none about a thing."""
        return self._told_of.get(thing, ()) if self.is_somebody(thing) else ()

    @cached_property
    def _told_of(self) -> dict[str, tuple[str, ...]]:
        told: dict[str, tuple[str, ...]] = {}
        for small in self.smalls.values():
            if small.thing and not small.follows and small.needs is None:
                told[small.thing] = (*told.get(small.thing, ()), small.id)
        return told

    def tells_of(self, answer: str, thing: str) -> bool:
        """Whether an answer is about somebody or something, or a follow-up that names it."""
        small = self.smalls[answer]
        return small.thing == thing or (small.follows and thing in self.onward.speaks_of(answer, self.things_in))

    def mentioning(self, clause: Clause) -> str:
        """Id of the small fact in whose words a plain question's telling words stand, when few others hold them; may be empty."""
        words = [word for word in telling_words(clause) if len(word) > LITTLE]
        counts = Counter(small for word in words for small in self._told_in.get(word, ()))
        if not counts or len(words) > TWO:
            return ""
        best, count = max(counts.items(), key=lambda found: found[1])
        return best if count == len(words) else ""

    def about(self, things: Iterable[str], clause: Clause, kinds: Iterable[str]) -> str:
        """Id of what a question asks about the first of `things` that can answer it; may be empty."""
        wanted, typed = aspects_in(clause.text), finer(tuple(kinds), clause.text)
        for thing in things:
            for aspect in wanted:
                fits = answers(typed, aspect, clause.text, person=self.is_somebody(thing))
                if fits and aspect in self.things[thing].tells and aspect not in ("who", "has"):
                    said = said_by(aspect, clause.text)
                    beside = beside_the_point(clause, said, free=self._named_by[thing])
                    beside = beside or (aspect == "why" and bool(_WHY_YOU.search(clause.text)))
                    if not _TO_YOU.isdisjoint(clause.present) and aspect in ("why", "like", "did"):
                        beside = beside or not said >= set(telling_words(clause)) - self._named_by[thing]
                    return "" if beside else f"{thing}.{aspect}"
        return ""

    def is_somebody(self, thing: str) -> bool:
        """Whether a thing, if there is one of this id, is a person or an animal."""
        return thing in self.things and self.things[thing].pronoun in ("he", "she")

    def _settles(self, answer: str, weight: float, clause: Clause) -> bool:
        """Whether an answer says something of what a question leaves the choice between."""
        if not answer or ("." not in answer and weight >= LIKELY + CERTAIN):
            return True
        small = self.smalls[answer]
        named = self._named_by.get(small.thing, _NOBODY)
        said = {stem(word) for text in (*small.curt, *small.easy) for word in words_in(text)}
        return not said.isdisjoint(set(telling_words(clause)) - named)

    def _others_in(self, clause: Clause) -> frozenset[str]:
        """Whom a question is about when it is not about the patient: those named, by id and by the words that name them."""
        if not _YOU.isdisjoint(clause.present):
            return frozenset()
        named = [(place, thing) for place, thing in self._names.found(clause.words) if self.is_somebody(thing)]
        return frozenset({thing for _, thing in named} | {stem(clause.words[place]) for place, _ in named})

    def _asks_no_more(self, clause: Clause, thing: str) -> bool:
        """Whether a question that names a thing leaves no telling word over when its name and the asking are taken away."""
        if not self._only_named(clause):
            return False
        if _IS_YOUR.search(clause.text):
            return True
        over = (
            set(telling_words(clause))
            - self._named_by[thing]
            - said_by("who", clause.text)
            - said_by("has", clause.text)
        )
        return not over or (clause.present.isdisjoint(_VERBS) and "who" not in clause.present)

    def _means_other(self, clause: Clause, thing: str, aspect: str) -> bool:
        """Whether a question asks what the patient did, or who did something, and not for this of the thing it names."""
        if aspect == "who":
            return "who" in clause.present and not self._asks_no_more(clause, thing)
        return aspect == "did" and bool(_YOU_DID.search(clause.text))

    def _only_named(self, clause: Clause) -> bool:
        """Whether a question may ask no more than who somebody is or whether there is one."""
        return len(clause.words) <= PLAIN and clause.present.isdisjoint(("it", "that", "this"))

    def named_in(self, words: tuple[str, ...]) -> dict[int, str]:
        """The pronoun of each thing named, by the place of the word that names it."""
        return {place: self.things[thing].pronoun for place, thing in self._names.found(words)}

    @cached_property
    def _asking(self) -> Mapping[str, frozenset[str]]:
        """For each small fact the telling words by which it is asked for, without endings."""
        asks = {fact.id: list(fact.asks) for fact in self._life}
        for answer, questions in self._asked.items():
            asks.setdefault(answer, []).extend(questions)
        return {
            answer: frozenset(
                stem(word) for text in texts for word in words_in(text) if telling(word) and word not in _COUNTS
            )
            for answer, texts in asks.items()
        }

    @cached_property
    def _examples(self) -> Examples:
        """The author's phrases and questions for small facts."""
        phrases = [(fact.id, fact.asks) for fact in self._life]
        about = {small.id: (small.thing,) if small.thing else () for small in self.smalls.values()}
        return Examples(
            (answer, words_in(question), about[answer])
            for answer, questions in (*phrases, *self._asked.items())
            for question in questions
        )

    def sounds_asked(self, clause: Clause) -> bool:
        """Whether words begin like a question, end without a mark, and are all but one of those written down for a small fact."""
        if not FEW_WORDS < len(clause.words) <= MANY_WORDS or not _BEGINS.match(clause.text) or clause.text[-1] in ".!":
            return False
        named = self.things_in(clause.words)
        return self._aspect_of(clause, named)[1] >= CERTAIN or self._examples.nearest(clause.words, named)[1] >= CERTAIN

    def _aspect_of(self, clause: Clause, named: tuple[str, ...]) -> tuple[str, float]:
        """What a question most likely wants to know of the first thing it names, with its chance; ("", 0) without any."""
        model = aspect_model()
        if not named or model is None:
            return "", 0.0
        chances = model.chances(aspect_features(clause.words, self.named_in(clause.words)))
        best = max(self.things[named[0]].tells, key=lambda aspect: chances.get(aspect, 0.0))
        return f"{named[0]}.{best}", chances.get(best, 0.0)

    def _by_likeness(self, clause: Clause, typed: str, *, known: bool) -> Iterable[tuple[str, float]]:
        """What a question most likely asks for, where no phrase says so for certain.

        Args:
            clause: the question.
            typed: the kind of answer it wants.
            known: whether what it asks of something it names is known already, if less surely.
        """
        if len(clause.words) < FEW_WORDS or not clause.asks or _OPINES.issuperset(telling_words(clause)):
            return
        named = self.things_in(clause.words)
        asked, chance = self._aspect_of(clause, named)
        if named and not _ANYBODY.isdisjoint(clause.present) and not self.is_somebody(named[0]):
            asked, chance = "", 0.0
        if named and self._means_other(clause, named[0], asked.rpartition(".")[2]):
            asked, chance = "", 0.0
        if chance >= SURE:
            yield asked, LIKELY + chance
        if chance >= SURE or known:
            return
        answer, likeness = self._examples.nearest(clause.words, named)
        if not answer or likeness < ALIKE or (named and "." in answer):
            return
        small = self.smalls[answer]
        if likeness < CERTAIN and self._asking[answer].isdisjoint(telling_words(clause)):
            return
        if likeness < CERTAIN and not _ANYBODY.isdisjoint(clause.present) and not self.is_somebody(small.thing):
            return
        if not clause.present.isdisjoint(("him", "her")) and not self.is_somebody(small.thing):
            return
        if small.thing not in named and any(self.is_somebody(thing) for thing in named):
            return
        if not typed or likeness >= CERTAIN or _mostly(suits(typed, text) for text in (*small.curt, *small.easy)):
            yield answer, LIKELY + min(1.0, likeness)

    def _by_phrase(self, clause: Clause, typed: str, *, does: bool = False) -> Iterable[tuple[str, float]]:
        stems = clause.stems
        others = self._others_in(clause)
        somebody = not _ANYBODY.isdisjoint(clause.present)
        candidates = [phrase for word in dict.fromkeys(stems) for phrase in self._by_word.get(word, ())]
        for phrase in (*candidates, *self._by_beginning):
            words = clause.words if phrase.words[0].endswith("*") and len(phrase.words) == 1 else stems
            if not _in_order(phrase.words, words, whole=phrase.whole):
                continue
            small = self.smalls[phrase.answer]
            if does and phrase.weight == LOOSE and not phrase.whole:
                continue
            if (
                somebody
                and phrase.weight <= TRUSTED
                and _SOMEBODY.isdisjoint(phrase.words)
                and not self.is_somebody(small.thing)
            ):
                continue
            if others and small.thing not in others and others.isdisjoint(phrase.words) and not phrase.whole:
                continue
            if not phrase.whole and beside_the_point(
                clause, _covered(phrase.words, clause.words), free=self._named_by.get(small.thing, _NOBODY)
            ):
                continue
            spelt_out = len(phrase.words) >= SPELT_OUT and typed not in _OWN_ANSWER
            asks_it = not typed or phrase.whole or spelt_out or _ASKED_BY[typed] in phrase.words
            if asks_it or _mostly(suits(typed, text) for text in (*small.curt, *small.easy)):
                yield phrase.answer, phrase.weight

    def _by_thing(self, clause: Clause, typed: str) -> Iterable[tuple[str, float]]:
        named = self.things_in(clause.words)
        if not named:
            return
        wanted = aspects_in(clause.text)
        for place, thing in enumerate(named):
            tells = self.things[thing].tells
            for rank, aspect in enumerate(wanted):
                fits = answers(typed, aspect, clause.text, person=self.is_somebody(thing))
                fits = fits and not self._means_other(clause, thing, aspect)
                if fits and aspect in tells and (aspect not in ("who", "has") or self._asks_no_more(clause, thing)):
                    if not beside_the_point(clause, said_by(aspect, clause.text), free=self._named_by[thing]):
                        yield f"{thing}.{aspect}", NAMED - 0.1 * rank - 0.01 * place
                    break
            else:
                first = next((aspect for aspect in ("has", "who", "like") if aspect in tells), "")
                if (
                    first
                    and not typed
                    and len([word for word in clause.words if word not in FILLERS]) <= SHORT
                    and self._asks_no_more(clause, thing)
                ):
                    yield f"{thing}.{first}", BARE - 0.01 * place


def _asking(text: str) -> Clause:
    return Clause(text=text, words=words_in(text), asks=True)


@once
def index_of(persona: Persona) -> Index:
    """The index of this persona, built once."""
    return Index(persona)


def _smalls(persona: Persona) -> Iterable[Small]:
    for fact in persona.life:
        yield Small(
            id=fact.id, curt=fact.curt, easy=fact.easy, more=fact.more, topic=fact.topic, needs=fact.needs,
            thing=fact.thing or "",
        )  # fmt: skip
    for thing in persona.world:
        for aspect, texts in thing.tells.items():
            yield _small(thing, aspect, texts)


def _small(thing: Thing, aspect: str, texts: tuple[str, ...]) -> Small:
    return Small(
        id=f"{thing.id}.{aspect}",
        curt=texts[: (len(texts) + 1) // 2],
        easy=texts[len(texts) // 2 :],
        more=texts,
        topic=thing.topic,
        needs=thing.needs,
        thing=thing.id,
    )


def _answers(followups: Mapping[str, tuple[FollowUp, ...]], smalls: Mapping[str, Small]) -> Iterable[Small]:
    """The answers to follow-ups; each is about what was told before it, or before the follow-up it goes on from."""
    answering = spoken_by(followups)
    for key, asked_next in followups.items():
        told = smalls.get(_first(key, answering))
        for place, one in enumerate(asked_next):
            yield Small(
                id=named(key, place), curt=one.say[: (len(one.say) + 1) // 2], easy=one.say[len(one.say) // 2 :], more=(),
                topic=told.topic if told else None, needs=told.needs if told else None, thing=told.thing if told else "",
                follows=True,
            )  # fmt: skip


def _first(key: str, answering: Mapping[str, tuple[str, int]]) -> str:
    """What was told before a follow-up, before the one it goes on from, and so on, first of all."""
    gone_by = {key}
    while key in answering and answering[key][0] not in gone_by:
        key = answering[key][0]
        gone_by.add(key)
    return key


def _told_in(smalls: Iterable[Small]) -> dict[str, tuple[str, ...]]:
    """For each telling word that stands in few small facts the ids of those facts."""
    found: dict[str, list[str]] = {}
    for small in smalls:
        if small.needs is None:
            words = _words_of((*small.curt, *small.easy))
            for word in {stem(word) for word in words if telling(word) and len(word) > LITTLE}:
                found.setdefault(word, []).append(small.id)
    return {word: tuple(ids) for word, ids in found.items() if len(ids) <= FEW}


def _kept(persona: Persona) -> dict[str, frozenset[str]]:
    """For each fact the words that stand at its heart and in nothing that is said freely."""
    free = _words_of(
        text for small in _smalls(persona) if not small.needs for text in (*small.curt, *small.easy, *small.more)
    )
    found: dict[str, frozenset[str]] = {}
    for fact in persona.facts:
        if not fact.guarded:
            continue
        texts = [text for said in (fact.partial, fact.full, *fact.more.values()) for text in said]
        often = Counter(word for text in texts for word in _words_of((text,)))
        heart = {word for word, count in often.items() if count > 1} | _words_of(fact.markers)
        found[fact.id] = frozenset(word for word in heart - free if len(word) > SHORT - 1 and telling(word))
    return found


def _words_of(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in WORD.findall(text.lower()))


def _mostly(found: Iterable[bool]) -> bool:
    """Whether most are true."""
    every = list(found)
    return 2 * sum(every) > len(every)


def _covered(wanted: tuple[str, ...], words: tuple[str, ...]) -> frozenset[str]:
    """The words of a phrase, those that are only a beginning as the words they are found in."""
    begun = tuple(word[:-1] for word in wanted if word.endswith("*"))
    found = (stem(word) for word in words if word.startswith(begun)) if begun else ()
    return frozenset((*wanted, *found))


def _wanted(word: str) -> str:
    """A word of a phrase as it is compared: without its ending, or as a beginning when it ends on a star."""
    return word if word.endswith("*") else stem(word)


def _in_order(wanted: tuple[str, ...], words: tuple[str, ...], *, whole: bool) -> bool:
    """Whether a sentence holds a phrase: its words in order and near each other, or for a whole sentence no others."""
    if whole:
        return wanted == tuple(word for word in words if word not in FILLERS)
    place, gap = -1, NEAR if len(wanted) == TWO else GAP
    for want in wanted:
        near = range(place + 1, min(len(words), place + 1 + gap) if place >= 0 else len(words))
        place = next((at for at in near if _matches(words[at], want)), -1)
        if place < 0:
            return False
    return True


def _matches(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
