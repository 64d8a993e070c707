"""The store keeps what was said."""

from __future__ import annotations

from pathlib import Path

import pytest

from simpatient.encounter import Encounter
from simpatient.errors import ConfigurationError
from simpatient.store import Store


def url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'deep' / 'meetings.sqlite3'}"


async def test_exchanges_and_debrief_come_back_as_they_were(tmp_path: Path) -> None:
    """What is read back equals the records; a new store on the same file sees them."""
    store = await Store.open(url(tmp_path))
    encounter = await Encounter.begin("andrew", store=store, encounter_id="one")
    for text in ("Hello Andrew, I'm Dana.", "What brings you here?"):
        await encounter.exchange(text)
    debrief = await encounter.end()
    await store.close()
    again = await Store.open(url(tmp_path))
    assert await again.exchanges("one") == [exchange.record() for exchange in encounter.exchanges]
    assert await again.debrief("one") == debrief.record()
    await again.close()


async def test_an_unknown_meeting_is_empty(tmp_path: Path) -> None:
    """Nothing is invented."""
    store = await Store.open(url(tmp_path))
    assert await store.exchanges("nobody") == []
    assert await store.debrief("nobody") is None
    await store.close()


async def test_the_words_of_a_learner_in_crisis_are_not_kept(tmp_path: Path) -> None:
    """The stop leaves no trace of what was typed."""
    store = await Store.open(url(tmp_path))
    encounter = await Encounter.begin("andrew", store=store, encounter_id="two")
    await encounter.exchange("I want to kill myself")
    await encounter.end()
    await store.close()
    assert b"kill myself" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


async def test_a_database_that_cannot_be_opened_is_said_in_words(tmp_path: Path) -> None:
    """No traceback, and no password of the URL in the message."""
    with pytest.raises(ConfigurationError, match="SIMPATIENT_DATABASE_URL") as caught:
        await Store.open("nonsense://user:secret@nowhere/db")
    assert "secret" not in str(caught.value)
