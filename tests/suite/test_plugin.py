"""pytest collects suites: readable failures, ratings in the report, fixtures, several processes."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

SUITE = """\
suite: s
persona: andrew
cases:
  - {case: kind, tags: smoke, steps: [{learner: "Hello there, take your time.", codes: {warmth: 3}}, "How are you?", "And at night?"]}
  - case: wrong
    steps:
      - "Hello Andrew."
      - {learner: "Calm down.", codes: {minimising: 3}, expect: {trust: rises}}
  - {case: judged, steps: [Hello], finally: {judged: He is calm}}
compare:
  - {about: Kindness shows, of: trust, order: [kind, wrong]}
"""


def pytest_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """pytest as somebody else would run it, in a folder of their own."""
    command = [sys.executable, "-m", "pytest", "-p", "simpatient.suite.plugin", "-p", "no:cacheprovider", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    checkout = str(Path(__file__).resolve().parents[2])
    return subprocess.run(
        command, cwd=folder, env={**environment, "PYTHONPATH": checkout}, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip


@pytest.mark.slow
def test_a_suite_is_collected_and_its_failure_reads_like_a_report(tmp_path: Path) -> None:
    """The line, what was expected, what was said; no traceback. Undecided is skipped, ratings stand in the JUnit file."""
    (tmp_path / "first.dialogues.yaml").write_text(SUITE)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "dialogues.yaml").write_text("version: 3\nstories: []\n")
    done = pytest_in(tmp_path, "-rs", "--junitxml=j.xml")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "2 passed, 1 skipped" in done.stdout.replace("1 failed, ", "")
    assert "first.dialogues.yaml:5" in done.stdout
    assert "line 8, exchange 2: expected trust to rise, but it fell by" in done.stdout
    assert "2 Learner: Calm down." in done.stdout
    assert "undecided: UNDECIDED s/judged" in done.stdout
    assert "Traceback" not in done.stdout
    cases = {case.get("name"): case for case in ET.parse(tmp_path / "j.xml").iter("testcase")}
    assert set(cases) == {"kind", "wrong", "judged", "compare Kindness shows"}
    ratings = {p.get("name"): p.get("value") for p in cases["kind"].iter("property")}
    assert 0 <= float(str(ratings["index"])) <= 100


@pytest.mark.slow
def test_tags_choose_and_several_processes_share(tmp_path: Path) -> None:
    """`-k smoke`, and xdist."""
    (tmp_path / "first.dialogues.yaml").write_text(SUITE)
    done = pytest_in(tmp_path, "-k", "smoke", "-p", "xdist.plugin", "-n", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


@pytest.mark.slow
def test_a_mistake_in_a_file_is_told_with_its_line_and_no_traceback(tmp_path: Path) -> None:
    """And the fixtures serve tests of one's own, of either kind."""
    (tmp_path / "first.dialogues.yaml").write_text(SUITE.replace("warmth: 3", "warmht: 3"))
    (tmp_path / "test_own.py").write_text(
        textwrap.dedent(
            """\
            import asyncio

            def test_a_meeting(encounter, scripted_model):
                meeting = encounter("andrew", seed=2, chat_model=scripted_model("I'd rather not say."), evaluator_model=None, reading="rules")
                meeting.evaluator = meeting.evaluator.rules
                exchange = asyncio.run(meeting.exchange("Hello."))
                assert exchange.turn.text == "I'd rather not say."

            def test_a_line_too_many(scripted_model):
                scripted_model("Never said.")
            """
        )
    )
    done = pytest_in(tmp_path)
    assert "first.dialogues.yaml:4:" in done.stdout
    assert "Did you mean `warmth`?" in done.stdout
    assert "Traceback" not in done.stdout
    done = pytest_in(tmp_path, "test_own.py")
    assert "2 passed, 1 error" in done.stdout
    assert "1 of 1 scripted replies were never asked for" in done.stdout


def test_the_plugin_loads_nothing_but_pytest() -> None:
    """Other people's tests do not pay for suites they have not."""
    heavy = "{'pydantic', 'yaml', 'openai', 'jinja2', 'simpatient.encounter', 'simpatient.errors'}"
    program = f"import sys, simpatient.suite.plugin; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
