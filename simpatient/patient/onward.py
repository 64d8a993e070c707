"""How a talk goes on from what was said last: the written follow-ups to it, and which of them a message asks for. Pure.

Few follow-ups belong to the last words, so that a question is told from a handful and not from all that a patient
knows; that is why a bare "since when?" can have an answer of its own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import cast

from simpatient.appraisal.shipped import shipped
from simpatient.patient.aspects import suits
from simpatient.patient.clauses import words_in
from simpatient.patient.likely import counted
from simpatient.patient.sentences import sentences
from simpatient.persona import FollowUp

BACK = 2
"""Replies back to which a message may go on from."""
EARLIER = 0.85
"""What a chance counts for when the words gone on from are not the last ones."""
SURELY = 0.5
"""Chance from which nothing is looked for beside what was said."""
_REACHES_BACK = re.compile(
    r"\b(?:you (?:\w+ )?(?:mentioned|said|told me|spoke of|talked about|were saying)|earlier|before that)\b"
)
"""Words by which a message goes on from something that was said longer ago."""
MATTER_COUNTS = 0.5
"""What a matter that a word belongs to counts for beside a telling word."""
WEAK_COUNTS = 0.4
"""What a word counts for that stands in many questions."""
_WEAK = frozenset("like think thought feel felt good bad find found hard use used".split())
SAYS_ENOUGH, SAYS_A_LITTLE = 4, 2
"""Words from which a sentence shows which small fact was told, and from which one shows which line."""
MANY = 8
"""Words in the unit by which the length of a question counts."""
MOST_STRANGE = 3
"""Strange words of a question that count."""
REMEMBERED = 8192
"""Texts of which it is remembered what is looked at in them."""
WEIGHTS = "onward.json"
UNLIKELY = {"": -9.0}
"""What stands for the weights where they are missing."""
_BARE = frozenset("what who why when where which how huh eh sorry oh a an the it that i you so and but ok okay".split())
"""Words of a question that take up nothing."""
_KINDS: tuple[tuple[str, str], ...] = (
    ("how long", "how_long"), ("since when", "how_long"), ("how many years", "how_long"), ("how come", "why"),
    ("what for", "why"), ("how often", "how_often"), ("how many times", "how_often"), ("how many", "how_many"),
    ("how much", "how_many"), ("how old", "how_old"), ("what time", "when"), ("what day", "when"),
    ("what year", "when"), ("which", "which"), ("what kind", "which"), ("what sort", "which"), ("what type", "which"),
    ("like what", "which"), ("such as", "which"), ("for example", "which"), ("who else", "who"), ("and then", "then"),
    ("what happened", "then"), ("what next", "then"), ("after that", "then"), ("mean", "mean"), ("why", "why"),
    ("when", "when"), ("where", "where"), ("who", "who"), ("who's", "who"), ("whose", "who"), ("say", "said"),
    ("said", "said"), ("says", "said"), ("what", "what"), ("how", "how"),
)  # fmt: skip
"""Words by which a question is known to be of a kind, the most certain first."""
_SIGNS = tuple((f" {sign} ", kind) for sign, kind in _KINDS)
_TYPED = frozenset({"how_long", "why", "how_often", "how_many", "how_old", "when", "where", "who"})
"""Kinds that want a certain kind of answer."""
_TIMES = re.compile(
    r"\b(?:\w+ty|\d+|ten|eleven|twelve|\w+teen|one|two|three|four|five|six|seven|eight|nine|years?|months?|weeks?|days?|hours?|minutes?"
    r"|mornings?|nights?|evenings?|dinner|tea|since|ago|a while|always|never|ever|yesterday|today|tonight|tomorrow|lately|\w+days?|januar\w+"
    r"|februar\w+|march|april|june|july|august|september|october|november|december|winters?|summers?|spring|autumn|easter|christmas"
    r"|weekends?|birthday|term|school|wedding|half past|o'clock|when (?:i|we|he|she|they)|before (?:i|we|he|she|they|the))\b",
    re.IGNORECASE,
)
"""Words that tell a time; "then" and "now" tell none."""
_STRICT = frozenset({"how_long", "how_often", "how_many", "how_old", "when"})
"""Those of them to which nothing else is an answer: a time, a number."""


class Onward:
    """The follow-ups of one patient, by the sentences after which they are asked."""

    def __init__(
        self, followups: Mapping[str, tuple[FollowUp, ...]], wordings: Iterable[tuple[str, tuple[str, ...]]]
    ) -> None:
        """Sort them.

        Args:
            followups: by what was told before them.
            wordings: of each small fact its id and all that may be said of it.
        """
        told, answering = dict(wordings), spoken_by(followups)
        self._next: dict[str, FollowUp] = {}
        self._after: dict[str, tuple[str, ...]] = {}
        self._before: dict[str, tuple[str, ...]] = {}
        self._to_lines: set[str] = set()
        for key, asked_next in followups.items():
            ids = tuple(named(key, place) for place in range(len(asked_next)))
            self._next.update(zip(ids, asked_next, strict=True))
            texts = told.get(key) or (
                followups[answering[key][0]][answering[key][1]].say if key in answering else (key,)
            )
            least = SAYS_ENOUGH if key in told and told[key] != (key,) else SAYS_A_LITTLE
            said = [one for text in texts for one in sentences(text) if len(one.split()) >= least]
            itself = (key, named(*answering[key])) if key in answering else (key,)
            for before in dict.fromkeys((*itself, *said)):
                self._after[before] = (*self._after.get(before, ()), *ids)
            self._to_lines.update(ids if key not in told and key not in answering else ())
            self._before.update(dict.fromkeys(ids, tuple(one for text in texts for one in sentences(text))))

    def speaks_of(self, one: str, things_in: Callable[[tuple[str, ...]], tuple[str, ...]]) -> tuple[str, ...]:
        """What a follow-up names, in its question or its answer."""
        return things_in(words_in(" ".join((*self._next[one].asked, *self._next[one].say))))

    def asked_for(
        self,
        words: tuple[str, ...],
        spoken: Sequence[tuple[str, ...]],
        last: str,
        said: frozenset[str],
        beside: tuple[str, ...] = (),
    ) -> tuple[str, float]:
        """Id of the follow-up that a question most likely is, and its chance, 0..1; ("", 0) when there are none.

        Args:
            words: of the question, lower case.
            spoken: sentences of each reply so far, oldest first.
            last: id of the small fact told in the last reply; empty when none was.
            said: sentences that are not said again.
            beside: ids of what else could have been told of the one whom the last reply was about.
        """
        own, best = _looked_at(words), ("", 0.0)
        reach = len(spoken) if _REACHES_BACK.search(" ".join(words)) else BACK
        for back, reply in enumerate(reversed(spoken[-reach:])):
            told = (last, *reply) if back == 0 else reply
            for one in dict.fromkeys(one for words_said in told for one in self._after.get(words_said, ())):
                apart = own.kind and _apart(own.kind, self._next[one].asked)
                if apart or self._aims_beside(words, one, reply, back):
                    continue
                chance = self._chance(own, one, said) * EARLIER ** min(back, 1)
                best = (one, chance) if chance > best[1] else best
        for key in beside if own.telling and best[1] < SURELY else ():
            for one in self._after.get(key, ()):
                chance = self._chance(own, one, said) * EARLIER
                best = (one, chance) if chance > best[1] else best
        return best

    def _chance(self, own: Looked, one: str, said: frozenset[str]) -> float:
        """The chance, 0..1, that a question is this follow-up; 0 when its answer was said, or tells no time or number that is wanted."""
        asked, say = self._next[one].asked, self._next[one].say
        if (own.kind in _STRICT and not _suits(own.kind, say)) or not said.isdisjoint(_told_by(say)):
            return 0.0
        return chance_of(own, asked, say)

    def _aims_beside(self, words: tuple[str, ...], one: str, reply: tuple[str, ...], back: int) -> bool:
        """Whether a question takes up other sentences of a reply than those after which a follow-up is asked.

        What is asked after a line that only ends a reply has to name something of it, and comes at once.
        """
        telling, before, asked = _looked_at(words).telling, self._before[one], _ways(self._next[one].asked)[1]
        if one in self._to_lines and not set(reply) <= set(before):
            return back > 0 or ((asked | _told(before)).isdisjoint(telling) and not _said_again(words, before, reply))
        beside = _told(tuple(said for said in reply if said not in before))
        beside -= _told(tuple(said for said in reply if said in before))
        if beside.isdisjoint(telling):
            return False
        known = asked | _told(self._next[one].say) | _told(before)
        aimed = sum(weight for feature, weight in telling.items() if feature in beside)
        return aimed > sum(weight for feature, weight in telling.items() if feature in known - beside)


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What is looked at in a question."""

    telling: dict[str, float]
    """Telling words and their matters, with what they count for."""
    pairs: frozenset[tuple[str, str]]
    """Words in a row, without endings."""
    kind: str
    """As in `_KINDS`; empty for what can be said yes or no to, and for remarks."""
    words: int


