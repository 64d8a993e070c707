"""A gated fact is found in any wording, and what is said freely is not taken for one."""

from __future__ import annotations

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
def found(tmp_path_factory) -> dict[tuple[str, str, str], set[str]]:
    """The facts that are found in each wording, when it stands in the briefing's task."""
    results: dict[tuple[str, str, str], set[str]] = {}
    for name in {row["patient"] for row in SAID}:
        folder = load_patient(SHELF, name, CODEBOOK.codes).folder
        told = manuscript(folder)
        text = (folder / "persona.yaml").read_text(encoding="utf-8")
        place = ("briefing", "task")
        for row in (row for row in SAID if row["patient"] == name):
            document = told.documents["persona.yaml"]
            data = {**document.data, "briefing": {**document.data["briefing"], "task": row["text"]}}
            spoilt = Manuscript(
                patient=told.patient, codebook=CODEBOOK, rubric=None,
                documents={"persona.yaml": type(document)(path=document.path, data=data, places=document.places)},
            )  # fmt: skip
            findings = [one for one in leaks(spoilt) if one.line == document.place(place)[0]]
            results[name, row["fact"], row["text"]] = {fact for fact in _facts(told) if any(f"`{fact}`" in f.message for f in findings)}
        assert text
    return results


def _facts(told: Manuscript) -> list[str]:
    return [fact.id for fact in told.persona.facts]


def test_a_guarded_fact_is_found_in_other_words(found):
    """At least 17 of 20 wordings that an author might write without thinking."""
    rows = [row for row in SAID if row["fact"] != "none"]
    hits = [row["fact"] in found[row["patient"], row["fact"], row["text"]] for row in rows]
    missed = [row["text"] for row, hit in zip(rows, hits, strict=True) if not hit]
    assert len(rows) >= 40
    assert sum(hits) / len(hits) >= 0.85, missed


def test_what_touches_the_topic_and_tells_nothing_is_not_taken_for_a_leak(found):
    """At most 1 of 20 honest briefings is."""
    rows = [row for row in SAID if row["fact"] == "none"]
    taken = [row["text"] for row in rows if found[row["patient"], "none", row["text"]]]
    assert len(rows) >= 20
    assert len(taken) <= 0.05 * len(rows), taken


@pytest.mark.parametrize("name", persona_ids(SHELF))
def test_no_shipped_patient_leaks(name):
    """In any field of any file."""
    assert list(leaks(manuscript(load_patient(SHELF, name, CODEBOOK.codes).folder))) == []
