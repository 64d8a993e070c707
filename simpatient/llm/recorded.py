"""Calls kept as files, one a turn, and answered from them again. A recording that no longer fits fails loudly."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from simpatient.llm.failures import Failure, ServiceFailed, UnexpectedCall
from simpatient.llm.port import ChatModel, Completion, Message, Piece, Request


class Recorder:
    """A chat model whose calls are written to a folder, one file a turn; the key is never part of a call.

    A call that failed is kept as well, with what was said before it broke off, and so is one whose listener left: it
    is heard to its end. A replay goes the same way.
    """

    def __init__(self, inner: ChatModel, folder: Path) -> None:
        """Record the calls of `inner` in `folder`, which is made when needed."""
        self.inner, self.folder = inner, folder

    @property
    def name(self) -> str:
        """The recorded model's own."""
        return self.inner.name

    @property
    def place(self) -> str:
        """The recorded model's own."""
        return self.inner.place

    async def stream(self, request: Request) -> AsyncGenerator[Piece]:
        """The model's answer; kept once it has ended, though nobody may listen any more."""
        pieces, heard = self.inner.stream(request), list[str]()
        listening = True
        try:
            async for piece in pieces:
                if isinstance(piece, Completion):
                    self._keep(request, completion=asdict(piece))
                else:
                    heard.append(piece)
                if listening:
                    try:
                        yield piece
                    except GeneratorExit:
                        listening = False
        except ServiceFailed as exc:
            self._keep(request, failure=exc.failure.value, said="".join(heard))
            if listening:
                raise

    async def complete(self, request: Request) -> Completion:
        """The model's answer; kept once it has ended."""
        try:
            completion = await self.inner.complete(request)
        except ServiceFailed as exc:
            self._keep(request, failure=exc.failure.value, said="")
            raise
        self._keep(request, completion=asdict(completion))
        return completion

    def _keep(self, request: Request, **end: object) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        call = {
            "turn": request.turn, "digest": request.digest, "by": self.inner.name,
            "messages": [asdict(message) for message in request.messages], **end,
        }  # fmt: skip
        path = _path(self.folder, request.turn)
        scratch = path.with_suffix(".part")
        scratch.write_bytes((json.dumps(call, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))
        scratch.replace(path)


@dataclass(frozen=True, kw_only=True)
class _Call:
    """One call as its file has it."""

    digest: str
    messages: tuple[Message, ...]
    end: Completion | Failure
    said: str


class Replayer:
    """A chat model that answers from recordings, and from nothing else.

    With `inner`, a turn that is missing or whose prompt changed is asked and recorded anew; the others still come
    from their files.
    """

    def __init__(self, folder: Path, *, inner: ChatModel | None = None) -> None:
        """Answer from the files in `folder`."""
        self.folder = folder
        self._recorder = Recorder(inner, folder) if inner is not None else None

    @property
    def name(self) -> str:
        """`replay`, or the inner model's own."""
        return self._recorder.name if self._recorder else "replay"

    @property
    def place(self) -> str:
        """Nowhere, or where the inner model is."""
        return self._recorder.place if self._recorder else ""

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        """The recorded answer in one piece, then its completion.

        Raises:
            UnexpectedCall: there is none for this turn, or it was made with other messages; the first is named.
            ServiceFailed: the recorded call failed.
        """
        call = self._recalled(request)
        if isinstance(call, Recorder):
            async with aclosing(call.stream(request)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        if call.said:
            yield call.said
        if isinstance(call.end, Failure):
            raise ServiceFailed(call.end)
        yield call.end

    async def complete(self, request: Request) -> Completion:
        """The recorded answer.

        Raises:
            UnexpectedCall: there is none for this turn, or it was made with other messages; the first is named.
            ServiceFailed: the recorded call failed.
        """
        call = self._recalled(request)
        if isinstance(call, Recorder):
            return await call.complete(request)
        if isinstance(call.end, Failure):
            raise ServiceFailed(call.end)
        return call.end

    def _recalled(self, request: Request) -> _Call | Recorder:
        """The call of the request's turn; the recorder when it has to be made anew and there is one."""
        path = _path(self.folder, request.turn)
        try:
            call = _read(path)
            if call.digest != request.digest:
                raise UnexpectedCall(
                    f"turn {request.turn!r} was recorded with another prompt: "
                    f"{_difference(call.messages, request.messages)}"
                )
        except FileNotFoundError:
            if self._recorder is None:
                raise UnexpectedCall(f"no call was recorded for turn {request.turn!r}: {path} does not exist") from None
            return self._recorder
        except UnexpectedCall:
            if self._recorder is None:
                raise
            return self._recorder
        return call


def _read(path: Path) -> _Call:
    """The recording in a file.

    Raises:
        UnexpectedCall: the file holds none.
    """
    try:
        call: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        failed = "failure" in call
        end = Failure(call["failure"]) if failed else Completion(**call["completion"])
        said = call["said"] if failed else call["completion"]["text"]
        messages = tuple(Message(**message) for message in call["messages"])
        return _Call(digest=call["digest"], messages=messages, end=end, said=said)
    except (ValueError, KeyError, TypeError):
        message = f"{path} is not a recording, or was not written whole. Delete it, and record this call anew."
        raise UnexpectedCall(message) from None


def _path(folder: Path, turn: str) -> Path:
    return folder / f"{re.sub(r'[^A-Za-z0-9_.-]+', '_', turn) or 'call'}.json"


def _difference(old: tuple[Message, ...], new: tuple[Message, ...]) -> str:
    """Where two prompts first differ, in words."""
    for number, (was, now) in enumerate(zip(old, new, strict=False), start=1):
        if was.role != now.role:
            return f"message {number} was from the {was.role} and is from the {now.role}"
        if was.text != now.text:
            lines = difflib.ndiff(was.text.splitlines(), now.text.splitlines())
            first = [line for line in lines if line[:2] in ("- ", "+ ")][:2]
            return f"message {number} ({now.role}) differs:\n    " + "\n    ".join(line[:200] for line in first)
    if len(old) != len(new):
        return f"it had {len(old)} messages and has {len(new)}"
    return "the shape of the answer that is asked for differs"
