"""Who writes a file at the same moment does so together, and nobody pays for another's fault."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text

from simpatient.errors import MeetingChanged
from simpatient.store import Store
from simpatient.store.turns import InFile


@pytest.fixture
async def turns(tmp_path: Path):
    """Turns in a file with one table."""
    store = await Store.open(f"sqlite:///{tmp_path / 'turns.sqlite3'}")
    turns = store._turns
    assert isinstance(turns, InFile)
    await turns.write(lambda connection: connection.execute(text("CREATE TABLE said (what TEXT PRIMARY KEY)")))
    yield turns
    await store.close()


def saying(what: str, fault: Exception | None = None):
    """Writes `what`, and then fails if it must."""

    def work(connection: Connection) -> str:
        connection.execute(text("INSERT INTO said VALUES (:what)"), {"what": what})
        if fault is not None:
            raise fault
        return what

    return work


async def said(turns: InFile) -> set[str]:
    return await turns.write(lambda connection: set(connection.execute(text("SELECT what FROM said")).scalars()))


async def test_those_who_come_while_one_writes_share_the_next_transaction(turns: InFile) -> None:
    commits: list[object] = []
    event.listen(turns.engine, "commit", commits.append)

    answers = await asyncio.gather(*(turns.write(saying(str(number))) for number in range(50)))

    assert answers == [str(number) for number in range(50)]
    assert len(commits) <= 3
    assert await said(turns) == set(answers)


async def test_one_that_cannot_stand_takes_nobody_with_it(turns: InFile) -> None:
    fault = MeetingChanged("elsewhere")

    answers = await asyncio.gather(
        turns.write(saying("a")), turns.write(saying("b", fault)), turns.write(saying("c")), return_exceptions=True
    )

    assert answers == ["a", fault, "c"]
    assert await said(turns) == {"a", "c"}


async def test_a_row_that_is_there_already_is_its_writers_trouble_alone(turns: InFile) -> None:
    await turns.write(saying("a"))

    answers = await asyncio.gather(turns.write(saying("a")), turns.write(saying("b")), return_exceptions=True)

    assert isinstance(answers[0], Exception)
    assert answers[1] == "b"


async def test_who_stops_waiting_before_the_turn_comes_has_not_written_and_holds_nobody_up(turns: InFile) -> None:
    async with turns.alone():
        first = asyncio.create_task(turns.write(saying("a")))
        second = asyncio.create_task(turns.write(saying("b")))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0)

    assert await second == "b"
    assert await said(turns) == {"b"}
