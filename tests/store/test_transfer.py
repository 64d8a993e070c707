"""Meetings go out of a store and into another one, and nothing hidden goes with them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from simpatient.authoring import Library
from simpatient.encounter import Encounter
from simpatient.errors import ContentError
from simpatient.persona import load_patient
from simpatient.rubric import load_codebook, load_rubric
from simpatient.store import Store, pages, sheets
from simpatient.store.transfer import Carried, lines_of, read_lines

HOSTILE = (
    "=cmd|'/c calc'!A1 <script>alert(1)</script> **bold** [link](javascript:x) | `code`\n# heading\n1. list & \"quote\""
)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(f"sqlite:///{tmp_path / 'one.sqlite3'}")
    yield opened
    await opened.close()


async def held(
    store: Store, name: str = "x", *, words: tuple[str, ...] = ("Hello.", HOSTILE, "I'll find out by Thursday.")
) -> Carried:
    encounter = await Encounter.begin("andrew", store=store, encounter_id=name, learner="ann", difficulty="hard")
    for text in words:
        await encounter.rated((await encounter.exchange(text)).number)
    await encounter.end()
    await encounter.rewind(1)
    await encounter.exchange("Once more, then: how are you?")
    await encounter.end()
    return Carried(meeting=await store.meeting(name), ratings=await store.ratings(name))


def written(*carried: Carried, to_continue: bool = False) -> list[bytes]:
    return [json.dumps(line).encode() for each in carried for line in lines_of(each, to_continue=to_continue)]


async def test_a_meeting_made_to_be_continued_arrives_as_it_was(store: Store, url: str) -> None:
    """In a database of either kind: rows, ratings, debriefs, promises, state; and it goes on alike."""
    carried = await held(store)
    (read,) = read_lines("f", written(carried, to_continue=True))
    assert read == carried
    other = await Store.open(url)
    assert await other.add_meeting(read.meeting, read.ratings)
    assert await other.meeting("x") == carried.meeting
    assert await other.ratings("x") == carried.ratings
    here, there = await Encounter.resume(store, "x"), await Encounter.resume(other, "x")
    for each in (here, there):
        await each.rewind(2)
    assert (await here.exchange("And now?")).record() == (await there.exchange("And now?")).record()
    assert not await other.add_meeting(read.meeting, read.ratings)
    await other.close()


async def test_without_the_state_everything_but_going_on_is_there(store: Store) -> None:
    """The ordinary export."""
    carried = await held(store)
    (read,) = read_lines("f", written(carried))
    assert [each.record for each in read.meeting.exchanges] == [each.record for each in carried.meeting.exchanges]
    assert {each.exact for each in read.meeting.exchanges} == {None}
    assert read.meeting.debriefs == carried.meeting.debriefs


async def test_every_wrong_line_is_named_and_nothing_is_taken_in(store: Store) -> None:
    """With its number, what is wrong, and no traceback."""
    lines = written(await held(store))
    second = json.loads(lines[1])
    wrong = [
        b"no json", b"\xff\xfe", b"[1]", b'{"kind": "other"}', b"[" * 100_000, b'{"kind": "relationship", "learner": "a", "persona": "b", "revision": 1, "record": {"x": "\\ud800"}, "plans": []}',
        json.dumps({**second, "extra": 1}).encode(),
        json.dumps({**second, "record": {**second["record"], "exchange": "one"}}).encode(),
        json.dumps({**second, "record": {**second["record"], "encounter": "nobody"}}).encode(),
        lines[0],
    ]  # fmt: skip
    with pytest.raises(ContentError) as caught:
        read_lines("talk.jsonl", [*lines, *wrong])
    told = [finding.line for finding in caught.value.diagnostics]
    assert told == list(range(len(lines) + 1, len(lines) + len(wrong) + 1))
    assert "extra" in str(caught.value)


@pytest.mark.parametrize("missing", [1, 2])
async def test_a_meeting_with_a_hole_is_refused(store: Store, missing: int) -> None:
    """A tree without a branch's middle cannot be walked."""
    lines = written(await held(store))
    with pytest.raises(ContentError, match="its lines hold"):
        read_lines("f", [line for number, line in enumerate(lines) if number != missing])


async def test_no_cell_of_the_table_is_a_formula(store: Store) -> None:
    """Whatever a learner types."""
    starts = ("=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", " =1", "＝1", "plain")
    carried = await held(store, words=("Hello.", *starts))
    rows = list(csv.reader(io.StringIO(sheets.table([carried.meeting]))))
    head, first = rows[0], rows[1]
    assert head[0] == "encounter"
    assert any(name.startswith("rating_") for name in head)
    assert all(len(row) == len(head) for row in rows)
    for row in rows:
        assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "＝"))]
    said = [row[head.index("learner")] for row in rows[1:]]
    assert "'=1+1" in said
    assert "plain" in said
    assert first[head.index("learner_id")] == "ann"


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    """Only text is marked."""
    assert [sheets.safe(value) for value in (-0.5, 3, None, "-0.5", "")] == [-0.5, 3, "", "'-0.5", ""]


async def test_what_was_typed_stays_text_on_the_pages(store: Store) -> None:
    """No tag, no script, no link, no heading of a learner's making; and nothing from outside."""
    carried = await held(store)
    await Encounter.resume(store, "x")
    encounter = await Encounter.resume(store, "x")
    await encounter.rewind(3)
    kept = await store.meeting("x")
    page = pages.html(kept)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")
    text = pages.markdown(kept)
    assert "<script" not in text
    assert "\\*\\*bold\\*\\*" in text
    assert "\\[link\\]" in text
    assert "\n# heading" not in text
    assert "\n\\# heading" in text
    assert "\n1\\. list" in text
    assert carried.meeting.line.name in text


async def test_a_meeting_without_a_debrief_is_a_page_too(store: Store) -> None:
    """It may still be going on."""
    encounter = await Encounter.begin("maggie", store=store, encounter_id="y")
    await encounter.exchange("Hello.")
    kept = await store.meeting("y")
    assert "Hello." in pages.html(kept)
    assert "Hello." in pages.markdown(kept)


@pytest.mark.parametrize("name", ["andrew", "maggie"])
async def test_no_hidden_fact_is_in_any_export(store: Store, name: str) -> None:
    """Canaries stand in for the facts: lines with and without state, table and pages hold only what was told."""
    library = Library.choose()
    codebook = load_codebook(library)
    patient = load_patient(library, name, codebook.codes)
    facts = tuple(
        fact.model_copy(update={word: (f"canary {fact.id} {word}.",) for word in ("hint", "partial", "full")})
        for fact in patient.persona.facts
    )
    patient = replace(patient, persona=patient.persona.model_copy(update={"facts": facts}))
    rubric = load_rubric(library, "rapport", codebook)
    for dialogue in ("skilled", "poor"):
        encounter = Encounter(patient=patient, codebook=codebook, rubric=rubric, store=store, encounter_id=dialogue)
        for step in patient.dialogues.steps_of(dialogue):
            if encounter.ended is None:
                await encounter.exchange(step.learner)
        await encounter.end()
        told = {f"canary {t.fact} {t.rendering.word}" for e in encounter.exchanges for t in e.tellings}
        carried = Carried(meeting=await store.meeting(dialogue), ratings=await store.ratings(dialogue))
        kept = carried.meeting
        out = b"\n".join(written(carried, to_continue=True)).decode() + sheets.table([kept])
        out += pages.html(kept) + pages.markdown(kept)
        marks = [f"canary {fact.id} {word}" for fact in facts for word in ("hint", "partial", "full")]
        assert not [mark for mark in marks if mark in out and mark not in told]
