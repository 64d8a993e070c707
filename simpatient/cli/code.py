"""`simpatient code`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simpatient.errors import ContentError, Diagnostic

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
    from simpatient.authoring import Library
    from simpatient.rubric import load_codebook

    codebook = load_codebook(Library.choose())
    reader = RuleReader(codebook)
    out = click.get_text_stream("stdout", encoding="utf-8")
    for row in _rows(file):
        appraisal = reader.read(str(row["learner"]), _context(str(row.get("patient", ""))))
        codes = [{"code": s.code, "level": s.level, "quote": s.quote} for s in appraisal.codes]
        found = {"id": row["id"], "codes": codes, "primary": primary_of(appraisal, codebook)}
        out.write(json.dumps(found, ensure_ascii=False) + "\n")
    out.flush()


def _context(patient: str) -> Context:
    from simpatient.appraisal import tag_turn
    from simpatient.words import Context, PatientTurn

    turn = PatientTurn(text=patient, opportunities=tag_turn(patient))
    return Context(turn=turn, said=(patient,) if patient else (), exchange=2 if patient else 1)


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines.

    Raises:
        ContentError: the file cannot be read, or a line is not an object with `id` and `learner`.
    """
    try:
        raw = click.get_binary_stream("stdin").read() if str(file) == "-" else file.read_bytes()
        if raw[:2] == b"\x1f\x8b":
            raw = gzip.decompress(raw)
    except (OSError, EOFError) as exc:
        raise _broken(file, 0, f"cannot read the file ({type(exc).__name__})", "Check its name and format.") from None
    for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            raise _broken(file, number, "the line is not JSON", "One JSON object per line.") from None
        if not isinstance(row, dict) or "id" not in row or "learner" not in row:
            raise _broken(file, number, "the line has no `id` or no `learner`", "Both are needed.") from None
        yield row


def _broken(file: Path, line: int, message: str, fix: str) -> ContentError:
    finding = Diagnostic(path=str(file), line=line, column=0, code="SP020", name="bad-row", message=message, fix=fix)
    return ContentError([finding])
