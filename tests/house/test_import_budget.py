"""`import simpatient` and `simpatient --version` stay light: the list of modules is held, not the clock."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

HEAVY = {"chainlit", "jinja2", "langchain", "langchain_core", "langchain_openai", "openai"} | {
    "pydantic",
    "rich",
    "sqlalchemy",
    "yaml",
}

WATCHED_IMPORT = """
    import json, os, sys

    seen = []
    asked = type(os.environ).__getitem__

    def answer(environ, name):
        seen.append(f"environment: {name}")
        return asked(environ, name)

    def hear(event, arguments):
        if event == "open" and not str(arguments[0]).endswith((".py", ".pyc")):
            seen.append(f"open: {arguments[0]}")
        if event in {"os.mkdir", "os.remove", "os.rename", "socket.connect", "subprocess.Popen"}:
            seen.append(f"{event}: {arguments}")

    type(os.environ).__getitem__ = answer
    sys.addaudithook(hear)
    import simpatient, simpatient.errors, simpatient.words
    print(json.dumps(seen))
"""

MODULES_OF_VERSION = """
    import json, sys

    from simpatient.cli import main

    sys.argv = ["simpatient", "--version"]
    try:
        main()
    except SystemExit as end:
        assert not end.code, end.code
    print(json.dumps(sorted(sys.modules)))
"""


def run(program: str, folder) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_simpatient_loads_nothing_heavy(tmp_path):
    """A script that only wants the version does not pay for the page."""
    loaded = run("import json, sys, simpatient; print(json.dumps(sorted(sys.modules)))", tmp_path)
    assert not HEAVY & {name.partition(".")[0] for name in json.loads(loaded)}


def test_importing_simpatient_reads_no_environment_and_touches_no_disk(tmp_path):
    """Settings are read when a command starts, files when a patient is loaded."""
    assert json.loads(run(WATCHED_IMPORT, tmp_path)) == []
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_told_without_loading_anything_heavy(tmp_path):
    """Every command imports its rooms inside itself."""
    printed, loaded = run(MODULES_OF_VERSION, tmp_path).strip().splitlines()
    import simpatient

    assert simpatient.__version__ in printed
    assert not HEAVY & {name.partition(".")[0] for name in json.loads(loaded)}
    assert list(tmp_path.iterdir()) == []
