"""Calls kept as files, one a turn, and answered from them again. A recording that no longer fits fails loudly."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from simpatient.llm.failures import UnexpectedCall
from simpatient.llm.port import ChatModel, Completion, Message, Piece, Request


class Recorder:
    """A chat model whose calls are written to a folder, one file a turn; the key is never part of a call."""

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

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        """The model's answer; kept once it is whole."""
        async for piece in self.inner.stream(request):  # pyright: ignore[reportGeneralTypeIssues]
            if isinstance(piece, Completion):
                self._keep(request, piece)
            yield piece

    async def complete(self, request: Request) -> Completion:
        """The model's answer; kept once it is whole."""
        completion = await self.inner.complete(request)
        self._keep(request, completion)
        return completion

    def _keep(self, request: Request, completion: Completion) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        call = {
            "turn": request.turn, "digest": request.digest, "by": self.inner.name,
            "messages": [asdict(message) for message in request.messages], "completion": asdict(completion),
        }  # fmt: skip
        path = _path(self.folder, request.turn)
        scratch = path.with_suffix(".part")
        scratch.write_text(json.dumps(call, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        scratch.replace(path)


class Replayer:
    """A chat model that answers from recordings, and from nothing else.

    With `inner`, a turn whose prompt changed is asked and recorded anew; the others still come from their files.
    """

    def __init__(self, folder: Path, *, inner: ChatModel | None = None) -> None:
        """Answer from the files in `folder`."""
        self.folder = folder
        self._recorder = Recorder(inner, folder) if inner is not None else None

    @property
    def name(self) -> str:
        """`replay`."""
        return self._recorder.name if self._recorder else "replay"

    @property
    def place(self) -> str:
        """Nowhere, or where the inner model is."""
        return self._recorder.place if self._recorder else ""

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        """The recorded answer in one piece, then its completion."""
        completion = await self.complete(request)
        yield completion.text
        yield completion

    async def complete(self, request: Request) -> Completion:
        """The recorded answer.

        Raises:
            UnexpectedCall: there is none for this turn, or it was made with other messages; the first is named.
        """
        try:
            return self._recalled(request)
        except UnexpectedCall:
            if self._recorder is None:
                raise
            return await self._recorder.complete(request)

    def _recalled(self, request: Request) -> Completion:
        path = _path(self.folder, request.turn)
        try:
            call: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            completion = Completion(**call["completion"])
            told = tuple(Message(**message) for message in call["messages"])
        except FileNotFoundError:
            raise UnexpectedCall(f"no call was recorded for turn {request.turn!r}: {path} does not exist") from None
        except (ValueError, KeyError, TypeError) as exc:
            raise UnexpectedCall(f"{path} is not a recording: {exc}") from None
        if call.get("digest") != request.digest:
            raise UnexpectedCall(
                f"turn {request.turn!r} was recorded with another prompt: {_difference(told, request.messages)}"
            )
        return completion


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
