"""Rehearsals: skill pays with every patient, and the table and the page say what came of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from statistics import fmean

import pytest

from simpatient.suite.load import Shelf
from simpatient.words import Stance
from simpatient.workshop import Table, rehearsed
from simpatient.workshop.page import page

SHELF = Shelf()
TWENTY = tuple(range(1, 21))


async def table(name: str, *learners: str, seeds: tuple[int, ...] = TWENTY, exchanges: int = 12) -> Table:
    """The table of one patient."""
    given = learners or ("skilled", "novice", "cold")
    return await rehearsed(
        SHELF.patient(name), SHELF.codebook, SHELF.rubric("rapport"), seeds=seeds, exchanges=exchanges, learners=given
    )


def run(*arguments: str, said: str | None = None) -> subprocess.CompletedProcess[str]:
    """The command as one types it."""
    command = [sys.executable, "-m", "simpatient", *arguments]
    return subprocess.run(command, input=said, capture_output=True, text=True, check=False, timeout=120)


FIRST: dict[str, Table] = {}


async def first_twenty(name: str) -> Table:
    """The table of one patient over twenty seeds, made once: over five a margin is uncertain by 0.03."""
    if name not in FIRST:
        FIRST[name] = await table(name)
    return FIRST[name]


@pytest.mark.parametrize("name", SHELF.personas)
async def test_skilled_ends_above_novice_and_novice_above_cold_with_every_patient(name: str) -> None:
    """By at least 0.15 of trust each, and the cold one is not told what is guarded."""
    played = await first_twenty(name)
    assert all(margin.enough for margin in played.margins), [(m.over, round(m.by, 3)) for m in played.margins]
    assert (played.guarded("cold")[0] or 0.0) <= 0.28
    when = played.guarded("skilled")[1]
    assert when is None or 5 <= when <= 11


async def test_what_is_guarded_depends_on_how_one_talks_and_what_is_harmless_does_not() -> None:
    """Over the whole library: guarded facts rise by 0.41 or more from the cold learner to the skilled, others by 0.06 at most."""
    tables = [await first_twenty(name) for name in SHELF.personas]
    assert fmean(played.slope(guarded=True) or 0.0 for played in tables) >= 0.41
    assert fmean(played.slope(guarded=False) or 0.0 for played in tables) <= 0.06


async def test_the_slope_is_that_of_the_shares_told() -> None:
    """Of guarded facts apart from the others, over cold, novice and skilled; none where one of them did not play."""
    played = await table("andrew", seeds=(1, 2))
    rows = [row for row in played.facts if row.guarded and not row.later]
    shares = {name: sum(row.share(name) for row in rows) / len(rows) for name in ("cold", "novice", "skilled")}
    assert played.slope(guarded=True) == pytest.approx(shares["skilled"] - shares["cold"])
    assert (await table("andrew", "skilled", "cold", seeds=(1,))).slope(guarded=True) is None


async def test_the_table_holds_what_happened_and_is_the_same_each_time() -> None:
    """Trust from the opening on, stances that move one rung up at a time, facts at the exchange they came out."""
    one, other = (
        await table("andrew", "skilled", "cold", seeds=(3,)),
        await table("andrew", "skilled", "cold", seeds=(3,)),
    )
    assert one.record() == other.record()
    skilled = one.of("skilled").rehearsals[0]
    assert len(skilled.trust) == len(skilled.stances) == len(skilled.said) == 13
    assert skilled.stances[0] is Stance.GUARDED
    assert all(after - before <= 1 for before, after in one.of("skilled").moves)
    told = {row.fact: row.told["skilled"][0] for row in one.facts if row.told["skilled"][0] is not None}
    assert told == {t.fact: skilled.exchange_of(t.fact) for t in skilled.told if t.rendering >= 2}
    assert next(row for row in one.facts if row.fact == "regret").later


async def test_lines_that_were_said_are_not_listed_as_unused() -> None:
    """And those that were not, are."""
    played = await table("maggie", "skilled", seeds=(1,))
    said = " ".join(reply for _, reply in played.of("skilled").rehearsals[0].said)
    unused = [line for kind in played.lines for line in kind.unused]
    assert played.unused == len(unused) < played.authored == len(SHELF.patient("maggie").lines.lines)
    assert not [line for line in unused if line in said]


async def test_the_page_stands_alone_and_escapes_what_people_wrote() -> None:
    """No script, nothing from outside, every learner and every fact."""
    html = page(await table("maggie", "skilled", "novice", "cold", "pushy", "stuffing", seeds=(1, 2)))
    assert "<script" not in html
    assert not re.search(r"(?:src|href)=", html)
    assert "default-src 'none'" in html
    assert html.count("<svg") >= 1 + 5 + 7 * 5
    assert "The skilled learner ends" in html
    assert all(fact.id in html for fact in SHELF.patient("maggie").persona.facts)
    assert "&#39;" in html, "apostrophes of what was said are escaped"


def test_a_rehearsal_prints_the_records_that_the_same_words_typed_into_chat_print() -> None:
    """Line by line, the debrief last."""
    rehearsal = run("rehearse", "andrew", "--learner", "novice", "--exchanges", "5", "--seed", "4", "--json")
    assert rehearsal.returncode == 0, rehearsal.stderr
    lines = rehearsal.stdout.splitlines()
    typed = "".join(json.loads(line)["learner"] + "\n" for line in lines[:-1])
    chat = run("chat", "andrew", "--terminal", "--seed", "4", "--json", said=typed)
    assert len(lines) == 6
    assert lines == chat.stdout.splitlines()
    assert "debrief" in json.loads(lines[-1])


def test_a_rehearsal_can_be_read() -> None:
    """Who it is, what was said, what it earned, the debrief."""
    told = run("rehearse", "maggie", "--learner", "cold", "--exchanges", "3").stdout
    assert "You: " in told
    assert "Maggie: " in told
    assert "Debrief" in told


def test_the_page_is_written_where_one_says(tmp_path: Path) -> None:
    """With a line or two on the screen."""
    done = run("rehearse", "andrew", "--html", str(tmp_path / "andrew.html"), "--seeds", "2", "--exchanges", "4")
    assert done.returncode == 0, done.stderr
    assert "skilled ends" in done.stdout
    assert (tmp_path / "andrew.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nobody",), "nobody"),
        (("andrew", "--learner", "brilliant"), "skilled"),
        (("andrew", "--html", "x.html", "--json"), "leave out"),
        (("andrew", "--style", "blunt"), "--learner-model"),
        (("andrew", "--learner-model", "embedded"), "--learner"),
    ],
)
def test_mistakes_are_said_in_words(arguments: tuple[str, ...], told: str) -> None:
    """Without a traceback."""
    done = run("rehearse", *arguments)
    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert "Traceback" not in done.stderr
