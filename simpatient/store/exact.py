"""Frozen dataclasses as text and back, without the least loss: what a meeting needs to go on as if nothing happened."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from simpatient.errors import StoreError

T = TypeVar("T")
EXACT_VERSION = 1
"""Raised when a text written before can no longer be read; fields added with a default need no new version."""


def packed(value: object) -> str:
    """`value`, a dataclass, as text that names its own kind and version."""
    kind = type(value)
    inside = _adapter(kind).dump_json(value).decode("utf-8")
    return f'{{"kind":"{kind.__name__}","version":{EXACT_VERSION},"value":{inside}}}'


def unpacked(kind: type[T], text: str) -> T:
    """The `kind` that was packed as `text`, equal to what it was.

    Raises:
        StoreError: the text is of another kind or version, or holds something this version would lose.
    """
    try:
        envelope: dict[str, Any] = json.loads(text)
        if envelope["kind"] != kind.__name__ or envelope["version"] != EXACT_VERSION:
            raise StoreError(_other(kind))
        inside = json.dumps(envelope["value"])
        value = cast("T", _adapter(kind).validate_json(inside, strict=True))
    except (ValueError, KeyError, TypeError, ValidationError):
        raise StoreError(_other(kind)) from None
    if _lost(envelope["value"], json.loads(_adapter(kind).dump_json(value))):
        raise StoreError(_other(kind))
    return value


@lru_cache(maxsize=32)
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _lost(given: object, back: object) -> bool:
    """Whether `given` has a field that did not come `back`."""
    if isinstance(given, dict) and isinstance(back, dict):
        mine, theirs = cast("dict[str, object]", given), cast("dict[str, object]", back)
        return any(name not in theirs or _lost(value, theirs[name]) for name, value in mine.items())
    if isinstance(given, list) and isinstance(back, list):
        here, there = cast("list[object]", given), cast("list[object]", back)
        return len(here) != len(there) or any(_lost(a, b) for a, b in zip(here, there, strict=True))
    return False


def _other(kind: type[Any]) -> str:
    return (
        f"This meeting was kept by another version of simpatient ({kind.__name__}), so it cannot be continued here. "
        "It can still be read and exported; the version that kept it can continue it."
    )
