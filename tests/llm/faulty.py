"""A chat service on loopback that does what it is told: well, badly, or not at all. Strict at both ends."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Self

GOOD = "Well. I can't sleep, and I don't know why."
USAGE = {"prompt_tokens": 31, "completion_tokens": 12, "total_tokens": 43}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One call as it came in."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float
    """On the loop's clock."""


class Line:
    """The wire back to the caller."""

    def __init__(self, writer: asyncio.StreamWriter, asked: Asked) -> None:
        self.writer, self.asked = writer, asked

    async def whole(self, body: object, status: int = 200, **headers: str) -> None:
        """A whole answer; what is no bytes is sent as JSON."""
        packed = body if isinstance(body, bytes) else json.dumps(body).encode()
        head = {"content-type": "application/json", "content-length": str(len(packed)), **headers}
        self._head(status, head)
        self.writer.write(packed)
        await self.writer.drain()

    def begin(self, kind: str = "text/event-stream") -> None:
        """The head of a streamed answer."""
        self._head(200, {"content-type": kind, "transfer-encoding": "chunked"})

    async def part(self, data: bytes) -> None:
        """One part of it."""
        self.writer.write(b"%x\r\n%s\r\n" % (len(data), data))
        await self.writer.drain()

    async def event(self, data: object) -> None:
        """One event of it; what is no text is sent as JSON."""
        await self.part(f"data: {data if isinstance(data, str) else json.dumps(data)}\n\n".encode())

    async def said(self, content: object, finish: str | None = None, **more: object) -> None:
        """One event with words."""
        await self.event(chunk(content, finish, **more))

    async def end(self) -> None:
        """The clean end of a streamed answer."""
        self.writer.write(b"0\r\n\r\n")
        await self.writer.drain()

    def reset(self) -> None:
        """The connection dies."""
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    def _head(self, status: int, headers: dict[str, str]) -> None:
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        self.writer.write(f"HTTP/1.1 {status} Said\r\n{lines}connection: close\r\n\r\n".encode())


Act = Callable[[Line], Awaitable[None]]


class FaultyService:
    """Answers each call by the next act; one call too many, or one that never came, fails the test."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.acts: list[Act] = []
        self.surprises: list[str] = []
        self._server: asyncio.Server | None = None

    def will(self, *acts: Act) -> Self:
        """Add acts, one a call."""
        self.acts.extend(acts)
        return self

    @property
    def root(self) -> str:
        """Its address without a path."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    @property
    def url(self) -> str:
        """Its address for OpenAI's protocol."""
        return f"{self.root}/v1"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    def finished(self) -> None:
        """Every act was asked for, and nothing else."""
        assert not self.surprises, self.surprises
        assert len(self.asked) == len(self.acts), f"{len(self.asked)} calls came, {len(self.acts)} acts were ready"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in head[1:] if line)}
            body = json.loads(await reader.readexactly(int(headers.get("content-length", "0"))) or b"{}")
            asked = Asked(path=head[0].split()[1], headers=headers, body=body, at=asyncio.get_running_loop().time())
            self.asked.append(asked)
            if len(self.asked) > len(self.acts):
                self.surprises.append(f"call {len(self.asked)} to {asked.path}")
                await Line(writer, asked).whole({"error": {"message": "no act is left"}}, 400)
            else:
                await self.acts[len(self.asked) - 1](Line(writer, asked))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


def chunk(content: object, finish: str | None = None, **more: object) -> dict[str, Any]:
    """One event of a streamed answer."""
    delta = {} if content is None else {"role": "assistant", "content": content}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {
        "id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "loopback-1", "choices": [choice], **more,
    }  # fmt: skip


def completion(content: object, finish: str | None = "stop", **more: object) -> dict[str, Any]:
    """A whole answer."""
    message = {"role": "assistant", "content": content}
    return {
        "id": "c1", "object": "chat.completion", "created": 1, "model": "loopback-1", "usage": USAGE,
        "choices": [{"index": 0, "message": message, "finish_reason": finish}], **more,
    }  # fmt: skip


def good(text: str = GOOD, *, finish: str = "stop", usage: bool = True) -> Act:
    """A faultless answer, streamed or whole as asked."""

    async def act(line: Line) -> None:
        if not line.asked.body.get("stream"):
            await line.whole(completion(text, finish, **({} if usage else {"usage": None})))
            return
        line.begin()
        for word in re.findall(r"\S+\s*|\s+", text):
            await line.said(word)
        await line.said(None, finish)
        if usage:
            await line.event({**chunk(None), "choices": [], "usage": USAGE})
        await line.event("[DONE]")
        await line.end()

    return act


def refusal(status: int, *, message: str = "SERVERTEXT", code: str | None = None, **headers: str) -> Act:
    """An HTTP error in OpenAI's form."""

    async def act(line: Line) -> None:
        error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
        await line.whole({"error": error}, status, **headers)

    return act


def knows_no(parameter: str, otherwise: Act, *, named: bool = False) -> Act:
    """Refuses calls that carry a parameter."""

    async def act(line: Line) -> None:
        if parameter in line.asked.body:
            message = "Extra inputs are not permitted" if named else f"Unsupported parameter: '{parameter}' SERVERTEXT"
            error = {"message": message, "param": parameter if named else None, "code": "unsupported_parameter"}
            await line.whole({"error": error}, 400)
        else:
            await otherwise(line)

    return act


def whole(body: object) -> Act:
    """Any body with status 200."""

    async def act(line: Line) -> None:
        await line.whole(body)

    return act


def events(*parts: object, ending: str = "end") -> Act:
    """Words or raw events, then a clean end, a connection that dies, or silence."""

    async def act(line: Line) -> None:
        line.begin()
        for part in parts:
            await (line.event(part) if isinstance(part, dict) or str(part).startswith("{") else line.said(part))
        if ending == "end":
            await line.end()
        elif ending == "reset":
            await asyncio.sleep(0.02)
            line.reset()
        elif ending == "silence":
            await asyncio.sleep(30)

    return act


async def floods(line: Line) -> None:
    """Words without an end."""
    line.begin()
    while True:
        await line.said("and then " * 50)


async def drips(line: Line) -> None:
    """One word after the other, never fast, never finished."""
    line.begin()
    await line.said("Well. ")
    while True:
        await line.said("um ")
        await asyncio.sleep(0.02)


async def silence(line: Line) -> None:
    """Nothing, for longer than anybody waits."""
    await asyncio.sleep(30)
