"""What an authored file means by its schema, and everything that is wrong with it in words of our own."""

from __future__ import annotations

import json
import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from simpatient.authoring.read import Document, Path_, Plain, guess_at, nearest, read_yaml
from simpatient.errors import ContentError, Diagnostic

ModelT = TypeVar("ModelT", bound=BaseModel)
WORDINGS: Mapping[str, str] = {
    "string_type": "text", "string_unicode": "text",
    "int_type": "whole number", "int_parsing": "whole number", "int_from_float": "whole number",
    "int_parsing_size": "whole number",
    "float_type": "number", "float_parsing": "number", "finite_number": "number",
    "bool_type": "true or false", "bool_parsing": "true or false",
    "tuple_type": "list", "list_type": "list", "dict_type": "fields", "model_type": "fields",
    "model_attributes_type": "fields",
    "literal_error": "choice", "enum": "choice",
    "too_short": "few", "too_long": "many", "string_too_short": "blank", "string_too_long": "long",
    "string_pattern_mismatch": "id",
    "less_than_equal": "most", "greater_than_equal": "least", "less_than": "below", "greater_than": "above",
    "value_error": "rule",
}  # fmt: skip
"""Which wording of SP007 tells an error, by pydantic's name for it. Its own words are never shown."""
_CHOICES = ("literal_error", "enum")
_TIMES = 3
"""How often a text stands at most in an example of a list."""


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
    """Every schema error as a finding with its place in the file.

    That a list is too short is left out where it is only so because of errors inside it.
    """
    if document.data in ({}, None):
        return [document.diagnostic((), "SP006", "empty")]
    errors = _joined(document.data, model, exc.errors())
    places = [place for place, _ in errors]
    return [
        _schema_finding(document, model, place, error)
        for place, error in errors
        if error["type"] != "too_short"
        or not any(len(other) > len(place) and other[: len(place)] == place for other in places)
    ]


def place_said(path: Path_) -> str:
    """The path of a value as one says it: names, and which of a list, from the first. Pure."""
    return ".".join(_ordinal(part + 1) if isinstance(part, int) else part for part in path) or "the file"


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _joined(data: Plain, model: type[BaseModel], errors: Sequence[Any]) -> list[tuple[Path_, Any]]:
    """The errors with their paths in the file; where a value is none of several kinds, one error with all choices."""
    found: list[tuple[Path_, Any]] = []
    chosen: dict[Path_, Any] = {}
    for error in errors:
        path = place_in_file(data, model, error)
        if error["type"] not in _CHOICES:
            found.append((path, error))
        elif path in chosen:
            known = f"{chosen[path]['ctx']['expected']} or {error['ctx']['expected']}".replace(" or ", ", ")
            chosen[path]["ctx"] = {"expected": ", ".join(dict.fromkeys(known.split(", ")))}
        else:
            chosen[path] = dict(error)
            found.append((path, chosen[path]))
    return [(path, error) for path, error in found if path not in chosen or error["type"] in _CHOICES]


def place_in_file(data: Plain, model: type[BaseModel], error: Any) -> Path_:
    """Where in the file an error stands: pydantic's path without the names it has for alternatives of a type."""
    path: Path_ = ()
    current: Any = data
    loc = error["loc"]
    for at, part in enumerate(loc):
        missing = error["type"] == "missing" and at == len(loc) - 1
        if isinstance(current, dict) and part in current:
            current = cast("dict[Any, Any]", current)[part]
        elif isinstance(current, list) and isinstance(part, int) and part < len(cast("list[Any]", current)):
            current = cast("list[Any]", current)[part]
        elif missing or part in fields_at(model, path):
            current = None
        else:
            continue
        path = (*path, part)
    return path


def _schema_finding(document: Document, model: type[BaseModel], path: Path_, error: Any) -> Diagnostic:
    where, kind, given = place_said(path), error["type"], error.get("input")
    if kind == "extra_forbidden":
        return _extra(document, model, path, given)
    if kind == "missing":
        example = example_at(model, path)
        return document.diagnostic(path, "SP006", "field", where=where, field=path[-1], example=example)
    limits: dict[str, Any] = error.get("ctx", {})
    variant = WORDINGS.get(kind, "")
    if given is None and variant in ("text", "whole number", "number", "true or false", "list", "fields", "choice"):
        return document.diagnostic(path, "SP007", "empty", where=where)
    shown = textwrap.shorten(str(given), 60, placeholder="...")
    values: dict[str, object] = {"where": where, "given": shown, **limits}
    if variant == "choice":
        known = limits["expected"]
        values |= {"nearest": guess_at(str(given), re.findall(r"'([^']*)'", known)), "known": known}
    if variant == "id":
        values |= {"instead": _as_id(shown)}
    if variant == "fields":
        values |= {"example": _first_field(model, path)}
    if variant == "rule":
        values |= {"problem": str(error["msg"]).removeprefix("Value error, ")}
    return document.diagnostic(path, "SP007", variant, **values)


