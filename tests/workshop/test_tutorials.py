"""The tutorials are true: every command is run and every edit is made, in order, in an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

STEP = re.compile(
    r"^```console\n(?P<console>.*?)^```"
    r"|^In `(?P<file>[^`]+)`, replace\n\n```yaml\n(?P<old>.*?)^```\n\nby\n\n```yaml\n(?P<new>.*?)^```",
    re.MULTILINE | re.DOTALL,
)


def typed(block: str) -> list[tuple[str, str]]:
    """Every command of a console block with what is shown below it."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(command, shown) for command, _, shown in (part.partition("\n") for part in parts)]


def shown_as(shown: str) -> str:
    """What is shown as a pattern; three dots stand for anything."""
    return re.escape(shown.strip()).replace(re.escape("..."), r"[\s\S]*")


def run(command: str, shown: str, folder: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, f"$ {command}\n{done.stdout}\n{done.stderr}"
    assert not done.stderr, done.stderr
    if shown.strip():
        assert re.fullmatch(shown_as(shown), done.stdout.strip()), f"$ {command}\n{done.stdout}"


@pytest.mark.slow
@pytest.mark.parametrize("page", ["write-a-patient.md", "write-a-rubric.md"])
def test_whoever_follows_the_tutorial_gets_what_it_says(page, checkout, tmp_path):
    """From an empty folder to the first meeting."""
    steps = list(STEP.finditer((checkout / "docs" / page).read_text(encoding="utf-8")))
    assert len(steps) >= 8
    for step in steps:
        if step["console"] is not None:
            for command, shown in typed(step["console"]):
                run(command, shown, tmp_path)
            continue
        file = tmp_path / step["file"]
        text = file.read_text(encoding="utf-8")
        assert text.count(step["old"]) == 1, f"{page}: this stands {text.count(step['old'])} times:\n{step['old']}"
        file.write_text(text.replace(step["old"], step["new"]), encoding="utf-8")


@pytest.mark.parametrize("page", ["write-a-patient.md", "write-a-rubric.md"])
def test_no_snippet_of_a_tutorial_stands_outside_a_step(page, checkout):
    """Everything that is shown is tried."""
    text = (checkout / "docs" / page).read_text(encoding="utf-8")
    left = STEP.sub("", text)
    assert "```" not in left, left
