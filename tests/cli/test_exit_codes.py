"""How commands end is what the README says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

SUITE = "suite: s\npersona: andrew\ncases:\n  - {case: a, steps: [Hello], finally: {rupture: EXPECTED}}\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("personas",), 0),
        (("run", "met.dialogues.yaml"), 0),
        (("run", "unmet.dialogues.yaml"), 1),
        (("run", "wrong.dialogues.yaml"), 2),
        (("check", "wrong.dialogues.yaml"), 1),
        (("rate", "nowhere.jsonl"), 1),
        (("replay", "nosuch"), 2),
        (("personas", "--nonsense"), 2),
        (("run", "met.dialogues.yaml", "--budget-calls", "0", "--chat-model", "openai:none"), 3),
    ],
)
def test_a_command_ends_with_the_code_that_the_readme_tells(
    tmp_path: Path, arguments: tuple[str, ...], code: int, checkout: Path
) -> None:
    """And what cannot be used is said in words."""
    for name, expected in (("met", "false"), ("unmet", "true"), ("wrong", "perhaps")):
        (tmp_path / f"{name}.dialogues.yaml").write_text(SUITE.replace("EXPECTED", expected), encoding="utf-8")
    env = {**os.environ, "SIMPATIENT_HOME": str(tmp_path / "home"), "SIMPATIENT_BASE_URL": "http://127.0.0.1:9/v1"}
    command = [sys.executable, "-m", "simpatient", *arguments]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    readme = (checkout / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| {code} \| \S", readme, re.MULTILINE)
