"""How long the colleague takes: the whole library, and one patient of 2,000 lines. Medians of five, of the wall clock and
of processor time; patients of a library are judged side by side, so on an idle machine the first is the smaller.

    .venv/bin/python bench/check.py

What is aimed at: the library within 3 s, the long patient within 1 s, start of the program included. Not a test.
"""

from __future__ import annotations

import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from simpatient.authoring import Library, shipped_root
from simpatient.persona import persona_ids
from simpatient.workshop.new import Answers, begin_persona

RUNS = 5
LINES = 2000


def seconds(*paths: str) -> str:
    """Median wall and processor time of one `simpatient check`, in seconds."""
    walls: list[float] = []
    times: list[float] = []
    for _ in range(RUNS):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run([sys.executable, "-m", "simpatient", "check", *paths], capture_output=True, check=False)  # noqa: S603  our own command
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        walls.append(time.monotonic() - began)
        times.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return f"{statistics.median(walls):.2f} s, {statistics.median(times):.2f} s of processors"


def long_patient(into: Path) -> Path:
    """A patient of 2,000 lines, all files together: what `new` writes, and a great many lines more, no two of them alike."""
    folder = begin_persona(Answers(name="long"), into)
    have = sum(file.read_text(encoding="utf-8").count("\n") for file in folder.glob("*.yaml"))
    shipped = (shipped_root() / "personas" / "maggie" / "lines.yaml").read_text(encoding="utf-8")
    words = [word for said in re.findall(r'say: "([^"{}]*)"', shipped) for word in re.findall(r"[A-Za-z']+", said)]
    chance = random.Random(1)
    with (folder / "lines.yaml").open("a", encoding="utf-8") as file:
        for _ in range(LINES - have):
            said, more = (" ".join(chance.sample(words, 12)).capitalize() + "." for _ in range(2))
            file.write(f'  - {{say: "{said}", move: elaborate, topic: work, stance: [warming], more: ["{more}"]}}\n')
    return folder


def main() -> None:
    """Print both figures."""
    shelf = Library.choose()
    size = sum(
        file.stat().st_size
        for name in persona_ids(shelf)
        for file in (shipped_root() / "personas" / name).glob("*.yaml")
    )
    print(f"whole library ({len(persona_ids(shelf))} patients, {size / 1e6:.1f} MB): {seconds()}")
    with tempfile.TemporaryDirectory() as folder:
        path = long_patient(Path(folder))
        print(f"a patient of {LINES} lines: {seconds(str(path))}")
        print(f"of which nothing but starting: {seconds('--explain', 'SP120')}")


if __name__ == "__main__":
    main()
