"""`simpatient code`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simpatient.words import Context


@click.command("code")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def command(file: Path) -> None:
    """Read behaviour codes from FILE (JSON lines, also .gz).

    Each line holds "id", "patient" (the turn answered) and "learner"; each line printed has the same
    id with "codes" [{code, level, quote}] and "primary", one of open_question, closed_question,
    simple_reflection, complex_reflection, information, advice, other.
    """
    from simpatient.appraisal import RuleReader, primary_of
    from simpatient.authoring import Library, read_rows
    from simpatient.rubric import load_codebook

    codebook = load_codebook(Library.choose())
    reader = RuleReader(codebook)
    for row in read_rows(file, required=("id", "learner")):
        appraisal = reader.read(row.text("learner"), _context(row.text("patient")))
        codes = [{"code": s.code, "level": s.level, "quote": s.quote} for s in appraisal.codes]
        found = {"id": row.data["id"], "codes": codes, "primary": primary_of(appraisal, codebook)}
        sys.stdout.buffer.write((json.dumps(found, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _context(patient: str) -> Context:
    from simpatient.appraisal import tag_turn
    from simpatient.words import Context, PatientTurn

    turn = PatientTurn(text=patient, opportunities=tag_turn(patient))
    return Context(turn=turn, said=(patient,) if patient else (), exchange=2 if patient else 1)
