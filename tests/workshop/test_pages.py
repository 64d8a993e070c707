"""The pages of the diagnostics are true: each bad example gets its finding at the marked line, each mended one none."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from simpatient.authoring import pages
from simpatient.authoring.pages import MARK, Example, Page, pages_folder
from simpatient.errors import ContentError
from simpatient.workshop.check import explained
from simpatient.workshop.check.shown import index

PLACES = {
    "persona.yaml": "personas/jo/persona.yaml", "lines.yaml": "personas/jo/lines.yaml",
    "dialogues.yaml": "personas/jo/dialogues.yaml", "returning.yaml": "personas/jo/returning.yaml",
    "questions.yaml": "personas/jo/questions.yaml", "followups.yaml": "personas/jo/followups.yaml",
    "rubric.yaml": "evaluators/brief/rubric.yaml", "codebook.yaml": "evaluators/codebook.yaml",
    "ward.dialogues.yaml": "suites/ward.dialogues.yaml",
}  # fmt: skip
ELSEWHERE = {
    "SP030": "tests/workshop/test_check.py", "SP033": "tests/workshop/test_check.py",
    "SP001": "tests/workshop/test_broken.py", "SP002": "tests/workshop/test_broken.py",
    "SP003": "tests/workshop/test_broken.py", "SP008": "tests/workshop/test_check.py",
    "SP010": "tests/authoring/test_library.py", "SP020": "tests/authoring/test_rows.py",
    "SP090": "tests/cli/test_kept.py", "SP137": "tests/workshop/test_check.py", "SP146": "tests/workshop/test_check.py",
    "SP308": "tests/workshop/test_check.py",
}  # fmt: skip
"""Findings that no passage of a file can show: a missing file, odd bytes, two patients side by side."""
WITH_EXAMPLE = [page for page in pages().values() if page.bad]


def spoilt(library: Path, page: Page) -> tuple[Path, int]:
    """The library with the page's bad passages in place of the mended ones; the marked file and line."""
    marked: tuple[Path, int] | None = None
    for bad, mended in zip(page.bad, page.mended, strict=True):
        file = library / PLACES[mended.file or bad.file]
        text = file.read_text(encoding="utf-8")
        assert text.count(mended.text) == 1, f"{page.code}: the mended passage stands {text.count(mended.text)} times"
        before = text[: text.index(mended.text)].count("\n")
        for number, line in enumerate(bad.text.splitlines(), before + 1):
            if line.rstrip().endswith(MARK):
                marked = file, number
        plain = re.sub(rf" *{re.escape(MARK)}$", "", bad.text, flags=re.MULTILINE)
        file.write_text(text.replace(mended.text, plain), encoding="utf-8")
    assert marked is not None, f"{page.code}: no line is marked"
    return marked


def test_the_mended_examples_are_a_patient_and_a_rubric_with_nothing_to_say(healthy, said):
    """Every mended passage is one of theirs."""
    assert said(healthy) == []


@pytest.mark.parametrize("page", WITH_EXAMPLE, ids=lambda page: page.code)
def test_a_bad_example_gets_its_own_finding_at_the_marked_line_and_no_other(page, library, said):
    """And no traceback."""
    file, line = spoilt(library, page)
    found = said(file if file.parent.name == "evaluators" else file.parent)
    assert [(one.code, Path(one.path), one.line) for one in found] == [(page.code, file, line)], found


def test_every_page_has_an_example_or_a_test_of_its_own(checkout):
    """A number nobody has seen is a number nobody can trust."""
    assert {page.code for page in pages().values() if not page.bad} == ELSEWHERE.keys()
    for code, file in ELSEWHERE.items():
        assert code in (checkout / file).read_text(encoding="utf-8") or pages()[code].name.split("{")[0] in (
            checkout / file
        ).read_text(encoding="utf-8")


def test_every_number_in_the_code_has_its_page_and_every_page_its_number(checkout):
    """Numbers are never given away twice."""
    named = {
        code
        for file in (checkout / "simpatient").rglob("*.py")
        for code in re.findall(r'"(SP\d{3})"', file.read_text())
    }
    assert named == set(pages())


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.code)
def test_a_page_reads_well(page):
    """A message without a full stop, why and mend in sentences, and a file of the same name."""
    assert page.wordings
    for wording in page.wordings.values():
        assert wording.message
        assert not wording.message.endswith((".", "?")) or "?" in wording.message
        assert not wording.fix or wording.fix.endswith((".", '"', "?", "}")), wording.fix
    assert page.why.endswith((".", ")"))
    assert page.mend.endswith((".", "?", ")", "'", '"'))
    name = page.name.partition("{")[0].strip("-")
    assert (pages_folder() / f"{page.code}-{name}.md").is_file()
    assert len(page.bad) == len(page.mended)
    assert all(isinstance(example, Example) for example in page.bad)


@pytest.mark.parametrize("asked", ["SP120", "sp120", "120", "leak", " LEAK ", "SP120-leak"])
def test_a_page_can_be_asked_for_as_one_remembers_it(asked):
    """By number or name, in any case of letters."""
    assert explained(asked).startswith("# SP120 leak")


def test_every_page_can_be_asked_for_by_its_number_and_by_its_name():
    """And `all` lists them."""
    listed = [line.split() for line in explained("all").splitlines()]
    assert [code for code, _ in listed] == list(pages())
    for code, name in listed:
        assert explained(code) == explained(code[2:].lstrip("0")) == explained(name)


@pytest.mark.parametrize("asked", ["SP129", "129", "laek"])
def test_an_unknown_page_offers_the_nearest_and_the_list(asked):
    """Not a list that stops in the middle."""
    with pytest.raises(ContentError, match=r"Did you mean `(?:SP|leak).*--explain all") as caught:
        explained(asked)
    assert "Known:" not in str(caught.value)


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.code)
def test_a_page_that_is_explained_shows_no_gaps(page):
    """What is filled in later is three dots, and a wording that is nothing else is left out."""
    head = explained(page.code).partition("## Why")[0]
    assert not re.search(r"\{\w+\}", head.replace("{learner}", ""))
    quoted = [line[2:] for line in head.splitlines() if line.startswith("> ")]
    assert all(re.search(r"[a-z]{2}", line) for line in quoted)
    assert "...." not in head


def test_the_index_is_current():
    """`WRITE_DOCS=1` writes it; read what changed before you commit it."""
    page = pages_folder() / "README.md"
    if os.environ.get("WRITE_DOCS") == "1":
        page.write_text(index(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == index()
