"""A chat model that says what was written down beforehand: for your own tests, strict at both ends."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import NoReturn, Self, TypeAlias

from simpatient.llm.failures import Failure, ServiceFailed, UnexpectedCall
from simpatient.llm.port import Completion, Json, Piece, Request

Said: TypeAlias = str | Mapping[str, Json] | Failure
"""A reply: words, an object that is sent as JSON, or a failure of the service."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One call that is expected, and its reply."""

    reply: Said
    expect: str | Callable[[Request], bool] | None = None
    """Words that must stand in one of the messages, or a check of the whole request; None takes any."""
    breaks_after: int | None = None
    """Words after which a streamed reply breaks off without an end."""


class ScriptedModel:
    """Replies in the order written. A call too many, a call that was not expected, and a reply never asked for all fail.

    Use it as a context manager, or call `finished` at the end:

        with ScriptedModel(["Fine.", "If you say so."]) as voice:
            encounter = await Encounter.begin("andrew", chat_model=voice)
            ...
    """

    def __init__(self, steps: Iterable[Said | Step], *, name: str = "scripted:test") -> None:
        """Keep the steps; words alone expect nothing of the call."""
        self.steps = [step if isinstance(step, Step) else Step(reply=step) for step in steps]
        self.asked: list[Request] = []
        """Every request so far that a reply was written for, oldest first."""
        self._unexpected: UnexpectedCall | None = None
        self._name = name

    @property
    def name(self) -> str:
        """As given."""
        return self._name

    @property
    def place(self) -> str:
        """Nowhere: it stays in this process."""
        return ""

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        """The next reply, word by word.

        Raises:
            UnexpectedCall: none was written for this call.
            ServiceFailed: the script says so.
        """
        step = self._next(request)
        text = _text(step.reply)
        for number, word in enumerate(re.findall(r"\S+\s*", text)):
            if step.breaks_after is not None and number >= step.breaks_after:
                raise ServiceFailed(Failure.CUT)
            yield word
        yield _completion(text, request)

    async def complete(self, request: Request) -> Completion:
        """The next reply.

        Raises:
            UnexpectedCall: none was written for this call.
            ServiceFailed: the script says so.
        """
        return _completion(_text(self._next(request).reply), request)

    def finished(self) -> None:
        """Check that every reply was asked for, and nothing else was.

        Raises:
            UnexpectedCall: some were not, or an earlier call was not expected and somebody swallowed that.
        """
        if self._unexpected is not None:
            raise self._unexpected
        left = len(self.steps) - len(self.asked)
        if left:
            raise UnexpectedCall(f"{left} of {len(self.steps)} scripted replies were never asked for")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.finished()

    def _next(self, request: Request) -> Step:
        number, about = len(self.asked) + 1, f"({request.turn or 'no turn'})"
        if number > len(self.steps):
            self._refuse(f"call {number} {about} was made, but only {len(self.steps)} are scripted")
        step = self.steps[number - 1]
        self.asked.append(request)
        told = "\n".join(message.text for message in request.messages)
        if isinstance(step.expect, str) and step.expect not in told:
            self._refuse(f"call {number} {about} does not hold {step.expect!r}")
        if callable(step.expect) and not step.expect(request):
            self._refuse(f"call {number} {about} is not the one expected")
        return step

    def _refuse(self, why: str) -> NoReturn:
        self._unexpected = self._unexpected or UnexpectedCall(why)
        raise UnexpectedCall(why)


def _text(reply: Said) -> str:
    if isinstance(reply, Failure):
        raise ServiceFailed(reply)
    return reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)


def _completion(text: str, request: Request) -> Completion:
    words = sum(len(message.text.split()) for message in request.messages)
    return Completion(text=text, model="scripted", prompt_tokens=words, answer_tokens=len(text.split()))
