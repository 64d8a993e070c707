"""An educator's own human codes, from the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simpatient.authoring import shipped_root

GOLD = [
    {"dialogue": "a", "turn": 1, "patient": "Hello.", "learner": "What brings you in today?",
     "primary": "open_question", "codes": {"open_question": 2}, "session_quality": "high"},
    {"dialogue": "a", "turn": 2, "patient": "My back. All night.", "learner": "Your back keeps you up all night.",
     "primary": "simple_reflection", "ratings": {"reflect": 2}, "session_quality": "high"},
    {"dialogue": "b", "turn": 1, "patient": "I drink. My wife says so.", "learner": "You should just stop drinking.",
     "primary": "advice", "session_quality": "low"},
]  # fmt: skip


def calibrate(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """`simpatient calibrate ARGS` as a process."""
    command = [sys.executable, "-m", "simpatient", "calibrate", *args]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False, env={**os.environ, **env}
    )


@pytest.fixture
def gold(tmp_path: Path) -> str:
    """Three rows of two dialogues."""
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in GOLD), encoding="utf-8")
    return str(path)


def test_the_table_can_be_read_by_a_person(gold: str) -> None:
    """Figures, confusion, the words about what they mean."""
    done = calibrate("rapport", "--gold", gold, "--resamples", "20", "--about", "Three lines")
    assert done.returncode == 0, done.stderr
    for shown in ("Three lines; 3 rows, 2 dialogues", "Cohen's kappa, four families", "Confusion", "AUC", "experimental",
                  "Agreement is not validity", "weighted kappa"):  # fmt: skip
        assert shown in done.stdout


def test_the_record_is_the_same_every_time(gold: str) -> None:
    """One JSON object."""
    first, second = (calibrate("rapport", "--gold", gold, "--json", "--resamples", "20") for _ in range(2))
    assert first.stdout == second.stdout
    record = json.loads(first.stdout)
    assert set(record) >= {"source", "codes", "primary", "ratings", "session_quality", "experimental", "disagreements"}
    assert record["source"]["rows"] == 3


def test_an_evaluator_folder_carries_its_gold_file_and_its_last_calibration(gold: str, tmp_path: Path) -> None:
    """Without --gold its own file is taken; --save leaves figures beside it, --html a page where it is asked for."""
    own = tmp_path / "library"
    folder = own / "evaluators" / "ours"
    shutil.copytree(shipped_root() / "evaluators" / "rapport", folder)
    shutil.copy(gold, folder / "gold.jsonl")
    html = tmp_path / "page.html"
    done = calibrate("ours", "--save", "--html", str(html), "--resamples", "20", SIMPATIENT_LIBRARY=str(own))
    assert done.returncode == 0, done.stderr
    saved = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    assert saved["source"]["dialogues"] == 2
    assert "disagreements" not in saved
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_unknown_code_is_an_error_with_path_line_and_choices(tmp_path: Path) -> None:
    """Exit code 1, no traceback."""
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"learner": "Hello.", "codes": ["greting"]}) + "\n", encoding="utf-8")
    done = calibrate("rapport", "--gold", str(path))
    assert done.returncode == 1
    assert "gold.jsonl:1 " in done.stderr
    assert "Did you mean `greeting`?" in done.stderr


def test_an_evaluator_without_a_gold_file_asks_for_one(tmp_path: Path) -> None:
    """Exit code 2: the command wants more words."""
    folder = tmp_path / "library" / "evaluators" / "ours"
    folder.mkdir(parents=True)
    shutil.copy(shipped_root() / "evaluators" / "rapport" / "rubric.yaml", folder)
    done = calibrate("ours", SIMPATIENT_LIBRARY=str(tmp_path / "library"))
    assert done.returncode == 2
    assert "--gold" in done.stderr


def test_a_missing_gold_file_is_said_in_words(tmp_path: Path) -> None:
    """Exit code 1, no traceback."""
    done = calibrate("rapport", "--gold", str(tmp_path / "none.jsonl"))
    assert done.returncode == 1
    assert "there is no such file" in done.stderr


def test_one_s_own_figures_are_never_saved_over_the_shipped_ones(gold: str) -> None:
    """They are what every learner is told by; before anything is measured, with the way to save one's own."""
    shipped = shipped_root() / "evaluators" / "rapport" / "calibration.json"
    before = shipped.read_bytes()
    done = calibrate("rapport", "--gold", gold, "--save", "--resamples", "0")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "library of your own" in done.stderr
    assert shipped.read_bytes() == before


def test_ratings_for_two_rubrics_may_stand_in_one_file(tmp_path: Path) -> None:
    """Each evaluator takes its own and names what it left out, in the table, the record and the page."""
    row = {"learner": "You can't sleep.", "ratings": {"reflect": 2, "heard": 2, "choice": 1}}
    (tmp_path / "gold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    library = tmp_path / "library"
    (library / "evaluators").mkdir(parents=True)
    new = [sys.executable, "-m", "simpatient", "new", "evaluator", "brief", "--into", str(library / "evaluators")]
    subprocess.run(new, check=True, capture_output=True, timeout=60)
    given = ("--gold", str(tmp_path / "gold.jsonl"), "--resamples", "0", "--html", str(tmp_path / "page.html"))
    rapport = calibrate("rapport", *given, SIMPATIENT_LIBRARY=str(library))
    assert rapport.returncode == 0, rapport.stderr
    assert "Left out, ratings of behaviours of other rubrics: heard (1), choice (1)" in rapport.stdout
    assert "heard (1), choice (1)" in (tmp_path / "page.html").read_text(encoding="utf-8")
    brief = json.loads(calibrate("brief", *given, "--json", SIMPATIENT_LIBRARY=str(library)).stdout)
    assert brief["source"]["elsewhere"] == {"reflect": 1}
    assert {each["behaviour"] for each in brief["ratings"]} >= {"heard", "choice"}
