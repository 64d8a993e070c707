"""The whole library at once: no words in two mouths, and who is cast as what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from simpatient.errors import Diagnostic
from simpatient.patient.sentences import sentences
from simpatient.workshop.check.manuscript import Manuscript

SHARED = 6
"""Words from which a sentence belongs to one person."""
MANY = 3
"""Patients from which a pattern says something."""
MOST = 0.75
"""Share of the hard or the distrustful from which one kind of people is cast so."""
_WORD = re.compile(r"[a-z0-9']+")


def shared_sentences(manuscripts: Sequence[Manuscript]) -> Iterator[Diagnostic]:
    """Sentences that two patients say word for word."""
    first: dict[str, Manuscript] = {}
    for manuscript in manuscripts:
        for passage in manuscript.passages:
            if not passage.spoken:
                continue
            for sentence in sentences(passage.text):
                words = _WORD.findall(sentence.lower())
                if len(words) < SHARED:
                    continue
                other = first.setdefault(" ".join(words), manuscript)
                if other is not manuscript:
                    yield manuscript.finding(passage.file, passage.at, "SP137", other=other.persona.id, sentence=sentence)


def casting(manuscripts: Sequence[Manuscript]) -> Iterator[Diagnostic]:
    """A kind of people that is nearly always the difficult one, where there are enough patients to tell."""
    hard = [m for m in manuscripts if m.persona.dynamics.start.defensiveness >= 0.5 or m.persona.card.difficulty == "hard"]
    if len(hard) < MANY:
        return
    for pronouns in {m.persona.card.pronouns for m in manuscripts}:
        share = sum(m.persona.card.pronouns == pronouns for m in hard) / len(hard)
        overall = sum(m.persona.card.pronouns == pronouns for m in manuscripts) / len(manuscripts)
        if share >= MOST and share > overall + 0.2:
            told = f"{round(share * len(hard))} of {len(hard)}"
            yield hard[0].finding("persona.yaml", ("card",), "SP146", told=told, pronouns=pronouns)
