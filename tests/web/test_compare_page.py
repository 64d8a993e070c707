"""Two branches of one meeting side by side."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simpatient.encounter import Encounter
from simpatient.settings import Settings
from simpatient.web import compare
from simpatient.web.room import Room, open_room
from simpatient.web.text import catalogue
from simpatient.words import VARIABLES

from .reading import HARSH, SKILLED, a_room, outline, page_of, words_of


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Room]:
    """A room with a store of its own."""
    async with a_room(tmp_path) as found:
        yield found


async def two_ways(here: Room, *, over: bool) -> tuple[Encounter, str]:
    """A meeting whose second exchange was said in two ways."""
    encounter = here.meet("andrew", await here.store())
    for text in (SKILLED[0], HARSH):
        await encounter.rated((await encounter.exchange(text)).number)
    await encounter.rewind(1)
    for text in SKILLED[1:]:
        await encounter.rated((await encounter.exchange(text)).number)
    if over:
        await encounter.end()
    return encounter, here.keep(encounter)


async def test_words_ratings_and_what_each_opened_stand_side_by_side(here: Room) -> None:
    encounter, page = await two_ways(here, over=True)

    shown = words_of((await page_of(f"/compare/{page}")).text)

    for branch in encounter.branches():
        for exchange in branch.exchanges:
            assert exchange.turn.text in shown
        for text in (branch.exchanges[-1].learner,):
            assert all(part in shown for part in text.split(". "))
    assert "Unasked advice, in the way" in shown
    assert catalogue().say("compare.shorter", letter="A") in shown
    for name in VARIABLES:
        assert catalogue().say(f"variable.{name}") in shown


async def test_during_play_nothing_of_what_is_felt_is_shown(here: Room) -> None:
    encounter, page = await two_ways(here, over=False)

    shown = (await page_of(f"/compare/{page}")).text

    words = words_of(shown)
    assert catalogue().say("compare.hidden", patient="Andrew") in words
    assert "polyline" not in outline(shown).tags
    for name in VARIABLES:
        assert catalogue().say(f"variable.{name}") not in words
    for exchange in (e for b in encounter.branches() for e in b.exchanges):
        assert f"{exchange.after.trust:.2f}" not in words
    assert not any(word in words.lower() for word in ("trusts you", "on edge", "trust rose", "trust fell", "on guard"))


async def test_a_comparison_is_found_again_after_a_restart(here: Room) -> None:
    _, page = await two_ways(here, over=True)
    first = words_of((await page_of(f"/compare/{page}")).text)

    open_room(settings=Settings(database_url=here.store_url))

    assert words_of((await page_of(f"/compare/{page}")).text) == first


async def test_of_three_branches_any_two_can_be_chosen_and_nonsense_is_the_last_two(here: Room) -> None:
    encounter, _ = await two_ways(here, over=False)
    await encounter.rewind(0)
    await encounter.exchange("Hi.")
    await encounter.end()
    heads = [branch.head for branch in encounter.branches()]
    page = here.keep(encounter)

    view = compare.view_of(encounter, heads[0], heads[2])
    assert view is not None
    assert (view.one.letter, view.other.letter) == ("A", "C")
    assert view.shared == ()
    for query in ("", "?one=x&other=99", f"?one={heads[0]}&other={heads[0]}"):
        shown = words_of((await page_of(f"/compare/{page}{query}")).text)
        assert catalogue().say("compare.you_on", letter="B") in shown
        assert catalogue().say("compare.you_on", letter="C") in shown


async def test_a_meeting_that_went_one_way_only_says_so(here: Room) -> None:
    encounter = here.meet("andrew", await here.store())
    await encounter.exchange(SKILLED[0])

    answer = await page_of(f"/compare/{here.keep(encounter)}")

    assert answer.status_code == 200
    assert catalogue().say("kind.one_branch_title") in answer.text
    assert (await page_of("/compare/nobody")).status_code == 404
