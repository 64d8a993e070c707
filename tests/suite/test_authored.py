"""Replies that authored lines gave though a chat model was to speak: told wherever a run is told."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

from simpatient.llm import Completion, Request
from simpatient.suite.journal import Journal
from simpatient.suite.junit import write_junit
from simpatient.suite.load import Loaded, Shelf
from simpatient.suite.page import write_page
from simpatient.suite.published import read_run, totals, write_json
from simpatient.suite.service import Service
from simpatient.suite.telling import failure, line_of, summed_up
from tests.suite.test_run import TWO, Says, run, words

Written = Callable[[str], Loaded]
GIVEN = TWO + "  - {case: given, steps: [{learner: Hello, patient: So-so.}], finally: {rupture: false}}\n"


def in_role_at_first(request: Request, number: int) -> Completion:
    """Speaks as the patient in the first exchange, and never again."""
    if request.turn.startswith("1-"):
        return words(request, number)
    return Completion(text="As an AI language model I have no feelings about that.")


def test_an_authored_line_in_place_of_the_model_s_is_told(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """In the line of the case, beside the reply, in the sum, in every file; not where the author gave the reply."""
    loaded = written(GIVEN.replace("rupture: false}}]}", "trust: rises by at least 0.9}}]}"))
    summary, told = run(loaded, shelf, tmp_path / "j", Service(voice=Says(in_role_at_first)))
    a, b, given = sorted(told, key=lambda held: held.key)
    assert [held.authored for held in (a, b, given)] == [1, 1, 0]
    assert ", 1 of the replies authored, " in line_of(a)
    assert "authored" not in line_of(given)
    assert failure(b).count("Patient (an authored line): ") == 1
    assert "2 of 5 replies were authored lines" in summed_up(summary)
    assert totals(summary)["authored_replies"] == 2
    with Journal(tmp_path / "j", resume=True) as journal:
        write_json(tmp_path / "r.json", summary, journal, {"voice": "test:says"})
        write_junit(tmp_path / "j.xml", summary, journal)
        write_page(tmp_path / "p.html", summary, journal, {"voice": "test:says"})
    assert read_run(tmp_path / "r.json")["s/a"].authored == 1
    properties = {p.get("name"): p.get("value") for p in next(ET.parse(tmp_path / "j.xml").iter("properties"))}
    assert properties["authored-replies"] == "1"
    assert (tmp_path / "p.html").read_text(encoding="utf-8").count("patient, an authored line") == 2


def test_nothing_is_said_of_authored_lines_where_they_were_asked_for(
    written: Written, shelf: Shelf, tmp_path: Path
) -> None:
    """Embedded is the product, not a fallback."""
    summary, told = run(written(TWO), shelf, tmp_path / "j")
    assert sum(held.authored for held in told) == 0
    assert "authored" not in summed_up(summary)
