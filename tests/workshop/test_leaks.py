"""A gated fact is found in any wording, and what is said freely is not taken for one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from simpatient.authoring import Library
from simpatient.persona import load_patient, persona_ids, read_files
from simpatient.rubric import load_codebook
from simpatient.workshop.check.leaks import leaks
from simpatient.workshop.check.manuscript import Manuscript

SHELF = Library.choose()
CODEBOOK = load_codebook(SHELF)
SAID = yaml.safe_load((Path(__file__).parent / "leaks.yaml").read_text(encoding="utf-8"))


def manuscript(folder: Path) -> Manuscript:
    files = read_files(SHELF, folder, CODEBOOK.codes)
    assert files.patient is not None, files.findings
    return Manuscript(patient=files.patient, documents=files.documents, codebook=CODEBOOK, rubric=None)


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    """The facts that are found in each wording, when it stands in the briefing."""
    results: dict[str, set[str]] = {}
    for name in sorted({row["patient"] for row in SAID}):
        told = manuscript(load_patient(SHELF, name, CODEBOOK.codes).folder)
        texts = [row["text"] for row in SAID if row["patient"] == name]
        document = told.documents["persona.yaml"]
        spoilt = replace(
            document,
            data={**document.data, "briefing": {"task": texts}},
            known={("briefing", "task", number): (number + 1, 1) for number in range(len(texts))},
        )
        results |= {text: set() for text in texts}
        read = replace(told, documents={**told.documents, "persona.yaml": spoilt})
        for one in leaks(read):
            fact = next(fact.id for fact in told.persona.facts if f"`{fact.id}`" in one.message)
            results[texts[one.line - 1]].add(fact)
    return results


def test_a_guarded_fact_is_found_in_other_words(found):
    """At least 17 of 20 wordings that an author might write without thinking."""
    rows = [row for row in SAID if row["fact"] != "none"]
    hits = [row["fact"] in found[row["text"]] for row in rows]
    missed = [row["text"] for row, hit in zip(rows, hits, strict=True) if not hit]
    assert len(rows) >= 40
    assert sum(hits) / len(hits) >= 0.85, missed


def test_what_touches_the_topic_and_tells_nothing_is_not_taken_for_a_leak(found):
    """At most 1 of 20 honest briefings is."""
    rows = [row for row in SAID if row["fact"] == "none"]
    taken = [row["text"] for row in rows if found[row["text"]]]
    assert len(rows) >= 20
    assert len(taken) <= 0.05 * len(rows), taken


@pytest.mark.parametrize("name", persona_ids(SHELF))
def test_no_shipped_patient_leaks(name):
    """In any field of any file."""
    assert list(leaks(manuscript(load_patient(SHELF, name, CODEBOOK.codes).folder))) == []
