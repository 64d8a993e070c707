"""`make run` on machines that are not ready for it says so in words, also from a folder with a space in its name."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")


@pytest.fixture
def machine(tmp_path, checkout):
    """A checkout on a machine whose only Python is the script given."""
    folder = tmp_path / "my checkout"
    programs = tmp_path / "programs"
    folder.mkdir()
    programs.mkdir()
    for name in ("Makefile", "constraints.txt", "pyproject.toml"):
        shutil.copy(checkout / name, folder)
    for name in ("sh", "touch"):
        (programs / name).symlink_to(shutil.which(name))

    def make(target: str, *, python: str = "", arguments: tuple[str, ...] = ()):
        if python:
            (programs / "python3").write_text(f"#!{shutil.which('sh')}\n{python}\n", encoding="utf-8")
            (programs / "python3").chmod(0o755)
        return subprocess.run(
            [shutil.which("make"), target, *arguments],
            cwd=folder,
            env={"PATH": str(programs)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    make.folder = folder
    return make


def test_a_python_that_is_too_old_is_named(machine):
    """And what would do."""
    done = machine("run", python="echo 3.10")
    assert done.returncode != 0
    assert "simpatient needs Python 3.11, 3.12 or 3.13. Found: python3 (3.10)." in done.stderr


def test_a_machine_without_python_is_told_so(machine):
    """Not with the shell's own words."""
    assert "Found: none." in machine("run").stderr


def test_a_debian_without_venv_is_told_the_package(machine):
    """The one thing to type."""
    done = machine("run", python='case "$2" in *ensurepip*) exit 1;; *) echo 3.12;; esac')
    assert done.returncode != 0
    assert "sudo apt install python3.12-venv" in done.stderr


def test_a_python_can_be_named(machine):
    """`make run PYTHON=...` asks only that one."""
    done = machine("run", python="echo 3.12", arguments=("PYTHON=/nowhere/python",))
    assert "Found: none." in done.stderr


@pytest.mark.slow
def test_the_environment_is_made_once_in_a_folder_with_a_space(machine):
    """A second call finds it and does nothing."""
    python = f'exec "{sys.executable}" "$@"'
    first = machine(".venv/bin/python", python=python)
    assert first.returncode == 0, first.stderr
    assert (machine.folder / ".venv" / "bin" / "pip").exists()
    assert "Making" not in machine(".venv/bin/python", python=python).stdout


def test_installing_again_waits_for_a_change_of_the_two_files(machine):
    """That is what makes the second start fast."""
    environment = machine.folder / ".venv" / "bin"
    environment.mkdir(parents=True)
    pip = environment / "python"
    pip.write_text(f'#!{shutil.which("sh")}\necho "$@" >> "{machine.folder}/calls"\n', encoding="utf-8")
    pip.chmod(0o755)
    for _ in range(2):
        assert machine(".venv/.run").returncode == 0
    calls = (machine.folder / "calls").read_text(encoding="utf-8").splitlines()
    assert len(calls) == 1
    assert calls[0].endswith("install -c constraints.txt -e .")
    constraints = machine.folder / "constraints.txt"
    later = (machine.folder / ".venv" / ".run").stat().st_mtime + 10
    os.utime(constraints, (later, later))
    machine(".venv/.run")
    assert len((machine.folder / "calls").read_text(encoding="utf-8").splitlines()) == 2