def _said_again(words: tuple[str, ...], before: tuple[str, ...], reply: tuple[str, ...]) -> bool:
    """Whether the words of a question stand in these sentences of a reply, and in no other of it: "said what?"."""
    own = frozenset(words) - _BARE
    rest = frozenset(word for said in reply if said not in before for word in words_in(said))
    return bool(own) and own <= frozenset(words_in(" ".join(before))) and own.isdisjoint(rest)


def spoken_by(followups: Mapping[str, tuple[FollowUp, ...]]) -> dict[str, tuple[str, int]]:
    """For all that a follow-up answers its key and its place, by which another may go on from it."""
    return {
        text: (key, place)
        for key, asked_next in followups.items()
        for place, one in enumerate(asked_next)
        for text in one.say
    }


def named(key: str, place: int) -> str:
    """The id of the follow-up at this place, counted from 0, among those to `key`."""
    return f"{key}+{place + 1}"


def chance_of(question: Looked, asked: tuple[str, ...], say: tuple[str, ...]) -> float:
    """The chance, 0..1, that a question asks what these ways of asking ask, and these words answer. Pure."""
    weights = _weights()
    odds = sum([weights.get(sign, 0.0) * value for sign, value in signs(question, asked, say).items()])
    return 1 / (1 + math.exp(-odds))


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    """What each sign says, as logits; as `simpatient.patient.fit_onward` found it on the follow-ups of the shipped patients."""
    return cast("dict[str, float]", shipped("simpatient.patient", WEIGHTS) or UNLIKELY)


