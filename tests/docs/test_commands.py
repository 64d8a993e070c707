"""The pages are true: every command is run, every file is saved, every edit is made, in order, in an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

PAGES = (
    "index.md", "read-a-debrief.md", "chat-models.md", "write-a-patient.md", "write-a-rubric.md", "rehearsals.md", "suites.md",
    "gold-files.md", "records.md",
)  # fmt: skip
"""Pages with something to do; the others are for looking things up."""
STEP = re.compile(
    r"^```console\n(?P<console>.*?)^```"
    r"|^(?:[^\n]* )?[Ss]ave (?:this|these messages) as `(?P<save>[^`]+)`:\n\n```\w+\n(?P<saved>.*?)^```"
    r"|^In `(?P<file>[^`]+)`, replace\n\n```yaml\n(?P<old>.*?)^```\n\nby\n\n```yaml\n(?P<new>.*?)^```",
    re.MULTILINE | re.DOTALL,
)
ELSEWHERE = {
    "index.md": r"^```sh\npython3 -m venv .*?^```",  # the same three lines stand in the README
    "chat-models.md": r"^```(?:ini|python)\n.*?^```",  # tests/llm/test_chat_models_page.py
    "suites.md": r"^```(?:yaml|python)\n(?:suite:|name:|import ).*?^```",  # tests/suite/test_documents.py
}
"""Snippets that are held by other tests."""
DOTS = "..."


def typed(block: str) -> list[tuple[str, str]]:
    """Every command of a console block with what is shown below it."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(command, shown) for command, _, shown in (part.partition("\n") for part in parts)]


def shown_as(shown: str) -> str:
    """What is shown as a pattern; three dots stand for anything."""
    return re.escape(shown.strip()).replace(re.escape(DOTS), r"[\s\S]*")


def anew(shown: str, found: str) -> str:
    """What a page shows, with everything after its last three dots as it is found now; see `WRITE_DOCS`."""
    head, dots, tail = shown.rpartition(f"{DOTS}\n")
    first = tail.partition("\n")[0]
    return f"{head}{dots}{first}{found.rpartition(first)[2].rstrip()}\n"


def run(command: str, folder: Path) -> str:
    """What one sees on the screen; the command succeeds, and warns of nothing."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        timeout=120, env={**os.environ, "PATH": path, "SIMPATIENT_HOME": str(folder / ".home"), "COLUMNS": "100"},
    )  # fmt: skip
    assert done.returncode == 0, f"$ {command}\n{done.stdout}"
    assert not re.search(r"Traceback|Warning:", done.stdout), done.stdout
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_whoever_follows_a_page_gets_what_it_says(page, checkout, tmp_path):
    """From an empty folder. `WRITE_DOCS=1` writes figures that have changed; read them, and the words around them."""
    file = checkout / "docs" / page
    text = file.read_text(encoding="utf-8")
    for step in STEP.finditer(text):
        if step["console"] is not None:
            for command, shown in typed(step["console"]):
                found = run(command, tmp_path)
                if not shown.strip() or re.fullmatch(shown_as(shown), found.strip()):
                    continue
                assert os.environ.get("WRITE_DOCS") == "1", f"{page}: $ {command}\n{found}"
                written = file.read_text(encoding="utf-8").replace(shown, anew(shown, found))
                file.write_text(written, encoding="utf-8")
        elif step["save"] is not None:
            (tmp_path / step["save"]).write_text(step["saved"], encoding="utf-8")
        else:
            edited = tmp_path / step["file"]
            before = edited.read_text(encoding="utf-8")
            assert before.count(step["old"]) == 1, (
                f"{page}: this stands {before.count(step['old'])} times:\n{step['old']}"
            )
            edited.write_text(before.replace(step["old"], step["new"]), encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_no_snippet_stands_outside_a_step(page, checkout):
    """Everything that is shown is tried, here or by a test of its own."""
    text = STEP.sub("", (checkout / "docs" / page).read_text(encoding="utf-8"))
    if page in ELSEWHERE:
        text = re.sub(ELSEWHERE[page], "", text, flags=re.MULTILINE | re.DOTALL)
    assert "```" not in text, text


def test_every_page_is_one_of_those_or_has_nothing_to_run(checkout):
    """A new page says what it is."""
    others = [page for page in (checkout / "docs").glob("*.md") if page.name not in PAGES]
    assert not [page.name for page in others if re.search(r"^```(?:console|sh|python)", page.read_text(), re.MULTILINE)]


def test_every_command_and_option_that_a_sentence_names_exists(checkout):
    """`simpatient rate FILE --exchanges` in the middle of a paragraph is a promise too."""
    from simpatient.cli import cli

    wrong = []
    for page in [*(checkout / "docs").rglob("*.md"), checkout / "README.md", checkout / "CONTRIBUTING.md"]:
        for said in re.findall(r"`simpatient ([a-z]+(?: [^`\n]+)?)`", page.read_text(encoding="utf-8")):
            name, *words = said.replace("\\|", " ").split()
            command = cli.get_command(click.Context(cli), name)
            named = {word.partition("=")[0] for word in words if word.startswith("--")} - {"--help"}
            if command is None or named - set(_options(command)):
                wrong.append(f"{page.name}: simpatient {said}")
    assert not wrong


def _options(command: click.Command) -> Iterator[str]:
    """Every option of a command and of those inside it."""
    yield from (option for each in command.params for option in each.opts)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _options(inner)
