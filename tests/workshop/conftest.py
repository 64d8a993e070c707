"""A small library in which a colleague finds nothing to say: what `simpatient new` writes, with its to-dos done."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simpatient.authoring import Library, shipped_root
from simpatient.workshop.check import check
from simpatient.workshop.new import Answers, begin_evaluator, begin_persona, begin_suite

RETURNING = """schema_version: 1
lines:
  - {say: "So did you ask them, who hears of this?", occasion: raises_promise, which: who_hears}
"""
QUESTIONS = """schema_version: 1
questions:
  robin.age:
    - "how old is your lad"
"""
FOLLOWUPS = """schema_version: 1
followups:
  robin.age:
    - {asked: ["does he still live with you?"], say: ["Upstairs. You'd hear him."]}
"""
REVIEWED = """  status: reviewed
  # Who has read it, in words, with a date. Leave empty what nobody has done: it is shown as it is.
  clinician: A community nurse, October 2026
  lived_experience: Somebody who lost a job at fifty, October 2026
"""
OWN = "  notes: A market town with three buses a day. Help is something one gives.\n"
TEMPLATES = "  notes: Small market town, shop and lorries. Help is something one gives.\n"
DRAFT = """  status: draft
  # Who has read it, in words, with a date. Leave empty what nobody has done: it is shown as it is.
  clinician: ""
  lived_experience: ""
"""


def done(file: Path) -> None:
    """The file with its to-dos done."""
    kept = [line for line in file.read_text(encoding="utf-8").splitlines(keepends=True) if "TODO" not in line]
    file.write_text("".join(kept).replace(DRAFT, REVIEWED).replace(TEMPLATES, OWN), encoding="utf-8")


def stood_by(folder: Path) -> None:
    """The sections that `new` wrote, as they are to stay."""
    left = [one for one in check([folder], Library.choose()).findings if one.code == "SP174"]
    for one in sorted(left, key=lambda each: -each.line):
        lines = Path(one.path).read_text(encoding="utf-8").splitlines(keepends=True)
        lines.insert(one.line - 1, "# SP174 stands: Jo is the person of these tests\n")
        Path(one.path).write_text("".join(lines), encoding="utf-8")


@pytest.fixture(scope="session")
def healthy(tmp_path_factory) -> Path:
    """A library with one patient, one evaluator and a codebook; to be copied, never changed."""
    root = tmp_path_factory.mktemp("healthy") / "library"
    for kind in ("personas", "evaluators"):
        (root / kind).mkdir(parents=True)
    jo = begin_persona(Answers(name="jo"), root / "personas")
    (jo / "returning.yaml").write_text(RETURNING, encoding="utf-8")
    (jo / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    (jo / "followups.yaml").write_text(FOLLOWUPS, encoding="utf-8")
    begin_evaluator("brief", root / "evaluators")
    begin_suite("ward", root / "suites")
    shutil.copy(shipped_root() / "evaluators" / "codebook.yaml", root / "evaluators")
    for file in root.rglob("*.yaml"):
        done(file)
    stood_by(jo)
    return root


@pytest.fixture(scope="session")
def begun(tmp_path_factory) -> Path:
    """A patient as `simpatient new persona jo` writes it; to be copied, never changed."""
    return begin_persona(Answers(name="jo"), tmp_path_factory.mktemp("begun"))


@pytest.fixture
def fresh(begun, tmp_path) -> Path:
    """A copy of one's own to spoil."""
    return Path(shutil.copytree(begun, tmp_path / "jo"))


@pytest.fixture
def library(healthy, tmp_path) -> Path:
    """A copy of one's own to spoil."""
    return Path(shutil.copytree(healthy, tmp_path / "library"))


@pytest.fixture
def jo(library) -> Path:
    """The folder of the healthy patient."""
    return library / "personas" / "jo"


@pytest.fixture(scope="session")
def said():
    """What the colleague says of a library or a folder."""

    def read(*paths: Path):
        return list(check(paths, Library.choose()).findings)

    return read
