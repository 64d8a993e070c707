"""How the page holds up when a whole class writes at the same moment, beside a bare Chainlit app in the same run.

    .venv/bin/python bench/web.py [--learners 200] [--rounds 5]

Two servers are started on loopback: Chainlit alone, echoing twenty tokens, and simpatient with its store and panel.
All learners send at once; a reply has arrived when the composer is given back. The lines to compare are the ratio of the 95th
percentiles and the memory a learner takes; the client shares the machine, so the seconds themselves mean little.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import socketio

ECHO = """
import chainlit as cl

@cl.on_message
async def hear(message: cl.Message) -> None:
    reply = cl.Message(content="")
    for word in (message.content.split() * 20)[:20]:
        await reply.stream_token(word + " ")
    await reply.send()
"""
WORDS = (
    "Hello Andrew, I'm Dana. Sit wherever suits you. Tea, water?",
    "It sounds as if getting here took some doing. What would you like me to know first?",
    "What you say stays between us, unless somebody were in serious danger. What questions do you have?",
    "So the nights are the worst of it. Have I got that right?",
    "Take your time. There is no hurry.",
    "What has that been like for you?",
)
ANSWER_S = 120
SETTLE_S = 3.0


@dataclass(kw_only=True)
class Learner:
    """One browser tab without a browser."""

    url: str
    cookie: str
    profile: str | None
    client: socketio.AsyncClient = field(default_factory=lambda: socketio.AsyncClient(reconnection=False))
    done: asyncio.Event = field(default_factory=asyncio.Event)
    heard: list[str] = field(default_factory=list)

    async def arrive(self) -> None:
        """Open the page and wait until the patient has said hello."""
        self.client.on("*", self._note)
        await self.client.connect(
            self.url, socketio_path="/ws/socket.io", transports=["websocket"],
            headers={"Origin": self.url, "Cookie": f"{self.cookie}; simpatient_guest={uuid4().hex}"},
            auth={"sessionId": str(uuid4()), "clientType": "webapp", "userEnv": None, "chatProfile": self.profile,
                  "threadId": None},
        )  # fmt: skip
        await self.client.emit("connection_successful")

    async def _note(self, event: str, *given: dict[str, object]) -> None:
        if event == "task_end":
            self.done.set()
        elif event == "new_message" and given and dict(given[0]).get("name") in ("Andrew", "Assistant"):
            self.heard.append(str(dict(given[0]).get("output")))

    async def say(self, text: str) -> float:
        """Seconds until the answer to `text` was complete."""
        self.done.clear()
        before = len(self.heard)
        begun = time.perf_counter()
        message = {
            "id": str(uuid4()), "threadId": "", "name": "User", "type": "user_message", "output": text,
            "createdAt": dt.datetime.now(dt.UTC).isoformat(),
        }  # fmt: skip
        await self.client.emit("client_message", {"message": message, "fileReferences": None})
        await asyncio.wait_for(self.done.wait(), ANSWER_S)
        took = time.perf_counter() - begun
        if len(self.heard) == before:
            raise SystemExit("A reply did not arrive.")
        return took


@contextmanager
def served(command: list[str], folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The server, once it answers."""
    environment = {**os.environ, "SIMPATIENT_HOME": str(folder / "home"), "CHAINLIT_APP_ROOT": str(folder)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  (our own two servers)
            command, cwd=folder, env=environment, stdout=log, stderr=log
        )
        try:
            until = time.monotonic() + 60
            while time.monotonic() < until and not _answers(port):
                time.sleep(0.2)
            yield process
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


def cookie_of(port: int) -> str:
    """The cookie that signs a browser in; empty where none is needed."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/")
    answer = connection.getresponse()
    answer.read()
    return (answer.headers["Set-Cookie"] or "").split(";")[0]


def memory(process: subprocess.Popen[bytes]) -> int:
    """Resident memory of the server in kilobytes."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


async def burst(
    port: int, process: subprocess.Popen[bytes], profile: str | None, count: int, rounds: int
) -> tuple[list[float], float]:
    """Seconds of every answer, and kilobytes a learner."""
    url, cookie = f"http://127.0.0.1:{port}", cookie_of(port)
    warm = [Learner(url=url, cookie=cookie, profile=profile) for _ in range(3)]
    for learner in warm:
        await learner.arrive()
    await asyncio.sleep(SETTLE_S)
    for learner in warm:
        await learner.say(WORDS[0])
        await learner.client.disconnect()
    empty = memory(process)
    learners = [Learner(url=url, cookie=cookie, profile=profile) for _ in range(count)]
    for learner in learners:
        await learner.arrive()
    await asyncio.sleep(SETTLE_S + count / 100)
    took: list[float] = []
    for turn in range(rounds):
        took += await asyncio.gather(*(learner.say(WORDS[turn % len(WORDS)]) for learner in learners))
        await asyncio.sleep(SETTLE_S)
    full = memory(process)
    for learner in learners:
        await learner.client.disconnect()
    return took, (full - empty) / count


def percentile(values: list[float], share: float) -> float:
    """The value below which that share of `values` lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """Measure both, then print one line each and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--at-most", type=float, default=0.0, help="end with 1 when the ratio is above this")
    asked = parser.parse_args()
    found: dict[str, float] = {}
    for name, profile in (("chainlit alone", None), ("simpatient", "andrew")):
        with tempfile.TemporaryDirectory() as made:
            folder, port = Path(made), free_port()
            if profile is None:
                (folder / "echo.py").write_text(ECHO)
                bin_folder = Path(sys.executable).parent
                command = [
                    str(bin_folder / "chainlit"),
                    "run",
                    str(folder / "echo.py"),
                    "--headless",
                    "--port",
                    str(port),
                ]
            else:
                # A server for a class: on one's own machine all tabs are one learner's.
                anywhere = "0.0.0.0"  # noqa: S104
                command = [sys.executable, "-m", "simpatient", "chat", "--host", anywhere, "--port", str(port)]
            with served(command, folder, port) as process:
                took, each = asyncio.run(burst(port, process, profile, asked.learners, asked.rounds))
        found[name] = percentile(took, 0.95)
        print(
            f"{name:<15} {len(took)} replies, median {statistics.median(took):.2f} s, 95th percentile "
            f"{found[name]:.2f} s, {each:.0f} kB a learner"
        )
    ratio = found["simpatient"] / found["chainlit alone"]
    print(f"ratio of the 95th percentiles: {ratio:.2f}")
    if asked.at_most and ratio > asked.at_most:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
