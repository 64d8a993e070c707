"""Answers as JSON objects: asked for in the best form the server knows, read and checked by us, mended once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from simpatient.errors import ChatModelError
from simpatient.llm.failures import Failure, ServiceFailed
from simpatient.llm.port import ChatModel, Completion, Form, Json, Message, Request, Shape
from simpatient.llm.thoughts import spoken

A = TypeVar("A", bound=BaseModel)
FORMS: tuple[Form, ...] = ("json_schema", "json_object", "prompt")
"""The forms from the strictest to the loosest."""
LONGEST = 60_000
"""Characters of an answer that are looked at."""
SHOWN = 2000
"""Characters of an unusable answer that are shown to the model again."""
SHOWN_FAULTS = 5
_served: dict[tuple[str, str], Form] = {}
"""The form that each model at its place was last seen to serve, for the life of the process."""


class NoUsableAnswer(ChatModelError):
    """The model answered twice, and neither answer could be used."""


@dataclass(frozen=True, kw_only=True)
class Answer(Generic[A]):
    """A checked answer with what it took."""

    value: A
    completion: Completion
    form: Form
    mended: bool = False
    """Whether it took the second try."""


async def answer(
    model: ChatModel, request: Request, kind: type[A], schema: Mapping[str, Json] | None = None
) -> Answer[A]:
    """The answer to `request` as a checked `kind`.

    The schema is asked for as a grammar, else as any object, else in words alone; what the server refused once is not
    asked for again. Whatever it promised, the answer is looked for in the text and checked here. An answer that does
    not fit is asked for once more with its faults named.

    Args:
        model: whom to ask.
        request: the messages; its shape is filled in here.
        kind: what the object must be.
        schema: a JSON Schema closer than that of `kind`, such as one with the ids of the day.

    Raises:
        NoUsableAnswer: neither answer could be used.
        ChatModelError: the service failed.
    """
    wanted = schema or schema_of(kind)
    form = _served.get((model.name, model.place), FORMS[0])
    first, form = await _asked(model, request, Shape(name=kind.__name__, schema=wanted, form=form))
    value, fault = read(first.text, kind)
    if value is not None:
        _remember(model, form)
        return Answer(value=value, completion=first, form=form)
    if next(objects_in(first.text), None) is None:
        form = FORMS[-1]  # a server that promised an object and sent words did not read what was asked of it
    again = (
        Message(role="assistant", text=first.text[:SHOWN] or "(nothing)"),
        Message(
            role="user",
            text=f"That could not be used: {fault} Answer again, with the whole JSON object and nothing else.",
        ),
    )
    mend = replace(request, messages=(*request.messages, *again), turn=f"{request.turn}-mend" if request.turn else "")
    second, form = await _asked(model, mend, Shape(name=kind.__name__, schema=wanted, form=form))
    value, fault = read(second.text, kind)
    if value is None:
        raise NoUsableAnswer("the chat model gave no usable answer, twice")
    _remember(model, form)
    return Answer(value=value, completion=second, form=form, mended=True)


async def _asked(model: ChatModel, request: Request, shape: Shape) -> tuple[Completion, Form]:
    """The answer in the strictest form that the model serves, from that of `shape` on.

    A service may be down because of the grammar; where a model is new, words alone are tried then.
    """
    forms = list(FORMS[FORMS.index(shape.form) :])
    while True:
        form = forms.pop(0)
        try:
            completion = await model.complete(replace(request, shape=replace(shape, form=form)))
        except ServiceFailed as exc:
            if exc.failure is Failure.DOWN and model.place and (model.name, model.place) not in _served:
                forms = forms[-1:]
            elif exc.failure is not Failure.REJECTED:
                raise
            if not forms:
                raise
        else:
            if form != shape.form:
                _remember(model, form)
            return completion, form


def _remember(model: ChatModel, form: Form) -> None:
    """Begin with `form` next time; what stays in this process has nothing to refuse."""
    if model.place:
        _served[model.name, model.place] = form


def read(text: str, kind: type[A]) -> tuple[A | None, str]:
    """The first object in the text that fits `kind`, and what was wrong where none does. Pure."""
    fault = "there is no JSON object in it."
    for found in objects_in(spoken(text)[:LONGEST]):
        try:
            return kind.model_validate(found), ""
        except ValidationError as exc:
            fault = "; ".join(
                f"{'.'.join(map(str, e['loc'])) or 'the object'}: {e['msg']}"
                for e in exc.errors(include_url=False)[:SHOWN_FAULTS]
            )
    return None, fault


def objects_in(text: str) -> Iterator[dict[str, object]]:
    """The JSON objects in a text, first to last; fences and words around them are passed over. Pure."""
    decoder, at = json.JSONDecoder(), 0
    for _ in range(20):
        at = text.find("{", at)
        if at < 0:
            return
        try:
            found, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at += 1
            continue
        if isinstance(found, dict):
            yield found  # pyright: ignore[reportUnknownVariableType]


@lru_cache(maxsize=32)
def schema_of(kind: type[BaseModel]) -> Mapping[str, Json]:
    """The JSON Schema of `kind` as strict servers want it: all fields required, none beside them. Pure."""
    return strict(kind.model_json_schema())


def strict(schema: Json) -> dict[str, Json]:
    """The schema with every object closed and all its fields required, and without titles and defaults. Pure."""
    closed = _strict(schema)
    assert isinstance(closed, dict)
    return closed


def _strict(node: Json) -> Json:
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, Mapping):
        return node
    kept: dict[str, Json] = {}
    for key, value in node.items():
        if key == "properties" and isinstance(value, Mapping):
            kept[key] = {name: _strict(item) for name, item in value.items()}
        elif key not in ("title", "default"):
            kept[key] = _strict(value)
    if kept.get("type") == "object" and isinstance(kept.get("properties"), dict):
        fields = kept["properties"]
        assert isinstance(fields, dict)
        kept |= {"required": list(fields), "additionalProperties": False}
    return kept
