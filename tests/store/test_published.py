"""What the program writes is what is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from simpatient.encounter import Encounter, after_meeting, between, due
from simpatient.encounter.records import plan_record
from simpatient.store.published import LINES, DebriefRecord, ExchangeRecord, schema
from simpatient.store.rows import KeptRelationship
from simpatient.store.transfer import relationship_line
from simpatient.words import Done


@pytest.mark.parametrize("name", ["andrew", "maggie"])
async def test_the_records_of_worked_meetings_have_the_published_fields(name: str) -> None:
    """Every dialogue of the patient's file: a field that is added is added to the schema too."""
    first = await Encounter.begin(name)
    for dialogue in first.patient.dialogues.dialogues:
        encounter = Encounter(patient=first.patient, codebook=first.codebook, rubric=first.rubric, seed=4)
        for step in dialogue.steps:
            if encounter.ended is None:
                exchange = await encounter.exchange(step.learner)
                await encounter.rated(exchange.number)
        debrief = (await encounter.end()).record()
        for exchange in encounter.exchanges:
            record = exchange.record()
            assert ExchangeRecord.model_validate(record).model_dump() == record
        assert DebriefRecord.model_validate(debrief).model_dump() == debrief


def test_the_schema_in_the_documents_is_that_of_the_code(checkout: Path) -> None:
    """Made by `simpatient export --schema > docs/records.schema.json`."""
    assert (checkout / "docs" / "records.schema.json").read_text(encoding="utf-8") == schema()


@pytest.mark.parametrize("name", ["andrew", "maggie"])
async def test_the_records_of_a_later_meeting_have_the_published_fields(name: str) -> None:
    """Promises told and a plan looked at; what is kept between the two is a line of an export as well."""
    first = await Encounter.begin(name)
    for step in first.patient.dialogues.steps_of("skilled"):
        if first.ended is None:
            await first.exchange(step.learner)
    await first.exchange("So we agreed: we work on sleep first, and look at it next time. Does that suit you?")
    await first.end()
    before = after_meeting(first)
    done = {promise.id: Done.NOT_DONE for promise in due(before)}
    gone = between(before, first.patient, first.codebook, done=done, rubric=first.rubric)
    encounter = await Encounter.begin(name, relationship=gone.relationship)
    for text in ("Hello again.", "I did what I promised, all of it.", "How did our plan work out?"):
        await encounter.rated((await encounter.exchange(text)).number)
    debrief = (await encounter.end()).record()
    for exchange in encounter.exchanges:
        record = exchange.record()
        assert ExchangeRecord.model_validate(record).model_dump() == record
    assert DebriefRecord.model_validate(debrief).model_dump() == debrief
    after = after_meeting(encounter)
    kept = KeptRelationship(
        learner=after.learner, persona=name, record=after.record(), exact="", revision=1,
        plans=(plan_record(after.plan),) if after.plan else (),
    )  # fmt: skip
    assert LINES.validate_python(relationship_line(kept))
