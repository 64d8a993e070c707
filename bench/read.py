"""How long reading takes per message, over the project's own examples: median, mean and messages a second.

    .venv/bin/python bench/read.py

Nothing here is a test: a clock says as much about the machine as about the program.
"""

from __future__ import annotations

import json
import statistics
import time

from simpatient.appraisal import RuleReader, tag_turn
from simpatient.authoring import Library
from simpatient.rubric import load_codebook
from simpatient.words import Context, PatientTurn

WARM_UP = 300
"""Messages read before the clock starts."""


def main() -> None:
    """Print the figures."""
    library = Library.choose()
    reader = RuleReader(load_codebook(library))
    rows: list[tuple[str, Context]] = []
    for name in ("help", "harm"):
        for line in library.file(f"evaluators/examples/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            rows.append((row["learner"], Context(turn=PatientTurn(text=row.get("patient", "")))))
    for text, context in rows[:WARM_UP]:
        reader.read(text, context)
    spent: list[float] = []
    for text, context in rows:
        begun = time.perf_counter()
        reader.read(text, context)
        spent.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    for _, context in rows:
        tag_turn(context.turn.text)
    tagging = (time.perf_counter() - begun) / len(rows)
    mean = statistics.mean(spent)
    print(
        f"{len(rows)} messages: median {statistics.median(spent) * 1e3:.3f} ms, mean {mean * 1e3:.3f} ms, {1 / mean:,.0f} a second"
    )
    print(f"tagging one patient turn: {tagging * 1e3:.3f} ms")


if __name__ == "__main__":
    main()
