"""What we cost beside the bare `openai` client: the port's processor time a call, the engine's time to the first sentence.

    .venv/bin/python bench/models.py [--calls N] [--latency MS]

A service of fixed latency runs in a process of its own on loopback; both clients ask it in turn, so that the machine's
moods fall on both alike. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from openai import AsyncOpenAI
from starlette.applications import Starlette
from starlette.requests import Request as Asked
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from simpatient.encounter import Encounter
from simpatient.llm import ChatModel, Completion, Message, Piece, Request, connect

WORDS = (
    "About {seed} of them, I would say. Not bad. Could be worse, mind. I suppose so, yes. So. Near enough. That is it. "
    "Give or take. On the whole. Not much more to it."
).split()
"""What the service says, one word an event; the first sentence ends with the eighth, and no two are the same."""
SENTENCE = re.compile(r"[.!?]\s")
REQUEST = Request(
    messages=(
        Message(role="system", text="You are Andrew, a patient. " * 100),
        Message(role="user", text="What brings you in today?"),
    ),
    seed=1,
)
WARM_UP = 20


def serve(port: int, latency: float) -> None:
    """Answer every call after `latency` seconds, word by word where asked to."""
    told = {"prompt_tokens": 600, "completion_tokens": len(WORDS), "total_tokens": 600 + len(WORDS)}
    about = {"id": "c1", "created": 1, "model": "bench"}

    def event(delta: dict[str, str], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return f"data: {json.dumps({**about, 'object': 'chat.completion.chunk', 'choices': [choice]})}\n\n"

    spoken = [event({"content": f"{word} "}) for word in WORDS] + [event({}, "stop")]

    def said(seed: object) -> list[str]:
        return [spoken[0], event({"content": f"{seed} "}), *spoken[2:]]

    counted = f"data: {json.dumps({**about, 'object': 'chat.completion.chunk', 'choices': [], 'usage': told})}\n\n"

    async def words(seed: object) -> AsyncIterator[str]:
        await asyncio.sleep(latency)
        for each in said(seed):
            yield each
            await asyncio.sleep(0)
        yield counted
        yield "data: [DONE]\n\n"

    async def chat(asked: Asked) -> Response:
        body = await asked.json()
        if body.get("stream"):
            return StreamingResponse(words(body.get("seed")), media_type="text/event-stream")
        await asyncio.sleep(latency)
        message = {"role": "assistant", "content": " ".join(WORDS)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return JSONResponse({**about, "object": "chat.completion", "choices": [choice], "usage": told})

    app = Starlette(routes=[Route("/v1/chat/completions", chat, methods=["POST"])])
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


@contextmanager
def service(latency: float) -> Iterator[str]:
    """The service's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, __file__, "--serve", str(port), "--latency", str(latency)]
    running = subprocess.Popen(command)  # noqa: S603  this very file
    try:
        for _ in range(200):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        running.terminate()
        running.wait(10)


Call = Callable[[], Awaitable[float]]
"""One call; what it gives back is the clock's time at the first sentence."""


def bare(url: str) -> tuple[Call, Call]:
    """The client alone, streamed and whole."""
    client = AsyncOpenAI(base_url=url, api_key="bench", max_retries=0)
    messages = [{"role": message.role, "content": message.text} for message in REQUEST.messages]
    same = {"model": "bench", "messages": messages, "temperature": 0.8, "seed": 1, "max_tokens": 400}

    async def streamed() -> float:
        text, first = "", 0.0
        response = await client.chat.completions.create(**same, stream=True, stream_options={"include_usage": True})
        async for chunk in response:
            for choice in chunk.choices:
                text += choice.delta.content or ""
            if not first and SENTENCE.search(text):
                first = time.perf_counter()
        return first

    async def whole() -> float:
        await client.chat.completions.create(**same)
        return time.perf_counter()

    return streamed, whole


def ours(url: str) -> tuple[Call, Call]:
    """The port with its patience, streamed and whole."""
    model = connect("openai:bench", base_url=url, api_key="bench")
    assert model is not None

    async def streamed() -> float:
        text, first = "", 0.0
        async for piece in model.stream(REQUEST):
            if isinstance(piece, str):
                text += piece
                if not first and SENTENCE.search(text):
                    first = time.perf_counter()
        return first

    async def whole() -> float:
        await model.complete(REQUEST)
        return time.perf_counter()

    return streamed, whole


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Medians in ms. `more` is the median of what a pair of neighbouring calls differs by, so that drift falls out."""

    bare_cpu: float
    more_cpu: float
    bare_first: float
    more_first: float


async def measured(calls: int, alone: Call, port: Call) -> Cost:
    """What `port` costs beside `alone`, called in turn."""
    cpu: list[tuple[float, float]] = []
    first: list[tuple[float, float]] = []
    for number in range(WARM_UP + calls):
        both = [(0.0, 0.0), (0.0, 0.0)]
        for which in (0, 1) if number % 2 else (1, 0):
            processor, clock = time.process_time(), time.perf_counter()
            heard = await (port if which else alone)()
            both[which] = (time.process_time() - processor, heard - clock)
        if number >= WARM_UP:
            cpu.append((both[0][0], both[1][0]))
            first.append((both[0][1], both[1][1]))

    def of(pairs: list[tuple[float, float]]) -> tuple[float, float]:
        bare = 1000 * statistics.median(bare for bare, _ in pairs)
        return bare, 1000 * statistics.median(ours - bare for bare, ours in pairs)

    (bare_cpu, more_cpu), (bare_first, more_first) = of(cpu), of(first)
    return Cost(bare_cpu=bare_cpu, more_cpu=more_cpu, bare_first=bare_first, more_first=more_first)


class Tapped:
    """The port, with the requests that the voice sent, and the processor's time then and at the first words."""

    def __init__(self, inner: ChatModel) -> None:
        self.inner, self.name, self.place = inner, inner.name, inner.place
        self.spoke: list[Request] = []
        self.asked_at = self.words_at = 0.0

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        self.spoke.append(request)
        self.asked_at, waiting = time.process_time(), True
        async for piece in self.inner.stream(request):
            if waiting:
                self.words_at, waiting = time.process_time(), False
            yield piece

    async def complete(self, request: Request) -> Completion:
        return await self.inner.complete(request)


