"""The printed meetings of the documentation are what the engine says today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MEETINGS = [(name, dialogue) for name in ("andrew", "maggie") for dialogue in ("skilled", "poor")]


@pytest.mark.parametrize(("name", "dialogue"), MEETINGS)
def test_the_printed_meeting_is_the_one_held_today(name: str, dialogue: str, checkout: Path) -> None:
    """`make meetings` writes them anew when words or rules have changed; read them before committing."""
    printed = checkout / "docs" / "meetings" / f"{name}-{dialogue}.md"
    held = subprocess.run(
        [sys.executable, "-m", "simpatient", "transcript", name, dialogue], capture_output=True, check=True, timeout=60
    )
    assert printed.read_text(encoding="utf-8") == held.stdout.decode("utf-8")
