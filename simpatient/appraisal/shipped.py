"""The files of weights that come with the program."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def shipped(package: str, name: str) -> Any:
    """What the file of weights `name` of `package` holds; None where it is missing."""
    source = files(package).joinpath(name)
    return json.loads(source.read_text(encoding="utf-8")) if source.is_file() else None
