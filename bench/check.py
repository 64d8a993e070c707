"""How long the colleague takes: the whole library, and one patient of 2,000 lines. Processor time, medians of five.

    .venv/bin/python bench/check.py

What is aimed at: the library within 3 s, the long patient within 1 s, start of the program included. Not a test.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from simpatient.authoring import Library, shipped_root
from simpatient.persona import persona_ids
from simpatient.workshop.new import Answers, begin_persona

RUNS = 5
LINES = 2000


def seconds(*paths: str) -> float:
    """Median processor time of one `simpatient check`, in seconds."""
    times: list[float] = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "simpatient", "check", *paths], capture_output=True, check=False)  # noqa: S603  our own command
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return statistics.median(times)


def long_patient(into: Path) -> Path:
    """A patient of 2,000 lines, all files together: what `new` writes, and a great many lines more."""
    folder = begin_persona(Answers(name="long"), into)
    have = sum(file.read_text(encoding="utf-8").count("\n") for file in folder.glob("*.yaml"))
    with (folder / "lines.yaml").open("a", encoding="utf-8") as file:
        for number in range(LINES - have):
            said = f"Number {number} of the things nobody has asked about, and it would take a while to tell."
            file.write(
                f'  - {{say: "{said}", move: elaborate, topic: work, stance: [warming], more: ["It is number {number}."]}}\n'
            )
    return folder


def main() -> None:
    """Print both figures."""
    shelf = Library.choose()
    size = sum(
        file.stat().st_size
        for name in persona_ids(shelf)
        for file in (shipped_root() / "personas" / name).glob("*.yaml")
    )
    print(f"whole library ({len(persona_ids(shelf))} patients, {size / 1e6:.1f} MB): {seconds():.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        path = long_patient(Path(folder))
        print(f"a patient of {LINES} lines: {seconds(str(path)):.2f} s")
        print(f"of which nothing but starting: {seconds('--explain', 'SP120'):.2f} s")


if __name__ == "__main__":
    main()
