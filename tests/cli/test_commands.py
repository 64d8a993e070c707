"""The command line as a learner, an educator and a script use it."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(*args: str, stdin: bytes = b"", cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    """`simpatient ARGS` as a process."""
    return subprocess.run(
        [sys.executable, "-m", "simpatient", *args],
        input=stdin, capture_output=True, cwd=cwd, env={**os.environ, **env}, timeout=120, check=False,
    )  # fmt: skip


def test_version_is_one_line() -> None:
    """Name and number."""
    done = run("--version")
    assert done.returncode == 0
    assert done.stdout.startswith(b"simpatient ")


def test_each_piped_line_is_one_message_and_the_debrief_comes_last() -> None:
    """The command of the README: records, then the debrief."""
    done = run("chat", "andrew", "--terminal", "--json", stdin=b"Hello\nWhat brings you in?\n")
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [row.get("exchange") for row in rows] == [1, 2, None]
    assert rows[0]["learner"] == "Hello"
    assert rows[0]["schema_version"] == 1
    assert rows[-1]["debrief"]["persona"] == "andrew"
    assert set(rows[0]) >= {
        "encounter", "exchange", "parent", "learner", "reply", "nonverbal", "appraisal", "opportunities", "state",
        "stance", "rupture", "exit_pressure", "disclosed", "promises", "ratings", "harms", "try_instead", "ended",
        "seed", "voice",
    }  # fmt: skip


def test_two_meetings_can_be_held_in_one_sitting() -> None:
    """`/again` ends a meeting and asks what became of the promises; one message may be sent; then they meet again."""
    lines = (
        b"Hello Andrew.\nI'll ask the clinic doctor about tablets and tell you Tuesday.\n/again\nperhaps\ndone\n"
        b"Looking forward to Tuesday. Dana\n"
        b"I asked the clinic doctor about the tablets, as I said: nobody gets them without a talk first.\n"
    )
    done = run("chat", "andrew", "--terminal", "--json", stdin=lines)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [next(iter(row)) for row in rows] == [
        "schema_version", "schema_version", "debrief", "question", "question", "question", "between", "opening",
        "schema_version", "debrief",
    ]  # fmt: skip
    assert rows[2]["relationship"]["stands"] == "met"
    assert "talk about them first" in rows[3]["question"]
    assert rows[6]["between"]["returns"] == "comes"
    assert rows[-2]["promises"][0]["status"] == "kept"
    assert rows[-1]["debrief"]["meeting"] == 2
    assert "kept" in " ".join(rows[-1]["debrief"]["together"])


def test_going_on_with_somebody_never_met_says_so(tmp_path: Path) -> None:
    """Usage: exit code 2, no traceback."""
    done = run("chat", "andrew", "--terminal", "--again", SIMPATIENT_HOME=str(tmp_path))
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_the_same_seed_and_input_give_the_same_bytes() -> None:
    """Two processes agree."""
    words = b"Hello Maggie.\nWhat didn't work last time?\nThat sounds hard.\n"
    first, second = (run("chat", "maggie", "--terminal", "--json", "--seed", "5", stdin=words) for _ in range(2))
    assert first.stdout == second.stdout
    assert first.returncode == 0


def test_odd_bytes_never_end_in_a_traceback() -> None:
    """Broken UTF-8, surrogates, controls, 100,000 characters, right-to-left, emoji, markup, silence."""
    lines = [
        b"\xff\xfe\xfd", "\ud800".encode("utf-8", "surrogatepass"), b"\x00\x07", b"x" * 100_000, "שלום".encode(),
        "🙂🙂🙂".encode(), b"<b>bold</b> **md** `code`", b"   ", b"", b"Hello",
    ]  # fmt: skip
    done = run("chat", "andrew", "--terminal", "--json", stdin=b"\n".join(lines) + b"\n")
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stdout + done.stderr
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert "at most 8,000" in next(row["notice"] for row in rows if "notice" in row and "exchange" not in row)
    assert sum("exchange" in row for row in rows) == len(lines) - 1


def test_the_terminal_shows_words_ratings_and_a_debrief() -> None:
    """Without --json a person can read it."""
    done = run(
        "chat", "maggie", "--terminal", stdin=b"Hello Maggie. What would you want me to know first?\n/end\nlost\n"
    )
    text = done.stdout.decode()
    assert "Maggie:" in text
    assert "Debrief" in text
    assert "lost" not in text


def test_an_unknown_persona_lists_the_choices_and_fails() -> None:
    """Exit code 1, no traceback."""
    done = run("chat", "nobody", "--terminal", stdin=b"")
    assert done.returncode == 1
    assert b"andrew, " in done.stderr
    assert b"maggie" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_malformed_persona_names_path_line_and_choice(tmp_path: Path) -> None:
    """An educator's own folder comes first, and its errors say where."""
    folder = tmp_path / "personas" / "bob"
    folder.mkdir(parents=True)
    (folder / "persona.yaml").write_text("schema_version: 1\nid: bob\nbreifing: oops\n", encoding="utf-8")
    done = run("chat", "bob", "--terminal", SIMPATIENT_LIBRARY=str(tmp_path))
    assert done.returncode == 1
    message = done.stderr.decode()
    assert "persona.yaml:3:1" in message
    assert "Did you mean `briefing`" in message
    assert "lines.yaml" in message
    assert "Traceback" not in message


