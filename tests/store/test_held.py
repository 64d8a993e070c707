"""All meetings of a learner with what they added up to, in one question."""

from __future__ import annotations

from functools import cache

import pytest

from simpatient.authoring import Library
from simpatient.encounter import Encounter
from simpatient.persona import Patient, load_patient
from simpatient.rubric import Codebook, Rubric, load_codebook, load_rubric
from simpatient.store import Store

from .conftest import Clock


@pytest.fixture
async def kept(url: str, clock: Clock):
    store = await Store.open(url, clock=clock)
    yield store
    await store.close()


@cache
def shelf() -> tuple[Codebook, Rubric, dict[str, Patient]]:
    library = Library.choose()
    codebook = load_codebook(library)
    patients = {name: load_patient(library, name, codebook.codes) for name in ("andrew", "maggie")}
    return codebook, load_rubric(library, "rapport", codebook), patients


async def meet(
    store: Store, name: str, *, persona: str = "andrew", learner: str = "local", end: bool = True
) -> Encounter:
    codebook, rubric, patients = shelf()
    encounter = Encounter(
        patient=patients[persona], codebook=codebook, rubric=rubric, store=store, encounter_id=name, learner=learner
    )
    exchange = await encounter.exchange("Hello, I'm glad you came.")
    await encounter.rated(exchange.number)
    if end:
        await encounter.end()
    return encounter


async def test_meetings_come_newest_first_with_the_debrief_of_the_branch_that_stands(kept: Store) -> None:
    first = await meet(kept, "one")
    await first.rewind(0)
    await first.exchange("What is wrong with you?")
    debrief = await first.end()
    await meet(kept, "two", persona="maggie", end=False)
    await meet(kept, "theirs", learner="somebody")

    found = await kept.held("local")

    assert [each.line.id for each in found] == ["two", "one"]
    assert found[0].debrief is None
    assert found[1].debrief == debrief.record()
    assert found[1].versions == (await kept.meeting("one")).versions


async def test_the_last_attempt_is_the_same_learner_s_with_the_same_patient(kept: Store) -> None:
    for name, persona, learner, end in (
        ("one", "andrew", "local", True), ("two", "andrew", "local", True), ("open", "andrew", "local", False),
        ("other", "maggie", "local", True), ("theirs", "andrew", "somebody", True), ("now", "andrew", "local", True),
        ("later", "andrew", "local", True),
    ):  # fmt: skip
        await meet(kept, name, persona=persona, learner=learner, end=end)
    now, first = await kept.line("now"), await kept.line("one")
    assert now is not None
    assert first is not None

    before = await kept.last_before(now)

    assert before is not None
    assert before.line.id == "two"
    assert await kept.last_before(first) is None


async def test_a_key_is_made_once_and_is_the_same_for_all_who_use_the_database(kept: Store, url: str) -> None:
    other = await Store.open(url)

    assert await kept.key("pages") == await other.key("pages")
    assert await kept.key("pages") != await kept.key("else")
    assert len(await kept.key("pages")) >= 32
    await other.close()
