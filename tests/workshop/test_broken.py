"""Patients with one planted fault each: every one gets its own finding at the right line, and none passes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from simpatient.authoring import Library, shipped_root
from simpatient.persona import persona_ids
from simpatient.workshop.check import check

ROWS = yaml.safe_load((Path(__file__).parent / "broken.yaml").read_text(encoding="utf-8"))

SHIPPED = persona_ids(Library(roots=(shipped_root(),)))


def line_of(text: str, words: str, nth: int = 1) -> int:
    """Number of the n-th line that holds the words; 0 for the file as a whole."""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if words and words in line]
    return lines[nth - 1] if words else 0


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_planted_fault_gets_its_own_finding_at_its_line(row, fresh):
    """No traceback, nothing else worth a warning, and it does not pass."""
    file = fresh / row["file"]
    text = file.read_text(encoding="utf-8")
    assert row["old"] in text
    text = text.replace(row["old"], row["new"], -1 if row.get("all") else 1)
    file.write_text(text, encoding="utf-8")
    report = check([fresh], Library.choose())
    grave = [one for one in report.findings if one.severity in ("error", "warning")]
    own = [one for one in grave if one.code == row["code"]]
    line = line_of(text, row["at"], row.get("nth", 1))
    assert any(abs(one.line - line) <= row.get("near", 0) and Path(one.path) == file for one in own), grave
    assert {one.code for one in grave} <= {row["code"], *row.get("also", [])}, grave
    assert not report.passes(strict=row.get("warning", False))


def test_at_least_forty_faults_are_planted():
    """Of all the kinds that an author can make."""
    assert sum(not row.get("warning", False) for row in ROWS) >= 40
    assert len({row["id"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("name", SHIPPED)
def test_faults_planted_in_a_shipped_patient_get_their_findings_too(name, tmp_path):
    """A leak, a gate nobody reaches, a reason that is none and a code nobody knows, in files of every shape."""
    folder = Path(shutil.copytree(shipped_root() / "personas" / name, tmp_path / name))
    file = folder / "persona.yaml"
    persona = yaml.safe_load(file.read_text(encoding="utf-8"))
    guarded = max((fact for fact in persona["facts"] if fact.get("session", 1) == 1), key=lambda fact: fact["min_o"])
    spoken = next(text for text in guarded["full"] if len(text.split()) >= 8)
    lines = file.read_text(encoding="utf-8").splitlines()
    known = next(at for at, line in enumerate(lines) if re.match(r"  known:", line))
    after = next(at for at in range(known + 1, len(lines)) if re.match(r"  ?\S", lines[at]))
    lines[known:after] = [f"  known: {json.dumps(spoken)}"]
    gate = next(at for at, line in enumerate(lines) if re.match(rf"  - id: {guarded['id']}\b", line))
    opens = next(at for at in range(gate, len(lines)) if re.match(r"    min_o:", lines[at]))
    lines[opens] = "    min_o: .99"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = {(one.code, one.line) for one in check([folder], Library.choose()).findings if one.severity == "error"}
    assert {("SP120", known + 1), ("SP101", opens + 1)} <= found
    lines[opens] = "    min_o: .99\n    key: [kindness]"
    lines = [line for line in lines if not line.startswith("    key:") or "kindness" in line]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "SP012" in {one.code for one in check([folder], Library.choose()).findings}


def test_a_file_that_is_not_utf8_is_told_with_its_line(fresh):
    """SP003, and nothing is guessed."""
    file = fresh / "persona.yaml"
    file.write_bytes(file.read_bytes().replace(b"Not making a fuss.", b"Not making a caf\xe9."))
    found = [one for one in check([fresh], Library.choose()).findings if one.severity == "error"]
    line = file.read_bytes().split(b"caf\xe9")[0].count(b"\n") + 1
    assert [(one.code, one.line) for one in found] == [("SP003", line)]


def test_a_file_saved_as_windows_does_is_read_or_told(fresh):
    """A mark at the beginning and its line ends are nothing to speak of; two bytes a letter are not UTF-8."""
    file = fresh / "persona.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert check([fresh], Library.choose()).count("error") == 0
    file.write_bytes(text.encode("utf-16"))
    found = [one.code for one in check([fresh], Library.choose()).findings if one.severity == "error"]
    assert found == ["SP003"]


def test_ten_megabytes_are_refused_unread(fresh):
    """SP002."""
    with (fresh / "lines.yaml").open("a", encoding="utf-8") as file:
        file.write("# " + "x" * 10_000_000 + "\n")
    found = [one for one in check([fresh], Library.choose()).findings if one.severity == "error"]
    assert [one.code for one in found] == ["SP002"]


@pytest.mark.parametrize("file", ["persona.yaml", "lines.yaml", "dialogues.yaml"])
def test_a_missing_file_is_told(file, fresh):
    """SP001 with the file's name."""
    (fresh / file).unlink()
    found = [one for one in check([fresh], Library.choose()).findings if one.severity == "error"]
    assert [(one.code, Path(one.path).name) for one in found] == [("SP001", file)]


def test_all_faults_of_all_files_come_at_once(fresh):
    """Three files, five faults, one run."""
    persona, lines = fresh / "persona.yaml", fresh / "lines.yaml"
    persona.write_text(
        persona.read_text().replace("age: 44", "age: 400").replace("channel: in_person", "channel: tv"),
        encoding="utf-8",
    )
    lines.write_text(lines.read_text().replace("move: greet", "move: wave"), encoding="utf-8")
    (fresh / "dialogues.yaml").write_text("schema_version: 1\ndialogues: []\n", encoding="utf-8")
    found = [one for one in check([fresh], Library.choose()).findings if one.severity == "error"]
    assert {Path(one.path).name for one in found} == {"persona.yaml", "lines.yaml", "dialogues.yaml"}
    assert len(found) >= 5


def test_the_command_exits_with_one_and_shows_no_traceback(fresh):
    """For people, programs and forges alike."""
    (fresh / "persona.yaml").write_text("card: {name: Jo,\n", encoding="utf-8")
    for form in ("text", "json", "github"):
        done = subprocess.run(
            [sys.executable, "-m", "simpatient", "check", str(fresh), "--format", form],
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 1
        assert "Traceback" not in done.stdout + done.stderr
        assert "SP004" in done.stdout
        if form == "json":
            assert json.loads(done.stdout)["counts"]["error"] == 1
