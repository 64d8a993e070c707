"""One authored YAML file as plain data, with the place of every value."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from simpatient.errors import ContentError, Diagnostic

Place = tuple[int, int]
Path_ = tuple[str | int, ...]
ModelT = TypeVar("ModelT", bound=BaseModel)

MAX_BYTES = 2_000_000
MAX_NODES = 200_000
"""An authored file is never this large; shared packs are not trusted to be polite."""


class _PlainLoader(yaml.SafeLoader):
    """YAML 1.2 words: only true and false are booleans, dates stay text."""


_PlainLoader.yaml_implicit_resolvers = {
    letter: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag.rsplit(":", 1)[-1] in {"int", "float", "null", "merge"}
    ]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _letter, _word in (("t", "true"), ("f", "false")):
    _PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(f"^{_word}$"), [_letter])


@dataclass(frozen=True, kw_only=True)
class Document:
    """An authored file as plain data."""

    path: Path
    data: Any
    places: dict[Path_, Place]
    """1-based line and column of every value and key, by its path in the data."""

    def place(self, path: Path_) -> Place:
        """The place of `path`, or of its nearest parent that stands in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def finding(self, path: Path_, code: str, name: str, message: str, fix: str = "") -> Diagnostic:
        """A diagnostic at the place of `path`."""
        line, column = self.place(path)
        return Diagnostic(
            path=str(self.path), line=line, column=column, code=code, name=name, message=message, fix=fix
        )


def read_yaml(path: Path) -> Document:
    """The file's data with places.

    Raises:
        ContentError: the file is missing, unreadable, too large or not YAML.
    """
    try:
        raw = path.read_bytes()
    except OSError as exc:
        fix = "Check the name and that the file may be read."
        raise _failed(path, "SP001", "unreadable-file", f"cannot read the file ({exc.strerror})", fix) from None
    if len(raw) > MAX_BYTES:
        raise _failed(path, "SP002", "file-too-large", f"the file has {len(raw):,} bytes", f"At most {MAX_BYTES:,}.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as exc:
        line = raw[: exc.start].count(b"\n") + 1
        fix = "Save the file as UTF-8."
        raise _failed(path, "SP003", "not-utf8", "the file is not UTF-8 text", fix, line=line) from None
    places: dict[Path_, Place] = {}
    try:
        node = _PlainLoader(text).get_single_node()
        data = _Builder(path, places).build(node, ()) if node is not None else {}
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        fix = "Check the indentation and the quotes on this line and the one above."
        problem = exc.problem or "not valid YAML"
        raise _failed(path, "SP004", "not-yaml", problem, fix, line=line, column=column) from None
    except yaml.YAMLError as exc:
        raise _failed(path, "SP004", "not-yaml", str(exc).splitlines()[0], "Remove the odd character.") from None
    except RecursionError:
        raise _failed(path, "SP004", "not-yaml", "the file is nested too deeply", "Flatten it.") from None
    return Document(path=path, data=data, places=places)


def read_model(path: Path, model: type[ModelT]) -> tuple[ModelT, Document]:
    """The file as an instance of `model`, and the document it came from.

    Raises:
        ContentError: with every schema error of the file at once.
    """
    document = read_yaml(path)
    try:
        return model.model_validate(document.data), document
    except ValidationError as exc:
        raise ContentError(schema_findings(document, model, exc)) from None


def schema_findings(document: Document, model: type[BaseModel], exc: ValidationError) -> list[Diagnostic]:
    """Every schema error as a finding with its place in the file."""
    return [_schema_finding(document, model, error) for error in exc.errors()]


def nearest(word: str, choices: list[str]) -> str:
    """A sentence with the nearest choice and the choices, for an unknown word."""
    close = difflib.get_close_matches(word, choices, n=1)
    guess = f"Did you mean `{close[0]}`? " if close else ""
    shown = ", ".join(sorted(choices)[:40])
    return f"{guess}Known: {shown}."


class _Builder:
    """Turns YAML nodes into plain data while noting where each stands."""

    def __init__(self, path: Path, places: dict[Path_, Place]) -> None:
        self.path, self.places, self.count = path, places, 0
        self.constructor = _PlainLoader("")

    def build(self, node: yaml.Node, at: Path_) -> Any:
        self.count += 1
        if self.count > MAX_NODES:
            raise _failed(self.path, "SP002", "file-too-large", "the file unfolds to too many values", "Drop aliases.")
        self.places.setdefault(at, (node.start_mark.line + 1, node.start_mark.column + 1))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*at, index)) for index, child in enumerate(node.value)]
        if node.tag.startswith("tag:yaml.org,2002:"):
            return self.constructor.construct_object(node, deep=True)
        raise yaml.MarkedYAMLError(problem=f"the tag {node.tag} is not allowed here", problem_mark=node.start_mark)

    def _mapping(self, node: yaml.MappingNode, at: Path_) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            if not key or key in data:
                problem = f"the key `{key}` stands twice" if key else "a key must be a word"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key_node.start_mark)
            here = (*at, key)
            self.places[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            data[key] = self.build(value_node, here)
        return data


def _failed(
    path: Path, code: str, name: str, message: str, fix: str, *, line: int = 0, column: int = 0
) -> ContentError:
    return ContentError(
        [Diagnostic(path=str(path), line=line, column=column, code=code, name=name, message=message, fix=fix)]
    )


def _schema_finding(document: Document, model: type[BaseModel], error: Any) -> Diagnostic:
    path: Path_ = tuple(part for part in error["loc"] if part in ("",) or not str(part).startswith("function-"))
    where = ".".join(str(part) for part in path) or "the file"
    kind = error["type"]
    if kind == "extra_forbidden":
        choices = _fields_at(model, path[:-1])
        fix = nearest(str(path[-1]), choices) if choices else "Remove it or check the spelling."
        return document.finding(path, "SP005", "unknown-field", f"`{where}` is not a field", fix)
    if kind == "missing":
        return document.finding(path, "SP006", "missing-field", f"`{where}` is missing", "Add it.")
    message = str(error["msg"]).removeprefix("Value error, ")
    fix = ""
    if kind in {"enum", "literal_error"}:
        message, fix = f"`{error['input']}` is not one of the choices", f"Known: {error['ctx']['expected']}."
    return document.finding(path, "SP007", "wrong-value", f"`{where}`: {message}", fix)


def _fields_at(model: type[BaseModel], path: Path_) -> list[str]:
    """The field names a mapping at `path` may have; empty when it cannot be told."""
    current: Any = model
    for part in path:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, BaseModel):
            found = current.model_fields.get(part)
            current = found.annotation if found else None
        current = _inner_model(current)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return list(current.model_fields)
    return []


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        inner = _inner_model(argument)
        if inner is not None:
            return inner
    return None
