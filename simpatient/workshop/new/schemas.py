"""JSON Schemas of the authored files, so that editors complete and underline. Made from what the program itself reads."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import cast

from pydantic import BaseModel

from simpatient.authoring import Plain
from simpatient.persona import Dialogues, FollowUps, Lines, Persona, Questions, Returning
from simpatient.persona import dialogues as dialogues_file
from simpatient.persona import followups as followups_file
from simpatient.persona import history as history_file
from simpatient.persona import lines as lines_file
from simpatient.persona import questions as questions_file
from simpatient.persona import returning as returning_file
from simpatient.persona import schema as persona_file
from simpatient.rubric import Rubric
from simpatient.rubric import codebook as codebook_file
from simpatient.rubric import rubric as rubric_file
from simpatient.rubric.codebook import CodebookFile
from simpatient.suite import schema as suite_file
from simpatient.suite.schema import Suite

MODELS: dict[str, type[BaseModel]] = {
    "persona": Persona, "lines": Lines, "dialogues": Dialogues, "returning": Returning, "questions": Questions,
    "followups": FollowUps,
    "rubric": Rubric,
    "codebook": CodebookFile, "suite": Suite,
}  # fmt: skip
"""Each authored file by its name without an ending."""
FROM_PRESET = ("Dynamics", "Start", "Base", "Cap", "Caps")
"""What a preset fills in, so that an author may leave it out."""
KEPT = {"Dynamics": ["preset"]}
_MODULES: tuple[ModuleType, ...] = (
    persona_file, history_file, lines_file, dialogues_file, returning_file, questions_file, followups_file, rubric_file, codebook_file,
    suite_file,
)  # fmt: skip
Schema = dict[str, Plain]


def schemas() -> dict[str, Schema]:
    """The schema of every authored file."""
    return {kind: schema_of(kind) for kind in MODELS}


@cache
def schema_of(kind: str) -> Schema:
    """The JSON Schema of one file, with what each field means."""
    schema = cast("Schema", MODELS[kind].model_json_schema(by_alias=True))
    definitions = cast("dict[str, Schema]", schema.get("$defs", {}))
    for name, definition in {**definitions, MODELS[kind].__name__: schema}.items():
        if name in FROM_PRESET:
            definition["required"] = cast("Plain", KEPT.get(name, []))
        notes = field_notes(kind).get(name, {})
        for field, held in cast("dict[str, Schema]", definition.get("properties", {})).items():
            note = notes.get(field) or notes.get(f"{field}_")
            if note:
                held["description"] = note
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


@cache
def field_notes(kind: str) -> dict[str, dict[str, str]]:
    """What the program's own text says of each field of a file, by class and field.

    Two files may have a class of one name, such as a step; that of the file itself counts.
    """
    notes: dict[str, dict[str, str]] = {}
    own = inspect.getmodule(MODELS[kind])
    for module in sorted(_MODULES, key=lambda module: module is own):
        source = Path(inspect.getfile(module)).read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef):
                notes[node.name] = dict(_notes(node))
    return notes


def _notes(node: ast.ClassDef) -> list[tuple[str, str]]:
    """Each field with the string that stands below it."""
    found: list[tuple[str, str]] = []
    for field, below in zip(node.body, node.body[1:], strict=False):
        named = isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if named and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            assert isinstance(field, ast.AnnAssign)
            assert isinstance(field.target, ast.Name)
            found.append((field.target.id, " ".join(str(below.value.value).split())))
    return found
