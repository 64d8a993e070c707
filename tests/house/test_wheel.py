"""What `pip install simpatient` brings: the patients, the evaluators, the page; and it works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="the wheel is built without a network: hatchling belongs to the dev extra")

pytestmark = pytest.mark.slow

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


def run(*command, cwd, **environment):
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, timeout=300, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(checkout, tmp_path_factory) -> Path:
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), str(checkout), cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """A folder with the wheel installed and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    run(*PIP, "install", "--no-deps", "--no-index", "--target", str(folder), str(wheel), cwd=folder)
    return folder


def test_every_authored_file_travels_in_the_wheel(wheel, checkout):
    """And what stands beside the package in a checkout stands in simpatient/_library."""
    names = set(zipfile.ZipFile(wheel).namelist())
    authored = [
        path.relative_to(checkout)
        for kind in ("personas", "evaluators", "suites")
        for path in (checkout / kind).rglob("*")
        if path.is_file()
    ]
    assert authored
    assert not [str(path) for path in authored if f"simpatient/_library/{path.as_posix()}" not in names]


def test_every_page_of_a_diagnostic_travels_in_the_wheel(wheel, installed, checkout, tmp_path):
    """`check` takes its words from them, installed or not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    pages = sorted((checkout / "docs" / "diagnostics").glob("*.md"))
    assert pages
    assert not [page.name for page in pages if f"simpatient/_library/docs/diagnostics/{page.name}" not in names]
    told = run(installed / "bin" / "simpatient", "check", "--explain", "SP120", cwd=tmp_path, PYTHONPATH=str(installed))
    assert told.startswith("# SP120 leak")


def test_every_file_of_the_package_travels_in_the_wheel(wheel, checkout):
    """Pictures, styles, templates and texts of the page too."""
    names = set(zipfile.ZipFile(wheel).namelist())
    files = [
        path.relative_to(checkout).as_posix()
        for path in (checkout / "simpatient").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert not [name for name in files if name not in names]


def test_the_wheel_holds_nothing_else(wheel):
    """No tests, no notes, no file of somebody's editor."""
    outside = [
        name
        for name in zipfile.ZipFile(wheel).namelist()
        if not name.startswith("simpatient/") and ".dist-info/" not in name
    ]
    assert not outside


def test_an_installed_simpatient_lists_its_patients_from_any_folder(installed, tmp_path):
    """Nothing of the checkout is needed, and nothing is written where one stands."""
    told = run(installed / "bin" / "simpatient", "personas", cwd=tmp_path, PYTHONPATH=str(installed))
    assert "andrew" in told
    assert "maggie" in told
    assert list(tmp_path.iterdir()) == []


def test_an_installed_simpatient_uses_its_own_library(installed, tmp_path):
    """Not that of a checkout that happens to lie about."""
    program = "from simpatient.authoring import shipped_root; print(shipped_root())"
    told = run(sys.executable, "-c", program, cwd=tmp_path, PYTHONPATH=str(installed))
    assert Path(told.strip()) == installed / "simpatient" / "_library"
