"""Suites written in the test itself, and held."""

from __future__ import annotations

import asyncio
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from simpatient.suite.cases import Choice, runs_of
from simpatient.suite.held import Held
from simpatient.suite.hold import held
from simpatient.suite.load import Loaded, Shelf, load_suite
from simpatient.suite.plugin import encounter, scripted_model
from simpatient.suite.service import Service

__all__ = ["encounter", "scripted_model"]
"""The plugin's fixtures, also where this checkout is not the one that is installed."""


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def written(tmp_path: Path, shelf: Shelf) -> Callable[[str], Loaded]:
    """The suite of a text, through a file."""

    def load(text: str) -> Loaded:
        path = tmp_path / "a.dialogues.yaml"
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return load_suite(path, shelf)

    return load


@pytest.fixture
def hold(written: Callable[[str], Loaded], shelf: Shelf) -> Callable[..., list[Held]]:
    """Every conversation of a text, held one after the other."""

    def run(text: str, service: Service | None = None, choice: Choice | None = None) -> list[Held]:
        loaded = written(text)
        runs = list(runs_of(loaded, shelf, choice or Choice()))

        async def every() -> list[Held]:
            return [await held(each, shelf, service or Service()) for each in runs]

        return asyncio.run(every())

    return run
