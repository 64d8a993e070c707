"""How the page holds up when a whole class writes at the same moment, beside bare Chainlit in the same run.

    .venv/bin/python bench/web.py [--learners 200] [--rounds 5]

Three servers take turns on loopback: two that are nothing but Chainlit and answer each message with one message, and
simpatient with its store and panel on. The yardstick is the plainest of them, which sends its answer in one piece; the
other one streams it sentence by sentence, as simpatient does. All learners send at once. What counts is when a learner
has the whole reply; the seconds themselves mean little, because the class shares the machine with the server.

Memory is the server's resident memory: before anybody came, with everybody there, and after everybody left, once the
server has let go of those who do not come back (after a few seconds here, for all three). What Python has once had from
the system it keeps, so what is given back shows in the objects that are left, and in what a second class takes anew.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from crowd import Answer, Learner, all_say, percentile

ECHO = """
import chainlit as cl
import probe

@cl.on_message
async def hear(message: cl.Message) -> None:
    await cl.Message(content=message.content).send()
"""
STREAMED = """
import re
import chainlit as cl
import probe

@cl.on_message
async def hear(message: cl.Message) -> None:
    reply = cl.Message(content="")
    for sentence in re.split(r"(?<=[.?!])", message.content):
        await reply.stream_token(sentence)
    await reply.send()
"""
OURS = """
import simpatient.web
import probe
from simpatient.web.launch import serve

serve(host="0.0.0.0", port={port})
"""
"""A server for a class: on one's own machine all tabs are one learner's."""
PROBE = """
import gc, json, sys
from collections import Counter
from pathlib import Path
from chainlit.config import config
from chainlit.server import app
from starlette.responses import JSONResponse
from starlette.routing import Route

COUNTED = ("WebsocketSession", "ChainlitContext", "Message", "Meeting", "Opened", "Encounter", "AsyncSocket")
config.project.session_timeout = {lets_go}

async def look(_request):
    while gc.collect():
        pass
    found = Counter(type(each).__name__ for each in gc.get_objects())
    lines = Path("/proc/self/status").read_text().splitlines()
    memory = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return JSONResponse({{"kB": memory, **{{name: found[name] for name in COUNTED if found[name]}}}})

app.router.routes.insert(0, Route("/probe", look))
"""
"""Loaded into each server: lets go of absent learners soon, and tells what is held."""
WORDS = (
    "Hello Andrew, I'm Dana. Sit wherever suits you. Tea, water?",
    "It sounds as if getting here took some doing. What would you like me to know first?",
    "What you say stays between us, unless somebody were in serious danger. What questions do you have?",
    "So the nights are the worst of it. Have I got that right?",
    "Take your time. There is no hurry.",
    "What has that been like for you?",
)
SETTLE_S = 2.0
LETS_GO_S = 5.0
"""After how many seconds a server here lets go of somebody who left."""
GONE_S = 28.0
"""After how many seconds nothing of them is left: the last heartbeat of their socket has been missed."""


@dataclass(frozen=True, kw_only=True)
class Contender:
    """One server."""

    name: str
    code: str
    profile: str | None = None
    patient: str = "Assistant"

    def command(self, folder: Path, port: int) -> list[str]:
        """Starts it in `folder`."""
        (folder / "probe.py").write_text(PROBE.format(lets_go=LETS_GO_S))
        (folder / "app.py").write_text(self.code.format(port=port) if self.profile else self.code)
        if self.profile:
            return [sys.executable, str(folder / "app.py")]
        return [str(Path(sys.executable).parent / "chainlit"), "run", "app.py", "--headless", "--port", str(port)]


CONTENDERS = (
    Contender(name="chainlit, in one piece", code=ECHO),
    Contender(name="chainlit, streamed", code=STREAMED),
    Contender(name="simpatient", code=OURS, profile="andrew", patient="Andrew"),
)
"""The first is the yardstick, the last is ours."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was measured of one server."""

    answers: list[Answer]
    events: float
    """Socket events of one exchange, panel included."""
    letters: float
    """Length of what was sent for one exchange."""
    empty: dict[str, int]
    full: dict[str, int]
    left: dict[str, int]
    again: dict[str, int]
    """What the server held before anybody came, with all there, after all had left, and with as many others there."""

    def at(self, part: str, share: float = 0.95) -> float:
        """The percentile of one part of the answers, in seconds."""
        return percentile([float(getattr(answer, part)) for answer in self.answers], share)

    def each(self, count: int) -> float:
        """Kilobytes that a learner takes."""
        return (self.full["kB"] - self.empty["kB"]) / count


