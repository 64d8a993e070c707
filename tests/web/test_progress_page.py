"""What a learner's meetings add up to."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from simpatient.store.rows import Held, MeetingLine, Versions
from simpatient.store.tables import DEBRIEFS, ENCOUNTERS
from simpatient.web import progress
from simpatient.web.room import Room, open_room
from simpatient.web.text import catalogue

from .reading import HARSH, SKILLED, a_room, browser, met, outline, page_of, words_of

BEGIN = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Room]:
    """A room with a store of its own."""
    async with a_room(tmp_path) as found:
        yield found


def held(place: int, *values: float | None, version: str = "1.0 abc", **more: Any) -> Held:
    """A meeting in which the first behaviours of the rubric had these values."""
    ids = ("reflect", "open", "cue")
    line = MeetingLine(
        id=f"m{place}", learner="local", persona="andrew", name="Andrew", meeting=more.pop("meeting", 1), exchanges=4,
        head=4, ended="closed", index=None, started_at=BEGIN + timedelta(days=place), updated_at=BEGIN,
    )  # fmt: skip
    debrief = {
        "evaluator": "rapport", "recovered": False, "promises": [], "outcome": {"stance": "warming"},
        "behaviours": [
            {"behaviour": name, "value": value, "called": 2, "answered": 1} for name, value in zip(ids, values, strict=False)
        ],
    }  # fmt: skip
    return Held(line=line, versions=Versions(rubric=version), debrief=debrief | more)


def view(here: Room, *meetings: Held) -> progress.ProgressView:
    """The page of these meetings, given oldest first."""
    return progress.view_of(meetings[::-1], here.rubric, lambda name: name, everything=False)


def line_of(shown: progress.ProgressView, name: str) -> progress.BehaviourLine:
    return next(line for group in shown.groups for line in group.lines if line.name == name)


def test_the_last_five_values_of_a_behaviour_are_shown_with_where_they_go(here: Room) -> None:
    shown = view(here, *(held(n, value, None) for n, value in enumerate((0.5, 0.8, 0.8, 1.6, 2.0, 2.2))))

    line = line_of(shown, here.rubric.behaviour("reflect").name)
    assert line.values == (0.8, 0.8, 1.6, 2.0, 2.2)
    assert line.direction == "up"
    assert here.rubric.behaviour("open").name in shown.nothing_yet
    assert line.name in shown.headline[0]


def test_how_often_a_call_was_met_is_said_in_the_rubric_s_words(here: Room) -> None:
    shown = view(here, *(held(n, 1.0, 1.0, 1.0) for n in range(7)))

    assert line_of(shown, here.rubric.behaviour("cue").name).uptake == "You answered 5 of 10 worries"


@pytest.mark.parametrize(
    ("values", "way"),
    [
        ((1, 1, 1, 1), "little"),
        ((2, 2, 1, 1, 1), "down"),
        ((1, 2, 1, 2, 1), "steady"),
        ((0, 0, 0, 1, 1, 1), "up"),
        ((0.8, 0.8, 0.8, 2.2, 0.8), "steady"),
    ],
)
def test_too_little_to_say_is_said(values: tuple[float, ...], way: str) -> None:
    assert progress.direction(values) == way


def test_with_few_meetings_the_page_says_nothing_about_where_it_goes(here: Room) -> None:
    assert view(here, *(held(n, 3.0) for n in range(4))).headline == (catalogue().say("progress.too_little"),)


def test_meetings_of_another_version_of_the_rubric_are_left_out_of_the_values(here: Room) -> None:
    shown = view(here, held(0, 0.1, version="0.9 abc"), held(1, 2.0))

    assert line_of(shown, here.rubric.behaviour("reflect").name).values == (2.0,)
    assert shown.other_versions == 1


def promise(name: str, status: str, made_at: int) -> dict[str, Any]:
    return {"id": name, "status": status, "made_at": made_at}


def test_each_promise_counts_once_by_what_became_of_it(here: Room) -> None:
    shown = view(
        here,
        held(0, promises=[promise("p1", "open", 1), promise("p2", "open", 1)]),
        held(1, meeting=2, promises=[promise("p1", "kept", 1), promise("p2", "forgotten", 1)]),
        held(2, meeting=3, promises=[promise("p2", "forgotten", 1), promise("p3", "open", 3)]),
        held(3, meeting=1, promises=[promise("p1", "open", 1)]),
    )

    assert shown.ledger == progress.Ledger(made=4, kept=1, owned=0, broken=1)
    assert shown.ledger.due == 2


def test_mended_strains_are_counted(here: Room) -> None:
    assert view(here, held(0, recovered=True), held(1), held(2, recovered=True)).repaired == 2


async def test_the_page_links_to_every_debrief_and_ranks_nobody(here: Room) -> None:
    for name in ("andrew", "maggie", "andrew"):
        await met(here, *SKILLED, HARSH, name=name)
    going_on = here.meet("andrew", await here.store())
    await going_on.exchange(SKILLED[0])

    shown = (await page_of("/progress")).text

    links = [link for link in outline(shown).links if link.startswith("/debrief/")]
    assert len(links) == 3
    for link in links:
        assert (await page_of(link)).status_code == 200
    words = words_of(shown)
    assert catalogue().say("progress.lead", meetings=4, people=2) in words
    assert catalogue().say("progress.not_ended") in words
    assert "script" not in outline(shown).tags


async def test_the_page_shows_the_meetings_of_nobody_else(here: Room) -> None:
    theirs = here.meet("maggie", await here.store())
    theirs.learner = "somebody-else"
    await theirs.exchange(SKILLED[0])
    await theirs.end()

    assert catalogue().say("progress.nothing") in words_of((await page_of("/progress")).text)


async def test_a_thousand_meetings_are_one_question_to_the_database(here: Room) -> None:
    encounter, _ = await met(here, *SKILLED, HARSH)
    store = await here.store()
    assert store is not None
    record = json.dumps(await store.debrief(encounter.id))
    async with store._engine.begin() as connection:
        first = (await connection.execute(ENCOUNTERS.select())).mappings().one()
        lines = [dict(first) | {"id": f"m{n}", "started_at": f"2026-10-01T09:00:00.{n:06d}Z"} for n in range(999)]
        await connection.execute(ENCOUNTERS.insert(), lines)
        rows = [{"encounter": f"m{n}", "head": 4, "record": record, "made_at": first["updated_at"]} for n in range(999)]
        await connection.execute(DEBRIEFS.insert(), rows)
    asked: list[str] = []
    event.listen(store._engine.sync_engine, "before_cursor_execute", lambda *a: asked.append(a[2]))

    shown = await page_of("/progress")

    assert len([question for question in asked if question.startswith("SELECT")]) == 1
    assert catalogue().say("progress.lead", meetings=1000, people=1) in words_of(shown.text)
    assert shown.text.count("/debrief/") == progress.LISTED
    assert (await page_of("/progress?all=1")).text.count("/debrief/") == 1000


async def test_where_others_can_reach_the_server_a_browser_is_known_by_its_own_cookie(
    here: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chainlit.config import config

    store = await here.store()
    assert store is not None
    guest = "0123456789abcdef" * 2
    mine = here.meet("andrew", store)
    mine.learner = await store.learner(f"guest {guest}")
    await mine.exchange(SKILLED[0])
    monkeypatch.setattr(config.run, "host", "0.0.0.0")

    async with browser() as client:
        nobody = await client.get("/progress")
        other = await client.get("/progress", headers={"Cookie": f"simpatient_guest={'f' * 32}"})
        own = await client.get("/progress", headers={"Cookie": f"simpatient_guest={guest}"})

    assert nobody.status_code == 403
    assert catalogue().say("progress.nothing") in words_of(other.text)
    assert catalogue().say("progress.lead_one") in words_of(own.text)


async def test_where_nothing_is_kept_the_page_says_so() -> None:
    here = open_room(seed=1)
    here.store_url = ""

    assert catalogue().say("kind.nothing_kept_title") in (await page_of("/progress")).text


async def test_a_database_that_cannot_be_reached_is_told_in_a_line(here: Room, tmp_path: Path) -> None:
    await met(here, *SKILLED)
    (tmp_path / "kept.sqlite3").unlink()

    answer = await page_of("/progress")

    assert answer.status_code == 503
    assert "Traceback" not in answer.text
    assert catalogue().say("kind.trouble_title") in answer.text
