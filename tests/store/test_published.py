"""What the program writes is what is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from simpatient.encounter import Encounter
from simpatient.store.published import DebriefRecord, ExchangeRecord, schema


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
