"""The field reference: every field of every authored file, from what the program itself reads."""

from __future__ import annotations

import enum
import re
import types
import typing
from collections.abc import Iterator
from typing import Any, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simpatient.persona.aspects import Aspect
from simpatient.persona.lines import Asked, SayMove
from simpatient.rubric.rubric import Situation
from simpatient.words import Occasion, Tag
from simpatient.workshop.new.schemas import FROM_PRESET, KEPT, MODELS, field_notes

FILES = ("persona", "lines", "dialogues", "returning", "questions", "followups", "rubric", "codebook")
TITLES = {
    "persona": "persona.yaml", "lines": "lines.yaml", "dialogues": "dialogues.yaml", "returning": "returning.yaml",
    "questions": "questions.yaml", "followups": "followups.yaml",
    "rubric": "evaluators/NAME/rubric.yaml", "codebook": "evaluators/codebook.yaml",
}  # fmt: skip
HEAD = """# Every field of a patient and a rubric

Made from what the program reads; a test holds it to that. How to begin is told in [Write a patient](write-a-patient.md)
and [Write a rubric](write-a-rubric.md). *must* has to be written, *preset* is filled in by the preset where it is not.
"""
LONG: tuple[tuple[str, Any], ...] = (
    ("tag", Tag), ("kind of question", Asked), ("move", SayMove), ("what can be asked", Aspect),
    ("occasion", Occasion), ("situation", Situation),
)  # fmt: skip
"""Closed sets that are too long for a table, by what they are called."""
SAME_EVERYWHERE = {
    "id": "What other places call it by: one word in small letters.",
    "topic": "The topic it belongs to, by its id.",
    "needs": "The fact that has to be told before this may be said or read.",
    "text": "The sentence itself.",
    "because": "What happened to this person that makes it so.",
    "schema_version": "The shape of the file; it changes when the fields do.",
    "trust": "Whether they expect good of the learner.",
    "anxiety": "How much on edge they are.",
    "defensiveness": "How much on guard.",
    "hope": "Whether they think that talking may help.",
    "version": "Of this file; raise it when you change it, so that records can be told apart.",
    "author": "Who wrote it, as they wish to be named.",
    "licence": "Under which others may use it.",
    "age": "In years.",
    "portrait": "Name of the picture beside this file.",
    "language": "In which they talk.",
    "least": "Words, at the least.",
    "most": "Words, at the most.",
    "zero": "What a learner reads beside a 0.",
    "one": "What a learner reads beside a 1.",
    "two": "What a learner reads beside a 2.",
    "three": "What a learner reads beside a 3.",
    "up": "The most that one message may raise it.",
    "down": "The most that one message may lower it.",
}
"""What a field means that is called the same wherever it stands and says no more of itself."""
_SECTION = re.compile(r" \(clinical section [\d.]+\)")
KINDS: dict[object, str] = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def reference() -> str:
    """The whole reference as Markdown."""
    parts = [HEAD]
    for file in FILES:
        parts.append(f"## {TITLES[file]}\n")
        parts += [_table(file, model) for model in _models(MODELS[file])]
    parts.append("## Long lists of choices\n")
    parts += [f"**{name}**: {', '.join(f'`{value}`' for value in _values(kind))}\n" for name, kind in LONG]
    return "\n".join(parts)


def _models(root: type[BaseModel]) -> list[type[BaseModel]]:
    """A model and all that stand inside it, each once, from the outside inwards."""
    found: dict[type[BaseModel], None] = {root: None}
    waiting = [root]
    while waiting:
        model = waiting.pop(0)
        for field in model.model_fields.values():
            for inner in _inside(field.annotation):
                if inner not in found:
                    found[inner] = None
                    waiting.append(inner)
    return list(found)


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _inside(argument)


