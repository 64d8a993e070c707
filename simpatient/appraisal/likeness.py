"""Helps that no cue names, found by their likeness to our own examples.

The tables of cues know good practice in common words. Said in other words it is read here: a linear model over words,
kinds of words, shapes of utterances, what the patient said, what that calls for and what the rules saw. It never stands alone. A help
earns 2 only where it is linked to what this patient said or to the situation, everything goes through `grounding`
afterwards, and the reading is marked as one of low confidence. Source: clinical sections 2.4 and 3.11 items 11 to 13.
"""

from __future__ import annotations

import math
import struct
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from simpatient.appraisal.classes import KINDS_OF
from simpatient.appraisal.grounding import particular, pasted_turn, tells_own_story
from simpatient.appraisal.lexicon import CONCEPTS_OF, FEELING_OF, is_content, stem
from simpatient.appraisal.links import copies
from simpatient.appraisal.reading import Reading
from simpatient.appraisal.shipped import shipped
from simpatient.appraisal.text import words_of
from simpatient.words import CodedSpan

WEIGHTS = "likeness.json"
SHOWN = 0.12
"""Chance from which a help counts as shown, at 1."""
CLEAR = 0.33
"""Chance from which a linked help counts as 2."""
PLAIN = 0.55
"""Chance from which a help is shown although neither the situation calls for it nor the words are this patient's own."""
CERTAIN = 0.85
"""Chance from which a help in words that fit anybody counts as 2."""
MOST = 3
"""Most likely helps of a message among which it may show some in this way."""
BRIEF = 3
"""Words below which a message is left to the rules."""
SCALE = 5.0
"""Length to which the features of a message are drawn, so that long messages say no more than short ones."""

STRUCTURAL = frozenset({"reflect_simple", "open_question", "mirroring", "advice_permitted"})
"""Helps that lie in the shape of an utterance: the rules see them or they are not there."""

Feature = str | tuple[str, ...]
"""A word by its stem, a pair of words, or anything else by a name with its kind in front."""

_SITUATION = "situation+feeling|situation+strain|situation+asked|linked"
_LINK = {
    "warmth": "free", "self_disclosure": "situation", "timely_response": "asked|linked", "comfort": "feeling|linked",
    "compassion": "feeling|strain|linked", "validation": "linked|strain", "empathy": "linked", "normalising": "linked|start",
    "reflect_simple": "linked", "reflect_complex": "linked", "active_listening": "linked", "affirmation": "linked",
    "encouragement": "linked|feeling", "cue_response": "linked|feeling", "promise_kept": "kept",
    "personalisation": "linked|remembered", "confidentiality": "privacy", "planning": "linked|situation",
    "autonomy": "situation", "shared_decision": "situation", "partnership": "situation", "feedback_seeking": "situation",
    "invite_questions": "taught|asked|linked|situation", "repair": "strain|own|linked", "immediacy": "situation",
    "two_sided_fit": "situation", "family_rapport": "situation", "continuity": "remembered", "presence_cues": "situation",
}  # fmt: skip
"""What must hold for more than 1, as in the tables of cues."""


def features_of(reading: Reading) -> frozenset[Feature]:
    """What the model looks at in a message, each once. Pure."""
    side, message = reading.side, reading.message
    found: set[Feature] = {f"tag={tag.value}" for tag in side.hinted}
    found.add(f"link={_bucket(reading.link)}")
    found.add(f"size={min(6, message.count // 6)}")
    if side.asked:
        found.add("asked")
    if not side.turn.words:
        found.add("opening")
    shape = "^"
    for part in reading.parts:
        words = part.utterance.words
        here = f"{part.family.value}{part.utterance.mark}"
        found.add(("shape", shape, here))
        found.update((f"family={part.family.value}", f"asks={part.asks.value}", ("0", words[0]), ("0", *words[:2])))
        shape = here
    found.add(("shape", shape, "$"))
    found.update(f"mark={hit.cue.code}{hit.cue.level}" for hit in reading.help_hits)
    found.update(f"harm={hit.cue.code}" for hit in reading.harm_hits)
    kinds: Counter[str] = Counter()
    row: list[str] = []
    said = side.turn.stems
    found.update(("said", _word(word)[0]) for word in side.turn.words)
    for word in message.words:
        base, stands, of_kinds, others = _word(word)
        kinds.update(of_kinds)
        found.add(base)
        found.update(others)
        row.append("SAID" if base in said and is_content(word) and stands != "FEELING" else stands)
    found.update(pairwise(row))
    for kind, count in kinds.items():
        found.update(("kind", kind, str(times)) for times in range(1, min(3, count) + 1))
    return frozenset(found)


@lru_cache(maxsize=20_000)
def _word(word: str) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    """Stem of a word, what it stands for in pairs, its kinds, and its matters and feelings as features."""
    feeling = FEELING_OF.get(word)
    matters = tuple(f"matter={matter}" for matter in CONCEPTS_OF.get(word, ()))
    base = stem(word)
    if feeling is None:
        return base, base, KINDS_OF.get(word, ()), matters
    return base, "FEELING", KINDS_OF.get(word, ()), (*matters, f"feeling={feeling}")


