"""The reader by rules: one learner message in, the codes of a careful reader out."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from simpatient.appraisal.families import Family
from simpatient.appraisal.grounding import formulaic, grounded, meant_for_nobody
from simpatient.appraisal.harms import harms_in
from simpatient.appraisal.helps import helps_in
from simpatient.appraisal.likeness import likely
from simpatient.appraisal.links import longest_run
from simpatient.appraisal.offtask import blanked, off_task_spans, staged_spans
from simpatient.appraisal.reading import Reading
from simpatient.appraisal.text import words_of
from simpatient.appraisal.weighing import weighed
from simpatient.rubric import Codebook
from simpatient.words import Appraisal, CodedSpan, Context

LONGEST = 8000
"""Characters of a message that are read; the encounter refuses longer ones."""


REMEMBERED = 1024
"""Readings that are kept: a suite holds the same message in the same place again and again."""
_TAKES_UP = 1.6
"""Link from which even the words of an example are meant for this patient."""


class RuleReader:
    """Reads learner messages by rules, with the codes of one codebook."""

    def __init__(self, codebook: Codebook) -> None:
        """Prepare what depends on the codebook: its codes, their highest levels, its examples."""
        self._codebook = codebook
        self._most = {code: entry.max_level for code, entry in codebook.codes.items()}
        self._elsewhere = frozenset(code for code, entry in codebook.codes.items() if entry.primary == "other")
        self._examples = self._example_words(codebook)
        self.read = lru_cache(maxsize=REMEMBERED)(self.read)

    @staticmethod
    def _example_words(codebook: Codebook) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
        """Longer examples by their first words, to recognise pasted ones."""
        found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for entry in codebook.codes.values():
            for example in entry.examples:
                words = words_of(example.learner)
                if len(words) >= 6:
                    found.setdefault(words[:3], []).append(words)
        return found

    def read(self, text: str, context: Context) -> Appraisal:
        """The codes of one learner message with level and exact quote. Pure; never fails, whatever was typed.

        Helps come first in the order of the message's most telling utterance, so that `primary_of` can name it.
        """
        text = text[:LONGEST]
        off = off_task_spans(text)
        staged = staged_spans(blanked(text, off))
        reading = Reading(blanked(text, (*off, *staged)), context, self._elsewhere)
        if reading.message.raw != text:
            reading.message = replace(reading.message, raw=text)
        if not reading.parts:
            return Appraisal(by="rules", codes=self._staged(text, staged), off_task=_texts(text, off))
        pasted = self._pasted(reading)
        helps = helps_in(reading, pasted)
        nobody = meant_for_nobody(reading)
        plain = grounded(reading, helps, nobody=nobody)
        more = helps if pasted or nobody else likely(reading, helps)
        helps = plain if more is helps else grounded(reading, more, nobody=nobody)
        harms = [*harms_in(reading, _levels(helps)), *formulaic(reading)]
        if helps != plain and any(span.level > 1 for span in harms):
            helps = plain
            harms = [*harms_in(reading, _levels(helps)), *formulaic(reading)]
        if pasted:
            harms.append(CodedSpan(code="answering_past", level=1, quote=reading.quote_of(reading.parts[0])))
        if any(span.code == "parroting" and span.level >= 2 for span in harms):
            helps = [span if span.code not in ("reflect_simple", "reflect_complex", "active_listening") else
                     CodedSpan(code="reflect_simple", level=1, quote=span.quote) for span in helps]  # fmt: skip
        spans, family = weighed(reading, [*helps, *harms, *self._staged(text, staged)])
        codes = self._bounded(_outside(text, off, spans))
        return Appraisal(
            by="rules",
            codes=self._telling_first(codes, family),
            off_task=_texts(text, off),
            closing=reading.closing,
            primary=family.value,
        )

    def _pasted(self, reading: Reading) -> bool:
        """Whether the message is the second example of the codebook in a row of them.

        One example can be an honest answer; from the second on they are being pasted, unless they clearly take up
        what this patient said.
        """
        words = tuple(word for word in reading.message.words if word not in ".?!")
        if not self._is_example(words) or reading.link >= _TAKES_UP:
            return False
        return any(self._is_example(words_of(text)) for text in reading.context.learner_said)

    def _is_example(self, words: tuple[str, ...]) -> bool:
        """Whether the words are mostly one example of the codebook."""
        return any(longest_run(words, known)[1] >= 0.8 * len(words) for known in self._examples.get(words[:3], ()))

    def _staged(self, text: str, spans: tuple[tuple[int, int], ...]) -> tuple[CodedSpan, ...]:
        """Gestures between asterisks earn presence at level 1, whatever they say."""
        if not spans:
            return ()
        start, end = spans[0]
        return (CodedSpan(code="presence_cues", level=1, quote=text[start:end]),)

    def _bounded(self, spans: list[CodedSpan]) -> list[CodedSpan]:
        """Each known code once, at its highest level within the codebook's bounds."""
        best: dict[str, CodedSpan] = {}
        for span in spans:
            most = self._most.get(span.code)
            if most is None or not span.quote.strip():
                continue
            level = min(span.level, most)
            held = best.get(span.code)
            if held is None or level > held.level:
                best[span.code] = span if level == span.level else replace(span, level=level)
        return list(best.values())

    def _telling_first(self, spans: list[CodedSpan], family: Family) -> tuple[CodedSpan, ...]:
        """The codes with one that stands for the message's family in front."""
        return tuple(sorted(spans, key=lambda span: self._codebook.codes[span.code].primary != family))


def _levels(spans: list[CodedSpan]) -> dict[str, int]:
    """The highest level of each code, as far as it bears on harms: what was only guessed excuses none."""
    levels: dict[str, int] = {}
    for span in spans:
        level = 1 if span.confidence == "low" else span.level
        levels[span.code] = max(levels.get(span.code, 0), level)
    return levels


def _outside(text: str, off: tuple[tuple[int, int], ...], spans: list[CodedSpan]) -> list[CodedSpan]:
    """The spans with no word meant for the machinery in their quotes; those that hold no other word are left out."""
    kept: list[CodedSpan] = []
    for span in spans:
        start = text.find(span.quote)
        end = start + len(span.quote)
        for first, last in off if start >= 0 else ():
            if first < end and start < last:
                start, end = (start, first) if first > start else (last, max(last, end))
        quote = text[start:end].strip() if start >= 0 else span.quote
        if any(character.isalnum() for character in quote):
            kept.append(replace(span, quote=quote) if quote != span.quote.strip() else span)
    return kept


def _texts(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in spans)


_PRECEDENCE = ("advice", "complex_reflection", "information", "open_question", "closed_question", "simple_reflection")


def primary_of(appraisal: Appraisal, codebook: Codebook) -> str:
    """The one family of a message: open_question, closed_question, simple_reflection, complex_reflection, information,
    advice or other. Pure.

    A reading by rules decides the family with the whole message before it. For other readings each code belongs to a
    family (`primary` in the codebook), the order of codes means nothing, and the first of these that occurs decides:
    advice, complex reflection, information, open question, closed question, simple reflection; without any of them the
    message is `other`.
    """
    if appraisal.primary:
        return appraisal.primary
    families = [codebook.codes[span.code].primary for span in appraisal.codes if span.code in codebook.codes]
    if not families:
        return "other"
    if appraisal.by == "rules":
        return families[0]
    return next((family for family in _PRECEDENCE if family in families), "other")
