"""Our port against a server nobody here wrote: llama.cpp's own, on random weights."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter

import pytest
from pydantic import BaseModel, Field

from simpatient.errors import ChatModelError
from simpatient.llm import (
    Completion,
    Failure,
    Message,
    NoUsableAnswer,
    OpenAICompatible,
    Patience,
    Request,
    ServiceFailed,
    answer,
)

for package in ("xllamacpp", "gguf", "numpy"):
    pytest.importorskip(package, reason=f"{package} is not here: there may be no wheel of it for this machine")

CALLS = 50
"""Of each kind."""
AT_ONCE = 8


class Mark(BaseModel):
    """What a grammar can hold wholly."""

    why: str = Field(max_length=12)
    value: int = Field(ge=0, le=3)


class Odd(BaseModel):
    """What is promised more loosely than it is checked: only some answers fit."""

    why: str = Field(max_length=12)
    letter: str = Field(max_length=1, pattern="^[A-Za-z]$", json_schema_extra={"pattern": "^.$"})


@pytest.fixture(scope="module")
def llama(tmp_path_factory, checkout):
    """Its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    model = tmp_path_factory.mktemp("weights") / "random.gguf"
    log = model.with_suffix(".log")
    with log.open("wb") as out:
        running = subprocess.Popen(
            [sys.executable, "-m", "tests.llm.random_weights", model, str(port)], cwd=checkout, stdout=out, stderr=out
        )
    try:
        for _ in range(200):
            assert running.poll() is None, log.read_text(encoding="utf-8", errors="replace")[-2000:]
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                    break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        running.terminate()
        running.wait(10)


@pytest.fixture
def speaker(llama):
    """Our port to it."""
    return Patience(OpenAICompatible("random", base_url=llama, timeout=30), deadline=30)


def asking(number, **more):
    """One of many calls."""
    told = (Message(role="system", text="You are Andrew."), Message(role="user", text=f"How was day {number}?"))
    return Request(messages=told, seed=number, **more)


async def spoken(model, request):
    """How one streamed call ended: `stop`, or the name of our failure."""
    end = None
    try:
        async for piece in model.stream(request):
            end = piece
    except ServiceFailed as exc:
        return exc.failure.value
    assert isinstance(end, Completion)
    assert end.tokens
    return end.finish


async def rated(model, request, kind):
    """How one structured call ended: a value, or the name of our failure."""
    try:
        given = await answer(model, request, kind)
    except ChatModelError as exc:
        return exc.failure.value if isinstance(exc, ServiceFailed) else type(exc).__name__
    assert given.form == "json_schema"
    return "mended" if given.mended else "rated"


async def gathered(calls):
    """All of them, a few at once."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(call):
        async with free:
            return await call

    return Counter(await asyncio.gather(*map(one, calls)))


async def test_of_a_hundred_calls_at_least_ninety_end_well(speaker):
    """Streams end by themselves or at their limit, objects fit the grammar; nothing but our own failures is raised."""
    streams = await gathered(spoken(speaker, asking(n, max_tokens=400)) for n in range(CALLS))
    objects = await gathered(rated(speaker, asking(n, max_tokens=200), Mark) for n in range(CALLS))
    assert set(streams) <= {"stop", "too_long"}
    assert streams["stop"] >= 0.9 * CALLS
    assert objects["rated"] + objects["mended"] >= 0.9 * CALLS


async def test_valid_ratings_and_honest_absences_both_occur(speaker):
    """Where the grammar allows more than we do, some answers fit at once, some when mended, some never."""
    ends = await gathered(rated(speaker, asking(n, max_tokens=200), Odd) for n in range(CALLS))
    assert ends["rated"] + ends["mended"] > 0
    assert ends[NoUsableAnswer.__name__] > 0
    assert set(ends) <= {"rated", "mended", NoUsableAnswer.__name__}


async def test_an_answer_that_runs_into_its_limit_is_told_as_such(speaker):
    """Two tokens are never a whole answer."""
    assert await spoken(speaker, asking(1, max_tokens=1)) == Failure.TOO_LONG.value


async def test_the_same_seed_says_the_same(speaker):
    """As far as the server promises."""
    first, again = [await speaker.complete(asking(3, max_tokens=400)) for _ in range(2)]
    assert first.text == again.text


async def test_a_conversation_that_is_too_long_for_it_is_told_as_such(speaker):
    """Not retried, not stepped down for, not called a rejected request."""
    long = Request(messages=(Message(role="user", text="word " * 80_000),), max_tokens=5)
    with pytest.raises(ServiceFailed) as caught:
        await answer(speaker, long, Mark)
    assert caught.value.failure is Failure.NO_ROOM
