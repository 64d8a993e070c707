"""What `simpatient new` wrote and nobody has changed: somebody else's life in this patient's mouth."""

from __future__ import annotations

from collections.abc import Iterator

from simpatient.authoring import Plain
from simpatient.authoring.read import Path_
from simpatient.errors import Diagnostic
from simpatient.workshop.check.manuscript import DIALOGUES, RETURNING, Manuscript
from simpatient.workshop.theirs import plain, theirs

LONG = 5
"""Words of a text from which it is no accident that two people say the same."""
SEVERAL = 4
"""Shorter texts in one section that are no accident when they come together."""
SHOWN = 60
"""Letters of a sentence that are shown."""


def leftovers(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Each section that still holds sentences of the template person, with the first of them."""
    persona, known = manuscript.persona, theirs()
    names = dict.fromkeys((persona.card.name, persona.id.replace("_", " ").title()))
    found: dict[tuple[str, str], list[tuple[Path_, str]]] = {}
    for file, at, text in _texts(manuscript):
        if " " in text and any(plain(text, name) in known for name in names):
            found.setdefault((file, str(at[0])), []).append((at, text))
    for (file, section), left in found.items():
        at, text = max(left, key=lambda each: len(each[1].split()) >= LONG)
        if len(text.split()) < LONG and len(left) < SEVERAL:
            continue
        shown = text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]} ..."
        more = f", and {len(left) - 1} more" if len(left) > 1 else ""
        line = manuscript.documents[file].place(at)[0]
        yield manuscript.finding(file, (section,), "SP174", section=section, text=shown, line=line, more=more)


def _texts(manuscript: Manuscript) -> Iterator[tuple[str, Path_, str]]:
    """Every text an author should have written, with its place; what a learner says in a worked dialogue too."""
    for passage in manuscript.passages:
        if passage.file != RETURNING and passage.at[0] not in ("card", "review") and "nonverbal" not in passage.at:
            yield passage.file, passage.at, passage.text
    document = manuscript.documents.get(DIALOGUES)
    if document is not None:
        yield from _said(document.data, ())


def _said(data: Plain, at: Path_) -> Iterator[tuple[str, Path_, str]]:
    if isinstance(data, str):
        if at[-1:] == ("learner",):
            yield DIALOGUES, at, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _said(value, (*at, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _said(value, (*at, index))
