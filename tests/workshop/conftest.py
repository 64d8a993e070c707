"""A small library in which a colleague finds nothing to say: what `simpatient new` writes, with its to-dos done."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simpatient.authoring import Library, shipped_root
from simpatient.workshop.check import check
from simpatient.workshop.new import Answers, begin_evaluator, begin_persona

RETURNING = """schema_version: 1
lines:
  - {say: "So did you ask them, who hears of this?", occasion: raises_promise, which: who_hears}
"""
REVIEWED = """  status: reviewed
  # Who has read it, in words, with a date. Leave empty what nobody has done: it is shown as it is.
  clinician: A community nurse, October 2026
  lived_experience: Somebody who lost a job at fifty, October 2026
"""
DRAFT = """  status: draft
  # Who has read it, in words, with a date. Leave empty what nobody has done: it is shown as it is.
  clinician: ""
  lived_experience: ""
"""


def done(file: Path) -> None:
    """The file with its to-dos done."""
    kept = [line for line in file.read_text(encoding="utf-8").splitlines(keepends=True) if "TODO" not in line]
    file.write_text("".join(kept).replace(DRAFT, REVIEWED), encoding="utf-8")


@pytest.fixture(scope="session")
def healthy(tmp_path_factory) -> Path:
    """A library with one patient, one evaluator and a codebook; to be copied, never changed."""
    root = tmp_path_factory.mktemp("healthy") / "library"
    for kind in ("personas", "evaluators"):
        (root / kind).mkdir(parents=True)
    jo = begin_persona(Answers(name="jo"), root / "personas")
    (jo / "returning.yaml").write_text(RETURNING, encoding="utf-8")
    begin_evaluator("brief", root / "evaluators")
    shutil.copy(shipped_root() / "evaluators" / "codebook.yaml", root / "evaluators")
    for file in root.rglob("*.yaml"):
        done(file)
    return root


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
