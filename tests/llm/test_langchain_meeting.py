"""A LangChain chat model object, handed in as it is, holds a whole meeting."""

from __future__ import annotations

import json

from langchain_core.language_models import FakeListChatModel

from simpatient.encounter import Encounter

VERDICT = json.dumps({"off_task": [], "reading": [], "ratings": [], "try_instead": ""})


async def test_a_langchain_model_voices_the_patient() -> None:
    """Letter by letter, as it streams; the record names it."""
    encounter = await Encounter.begin(
        "andrew",
        chat_model=FakeListChatModel(responses=["Hello. Bit early, sorry.", "It was all right."]),
        evaluator_model=FakeListChatModel(responses=[VERDICT]),
    )
    heard: list[str] = []

    async def hear(sentence: str) -> None:
        heard.append(sentence)

    first = await encounter.exchange("Hello Andrew, I'm Dana.", hear=hear)
    second = await encounter.exchange("How was the journey?")
    assert heard == ["Hello.", "Bit early, sorry."]
    assert (first.turn.text, second.turn.text) == ("Hello. Bit early, sorry.", "It was all right.")
    assert first.voice.by.startswith("fake")
    rated = await encounter.rated(1)
    assert rated.assessment is not None
    assert rated.assessment.by.startswith("fake")
    assert encounter.privacy


async def test_a_langchain_model_that_speaks_rates_too() -> None:
    """With one model alone; an answer that is no verdict leaves everything not rated and the meeting goes on."""
    model = FakeListChatModel(responses=["Fine, thanks."])
    encounter = await Encounter.begin("maggie", chat_model=model)
    exchange = await encounter.exchange("Hello.")
    rated = await encounter.rated(exchange.number)
    assert rated.assessment is not None
    assert all(rating.value is None for rating in rated.assessment.ratings)
    assert (await encounter.end()).outcome
