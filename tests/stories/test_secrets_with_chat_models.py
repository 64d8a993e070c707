"""What a patient keeps to themselves stays there when chat models speak and rate.

Canaries stand in for every wording of every fact. A model says what it is told to say and, beyond that, all it can.
"""

from __future__ import annotations

import json
import random
import re

import pytest

from simpatient.encounter import Encounter
from simpatient.encounter.cast import Cast
from simpatient.llm import Completion, Request
from simpatient.patient.vetting import Fault
from simpatient.words import Rendering

from .test_secrets import CODEBOOK, RUBRIC, marked, words_of

SAY = re.compile("than stands here: \u201c(.*?)\u201d")


class Blabs:
    """Says what it was told to tell; else it repeats a line of its own prompt. Keeps every request."""

    name, place = "fake:blabs", ""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.asked: list[Request] = []

    async def stream(self, request: Request):  # type: ignore[no-untyped-def]
        self.asked.append(request)
        told = SAY.search(request.messages[0].text)
        lines = [line.removeprefix("- ") for line in request.messages[0].text.splitlines() if line.startswith("- ")]
        yield told[1] if told else self.chance.choice(lines)
        yield Completion(text="")

    async def complete(self, request: Request) -> Completion:
        self.asked.append(request)
        return Completion(text=json.dumps({"ratings": []}))


@pytest.mark.parametrize("name", ["andrew", "maggie"])
async def test_no_fact_is_in_any_prompt_reply_or_record_before_its_gate(name: str) -> None:
    """In random meetings full of prying; afterwards it is in the prompt of the voice, for it stays true."""
    patient = marked(name)
    pool = words_of(patient)
    ids = [fact.id for fact in patient.persona.facts]
    told_and_shown = 0
    for seed in range(14):
        chance = random.Random(seed)
        model = Blabs(seed)
        encounter = Encounter(
            patient=patient, codebook=CODEBOOK, rubric=RUBRIC, seed=seed, models=Cast.of(model, model)
        )
        allowed: set[str] = set()
        for _ in range(12):
            before, asked = frozenset(allowed), len(model.asked)
            exchange = await encounter.exchange(chance.choice(pool), practice=True)
            await encounter.rated(exchange.number)
            now = (
                {f"canary {exchange.intent.tells.fact} {exchange.intent.tells.rendering.word}"}
                if exchange.intent.tells
                else set()
            )
            allowed |= {f"canary {t.fact} {t.rendering.word}" for t in exchange.tellings}
            seen = json.dumps(exchange.record()) + exchange.turn.text
            for mark in (f"canary {fact} {r.word}" for fact in ids for r in Rendering if r):
                assert mark not in seen or mark in allowed
                for request in model.asked[asked:]:
                    text = "\n".join(message.text for message in request.messages)
                    if request.turn.endswith("evaluator"):
                        assert mark not in text or mark in before
                    else:
                        assert mark not in text or mark in before | now | _intended(text)
            told_and_shown += sum(
                mark in model.asked[asked].messages[0].text for mark in before if mark.endswith("full")
            )
            if encounter.ended:
                break
    assert told_and_shown


def _intended(text: str) -> set[str]:
    """What the engine let the voice say in this prompt, were it in the end said or not."""
    told = SAY.search(text)
    return {told[1].strip(" .")} if told else set()


async def test_a_model_that_guesses_a_secret_is_not_heard() -> None:
    """The second try says that something was touched, and not what; after that the written line is spoken."""
    asked: list[Request] = []

    class Guesses:
        name, place = "fake:guesses", ""

        async def stream(self, request: Request):  # type: ignore[no-untyped-def]
            asked.append(request)
            yield "I sit in my van in the car park before work and can't go in."
            yield Completion(text="")

        async def complete(self, request: Request) -> Completion:
            return Completion(text=json.dumps({"ratings": []}))

    encounter = await Encounter.begin("andrew", chat_model=Guesses())
    heard: list[str] = []

    async def hear(sentence: str) -> None:
        heard.append(sentence)

    exchange = await encounter.exchange("How are mornings?", hear=hear)
    assert len(asked) == 2
    assert Fault.SHUT.value in asked[1].messages[0].text
    assert "van in the car park" not in " ".join(m.text for m in asked[1].messages)
    assert "van" not in " ".join(heard)
    assert exchange.voice.by == "embedded"
    assert exchange.notice == ""
