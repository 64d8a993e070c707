"""What a suite costs: 100 dialogues of 6 exchanges with voice and evaluator calls, 20 in flight, beside other runners.

    .venv/bin/python bench/suite.py [--server URL] [--dialogues N] [--latency MS] [--only NAME ...]

Without `--server` a service of fixed latency is started on loopback; `URL` ends in /v1 and answers whatever it is asked.
Each runner is measured in a process of its own, one after the other: wall time as a multiple of the ideal (calls times
latency over calls in flight), processor time a call, and seconds until it is ready. What is not installed is left out.
Nothing here is a test.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import itertools
import json
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

EXCHANGES = 6
IN_FLIGHT = 20
SAID = (
    "Hello Andrew, I'm Dana. Sit wherever suits you. Water, tea?",
    "What you say stays between you and me, unless somebody were in serious danger. What would you like to know about that?",
    "It sounds as if sitting here goes against how you were taught a man handles things. You came anyway.",
    "So you lie there, your chest goes tight, and you don't get back to sleep. Have I got that right?",
    "Then we don't dig. What would be all right to talk about for now?",
    "Thank you. Which of these matters most to you, and what would you like to look at next time?",
)
REPLIES = (
    "I suppose it's the nights, mostly.", "Work's fine. It's me that's slow.", "Nobody's asked me that in a while.",
    "My wife said I should come, so.", "I don't know. Six hours would be something.", "That's about right, yes.",
    "I'd not thought of it like that.", "We'll see, I suppose.", "It comes on round three, as a rule.",
)  # fmt: skip
RUNNERS = {
    "simpatient": "simpatient", "bare openai client": "openai", "LangChain": "langchain_openai",
    "pydantic-evals": "pydantic_evals", "inspect-ai": "inspect_ai",
}  # fmt: skip
"""What is measured, and the package it takes."""


def serve(port: int, latency: float) -> None:
    """Answer every call after `latency` seconds, each time with other words, and with what a schema asks for."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse, Response
    from starlette.routing import Route

    numbers = itertools.count()
    answers: dict[str, str] = {}

    async def chat(asked: Request) -> Response:
        body = await asked.json()
        await asyncio.sleep(latency)
        number = next(numbers)
        text = f"{REPLIES[number % len(REPLIES)]} {REPLIES[(number // 7 + 3) % len(REPLIES)]}"
        shape = body.get("response_format") or {}
        if shape.get("type") == "json_schema":
            key = json.dumps(shape)
            if key not in answers:
                schema = shape["json_schema"]["schema"]
                answers[key] = json.dumps(_built(schema, schema.get("$defs", {})))
            text = answers[key]
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 400, "completion_tokens": 20, "total_tokens": 420}
        return JSONResponse(
            {
                "id": "c",
                "object": "chat.completion",
                "created": 1,
                "model": "bench",
                "choices": [choice],
                "usage": usage,
            }
        )

    app = Starlette(routes=[Route("/v1/chat/completions", chat, methods=["POST"])])
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


def _built(schema: dict[str, Any], defs: dict[str, Any]) -> Any:
    """Some value that fits a schema."""
    if "$ref" in schema:
        return _built(defs[schema["$ref"].rpartition("/")[2]], defs)
    if schema.get("enum"):
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {name: _built(inner, defs) for name, inner in schema.get("properties", {}).items()}
        case "array":
            return [_built(schema["items"], defs)]
        case "integer":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case _:
            return "some words"


