"""The README is true: its commands run as written, its links lead somewhere, the house is as drawn."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
ROOM = re.compile(r"^\| `simpatient/(\w+)(?:\.py)?` \|", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def typed(block: str) -> list[tuple[str, str]]:
    """Every command of a console block with what is shown below it."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(command, shown) for command, _, shown in (part.partition("\n") for part in parts)]


def as_pattern(shown: str) -> str:
    """What is shown as a pattern; three dots stand for anything."""
    return re.escape(shown.strip()).replace(re.escape("..."), r"[\s\S]*")


@pytest.mark.slow
@pytest.mark.parametrize("block", CONSOLE.findall(README), ids=lambda block: block[2:42])
def test_every_command_of_the_readme_runs_as_written(block, tmp_path):
    """Copied line by line into an empty folder, it shows what it says it shows."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for command, shown in typed(block):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert not done.stderr
        if shown.strip():
            assert re.fullmatch(as_pattern(shown), done.stdout.strip()), f"$ {command}\n{done.stdout}"


def test_every_make_target_of_the_documents_exists():
    """The two commands that open the README above all."""
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {
        target
        for document in ("README.md", "CONTRIBUTING.md")
        for block in SHELL.findall((CHECKOUT / document).read_text(encoding="utf-8"))
        for target in re.findall(r"^make (\w+)", block, re.MULTILINE)
    }
    assert {"run", "test"} <= named <= targets


def test_the_readme_opens_with_the_two_commands():
    """Whoever lands here sees how to begin without scrolling."""
    first = SHELL.search(README)
    assert first is not None
    assert re.findall(r"^make (\w+)", first[1], re.MULTILINE) == ["run", "test"]
    assert README[: first.start()].count("\n") < 6


def test_ci_calls_the_test_command_of_the_readme():
    """What is promised is what is checked."""
    script = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^SIMPATIENT_REQUIRE_BROWSER=1 make test$", script, re.MULTILINE)
    assert os.access(CHECKOUT / ".ci" / "run", os.X_OK)


def test_every_command_has_its_line_in_the_readme():
    """And the README names no command that is not there."""
    from simpatient.cli import COMMANDS

    table = README.partition("## Commands")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `simpatient (\w+)", table, re.MULTILINE)) == set(COMMANDS)


def test_every_setting_has_its_line_in_the_readme():
    """A setting nobody can find does not exist."""
    from simpatient.settings import Settings

    table = README.partition("## Settings")[2].partition("\n## ")[0]
    named = set(re.findall(r"^\| `SIMPATIENT_(\w+)`", table, re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}


def test_the_drawing_of_the_house_names_every_room_and_no_other():
    """A new room gets its line when it is built."""
    drawn = set(ROOM.findall((CHECKOUT / "docs" / "architecture.md").read_text(encoding="utf-8")))
    entries = [path for path in (CHECKOUT / "simpatient").iterdir() if not path.name.startswith(("__init__", "_lib"))]
    assert drawn == {path.stem for path in entries if path.suffix == ".py" or any(path.rglob("*.py"))}


def test_every_link_of_the_documents_leads_to_a_file():
    """Pictures too."""
    documents = [*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md"), *(CHECKOUT / "bench").glob("*.md")]
    dead = [
        f"{document.relative_to(CHECKOUT)}: {target}"
        for document in documents
        for target in LINK.findall(document.read_text(encoding="utf-8"))
        if not target.startswith(("http", "#")) and not (document.parent / target.partition("#")[0]).exists()
    ]
    assert not dead


def test_every_anchor_of_the_documents_is_a_heading():
    """A link into a page finds its place."""
    dead = []
    for document in (CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md"):
        for target in LINK.findall(document.read_text(encoding="utf-8")):
            page, _, anchor = target.partition("#")
            if anchor and not target.startswith("http"):
                text = (document.parent / page if page else document).read_text(encoding="utf-8")
                headings = {
                    re.sub(r"[^\w\- ]", "", h).strip().lower().replace(" ", "-")
                    for h in re.findall(r"^#+ (.+)", text, re.MULTILINE)
                }
                if anchor not in headings:
                    dead.append(target)
    assert not dead