def _extra(document: Document, model: type[BaseModel], path: Path_, given: object) -> Diagnostic:
    """A field that nobody knows, or a sentence in which a comma or a colon made one."""
    key, choices = str(path[-1]), fields_at(model, path[:-1])
    if key != key.lstrip():
        return document.diagnostic(path, "SP004", "spaces")
    variant, sentence = ("known" if choices else "unknown"), ""
    if given is None and " " in key:
        variant = "comma"
    elif (
        re.search(r"\s|[^\W\d_a-z]", key) and not isinstance(given, dict | list) and not guess_at(key.lower(), choices)
    ):
        variant, sentence = "colon", textwrap.shorten(f"{key}: {given or ''}".strip(), 60, placeholder="...")
    near = nearest(key.lower(), choices) if choices else ""
    values = {"where": place_said(path), "nearest": near, "sentence": sentence.replace('"', "'")}
    return document.diagnostic(path, "SP005", variant, **values)


def _as_id(text: str) -> str:
    """The nearest thing to the text that can be an id."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "_".join(re.findall(r"[a-z0-9]+", plain)).lstrip("0123456789_") or "a_word"


def fields_at(model: type[BaseModel], path: Path_) -> list[str]:
    """The field names a mapping at `path` may have; empty when it cannot be told."""
    current: Any = model
    for part in path:
        current = _inside(current, part)
    found = _model_in(current)
    return [_written(name, field) for name, field in found.model_fields.items()] if found else []


def example_at(model: type[BaseModel], path: Path_) -> str:
    """What stands at `path`, written on one line with all that it needs, for somebody who left it out."""
    current: Any = model
    for part in path[:-1]:
        current = _inside(current, part)
    holder = _model_in(current)
    field = (
        next((f for n, f in holder.model_fields.items() if path[-1] in (n, _written(n, f))), None) if holder else None
    )
    return _of_field(field) if field is not None else "..."


def _first_field(model: type[BaseModel], path: Path_) -> str:
    """A field that belongs at `path`, as it is written."""
    current: Any = model
    for part in path:
        current = _inside(current, part)
    holder = _model_in(current)
    fields = list(holder.model_fields.items()) if holder else []
    needed = [each for each in fields if each[1].is_required()] or fields
    return f"{_written(*needed[0])}: {_of_field(needed[0][1])}" if needed else _of_type(current, ())[1:-1]


def _of_field(field: FieldInfo) -> str:
    if field.examples:
        return json.dumps(field.examples[0], ensure_ascii=False)
    return _of_type(field.annotation, field.metadata)


def _of_type(annotation: Any, metadata: Sequence[Any]) -> str:
    """A value of this type as it is written in YAML on one line."""
    limits = {name: value for each in metadata for name, value in _limits(each)}
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of_type(arguments[0], (*arguments[1:], *metadata))
    if origin is Literal:
        return str(arguments[0])
    if origin in (list, tuple):
        item = _of_type(arguments[0], ())
        times = limits.get("min_length", 1) if item.startswith('"') else 1
        return f"[{', '.join([item] * min(times, _TIMES))}]"
    if origin is dict:
        return f"{{{_of_type(arguments[0], ()).strip(chr(34)).replace('...', 'a_word')}: {_of_type(arguments[1], ())}}}"
    if arguments:
        return _of_type(next(argument for argument in arguments if argument is not type(None)), metadata)
    return _of_class(annotation, limits)


def _of_class(kind: Any, limits: Mapping[str, Any]) -> str:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        needed = [(name, field) for name, field in kind.model_fields.items() if field.is_required()]
        return "{" + ", ".join(f"{_written(name, field)}: {_of_field(field)}" for name, field in needed) + "}"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return str(next(iter(kind)).value)
    if kind is bool:
        return "true"
    if kind is int:
        least = limits.get("ge", 1)
        return str((least + limits.get("le", least)) // 2)
    if kind is float:
        return str(min(max(0.5, limits.get("ge", 0.5)), limits.get("le", 0.5)))
    return "a_word" if "pattern" in limits else '"..."'


def _limits(metadata: Any) -> Iterator[tuple[str, Any]]:
    """The limits in a piece of what `Annotated` or a field carries."""
    for each in metadata.metadata if isinstance(metadata, FieldInfo) else (metadata,):
        for name in ("ge", "le", "min_length", "pattern"):
            if getattr(each, name, None) is not None:
                yield name, getattr(each, name)


def _written(name: str, field: FieldInfo) -> str:
    """The name of a field as it stands in a file."""
    return str(field.validation_alias or name)


def _inside(annotation: Any, part: str | int) -> Any:
    """The type of what stands at `part` of a value of this type; None when there is no such thing."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        named = (f for n, f in annotation.model_fields.items() if str(part) in (n, f.validation_alias))
        return next((field.annotation for field in named), None)
    arguments = get_args(annotation)
    if get_origin(annotation) is dict:
        return arguments[1]
    if get_origin(annotation) in {list, tuple}:
        return arguments[0]
    return next((inner for inner in (_inside(argument, part) for argument in arguments) if inner is not None), None)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model among the alternatives of a type, such as `Fact | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {dict, list, tuple}:
        return None
    return next((found for argument in get_args(annotation) if (found := _model_in(argument))), None)
