"""`simpatient code`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simpatient.words import Context


LOOKED_BACK = 4
"""Messages of the same dialogue before a message that its reading may look back on."""


@click.command("code")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def command(file: Path) -> None:
    """Read behaviour codes from FILE (JSON lines, also .gz).

    Each line holds "id", "patient" (the turn answered) and "learner"; each line printed has the same
    id with "codes" [{code, level, quote}] and "primary", one of open_question, closed_question,
    simple_reflection, complex_reflection, information, advice, other. Lines that name their "dialogue",
    in the order in which they were spoken, are read with what was said before them.
    """
    from simpatient.appraisal import RuleReader, primary_of
    from simpatient.authoring import Library, read_rows
    from simpatient.rubric import load_codebook

    codebook = load_codebook(Library.choose())
    reader = RuleReader(codebook)
    earlier: list[tuple[str, str]] = []
    going: object = None
    for row in read_rows(file, required=("id", "learner")):
        dialogue = row.data.get("dialogue")
        if dialogue is None or dialogue != going:
            earlier, going = [], dialogue
        patient, learner = row.text("patient"), row.text("learner")
        appraisal = reader.read(learner, _context(patient, earlier))
        earlier = [*earlier[1 - LOOKED_BACK :], (patient, learner)]
        codes = [{"code": s.code, "level": s.level, "quote": s.quote} for s in appraisal.codes]
        found = {"id": row.data["id"], "codes": codes, "primary": primary_of(appraisal, codebook)}
        sys.stdout.buffer.write((json.dumps(found, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _context(patient: str, earlier: Sequence[tuple[str, str]]) -> Context:
    """What may be known of a message: the turn it answers, and the exchanges (patient, learner) before it."""
    from simpatient.appraisal import tag_turn
    from simpatient.words import Context, PatientTurn

    said = (*(turn for turn, _ in earlier if turn), *([patient] if patient else []))
    return Context(
        turn=PatientTurn(text=patient, opportunities=tag_turn(patient)),
        said=said,
        exchange=len(earlier) + 1 if earlier else 2 if patient else 1,
        learner_said=tuple(learner for _, learner in earlier),
    )
