"""The patient's words: enough of them at every rung, none twice, none that nobody would say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import ceil

from simpatient.errors import Diagnostic
from simpatient.patient.sentences import TWIN, sentences, twins, vocabulary
from simpatient.patient.shelf import SPEAKING
from simpatient.persona import Line
from simpatient.words import Stance
from simpatient.workshop.check.manuscript import LINES, PERSONA, Manuscript, Passage

LEAST_AT_A_RUNG = 12
"""Lines that fit a rung, below which a patient repeats themselves within a meeting."""
NEEDED: tuple[tuple[str, str], ...] = (
    ("greet", "says hello"), ("react", "answers how something was said"), ("answer", "answers a plain question"),
    ("elaborate", "goes on about a topic"), ("unsure", "does not know"), ("deflect", "will not go there yet"),
    ("puzzled", "is told something that makes no sense"), ("ask", "asks something back"), ("rupture", "is hurt"),
    ("shut", "stays shut after being hurt"), ("warn", "warns before leaving"), ("leave", "leaves"), ("close", "says goodbye"),
)  # fmt: skip
"""Moves without which the patient falls silent or says something beside the point, and when they are made."""
CONTENT = frozenset({"react", "answer", "elaborate", "unsure", "deny", "deflect", "ask", "complain"})
SAID_ONCE = 4
"""Words from which a line is noticed when it comes again."""
ALIKE = 7
"""Words from which two lines that are nearly the same are noticed."""
HARD_GRADE = 12.0
"""Years of school from which spoken words read like a leaflet."""
HARD_TEXT = 16.0
"""The same for what the learner reads."""
LEAST_FOR_GRADE = 12
LONG_SENTENCE = 45
READ_BY_LEARNERS = frozenset({"briefing", "would_open", "stop_text", "debrief_notes", "later", "trains"})
NOT_SAID = frozenset({"nonverbal", "opening_nonverbal", "samples", "presenting"})
"""Gestures, and words that only show how somebody talks."""
SLOTS = frozenset({"learner", "word", "thing", "Thing", "choice", "Choice"})
_SLOT = re.compile(r"\{(\w*)\}")
_WORD = re.compile(r"[A-Za-z']+")
_SYLLABLE = re.compile(r"[aeiouy]+")

OPENING_QUOTES, CLOSING_QUOTES = frozenset("\u201c\u201e\u2018\u00ab"), frozenset("\u201d\u201c\u2019\u00bb")


def lines(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """What is missing, said twice, or cannot be said."""
    yield from _missing(manuscript)
    yield from _repeated(manuscript)
    yield from _slots(manuscript)
    yield from _curly(manuscript)
    yield from _renderings(manuscript)
    yield from _reading(manuscript)


def _missing(manuscript: Manuscript) -> Iterator[Diagnostic]:
    found = manuscript.patient.lines.lines
    moves = Counter(line.move for line in found)
    for move, when in NEEDED:
        if not moves[move]:  # type: ignore[index]
            yield manuscript.finding(LINES, ("lines",), "SP130", "move", move=move, when=when)
    for rung in SPEAKING:
        fitting = sum(line.move in CONTENT and _fits(line, rung) for line in found)
        if fitting < LEAST_AT_A_RUNG:
            yield manuscript.finding(
                LINES, ("lines",), "SP130", "rung", rung=rung.word, count=fitting, least=LEAST_AT_A_RUNG
            )


def _fits(line: Line, rung: Stance) -> bool:
    return not line.stance or rung.word in line.stance


def _repeated(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A line that stands twice, and lines that nearly do."""
    seen: dict[str, Passage] = {}
    said: list[Passage] = []
    for passage in manuscript.passages:
        if not passage.spoken or len(passage.text.split()) < SAID_ONCE or not NOT_SAID.isdisjoint(map(str, passage.at)):
            continue
        plain = _plain(passage.text)
        if plain in seen and passage.file == seen[plain].file == PERSONA and passage.fact == seen[plain].fact:
            continue  # two questions may have one answer; of a fact's own steps another judge speaks
        if plain in seen:
            first = seen[plain]
            line = manuscript.documents[first.file].place(first.at)[0]
            yield manuscript.finding(passage.file, passage.at, "SP131", "same", file=first.file, line=line)
        else:
            seen[plain] = passage
            said.append(passage)
    yield from _alike(manuscript, [p for p in said if p.file == LINES and p.at[-1] == "say"])