@contextmanager
def served(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """The server, once it answers."""
    environment = {
        **os.environ, "SIMPATIENT_HOME": str(folder / "home"), "CHAINLIT_APP_ROOT": str(folder),
        "PYTHONPATH": os.pathsep.join((str(folder), *filter(None, [os.environ.get("PYTHONPATH")]))),
    }  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  (our own servers)
            command, cwd=folder, env=environment, stdout=log, stderr=log
        )
        try:
            until = time.monotonic() + 60
            while time.monotonic() < until and not _answers(port):
                time.sleep(0.2)
            if process.poll() is not None:
                raise SystemExit((folder / "log").read_text())
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


def _answers(port: int) -> bool:
    with socket.socket() as door:
        door.settimeout(0.5)
        return door.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def ask(port: int, path: str) -> tuple[str, str]:
    """The text of a page and the cookie that came with it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.read().decode(), (answer.headers["Set-Cookie"] or "").split(";")[0]


def held(port: int) -> dict[str, int]:
    """What the server holds now."""
    found: dict[str, int] = json.loads(ask(port, "/probe")[0])
    return found


async def measure(contender: Contender, port: int, count: int, rounds: int) -> Found:
    """A few come first and wake the server up; then a class comes, talks and leaves."""
    cookie = ask(port, "/")[1]
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as connection:

        def a_class(size: int) -> list[Learner]:
            return [
                Learner(url=f"http://127.0.0.1:{port}", cookie=cookie, profile=contender.profile,
                        patient=contender.patient)
                for _ in range(size)
            ]  # fmt: skip

        async def talk(learners: list[Learner]) -> list[Answer]:
            for learner in learners:
                await learner.arrive(connection)
            await asyncio.sleep(SETTLE_S)
            for learner in learners:
                learner.events = learner.letters = 0
            took: list[Answer] = []
            for turn in range(rounds):
                took += await all_say(learners, WORDS[turn % len(WORDS)])
                await asyncio.sleep(SETTLE_S)
            return took

        async def leave(learners: list[Learner], seconds: float = GONE_S) -> None:
            for learner in learners:
                await learner.leave()
            await asyncio.sleep(seconds)

        early = a_class(3)
        await talk(early)
        await leave(early, LETS_GO_S + SETTLE_S)
        empty = held(port)
        learners = a_class(count)
        answers = await talk(learners)
        full = held(port)
        events, letters = sum(each.events for each in learners), sum(each.letters for each in learners)
        await leave(learners)
        left = held(port)
        learners = a_class(count)
        await talk(learners)
        again = held(port)
        await leave(learners, 0)
        return Found(
            answers=answers, events=events / len(answers), letters=letters / len(answers), empty=empty, full=full,
            left=left, again=again,
        )  # fmt: skip


def report(found: dict[str, Found], count: int) -> float:
    """Print the table; the ratio that counts is returned."""
    print(f"{count} learners, all at once; seconds to the 95th percentile (median)")
    print(f"{'':<24}{'first word':>16}{'whole reply':>16}{'composer back':>16}{'events':>8}{'bytes':>8}{'kB each':>9}")
    for name, one in found.items():
        parts = "".join(f"{f'{one.at(part):.2f} ({one.at(part, 0.5):.2f})':>16}" for part in ("first", "whole", "done"))
        print(f"{name:<24}{parts}{one.events:>8.1f}{one.letters:>8.0f}{one.each(count):>9.0f}")
    yardstick, *others = found
    for name in others:
        ratios = ", ".join(
            f"{what} {found[name].at(part) / found[yardstick].at(part):.2f}"
            for part, what in (("first", "first word"), ("whole", "whole reply"), ("done", "composer back"))
        )
        print(f"{name} to {yardstick}: {ratios}")
    for name, one in found.items():
        print(f"{name}: {one.empty} at first, {one.full} with all, {one.left} after they left")
        print(f"{name}: {one.again['kB'] - one.left['kB']} kB more for as many others after them")
    return found[[*found][-1]].at("whole") / found[yardstick].at("whole")


def main() -> None:
    """Measure all, then print the table and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="measure only the servers whose name holds this")
    parser.add_argument("--at-most", type=float, default=0.0, help="end with 1 when the ratio is above this")
    asked = parser.parse_args()
    found: dict[str, Found] = {}
    for contender in CONTENDERS:
        if asked.only not in contender.name:
            continue
        with tempfile.TemporaryDirectory() as made:
            folder, port = Path(made), free_port()
            with served(contender.command(folder, port), folder, port):
                found[contender.name] = asyncio.run(measure(contender, port, asked.learners, asked.rounds))
    ratio = report(found, asked.learners)
    if asked.at_most and ratio > asked.at_most:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
