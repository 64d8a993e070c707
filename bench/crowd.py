"""A class of learners without browsers: many sockets to one server, as light as they can be.

They share the machine with the server, so all they do is to read the few events that a learner would notice: the first
word of a reply, the whole of it, and that the composer is given back. Like a browser they offer to compress.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import aiohttp

ANSWER_S = 120
"""How long a learner waits for an answer, in seconds."""
EVENT = "42["
"""How an event begins on the wire: Engine.IO's message, Socket.IO's event."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How long the parts of one answer took, in seconds from the moment the message was sent."""

    first: float
    """Until its first word."""
    whole: float
    """Until all of it was there."""
    done: float
    """Until the composer was given back."""


@dataclass(kw_only=True)
class Learner:
    """One browser tab without a browser."""

    url: str
    cookie: str
    profile: str | None
    patient: str
    """Who answers."""
    guest: str = field(default_factory=lambda: uuid4().hex)
    replies: list[str] = field(default_factory=list[str])
    meeting: str = ""
    """Id of the meeting that the last reply belongs to."""
    events: int = 0
    letters: int = 0
    """Length of all that the server sent."""
    _socket: aiohttp.ClientWebSocketResponse | None = None
    _reading: asyncio.Task[None] | None = None
    _moments: dict[str, float] = field(default_factory=dict[str, float])
    _done: asyncio.Event = field(default_factory=asyncio.Event)
    _greeted: asyncio.Event = field(default_factory=asyncio.Event)

    async def arrive(self, http: aiohttp.ClientSession) -> None:
        """Open the page, and hear the patient out if there is one who speaks first."""
        address = f"{self.url.replace('http', 'ws', 1)}/ws/socket.io/?EIO=4&transport=websocket"
        headers = {"Origin": self.url, "Cookie": f"{self.cookie}; simpatient_guest={self.guest}"}
        self._socket = await http.ws_connect(address, headers=headers, compress=15, max_msg_size=0)
        await self._socket.receive_str()
        about = {"sessionId": str(uuid4()), "clientType": "webapp", "userEnv": None, "chatProfile": self.profile,
                 "threadId": None}  # fmt: skip
        await self._socket.send_str("40" + json.dumps(about))
        answer = await self._socket.receive_str()
        if not answer.startswith("40"):
            raise SystemExit(f"A learner was not let in: {answer}")
        self._reading = asyncio.create_task(self._read(self._socket))
        await self._send("connection_successful")
        if self.profile is not None:
            await asyncio.wait_for(self._greeted.wait(), ANSWER_S)
        await asyncio.wait_for(self._done.wait(), ANSWER_S)

    async def say(self, text: str) -> Answer:
        """How long the answer to `text` took."""
        self._done.clear()
        self._moments.clear()
        before = len(self.replies)
        message = {
            "id": str(uuid4()), "threadId": "", "name": "User", "type": "user_message", "output": text,
            "createdAt": dt.datetime.now(dt.UTC).isoformat(),
        }  # fmt: skip
        begun = time.perf_counter()
        await self._send("client_message", {"message": message, "fileReferences": None})
        await asyncio.wait_for(self._done.wait(), ANSWER_S)
        if len(self.replies) == before:
            raise SystemExit("A reply did not arrive.")
        now = self._moments
        return Answer(first=now["first"] - begun, whole=now["whole"] - begun, done=now["done"] - begun)

    async def leave(self) -> None:
        """Close the tab."""
        if self._socket is not None:
            await self._socket.close()
        if self._reading is not None:
            await self._reading

    async def _send(self, event: str, *given: object) -> None:
        assert self._socket is not None
        await self._socket.send_str("42" + json.dumps([event, *given]))

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for frame in socket:
            now, text = time.perf_counter(), str(frame.data)
            if text == "2":
                await socket.send_str("3")
            if not text.startswith(EVENT):
                continue
            self.events, self.letters = self.events + 1, self.letters + len(text)
            event = text[len(EVENT) + 1 : text.index('"', len(EVENT) + 1)]
            if event == "task_end":
                self._moments["done"] = now
                self._done.set()
            elif event == "stream_start":
                self._moments.setdefault("first", now)
            elif event == "new_message" and (shown := json.loads(text[2:])[1])["name"] == self.patient:
                self._moments.setdefault("first", now)
                self._moments["whole"] = now
                self.replies.append(shown["output"])
                self.meeting = shown["threadId"]
                self._done.clear()
                self._greeted.set()


async def all_say(learners: Sequence[Learner], text: str) -> list[Answer]:
    """How long each waited when all sent `text` in the same moment."""
    return list(await asyncio.gather(*(learner.say(text) for learner in learners)))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of `values` lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