def _alike(manuscript: Manuscript, said: list[Passage]) -> Iterator[Diagnostic]:
    """Lines that are nearly the same; only those that share a rare word are compared."""
    holds = [vocabulary(passage.text) for passage in said]
    often = Counter(word for words in holds for word in words)
    by_word: dict[str, list[int]] = {}
    for number, words in enumerate(holds):
        if len(words) < ALIKE:
            continue
        rare = sorted(words, key=lambda word: (often[word], word))[: len(words) - ceil(TWIN * len(words)) + 1]
        near = {at for word in rare for at in by_word.get(word, ()) if len(holds[at]) >= TWIN * len(words)}
        other = next((at for at in sorted(near) if twins(said[at].text, said[number].text)), None)
        if other is not None:
            first, again = said[other], said[number]
            line = manuscript.documents[first.file].place(first.at)[0]
            yield manuscript.finding(again.file, again.at, "SP136", "alike", line=line)
            continue
        for word in rare:
            by_word.setdefault(word, []).append(number)


def _slots(manuscript: Manuscript) -> Iterator[Diagnostic]:
    for index, line in enumerate(manuscript.patient.lines.lines):
        for slot in _SLOT.findall(line.say):
            if slot not in SLOTS:
                yield manuscript.finding(LINES, ("lines", index, "say"), "SP135", slot=slot)


def _curly(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Curly quotes that were meant to hold a text together."""
    for passage in manuscript.passages:
        if passage.text[:1] in OPENING_QUOTES and passage.text.rstrip()[-1:] in CLOSING_QUOTES:
            yield manuscript.finding(passage.file, passage.at, "SP134")


def _renderings(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Facts whose hint, partial and full telling are not three steps."""
    for index, fact in enumerate(manuscript.persona.facts):
        steps = [("hint", fact.hint), ("partial", fact.partial), ("full", fact.full)]
        for (lower, before), (higher, after) in pairwise(steps):
            plain = {_plain(text): text for text in before}
            for number, text in enumerate(after):
                if _plain(text) in plain:
                    place = ("facts", index, higher, number)
                    yield manuscript.finding(PERSONA, place, "SP133", "same", fact=fact.id, one=lower, other=higher)
        told = {word for text in fact.full for word in vocabulary(text)}
        hinted = {word for text in (*fact.hint, *fact.partial) for word in vocabulary(text)}
        if told <= hinted and not any(_plain(text) in {_plain(t) for t in fact.partial} for text in fact.full):
            yield manuscript.finding(PERSONA, ("facts", index, "full"), "SP133", "nothing", fact=fact.id)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _reading(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Words that read like a leaflet where a person speaks, and briefings that take a degree."""
    for passage in manuscript.passages:
        learners = not passage.spoken and not READ_BY_LEARNERS.isdisjoint(map(str, passage.at))
        if not (passage.spoken or learners) or len(passage.text.split()) < LEAST_FOR_GRADE:
            continue
        longest = max((len(part.split()) for part in sentences(passage.text)), default=0)
        if longest > LONG_SENTENCE:
            yield manuscript.finding(passage.file, passage.at, "SP132", "long", words=longest, most=LONG_SENTENCE)
            continue
        grade, most = grade_of(passage.text), HARD_GRADE if passage.spoken else HARD_TEXT
        if grade > most:
            variant = "spoken" if passage.spoken else "read"
            yield manuscript.finding(
                passage.file, passage.at, "SP132", variant, grade=f"{grade:.0f}", most=f"{most:.0f}"
            )


def grade_of(text: str) -> float:
    """Years of school that a text asks for.

    Source: Flesch-Kincaid grade level (1975); syllables are counted as groups of vowels.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / max(1, len(sentences(text))) + 11.8 * syllables / len(words) - 15.59


@lru_cache(maxsize=32768)
def _syllables(word: str) -> int:
    groups = len(_SYLLABLE.findall(word))
    silent = word.endswith(("e", "es", "ed")) and not word.endswith(("le", "ted", "ded")) and groups > 1
    return max(1, groups - silent)
