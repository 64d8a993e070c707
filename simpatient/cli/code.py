"""`simpatient code`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from simpatient.appraisal import RuleReader
    from simpatient.rubric import Codebook
    from simpatient.words import Context


LOOKED_BACK = 4
"""Messages of the same dialogue before a message that its reading may look back on."""
BLOCK = 500
"""Lines, at least, that are handed to a processor at a time; a dialogue is never cut."""


class _Line(NamedTuple):
    """What is read of one line."""

    id: object
    dialogue: object
    patient: str
    learner: str


@click.command("code")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def command(file: Path) -> None:
    """Read behaviour codes from FILE (JSON lines, also .gz).

    Each line holds "id", "patient" (the turn answered) and "learner"; each line printed has the same
    id with "codes" [{code, level, quote}] and "primary", one of open_question, closed_question,
    simple_reflection, complex_reflection, information, advice, other. Lines that name their "dialogue",
    in the order in which they were spoken, are read with what was said before them. Long files are shared
    out between the processors of the machine; what is printed is the same.
    """
    from simpatient.authoring import read_rows

    _instruments()
    rows = read_rows(file, required=("id", "learner"))
    lines = [_Line(row.data["id"], row.data.get("dialogue"), row.text("patient"), row.text("learner")) for row in rows]
    for found in _shared_out(list(_blocks(lines))):
        sys.stdout.buffer.write(found)
    sys.stdout.buffer.flush()


@lru_cache(maxsize=1)
def _instruments() -> tuple[RuleReader, Codebook]:
    from simpatient.appraisal import RuleReader
    from simpatient.authoring import Library
    from simpatient.rubric import load_codebook

    codebook = load_codebook(Library.choose())
    return RuleReader(codebook), codebook


def _blocks(lines: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    """The lines in order, cut only where a dialogue ends."""
    start = 0
    for index in range(1, len(lines)):
        dialogue = lines[index].dialogue
        if index - start >= BLOCK and (dialogue is None or dialogue != lines[index - 1].dialogue):
            yield lines[start:index]
            start = index
    yield lines[start:]


def _shared_out(blocks: Sequence[Sequence[_Line]]) -> Iterator[bytes]:
    """The codes of each block, in order; by several processes where there is enough for more than one."""
    workers = min(len(blocks), os.cpu_count() or 1)
    if workers < 2:
        yield from map(_coded, blocks)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_coded, blocks)


def _coded(lines: Sequence[_Line]) -> bytes:
    from simpatient.appraisal import primary_of

    reader, codebook = _instruments()
    printed: list[str] = []
    earlier: list[tuple[str, str]] = []
    going: object = None
    for line in lines:
        if line.dialogue is None or line.dialogue != going:
            earlier, going = [], line.dialogue
        appraisal = reader.read(line.learner, _context(line.patient, earlier))
        earlier = [*earlier[1 - LOOKED_BACK :], (line.patient, line.learner)]
        codes = [{"code": s.code, "level": s.level, "quote": s.quote} for s in appraisal.codes]
        found = {"id": line.id, "codes": codes, "primary": primary_of(appraisal, codebook)}
        printed.append(json.dumps(found, ensure_ascii=False) + "\n")
    return "".join(printed).encode("utf-8", "replace")


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