def test_personas_lists_who_can_be_met() -> None:
    """Ids and what each trains."""
    done = run("personas", "--json")
    assert {json.loads(line)["id"] for line in done.stdout.decode().splitlines()} >= {"andrew", "maggie"}


def test_one_broken_patient_of_ones_own_hides_nobody_else(tmp_path: Path) -> None:
    """All others are listed, then what is wrong is told; the exit code says that something is."""
    folder = tmp_path / "personas" / "bob"
    folder.mkdir(parents=True)
    (folder / "persona.yaml").write_text("schema_version: 1\nid: bob\n", encoding="utf-8")
    shipped = run("personas", "--json").stdout
    done = run("personas", "--json", SIMPATIENT_LIBRARY=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, shipped)
    assert str(folder / "persona.yaml") in done.stderr.decode()
    plain = run("personas", SIMPATIENT_LIBRARY=str(tmp_path)).stdout.decode()
    assert [each for each in shipped.decode().splitlines() if json.loads(each)["id"] not in plain] == []


def test_code_reads_plain_and_zipped_files(tmp_path: Path) -> None:
    """Same id, exact quotes, one primary family; order kept."""
    rows = [
        {
            "id": "a",
            "patient": "I can't sleep, my chest goes tight.",
            "learner": "So the nights are the worst for you.",
        },
        {"id": "b", "patient": "", "learner": "How has the week been?"},
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "turns.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "turns.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    outputs = [run("code", str(tmp_path / name)).stdout for name in ("turns.jsonl", "turns.jsonl.gz")]
    assert outputs[0] == outputs[1]
    found = [json.loads(line) for line in outputs[0].decode().splitlines()]
    assert [row["id"] for row in found] == ["a", "b"]
    assert found[1]["primary"] == "open_question"
    for row, source in zip(found, rows, strict=True):
        assert all(code["quote"] in source["learner"] for code in row["codes"])


def test_code_reads_long_files_in_blocks_that_cut_no_dialogue(tmp_path: Path) -> None:
    """Whatever is shared out between processors, the answer is that of one reader going through the file."""
    said = [("What do you mean?", "It means the valve is stiff."), ("Right.", "And the heart has to push harder.")]
    rows = [
        {"id": f"{dialogue}-{turn}", "dialogue": dialogue, "patient": patient, "learner": learner}
        for dialogue in range(600)
        for turn, (patient, learner) in enumerate(said)
    ]
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = [json.loads(line) for line in run("code", str(file)).stdout.splitlines()]
    assert [row["id"] for row in found] == [row["id"] for row in rows]
    for turn in range(len(said)):
        assert len({json.dumps([row["codes"], row["primary"]]) for row in found[turn :: len(said)]}) == 1


def test_code_names_the_line_that_is_broken(tmp_path: Path) -> None:
    """Path, line, what is wrong."""
    (tmp_path / "bad.jsonl").write_text('{"id": 1, "learner": "Hi"}\nnot json\n', encoding="utf-8")
    done = run("code", str(tmp_path / "bad.jsonl"))
    assert done.returncode == 1
    assert b"bad.jsonl:2" in done.stderr


def test_explain_shows_the_arithmetic_but_no_fact_text() -> None:
    """Dose, sensitivity, repetition, caps and gates; never what a fact says."""
    done = run("explain", "andrew", "Hello Andrew, I'm Dana. Would you like some water?", "What brings you here?")
    text = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    for word in ("dose", "sensitivity", "repetition", "Gates:", "kept by", "Stance:"):
        assert word in text
    assert "Can't get out" not in text


@pytest.mark.parametrize("args", [("chat",), ("chat", "--terminal"), ("explain", "andrew")])
def test_a_command_without_what_it_needs_says_so(args: tuple[str, ...]) -> None:
    """Usage errors exit with 2."""
    if args == ("chat",):
        args = ("chat", "--json")
    done = run(*args)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_nothing_is_written_to_the_current_folder(tmp_path: Path) -> None:
    """Wherever it is called from."""
    run("chat", "andrew", "--terminal", "--json", stdin=b"Hello\n", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []
