"""Rooms import only from lower rooms; the contracts stand in pyproject.toml."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.tool
def test_every_room_imports_only_from_lower_rooms(checkout):
    """The layers and the two doors to the outside hold, and every room has its place."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-logo", "--no-cache"], cwd=checkout, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_entry_point_of_chainlit_imports_the_web_room_and_nothing_else(checkout):
    """`chainlit run app.py` gets the same guards as `simpatient chat`."""
    entry = checkout / "app.py"
    if not entry.is_file():
        pytest.skip("there is no app.py yet")
    names: list[str] = []
    for node in ast.walk(ast.parse(entry.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            names.append(node.module or "")
    assert names
    assert all(name.startswith("simpatient.web") for name in names), names


def test_authored_folders_hold_no_python(checkout):
    """A clinician can change everything in personas, evaluators and suites."""
    folders = [checkout / name for name in ("personas", "evaluators", "suites")]
    assert not [path for folder in folders for path in folder.rglob("*.py")]