@contextmanager
def service(latency: float) -> Iterator[str]:
    """The address of a service that runs as long as it is needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen([sys.executable, __file__, "--serve", str(port), "--latency", str(latency * 1000)])  # noqa: S603
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


Run = Callable[[int], Awaitable[int]]
"""Holds so many dialogues; what it gives back is how many calls that took."""


def simpatient(url: str, folder: Path) -> Run:
    """Our own runner, voice and evaluator by chat model."""
    from simpatient.encounter import Cast
    from simpatient.llm import connect
    from simpatient.suite.collecting import seldom_collected
    from simpatient.suite.journal import Journal
    from simpatient.suite.load import Loaded, Shelf
    from simpatient.suite.run import Options, run_suites
    from simpatient.suite.schema import Case, Step, Suite
    from simpatient.suite.service import Service

    shelf, steps = Shelf(), tuple(Step(learner=said) for said in SAID)
    shelf.patient("andrew")
    service_ = Service.of(Cast.of(connect("openai:bench", base_url=url, api_key="bench"), None), most=IN_FLIGHT)

    async def run(dialogues: int) -> int:
        cases = tuple(Case(case=f"c{n}", steps=steps) for n in range(dialogues))
        loaded = Loaded(suite=Suite(suite="bench", persona="andrew", cases=cases), path="")
        with seldom_collected(), Journal(folder / "journal", resume=False) as journal:
            summary = await run_suites([loaded], shelf, service_, journal, Options(jobs=40), lambda _: None)
        return summary.calls

    return run


def _messages(said: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": "You are Andrew, a patient. " * 100}, {"role": "user", "content": said}]


def openai(url: str, _: Path) -> Run:
    """The client alone: two calls an exchange, one exchange after the other."""
    from openai import AsyncOpenAI

    client, room = AsyncOpenAI(base_url=url, api_key="bench", max_retries=0), asyncio.Semaphore(IN_FLIGHT)

    async def call(said: str) -> None:
        async with room:
            await client.chat.completions.create(model="bench", messages=_messages(said))  # pyright: ignore

    return _dialogues(call)


def langchain(url: str, _: Path) -> Run:
    """The same through LangChain."""
    from langchain_openai import ChatOpenAI

    model, room = ChatOpenAI(model="bench", base_url=url, api_key="bench", max_retries=0), asyncio.Semaphore(IN_FLIGHT)  # pyright: ignore

    async def call(said: str) -> None:
        async with room:
            await model.ainvoke([(m["role"], m["content"]) for m in _messages(said)])

    return _dialogues(call)


def _dialogues(call: Callable[[str], Awaitable[None]]) -> Run:
    async def dialogue() -> None:
        for said in SAID:
            await asyncio.gather(call(said), call(f"Rate this: {said}"))

    async def run(dialogues: int) -> int:
        await asyncio.gather(*(dialogue() for _ in range(dialogues)))
        return dialogues * EXCHANGES * 2

    return run


def pydantic_evals(url: str, _: Path) -> Run:
    """A dataset whose task holds the dialogue with the bare client."""
    from openai import AsyncOpenAI
    from pydantic_evals import Case, Dataset

    client = AsyncOpenAI(base_url=url, api_key="bench", max_retries=0)

    async def task(inputs: str) -> str:
        for said in SAID:
            both = (said, f"Rate this: {said}")
            calls = [client.chat.completions.create(model="bench", messages=_messages(each)) for each in both]  # pyright: ignore
            await asyncio.gather(*calls)
        return inputs

    async def run(dialogues: int) -> int:
        dataset = Dataset(name="bench", cases=[Case(name=f"c{n}", inputs="x") for n in range(dialogues)])
        await dataset.evaluate(task, max_concurrency=IN_FLIGHT // 2, progress=False)
        return dialogues * EXCHANGES * 2

    return run


def inspect_ai(url: str, folder: Path) -> Run:
    """A task whose solver generates twice an exchange."""
    import inspect_ai as inspect
    from inspect_ai.dataset import Sample
    from inspect_ai.model import ChatMessageUser, get_model
    from inspect_ai.solver import solver

    model = get_model("openai/bench", base_url=url, api_key="bench", responses_api=False)

    @solver
    def talk() -> Any:
        async def solve(state: Any, _: Any) -> Any:
            for said in SAID:
                both = (said, f"Rate this: {said}")
                await asyncio.gather(*(model.generate([ChatMessageUser(content=each)]) for each in both))
            return state

        return solve

    async def run(dialogues: int) -> int:
        task = inspect.Task(dataset=[Sample(input="x") for _ in range(dialogues)], solver=talk())
        await inspect.eval_async(
            task, model=model, log_dir=str(folder), display="none", max_samples=IN_FLIGHT // 2, max_connections=IN_FLIGHT
        )  # fmt: skip
        return dialogues * EXCHANGES * 2

    return run


def one(name: str, url: str, dialogues: int) -> dict[str, float]:
    """One runner, measured in this process: ready, warmed up, then run."""
    begun = time.perf_counter()
    made = {
        "simpatient": simpatient, "bare openai client": openai, "LangChain": langchain,
        "pydantic-evals": pydantic_evals, "inspect-ai": inspect_ai,
    }[name]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        run = made(url, Path(folder))
        ready = time.perf_counter() - begun
        runner.run(run(4))  # pyright: ignore[reportArgumentType]
        wall, cpu = time.perf_counter(), _cpu()
        calls = runner.run(run(dialogues))  # pyright: ignore[reportArgumentType]
        return {"wall": time.perf_counter() - wall, "cpu": _cpu() - cpu, "calls": calls, "ready": ready}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure everything that is installed, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", default="", help="address of a service of fixed latency, ending in /v1")
    parser.add_argument("--dialogues", type=int, default=100)
    parser.add_argument("--latency", type=float, default=50.0, help="milliseconds")
    parser.add_argument("--only", nargs="*", choices=list(RUNNERS), default=list(RUNNERS))
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, given.latency / 1000)
        return
    if given.one:
        print(json.dumps(one(given.one, given.server, given.dialogues)))
        return
    with service(given.latency / 1000) if not given.server else _there(given.server) as url:
        print(f"{'runner':<20} {'wall / ideal':>12} {'CPU ms a call':>14} {'calls':>6} {'ready s':>8}")
        for name in given.only:
            if importlib.util.find_spec(RUNNERS[name]) is None:
                print(f"{name:<20} {'not installed':>12}")
                continue
            command = [sys.executable, __file__, "--one", name, "--server", url, "--dialogues", str(given.dialogues)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
            if done.returncode:
                print(f"{name:<20} failed: {(done.stderr.strip().splitlines() or ['?'])[-1][:80]}")
                continue
            found = json.loads(done.stdout.strip().splitlines()[-1])
            ideal = found["calls"] * given.latency / 1000 / IN_FLIGHT
            each = 1000 * found["cpu"] / found["calls"]
            print(
                f"{name:<20} {found['wall'] / ideal:>12.2f} {each:>14.2f} {found['calls']:>6.0f} {found['ready']:>8.2f}"
            )


@contextmanager
def _there(url: str) -> Iterator[str]:
    yield url


if __name__ == "__main__":
    main()
