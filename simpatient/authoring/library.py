"""Where personas and evaluators are looked for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from simpatient.authoring.pages import finding
from simpatient.authoring.read import nearest
from simpatient.errors import ConfigurationError, ContentError


def shipped_root() -> Path:
    """The folder that holds the shipped `personas/` and `evaluators/`.

    Inside a wheel they travel as `simpatient/_library`; in a checkout they stand
    beside the package.
    """
    package = Path(__file__).resolve().parent.parent
    inside = package / "_library"
    return inside if inside.is_dir() else package.parent


@dataclass(frozen=True, kw_only=True)
class Library:
    """Authored folders, an educator's own before the shipped ones."""

    roots: tuple[Path, ...]

    @classmethod
    def choose(cls, own: str | Path | None = None) -> Library:
        """The library to use: `own`, else `SIMPATIENT_LIBRARY`, before the shipped one.

        Raises:
            ConfigurationError: the educator's folder does not exist or is not a library.
        """
        chosen = own or os.environ.get("SIMPATIENT_LIBRARY")
        roots: list[Path] = []
        if chosen:
            folder = Path(chosen).expanduser()
            if not folder.is_dir():
                message = f"The library folder {folder} does not exist. Create it, or unset SIMPATIENT_LIBRARY."
                raise ConfigurationError(message)
            if not any((folder / kind).is_dir() for kind in ("personas", "evaluators")):
                message = (
                    f"The library folder {folder} holds neither personas/ nor evaluators/. Name the folder above them."
                )
                raise ConfigurationError(message)
            roots.append(folder)
        return cls(roots=(*roots, shipped_root()))

    def ids(self, kind: str, marker: str) -> list[str]:
        """Ids of all folders of `kind` ("personas", "evaluators") that hold the file `marker`, sorted."""
        found: set[str] = set()
        for root in self.roots:
            folder = root / kind
            if folder.is_dir():
                found.update(entry.name for entry in folder.iterdir() if (entry / marker).is_file())
        return sorted(found)

    def folder(self, kind: str, name: str, marker: str) -> Path:
        """The folder called `name`; a path to a folder of one's own is taken as it is.

        Raises:
            ContentError: there is none; the message lists the choices.
        """
        if os.sep in name and (Path(name) / marker).is_file():
            return Path(name)
        known = self.ids(kind, marker)
        if name in known:
            return next(root / kind / name for root in self.roots if (root / kind / name / marker).is_file())
        word = kind.removesuffix("s")
        raise ContentError([finding("SP010", kind, kind=word, word=name, nearest=nearest(name, known))])

    def file(self, relative: str) -> Path:
        """The first file at `relative` under the roots.

        Raises:
            ContentError: no root has it.
        """
        for root in self.roots:
            if (root / relative).is_file():
                return root / relative
        raise ContentError([finding("SP001", relative, 0, 0, "library")])
