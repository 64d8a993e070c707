"""Format, lint and types: what `make check` runs first and `make test` runs too."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.tool


def report(checkout, *command: str) -> str:
    """What the tool found; empty when it found nothing."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=checkout, capture_output=True, text=True, check=False, timeout=300
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_every_file_is_formatted(checkout):
    """`make format` mends it."""
    found = report(checkout, "ruff", "format", "--check", ".")
    assert not found, found


def test_the_linter_finds_nothing(checkout):
    """Each rule that is off has its reason beside it in pyproject.toml."""
    found = report(checkout, "ruff", "check", "--quiet", ".")
    assert not found, found


@pytest.mark.skipif(shutil.which("node") is None, reason="pyright needs Node: install it with apt-get install nodejs")
def test_the_package_is_strictly_typed(checkout):
    """pyright in strict mode, over the package."""
    found = report(checkout, "pyright")
    assert not found, found
