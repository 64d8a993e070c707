"""What a path means: a patient's folder, an evaluator's, a codebook, a suite, or all of a library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from simpatient.authoring import Library, finding
from simpatient.errors import ContentError, Diagnostic
from simpatient.workshop.check.manuscript import DIALOGUES, LINES, PERSONA, RETURNING

OF_A_PATIENT = (PERSONA, LINES, DIALOGUES, RETURNING)
OF_A_RUBRIC = ("rubric.yaml", "instructions.md", "gold.jsonl")
CODEBOOK = "codebook.yaml"
PRESETS = "presets.yaml"
KINDS = ("personas", "evaluators", "suites")
OF_A_SUITE = (DIALOGUES, ".dialogues.yaml")


class Kind(StrEnum):
    """What an author can write."""

    PATIENT = "patient"
    RUBRIC = "rubric"
    CODEBOOK = "codebook"
    SUITE = "suite"


@dataclass(frozen=True, kw_only=True)
class Target:
    """One thing to be read."""

    kind: Kind
    path: Path
    """The folder of a patient or an evaluator, the file of a codebook or a suite."""
    root: Path | None
    """The library it stands in; None for a folder somewhere else."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.stem if self.path.suffix else self.path.resolve().name


def gathered(paths: Iterable[str | Path], library: Library) -> tuple[list[Target], list[Diagnostic]]:
    """What the paths mean, each once, and what is wrong with them; without any, the whole library."""
    targets: dict[Path, Target] = {}
    wrong: list[Diagnostic] = []
    named = list(paths)
    for path in named or library.roots:
        try:
            for target in _meant(Path(path), library):
                targets.setdefault(target.path.resolve(), target)
        except ContentError as exc:
            wrong += exc.diagnostics
    return list(targets.values()), wrong


def _meant(path: Path, library: Library) -> list[Target]:
    if path.is_dir():
        found = list(_inside(path))
        if not found:
            raise ContentError([finding("SP008", path, 0, 0, "folder")])
        return found
    if path.is_file():
        return [_of_file(path)]
    if path.suffix or len(path.parts) > 1:
        raise ContentError([finding("SP001", path, reason="No such file or directory")])
    for kind, marker, what in (("evaluators", "rubric.yaml", Kind.RUBRIC), ("personas", PERSONA, Kind.PATIENT)):
        if path.name in library.ids(kind, marker) or kind == "personas":
            folder = library.folder(kind, path.name, marker)
            return [Target(kind=what, path=folder, root=folder.parent.parent)]
    return []


def _inside(folder: Path) -> Iterator[Target]:
    """Everything in a folder: itself, or what stands below it."""
    if _holds(folder, OF_A_PATIENT) and not is_suite(folder / DIALOGUES):
        yield Target(kind=Kind.PATIENT, path=folder, root=_root(folder))
        return
    if _holds(folder, OF_A_RUBRIC):
        yield Target(kind=Kind.RUBRIC, path=folder, root=_root(folder))
        return
    if (folder / CODEBOOK).is_file():
        yield Target(kind=Kind.CODEBOOK, path=folder / CODEBOOK, root=_root(folder / CODEBOOK))
    for file in sorted(folder.glob("*.yaml")):
        if is_suite(file):
            yield Target(kind=Kind.SUITE, path=file, root=_root(file))
    kinds = [folder / kind for kind in KINDS if (folder / kind).is_dir()]
    for entry in kinds or sorted(entry for entry in folder.iterdir() if entry.is_dir()):
        if kinds or (not entry.name.startswith((".", "_")) and _holds(entry, (*OF_A_PATIENT, *OF_A_RUBRIC))):
            yield from _inside(entry)


def is_suite(path: Path) -> bool:
    """Whether a file is a suite of dialogues, and not the worked dialogues of a patient."""
    if not (path.is_file() and path.name.endswith(OF_A_SUITE)):
        return False
    if path.name != DIALOGUES:
        return True
    try:
        return re.search(r"^suite\s*:", path.read_text(encoding="utf-8", errors="replace"), re.MULTILINE) is not None
    except OSError:
        return False


def _holds(folder: Path, files: tuple[str, ...]) -> bool:
    return any((folder / file).is_file() for file in files)


def _of_file(path: Path) -> Target:
    """What a single file belongs to.

    Raises:
        ContentError: it is none of the files that are read.
    """
    if is_suite(path):
        return Target(kind=Kind.SUITE, path=path, root=_root(path))
    if path.name in OF_A_PATIENT:
        return Target(kind=Kind.PATIENT, path=path.parent, root=_root(path.parent))
    if path.name in OF_A_RUBRIC:
        return Target(kind=Kind.RUBRIC, path=path.parent, root=_root(path.parent))
    if path.name == CODEBOOK:
        return Target(kind=Kind.CODEBOOK, path=path, root=_root(path))
    raise ContentError([finding("SP008", path, 0, 0, "file")])


def _root(path: Path) -> Path | None:
    """The library that a path stands in, when it stands in one."""
    above = path.resolve().parents
    return above[1] if len(above) > 1 and above[0].name in KINDS else None