SAID = (
    "What brings you here today?",
    "How have you been sleeping?",
    "What would you like to talk about?",
    "Tell me a little about your work.",
)
MEETING = 8
"""Exchanges of one meeting."""


async def engine(url: str, exchanges: int) -> None:
    """What the engine adds to the first sentence: its own work before the call and after the sentence stands.

    The evaluator asks the same service beside the voice, as in a real meeting. The whole exchange is also set beside the
    bare client with the very same prompt; on a busy machine that says more of the machine.
    """
    client = AsyncOpenAI(base_url=url, api_key="bench", max_retries=0)
    model = connect("openai:bench", base_url=url, api_key="bench")
    assert model is not None
    own, more, calls, number = list[float](), list[float](), list[int](), -WARM_UP
    while number < exchanges:
        tapped = Tapped(model)
        encounter = await Encounter.begin("andrew", chat_model=tapped, seed=1000 + number)
        for turn in range(MEETING):
            asked, heard = len(tapped.spoke), list[tuple[float, float, int]]()

            async def hear(_: str, heard: list[tuple[float, float, int]] = heard, tapped: Tapped = tapped) -> None:
                heard.append((time.process_time(), time.perf_counter(), len(tapped.spoke)))

            processor, clock = time.process_time(), time.perf_counter()
            done = await encounter.exchange(SAID[turn % len(SAID)], hear, practice=True)
            await encounter.rated(done.number)
            before, after = tapped.asked_at - processor, heard[0][0] - tapped.words_at
            alone = await _alone(client, tapped.spoke[asked])
            if number >= 0:
                own.append(1000 * (before + after))
                more.append(1000 * (heard[0][1] - clock - alone))
                calls.append(heard[0][2] - asked)
            number += 1
    slow, late = (sorted(each)[int(0.95 * len(each))] for each in (own, more))
    print(
        f"\nengine, {len(own)} exchanges: {statistics.median(own):.2f} ms of its own to the first sentence, 95th percentile "
        f"{slow:.2f}; calls before it {max(calls)} at most\n"
        f"beside the bare client by the clock: {statistics.median(more):.2f} ms more, 95th percentile {late:.2f}"
    )


async def _alone(client: AsyncOpenAI, request: Request) -> float:
    """Seconds in which the bare client has the first sentence of the same call."""
    begun, text, first = time.perf_counter(), "", 0.0
    response = await client.chat.completions.create(
        model="bench", messages=[{"role": m.role, "content": m.text} for m in request.messages],
        temperature=request.temperature, seed=request.seed, max_tokens=request.max_tokens,
        stream=True, stream_options={"include_usage": True},
    )  # fmt: skip
    async for chunk in response:
        for choice in chunk.choices:
            text += choice.delta.content or ""
        if not first and SENTENCE.search(text):
            first = time.perf_counter()
    return first - begun


async def main(calls: int, latency: float) -> None:
    """Measure, then print one line per kind of call."""
    with service(latency) as url:
        alone, port = bare(url), ours(url)
        print(f"Python {sys.version.split()[0]}, medians of {calls} calls each, latency {latency:g} ms\n")
        print(f"{'':<10}{'CPU ms a call':>26}{'':>4}{'first sentence ms':>26}")
        print(f"{'':<10}" + f"{'bare':>10}{'more':>8}{'ratio':>8}{'':>4}" * 2)
        for name, one, other in zip(("streamed", "whole"), alone, port, strict=True):
            cost = await measured(calls, one, other)
            told = ((cost.bare_cpu, cost.more_cpu), (cost.bare_first, cost.more_first))
            print(f"{name:<10}" + "".join(f"{b:>10.2f}{more:>8.2f}{(b + more) / b:>8.2f}{'':>4}" for b, more in told))
        await engine(url, calls)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--calls", type=int, default=200, help="calls measured of each kind after warm-up")
    parser.add_argument("--latency", type=float, default=20.0, help="ms the service takes before its first word")
    parser.add_argument("--serve", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, given.latency / 1000)
    else:
        asyncio.run(main(given.calls, given.latency))