def _bucket(link: float) -> int:
    return 0 if link < 0.4 else 1 if link < 1 else 2 if link < 2 else 3


def written(feature: Feature) -> str:
    """A feature as it stands in the file of weights. Pure."""
    return feature if isinstance(feature, str) else "|".join(feature)


def _read(name: str) -> Feature:
    return tuple(name.split("|")) if "|" in name else name


class LikenessModel:
    """Weights per feature, one per help.

    Those of one feature lie side by side in one long number, so that the weights of a message add up in one go.
    """

    def __init__(self, labels: Sequence[str], bias: Sequence[float], weights: Mapping[str, Mapping[str, int]]) -> None:
        """Keep the weights: feature as it stands in the file -> {index of label: tenths}."""
        self.labels = tuple(labels)
        self._bias = tuple(bias)
        self._packed = {
            _read(name): sum(tenths << (_BITS * int(index)) for index, tenths in row.items())
            for name, row in weights.items()
        }
        size = len(self.labels)
        self._digits = struct.Struct(f"<{size}I")
        self._middle = sum(_MIDDLE << (_BITS * index) for index in range(size))

    def best(self, features: Collection[Feature]) -> list[tuple[float, str]]:
        """The helps that are shown at all with their chance of earning 2, the likeliest first. Pure."""
        known = self._packed
        total = sum([known[feature] for feature in features if feature in known], self._middle)
        scale = SCALE / (10 * math.sqrt(max(1, len(features))))
        sums = self._digits.unpack(total.to_bytes(self._digits.size, "little"))
        found = [
            (odds, label)
            for label, bias, tenths in zip(self.labels, self._bias, sums, strict=True)
            if (odds := bias + scale * (tenths - _MIDDLE)) >= _LEAST_ODDS
        ]
        return [(1 / (1 + math.exp(-odds)), label) for odds, label in sorted(found, reverse=True)]


_LEAST_ODDS = math.log(SHOWN / (1 - SHOWN))
_BITS = 32
"""Bits that one weight has in a packed number: enough for the sum of any message."""
_MIDDLE = 1 << (_BITS - 1)
"""What stands for nought, so that no digit is ever negative."""


@lru_cache(maxsize=1)
def shipped_likeness() -> LikenessModel | None:
    """The model of the shipped weights; None where they are missing."""
    data = shipped("simpatient.appraisal", WEIGHTS)
    return LikenessModel(data["labels"], data["bias"], data["weights"]) if data else None


def likely(reading: Reading, spans: list[CodedSpan]) -> list[CodedSpan]:
    """The helps with those that the model finds likely and no cue named, or named at less. Pure.

    The same where the message says nothing of its own, or clearly harms.
    """
    model = shipped_likeness()
    if model is None or not _may_help(reading):
        return spans
    held = {span.code: span.level for span in spans}
    best = [(chance, code) for chance, code in model.best(features_of(reading))[:MOST] if code not in STRUCTURAL]
    if not best:
        return spans
    found = spans
    index = _shows(reading)
    own = bool(particular(reading.message.raw))
    for chance, code in best:
        if code in ("promise_kept", "timely_response") and "promise_made" in held:
            continue  # a promise is neither its own report nor an answer
        plainly = chance >= PLAIN and code not in _AT_ALL
        if not (plainly or (own and reading.holds(_AT_ALL.get(code, "situation"), index))):
            continue
        enough = chance >= (CLEAR if own else CERTAIN)
        link = _LINK.get(code, "situation" if chance >= PLAIN else _SITUATION)
        level = 2 if enough and reading.holds(link, index) else 1
        if level > held.get(code, 0):
            guessed = CodedSpan(code=code, level=level, quote=reading.quote_of(reading.parts[index]), confidence="low")
            found = [*(span for span in found if span.code != code), guessed]
    return found


def _may_help(reading: Reading) -> bool:
    """Whether a message is long enough to say something, and nothing that clearly harms."""
    if reading.message.count < BRIEF:
        return False
    if any(hit.cue.level >= _CLEAR_HARM for hit in reading.harm_hits):
        return False
    if pasted_turn(reading) or tells_own_story(reading):
        return False
    if any(
        not _OF_RATING.isdisjoint(words_of(text)) for text in (reading.message.raw, *reading.context.learner_said[-3:])
    ):
        return False
    words = words_of(reading.message.raw)
    return not any(copies(words, said, _PASTED) for said in (reading.side.turn, *reading.side.before) if said.words)


_AT_ALL = {"promise_kept": "kept", "warmth": "free", "self_disclosure": "free"}
"""What must hold for a help to be shown at all."""
_OF_RATING = frozenset(
    "evaluator evaluators rater rates assessor examiner grader marker score scores scoring rating ratings rubric assess assessed".split()
)
"""Words said to whoever rates, not to a patient."""
_PASTED = 0.7
"""Share of a message that stands in one patient turn, from which it says nothing of its own."""
_CLEAR_HARM = 2


def _shows(reading: Reading) -> int:
    """The utterance that is quoted: the longest."""
    return max(range(len(reading.parts)), key=lambda index: len(reading.parts[index].utterance.words))
