"""The files the house rules are about."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

BINARY = {".png", ".jpg", ".webp", ".ico", ".gz", ".woff2"}


@pytest.fixture(scope="session")
def modules(checkout: Path) -> list[Path]:
    """Every Python file of the package and its entry point."""
    found = sorted((checkout / "simpatient").rglob("*.py"))
    assert found, "the package has no modules"
    return [*found, *checkout.glob("app.py")]


@pytest.fixture(scope="session")
def texts(checkout: Path) -> dict[str, str]:
    """Every text file of the project by its path: what git tracks and what it would."""
    if shutil.which("git") is None:
        pytest.skip("git is not here to list the project's own files")
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode:
        pytest.skip("not a git checkout: there is no list of the project's own files")
    names = [name for name in listing.stdout.split("\0") if name and Path(name).suffix not in BINARY]
    return {name: (checkout / name).read_text(encoding="utf-8") for name in names if (checkout / name).is_file()}