def signs(question: Looked, asked: tuple[str, ...], say: tuple[str, ...]) -> dict[str, float]:
    """What speaks for and against it, by name. Pure."""
    ways, known, pairs = _ways(asked)
    told, total = _told(say), sum(question.telling.values())
    strange = sum(1 for word in question.telling if "=" not in word and word not in known and word not in told)
    same_kind = any(way.kind == question.kind for way in ways)
    found = {
        "": 1.0,
        "alike": max(_alike(question.telling, way.telling) for way in ways),
        "pairs": len(question.pairs & pairs) / max(1, len(question.pairs)),
        "strange": min(MOST_STRANGE, strange),
        "length": question.words / MANY,
        "bare": not question.telling,
        "bare kind": not question.telling and same_kind,
        "other kind": bool(question.kind) and not same_kind,
        "open kind": not question.kind and all(way.kind for way in ways),
    }
    if total:
        found["asked"] = sum(weight for feature, weight in question.telling.items() if feature in known) / total
        found["told"] = sum(weight for feature, weight in question.telling.items() if feature in told) / total
    if question.kind in _TYPED:
        found["suits" if _suits(question.kind, say) else "suits not"] = 1.0
    return found


@lru_cache(maxsize=REMEMBERED)
def _ways(asked: tuple[str, ...]) -> tuple[tuple[Looked, ...], frozenset[str], frozenset[tuple[str, str]]]:
    """What is looked at in each way of asking, and the telling words and the pairs of all of them."""
    ways = tuple(looked_at(text) for text in asked)
    known = frozenset(feature for way in ways for feature in way.telling)
    return ways, known, frozenset(pair for way in ways for pair in way.pairs)


@lru_cache(maxsize=REMEMBERED)
def looked_at(text: str) -> Looked:
    """What is looked at in a text."""
    return _looked_at(words_in(text))


@lru_cache(maxsize=REMEMBERED)
def _looked_at(words: tuple[str, ...]) -> Looked:
    every = [counted(word) for word in words]
    telling = {matter: MATTER_COUNTS for _, _, matters in every for matter in matters}
    telling |= {base: WEAK_COUNTS if base in _WEAK else counts for base, counts, _ in every if counts == 1.0}
    bases = [base for base, _, _ in every]
    return Looked(telling=telling, pairs=frozenset(pairwise(bases)), kind=_kind(words), words=len(words))


@lru_cache(maxsize=REMEMBERED)
def _told(say: tuple[str, ...]) -> frozenset[str]:
    return frozenset(looked_at(" ".join(say)).telling)


@lru_cache(maxsize=REMEMBERED)
def _told_by(texts: tuple[str, ...]) -> frozenset[str]:
    """The sentences by which it is known that this was said: all but single words."""
    return frozenset(one for text in texts for one in sentences(text) if len(one.split()) > 1)


@lru_cache(maxsize=REMEMBERED)
def _apart(kind: str, asked: tuple[str, ...]) -> bool:
    """Whether these ways of asking want a time or a number, and a question of this kind wants none."""
    wanted = {way.kind for way in _ways(asked)[0] if way.kind}
    return bool(wanted) and wanted <= _STRICT and kind not in _STRICT


@lru_cache(maxsize=REMEMBERED)
def _suits(kind: str, say: tuple[str, ...]) -> bool:
    """Whether one of these answers has in it what such a question wants."""
    timed = kind not in ("when", "how_long")
    return any(suits(kind, text) and (timed or _TIMES.search(text)) for text in say)


def _alike(one: dict[str, float], other: dict[str, float]) -> float:
    """The cosine of two rows of weights, less where all that they share weighs little; 0 when one is empty."""
    length = math.sqrt(sum([w * w for w in one.values()]) * sum([w * w for w in other.values()]))
    shared = [weight * other[feature] for feature, weight in one.items() if feature in other]
    return sum(shared) / (length or 1.0) * min(1.0, sum(shared))


def _kind(words: tuple[str, ...]) -> str:
    row = f" {' '.join(words)} "
    return next((kind for sign, kind in _SIGNS if sign in row), "")
