"""What a run leaves for others: JSON, JUnit, a page; and the schema editors use."""

from __future__ import annotations

import asyncio
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from simpatient.errors import ConfigurationError
from simpatient.suite.cases import Choice
from simpatient.suite.journal import Journal
from simpatient.suite.junit import write_junit
from simpatient.suite.load import Loaded, Shelf
from simpatient.suite.page import write_page
from simpatient.suite.published import EarlierRun, read_run, schema_text, write_json
from simpatient.suite.run import Options, Summary, run_suites
from simpatient.suite.service import Service
from simpatient.suite.verdict import Verdict

Written = Callable[[str], Loaded]
NAMES = {"voice": "", "evaluator": "", "judge": "", "learner": ""}
TEXT = """\
suite: s
persona: andrew
cases:
  - case: fine
    pass: 2 of 2
    steps: ["Hello Andrew.", "How <b>are</b> you & yours?", "And the nights?"]
  - case: wrong
    about: He is told to calm down
    steps: [{learner: "Calm down \\x07.", codes: {minimising: 3}, expect: {trust: rises, optional: {hope: rises}}}]
compare:
  - {of: trust, order: [fine, wrong]}
"""


@pytest.fixture
def reported(written: Written, shelf: Shelf, tmp_path: Path) -> Callable[..., tuple[Summary, Path]]:
    """The run of a text, with all its files in a folder."""

    def run(text: str = TEXT, name: str = "now", against: Path | None = None) -> tuple[Summary, Path]:
        folder = tmp_path / name
        folder.mkdir()
        with Journal(folder / "j", resume=False) as journal:
            going = run_suites([written(text)], shelf, Service(), journal, Options(choice=Choice()), lambda _: None)
            summary = asyncio.run(going)
            write_json(folder / "run.json", summary, journal, NAMES)
            write_junit(folder / "junit.xml", summary, journal)
            earlier = EarlierRun.read(against) if against else None
            write_page(folder / "page.html", summary, journal, NAMES, earlier)
        return summary, folder

    return run


def test_the_published_schema_is_the_current_one(checkout: Path) -> None:
    """`simpatient run --schema > docs/suite.schema.json` was not forgotten."""
    assert (checkout / "docs" / "suite.schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_json_file_holds_everything_and_can_be_read_back(reported: Callable[..., tuple[Summary, Path]]) -> None:
    """Totals, groups and every conversation with its checks."""
    summary, folder = reported()
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert record["schema_version"] == 1
    assert record["totals"]["met"] == 1
    assert record["totals"]["unmet"] == 1
    assert [group["verdict"] for group in record["groups"]] == ["met", "unmet"]
    back = read_run(folder / "run.json")
    assert list(back) == summary.keys == ["s/fine#1", "s/fine#2", "s/wrong"]
    assert back["s/wrong"].failures[0].finding.verdict is Verdict.UNMET
    with pytest.raises(ConfigurationError, match="--json"):
        read_run(folder / "junit.xml")


def test_the_junit_file_is_well_formed_whatever_was_typed(reported: Callable[..., tuple[Summary, Path]]) -> None:
    """Each case once with its ratings; what is unmet is a failure with the transcript."""
    _, folder = reported()
    suite = ET.parse(folder / "junit.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "0")
    fine, wrong, compared = suite.iter("testcase")
    assert next(p.get("name") for p in fine.iter("property")).startswith("seed-1.")
    failure = wrong.find("failure")
    assert failure is not None
    assert "expected trust to rise" in str(failure.get("message"))
    assert "Learner: Calm down" in str(failure.text)
    assert compared.find("failure") is None


def test_the_page_stands_alone_and_shows_what_people_typed_as_text(
    reported: Callable[..., tuple[Summary, Path]],
) -> None:
    """No script, nothing from outside; curves and readings; what was unmet is open."""
    _, folder = reported()
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert not re.findall(r"(?:src|href)=\"(?!#)", page)
    assert "How &lt;b&gt;are&lt;/b&gt; you &amp; yours?" in page
    assert page.count('class="curves"') == 3
    assert re.search(r'<details class="case unmet" id="c-s-wrong" open>', page)
    assert 'aria-label="From the opening to the end: trust' in page
    assert "prefers-color-scheme: dark" in page


def test_the_page_lays_two_runs_side_by_side(reported: Callable[..., tuple[Summary, Path]]) -> None:
    """What changed its verdict comes first; replies and readings that are other are marked."""
    _, folder = reported()
    changed = TEXT.replace("codes: {minimising: 3}", "codes: {warmth: 3}")
    _, after = reported(changed, "after", folder / "run.json")
    page = (after / "page.html").read_text(encoding="utf-8")
    table = page[page.index("What changed since") : page.index("</table>")]
    first = table[table.index("<tbody>") :]
    assert (
        first.index("s/wrong") < first.index('<span class="verdict unmet">') < first.index('<span class="verdict met">')
    )
    assert "s/fine" not in table
    assert '<div class="pair">' in page
    same = reported(TEXT, "same", folder / "run.json")[1] / "page.html"
    assert "every verdict, number and reply is the same" in same.read_text(encoding="utf-8")


def test_the_message_of_a_junit_failure_is_never_cut_and_every_rating_is_a_property(
    written: Written, shelf: Shelf, tmp_path: Path
) -> None:
    """A list of failures shows nothing else; each suite is a testsuite of its own with its own counts."""
    first = written(
        TEXT.replace("trust: rises, optional: {hope: rises}", "reads: {false_reassurance: at least 3}, hope: rises")
    )
    second = written("suite: t\npersona: andrew\ncases:\n  - {case: c, steps: [What brings you here today?, Hello]}\n")
    with Journal(tmp_path / "j", resume=False) as journal:
        going = run_suites([first, second], shelf, Service(), journal, Options(), lambda _: None)
        write_junit(tmp_path / "junit.xml", asyncio.run(going), journal)
    suites = list(ET.parse(tmp_path / "junit.xml").getroot())
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in suites] == [("s", "3", "1"), ("t", "1", "0")]
    failure = next(suites[0].iter("failure"))
    message = str(failure.get("message"))
    assert message.startswith("line 9, exchange 1: expected `false_reassurance` to be read at level at least 3, but")
    assert message.endswith("(what was read: minimising) (and 1 more)")
    told = {p.get("name"): p.get("value") for p in suites[1].iter("property")}
    assert "exchange-1.open" in told
    assert set(str(told["exchange-1.open"])) <= set("0123")
