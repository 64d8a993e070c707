"""What YAML takes without a word and nobody meant: a comma that makes two lines of one, a `#` that ends a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

from simpatient.authoring import Document, Plain
from simpatient.authoring.read import Path_
from simpatient.errors import Diagnostic
from simpatient.workshop.check.manuscript import NOT_READ, PERSONA, Manuscript, Passage

SHOWN = 60
"""Letters of a sentence that are shown."""
_NOTE = re.compile(r"(?<=\S) #(?!\s*(?:SP\d{3} stands|TODO))(.*)$")
"""One space and a `#` behind a word; a note at the end of a line stands two spaces apart, or is a note of the program's."""
_AT_AN_END = (".", "?", "!", "\u2026", '"', "'")


def slips(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Every sentence of a patient's files that was split or cut, and an id that is not the folder's."""
    yield from _split(manuscript)
    for document in manuscript.documents.values():
        yield from cut_short(document)
    yield from misnamed(manuscript.documents[PERSONA], manuscript.persona.id, manuscript.patient.folder)


def misnamed(document: Document, named: str, folder: Path) -> Iterator[Diagnostic]:
    """An id that is not the name of the folder, by which it is found."""
    if named != folder.resolve().name:
        yield document.diagnostic(("id",), "SP175", id=named, folder=folder.resolve().name)


_UNQUOTED = re.compile(r"\[\s*[^\s\"'\[\]{}]")
"""Where a list between brackets begins without quotes."""


def _split(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Lists of spoken lines between brackets, without quotes, in which a comma stands in the middle of a sentence."""
    bare_in = {name for name, document in manuscript.documents.items() if _UNQUOTED.search(document.text)}
    spoken = [
        each for each in manuscript.passages if each.spoken and each.file in bare_in and isinstance(each.at[-1], int)
    ]
    for (file, at), items in groupby(spoken, key=lambda each: (each.file, each.at[:-1])):
        document, said = manuscript.documents[file], list(items)
        if not any(f"{each.text}," in document.text for each in said):
            continue
        lines = document.text.splitlines()
        bare = [_bare(lines, *document.place(each.at)) for each in said]
        for (one, first), (other, second) in pairwise(zip(said, bare, strict=True)):
            if first and second and not one.text.endswith(_AT_AN_END):
                shown = _joined(said, one, other)
                yield document.diagnostic(one.at, "SP138", text=shown, count=len(said), field=at[-1])
                break


def _joined(said: list[Passage], one: Passage, other: Passage) -> str:
    """The beginning of the sentence that was split."""
    text = f"{one.text}, {other.text}" + (" ..." if other is not said[-1] else "")
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]} ..."


def _bare(lines: list[str], line: int, column: int) -> bool:
    """Whether what stands there is an item between brackets that has no quotes."""
    if line > len(lines) or lines[line - 1][column - 1 : column] in ('"', "'", ""):
        return False
    before = "".join([*lines[max(0, line - 4) : line - 1], lines[line - 1][: column - 1]]).rstrip()
    return before.endswith(("[", ","))


def cut_short(document: Document) -> Iterator[Diagnostic]:
    """Texts without quotes that end where a `#` begins a note."""
    lines = document.text.splitlines()
    noted = {number: note for number, line in enumerate(lines, 1) if (note := _NOTE.search(line))}
    for at, text in _texts(document.data, ()) if noted else ():
        note = noted.get(document.place(at)[0])
        if note is None or not note.string[: note.start()].endswith(text):
            continue
        if " " in text or not note[1].startswith(" "):
            yield document.diagnostic(
                at, "SP139", text=f"{text[-SHOWN:]} #{note[1]}".replace('"', "'"), rest=f"#{note[1]}"
            )


def _texts(data: Plain, at: Path_) -> Iterator[tuple[Path_, str]]:
    """Every text that somebody may read, with its place."""
    if isinstance(data, str):
        yield at, data
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        if key not in NOT_READ:
            yield from _texts(value, (*at, key))
