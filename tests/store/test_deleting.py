"""What is deleted is gone: from the tables, from the file, from logs and recorded calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from simpatient.encounter import Encounter
from simpatient.store import Store
from simpatient.store.rows import KeptRelationship, Selection

SECRET = "my grandmother's marzipan recipe"


async def met(store: Store, name: str, persona: str = "andrew", learner: str = "ann") -> None:
    encounter = await Encounter.begin(persona, store=store, encounter_id=name, learner=learner)
    await encounter.exchange(f"Hello, this is {name} about {SECRET}-{name}.")
    await encounter.exchange("How are you?")
    await encounter.end()


def bytes_under(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def ids(store: Store) -> list[str]:
    return sorted(line.id for line in (await store.meetings(limit=200)).meetings)


async def test_deleting_counts_what_it_takes_and_leaves_the_rest(store: Store) -> None:
    """By learner, by persona, by id; what would go is told before."""
    await met(store, "a1")
    await met(store, "m1", "maggie")
    await met(store, "b1", learner="ben")
    before = await store.chosen(Selection(persona="andrew"))
    taken = await store.delete(Selection(persona="andrew"))
    assert taken.ids == before.ids == ("a1", "b1")
    assert (taken.exchanges, taken.ratings, taken.debriefs) == (4, 4, 2)
    assert await ids(store) == ["m1"]
    assert (await store.delete(Selection(learner="ben"))).ids == ()
    assert (await store.delete(Selection(ids=("m1", "nobody")))).ids == ("m1",)
    assert await ids(store) == []


async def test_deleting_a_learner_takes_everything_of_theirs(store: Store) -> None:
    """Relationships and plans too, and the way from their name to their id."""
    learner = await store.learner("dana")
    await met(store, "x", learner=learner)
    await store.keep_relationship(
        KeptRelationship(learner=learner, persona="andrew", record={}, exact="{}", plans=({"goal": "sleep"},))
    )
    taken = await store.delete(Selection(learner=learner))
    assert (taken.ids, taken.relationships, taken.learners) == (("x",), 1, 1)
    assert await store.relationship(learner, "andrew") is None
    assert await store.learner("dana") != learner


async def test_nothing_of_what_was_deleted_is_left_in_the_files(tmp_path: Path) -> None:
    """Not in the database, not in its journal, not in freed pages; what stays is readable."""
    home = tmp_path / "home"
    store = await Store.open(f"sqlite:///{home / 'meetings.sqlite3'}")
    for name in ("stays", "goes", "gone"):
        await met(store, name)
    assert f"{SECRET}-goes".encode() in bytes_under(home)
    taken = await store.delete(Selection(ids=("goes", "gone")), home=home)
    assert taken.erased
    left = bytes_under(home)
    assert f"{SECRET}-goes".encode() not in left
    assert f"{SECRET}-gone".encode() not in left
    assert f"{SECRET}-stays".encode() in left
    assert len(await store.exchanges("stays")) == 2
    await store.close()


async def test_logs_and_recorded_calls_go_with_their_meeting(tmp_path: Path) -> None:
    """Files and folders named after it, and lines that name it; others stay."""
    home = tmp_path / "home"
    store = await Store.open(f"sqlite:///{home / 'meetings.sqlite3'}")
    for name in ("goes", "stays"):
        await met(store, name)
        (home / "calls" / name).mkdir(parents=True)
        (home / "calls" / name / "3-voice.json").write_text(SECRET)
    (home / "logs").mkdir()
    (home / "logs" / "goes.log").write_text(SECRET)
    (home / "logs" / "all.log").write_text("one goes here\nanother stays here\n")
    taken = await store.delete(Selection(ids=("goes",)), home=home)
    assert taken.files == 3
    assert not (home / "calls" / "goes").exists()
    assert (home / "calls" / "stays" / "3-voice.json").exists()
    assert not (home / "logs" / "goes.log").exists()
    assert (home / "logs" / "all.log").read_text() == "another stays here\n"
    await store.close()


async def test_what_was_kept_long_enough_goes_when_the_store_is_opened(url: str, clock) -> None:
    """Ninety days after the last thing that happened in it, not before; 0 keeps for ever."""
    store = await Store.open(url, clock=clock)
    await met(store, "old")
    clock.later(days=60)
    await met(store, "young")
    await store.close()
    clock.later(days=29)
    for days, expected in ((0, ["old", "young"]), (90, ["old", "young"])):
        store = await Store.open(url, clock=clock, retention_days=days)
        assert await ids(store) == expected
        assert store.expired.ids == ()
        await store.close()
    clock.later(days=2)
    store = await Store.open(url, clock=clock, retention_days=90)
    assert store.expired.ids == ("old",)
    assert await ids(store) == ["young"]
    await store.close()


async def test_a_file_that_somebody_else_reads_is_cleaned_as_far_as_can_be(tmp_path: Path) -> None:
    """And it is said that something may be left until they close it."""
    import sqlite3

    file = tmp_path / "meetings.sqlite3"
    store = await Store.open(f"sqlite:///{file}")
    await met(store, "x")
    with sqlite3.connect(file, isolation_level=None) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM exchanges").fetchone()
        taken = await store.delete(Selection(ids=("x",)))
        assert not taken.erased
        reader.execute("ROLLBACK")
    reader.close()
    assert await ids(store) == []
    await store.close()


@pytest.mark.parametrize(
    "selection", [Selection(learner="nobody"), Selection(persona="nobody"), Selection(ids=("no",))]
)
async def test_deleting_nothing_deletes_nothing(store: Store, selection: Selection) -> None:
    """Counts are nought."""
    await met(store, "x")
    taken = await store.delete(selection)
    assert (taken.ids, taken.exchanges, taken.learners) == ((), 0, 0)
    assert await ids(store) == ["x"]
