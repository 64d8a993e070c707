"""As much of a file as can be meant while something in it is wrong, so that everything wrong is told at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from pydantic import ValidationError

from simpatient.authoring.read import Document, Path_, Plain, read_yaml
from simpatient.authoring.schema import ModelT, place_in_file, schema_findings
from simpatient.errors import Diagnostic

ROUNDS = 50
"""How often at most something is taken out; each round takes out less deep things than the one before."""


@dataclass(frozen=True, kw_only=True)
class Partly(Generic[ModelT]):
    """A file, the part of it that can be meant, and what is wrong with the rest."""

    whole: Document
    part: Document
    """The same without what is wrong; the places are those of the file."""
    meaning: ModelT | None
    """What the part means; None when nothing is left that means something."""
    findings: tuple[Diagnostic, ...]
    """Everything that the schema finds wrong."""


def read_partly(path: Path, model: type[ModelT], *, vital: Collection[str] = ()) -> Partly[ModelT]:
    """The file as far as it can be meant.

    Args:
        path: the file.
        model: what it means.
        vital: fields without which what holds them would mean something else; it is left out with them.

    Raises:
        ContentError: the file is missing, unreadable, too large or not YAML.
    """
    document = read_yaml(path)
    try:
        meaning = model.model_validate(document.data)
    except ValidationError as exc:
        findings = tuple(schema_findings(document, model, exc))
    else:
        return Partly(whole=document, part=document, meaning=meaning, findings=())
    out: set[Path_] = set()
    for _ in range(ROUNDS):
        left = dict(_left(document.data, (), (), out))
        data = _without(document.data, (), out)
        try:
            meaning = model.model_validate(data)
        except ValidationError as exc:
            wrong = {_out(place_in_file(data, model, error), error["type"], vital) for error in exc.errors()}
            out |= {_standing(path, left) for path in wrong}
        else:
            known = {new: document.place(old) for new, old in left.items()}
            part = Document(path=path, data=data, text=document.text, known=known)
            return Partly(whole=document, part=part, meaning=meaning, findings=findings)
        if () in out:
            break
    return Partly(whole=document, part=document, meaning=None, findings=findings)


def _out(path: Path_, kind: str, vital: Collection[str]) -> Path_:
    """What has to be taken out for an error at `path`: the value itself, or what cannot be meant without it."""
    wrong = path[:-1] if kind == "missing" else path
    return next((wrong[:at] for at, part in enumerate(wrong) if part in vital), wrong)


def _standing(path: Path_, left: Mapping[Path_, Path_]) -> Path_:
    """Where in the file the value at `path` stands, or what holds it."""
    while path not in left:
        path = path[:-1]
    return left[path]


def _left(data: Plain, new: Path_, old: Path_, out: Collection[Path_]) -> Iterator[tuple[Path_, Path_]]:
    """The path of everything that is left, as it is then and as it stands in the file."""
    yield new, old
    for at, (key, value) in enumerate(_inside(data, old, out)):
        yield from _left(value, (*new, at if isinstance(data, list) else key), (*old, key), out)


def _without(data: Plain, at: Path_, out: Collection[Path_]) -> Plain:
    """The data without what stands at the paths of `out`."""
    if isinstance(data, dict):
        return {str(key): _without(value, (*at, key), out) for key, value in _inside(data, at, out)}
    if isinstance(data, list):
        return [_without(value, (*at, key), out) for key, value in _inside(data, at, out)]
    return data


def _inside(data: Plain, at: Path_, out: Collection[Path_]) -> list[tuple[str | int, Plain]]:
    """What stands in a mapping or list and is left, by key or number."""
    if not isinstance(data, dict | list):
        return []
    inside: list[tuple[str | int, Plain]] = list(data.items() if isinstance(data, dict) else enumerate(data))
    return [(key, value) for key, value in inside if (*at, key) not in out]
