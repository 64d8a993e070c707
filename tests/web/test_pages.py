"""The debrief page, as the server writes it."""

from __future__ import annotations

import itertools
import re

import pytest

from simpatient.encounter import Encounter
from simpatient.web.room import Room, open_room
from simpatient.web.text import catalogue

from .reading import SKILLED, outline, page_of, words_of


@pytest.fixture
def here() -> Room:
    return open_room(seed=1)


async def debrief_after(here: Room, *messages: str, name: str = "andrew") -> tuple[Encounter, str]:
    """A meeting of these messages, and its debrief page."""
    encounter = here.meet(name)
    for text in messages:
        await encounter.exchange(text)
    await encounter.end()
    answer = await page_of(f"/debrief/{here.keep(encounter)}")
    assert answer.status_code == 200
    return encounter, answer.text


async def test_the_debrief_asks_first_how_the_learner_is_then_praises_then_asks_for_one_change(here: Room) -> None:
    _, page = await debrief_after(here, *SKILLED)

    order = ["how", "strengths", "change", "chart", "moments", "not-heard", "outcome", "promises", "profile", "indices",
             "transcript", "about"]  # fmt: skip
    assert [name for name in outline(page).ids if name in order] == order


async def test_the_debrief_shows_chart_table_and_every_exchange_with_its_ratings(here: Room) -> None:
    encounter, page = await debrief_after(here, *SKILLED)

    assert '<svg class="chart" role="img"' in page
    assert page.partition('id="transcript"')[2].count('class="turn learner"') == len(SKILLED)
    for exchange in encounter.exchanges:
        assert f'id="exchange-{exchange.number}"' in page
    assert 'class="ratings"' in page


async def test_the_debrief_says_what_is_not_validated(here: Room) -> None:
    _, page = await debrief_after(here, *SKILLED)

    assert catalogue().say("page.disclaimer") in page


async def test_the_debrief_runs_no_script_and_loads_nothing_from_outside(here: Room) -> None:
    encounter, page = await debrief_after(here, *SKILLED)
    answer = await page_of(f"/debrief/{here.keep(encounter)}")

    assert "script" not in outline(page).tags
    assert all(link.startswith(("/", "#")) and not link.startswith("//") for link in outline(page).links)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


async def test_what_the_learner_wrote_is_text_on_the_page_and_nothing_else(here: Room) -> None:
    _, page = await debrief_after(here, "<script>alert(1)</script> hello", '"><img src=x onerror=alert(1)> \ud800')

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert outline(page).tags.count("script") == 0


async def test_the_debrief_never_tells_a_fact_that_was_not_told(here: Room) -> None:
    for name in here.patients:
        encounter, page = await debrief_after(here, "Hello.", name=name)
        told = {telling.fact for exchange in encounter.exchanges for telling in exchange.tellings}
        for fact in encounter.patient.persona.facts:
            if fact.id not in told:
                assert not any(rendering in page for rendering in (*fact.full, *fact.partial))


async def test_a_meeting_that_ended_before_a_word_still_has_a_debrief(here: Room) -> None:
    _, page = await debrief_after(here)

    assert 'id="how"' in page
    assert '<svg class="chart"' not in page


async def test_an_unknown_debrief_is_a_kind_page_with_the_right_status() -> None:
    answer = await page_of("/debrief/nobody-knows-this")

    assert answer.status_code == 404
    assert catalogue().say("kind.lost_title") in answer.text


async def test_the_address_of_a_debrief_cannot_be_guessed(here: Room) -> None:
    encounter = here.meet("andrew")
    first, second = here.keep(encounter), here.keep(encounter)

    assert first != second
    assert min(len(first), len(second)) >= 24
    assert encounter.id not in first


async def test_only_so_many_debriefs_are_kept(here: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simpatient.web.room.KEPT", 2)
    encounter = here.meet("andrew")
    pages = [here.keep(encounter) for _ in range(3)]

    assert [here.kept(page) is not None for page in pages] == [False, True, True]


async def test_every_heading_level_follows_the_one_above(here: Room) -> None:
    _, page = await debrief_after(here, *SKILLED)
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


async def test_a_learner_can_read_by_what_they_are_rated(here: Room) -> None:
    _, page = await debrief_after(here, *SKILLED)
    assert "/rubric/rapport" in outline(page).links

    shown = words_of((await page_of("/rubric/rapport")).text)
    for behaviour in here.rubric.behaviours:
        assert behaviour.name in shown
        for anchor in (behaviour.anchors.zero, behaviour.anchors.three):
            assert " ".join(anchor.split()) in shown
    assert " ".join(here.rubric.not_validated.split()) in shown
    assert (await page_of("/rubric/nobody")).status_code == 404