def _table(file: str, model: type[BaseModel]) -> str:
    about = _SECTION.sub("", " ".join((model.__doc__ or "").split()))
    lines = [about, ""] if model is MODELS[file] else [f"### {_heading(model)}", "", about, ""]
    notes = field_notes(file).get(model.__name__, {})
    lines += ["| field | holds | | meaning |", "|---|---|---|---|"]
    for name, field in model.model_fields.items():
        shown = str(field.validation_alias or field.alias or name)
        note = (notes.get(name, "") or SAME_EVERYWHERE.get(shown, "") or _about(field)).replace("|", "\\|")
        lines.append(f"| `{shown}` | {_holds(field)} | {_needed(model, name, field)} | {note} |")
    return "\n".join(lines) + "\n"


def _about(field: FieldInfo) -> str:
    """What is told of the fields inside, for a field that is a group of them."""
    inside = next(_inside(field.annotation), None)
    return "" if inside is None else _SECTION.sub("", (inside.__doc__ or "").strip().partition("\n")[0])


def _heading(model: type[BaseModel]) -> str:
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in model.__name__).strip()
    return words.capitalize()


def _needed(model: type[BaseModel], name: str, field: FieldInfo) -> str:
    if model.__name__ in FROM_PRESET and name not in KEPT.get(model.__name__, []) and field.is_required():
        return "preset"
    if field.is_required():
        return "must"
    default = field.default
    if default in ("", None, (), {}) or isinstance(default, BaseModel):
        return ""
    return f"`{default.value if isinstance(default, enum.Enum) else default}`"


def _holds(field: FieldInfo) -> str:
    said = "id" if any(getattr(limit, "pattern", None) for limit in field.metadata) else _kind(field.annotation)
    limits = {type(limit).__name__: limit for limit in field.metadata}
    low = next(
        (getattr(limits[key], attribute) for key, attribute in (("Ge", "ge"), ("Gt", "gt")) if key in limits), None
    )
    high = next(
        (getattr(limits[key], attribute) for key, attribute in (("Le", "le"), ("Lt", "lt")) if key in limits), None
    )
    if low is not None and high is not None:
        said += f" {low:g} to {high:g}"
    elif low is not None:
        said += f" from {low:g}"
    least = getattr(limits.get("MinLen"), "min_length", 0)
    if least and said.startswith("list"):
        said += f", at least {least}"
    return said


def _kind(annotation: Any) -> str:
    """What a field holds, in words."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in KINDS:
        return KINDS[annotation]
    if origin is typing.Annotated:
        return _annotated(arguments)
    values = _values(annotation)
    if values and (name := next((name for name, kind in LONG if _values(kind) == values), None)) is not None:
        return f"*{name}*"
    if origin is typing.Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(dict.fromkeys(_kind(a) for a in arguments if a is not type(None)))
    if origin in (tuple, list):
        return f"list: {_kind(arguments[0])}"
    if origin is dict:
        return f"fields: {_kind(arguments[1])}" if len(arguments) > 1 else "fields"
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return ", ".join(f"`{member.value}`" for member in annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"*{_heading(annotation)}*"
    return "text"


def _values(annotation: Any) -> tuple[str, ...]:
    """The choices of a closed set; none of anything else."""
    if get_origin(annotation) is typing.Literal:
        return tuple(map(str, get_args(annotation)))
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return tuple(str(member.value) for member in annotation)
    return ()


def _annotated(arguments: tuple[Any, ...]) -> str:
    inner, *limits = arguments
    for limit in limits:
        for part in cast("list[Any]", getattr(limit, "metadata", [])):
            if getattr(part, "pattern", None):
                return "id"
        low, high = _range(limit)
        if low is not None and high is not None:
            return f"{_kind(inner)} {low:g} to {high:g}"
    return _kind(inner)


def _range(limit: Any) -> tuple[float | None, float | None]:
    low = high = None
    for part in cast("list[Any]", getattr(limit, "metadata", [])):
        low = getattr(part, "ge", getattr(part, "gt", low))
        high = getattr(part, "le", getattr(part, "lt", high))
    return low, high
