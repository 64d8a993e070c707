"""Tries a chat model in the ways simpatient will use it, and says in plain words what works and what to mend."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from simpatient.errors import ChatModelError
from simpatient.llm.failures import Failure, ServiceFailed
from simpatient.llm.port import ChatModel, Completion, Form, Message, Request
from simpatient.llm.structured import answer

ROOM_TOKENS = 8_000
"""Tokens that a long meeting's prompt may have."""
SLOW_WORD_S = 3.0
"""Seconds after which a first sentence feels late to somebody who waits for a person to answer."""
_FILLER = "The room was quiet and the clock on the wall ticked on. "
_FILLER_TOKENS = 12
_HOPELESS = frozenset({Failure.REFUSED, Failure.KEY, Failure.NOT_FOUND, Failure.QUOTA})
"""Failures after which nothing else need be tried."""
_FORMS: dict[Form, str] = {
    "json_schema": "as objects of a given form, held by the service's own grammar",
    "json_object": "as objects; their form is asked for in words",
    "prompt": "as objects asked for in words alone; more ratings may be missing",
}


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that was tried."""

    name: str
    """One word: `answer`, `stream`, `tokens`, `ratings`, `room`."""
    ok: bool
    said: str
    """What was found, in plain words."""
    mend: str = ""
    """What an operator can do about it; empty when there is nothing to do."""
    needed: bool = True
    """Whether a meeting needs it."""
    seconds: float | None = None
    """How long it took; None where that says nothing."""


@dataclass(frozen=True, kw_only=True)
class Probe:
    """All that was tried on one model."""

    model: str
    place: str
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether a meeting can be held with it."""
        return all(check.ok or not check.needed for check in self.checks)


class _Rated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    why: str = Field(max_length=300)
    value: int = Field(ge=0, le=3)


async def probe(model: ChatModel) -> Probe:
    """What works of `model` and what does not; a refused key, name or address ends it early."""
    checks: list[Check] = []
    for tried in (_answer, _stream, _ratings, _room):
        try:
            checks.extend(await tried(model))
        except ChatModelError as exc:
            checks.append(_failed(_NAMES[tried], exc))
            if isinstance(exc, ServiceFailed) and exc.failure in _HOPELESS:
                break
    return Probe(model=model.name, place=model.place, checks=tuple(checks))


def _failed(name: str, exc: ChatModelError) -> Check:
    mend = (
        exc.mend
        if isinstance(exc, ServiceFailed)
        else "Use a larger model, or rate by rules: SIMPATIENT_EVALUATOR_MODEL=embedded."
    )
    return Check(name=name, ok=False, said=str(exc).removeprefix("the chat model: "), mend=mend)


async def _answer(model: ChatModel) -> list[Check]:
    begun = _now()
    await model.complete(_asking("Say in one short sentence how you slept."))
    seconds = _now() - begun
    return [Check(name="answer", ok=True, said=f"it answers, in {seconds:.1f} s", seconds=seconds)]


async def _stream(model: ChatModel) -> list[Check]:
    begun, first, end = _now(), None, None
    async for piece in model.stream(_asking("Tell me in three short sentences how you slept.")):
        if isinstance(piece, Completion):
            end = piece
        elif first is None:
            first = _now() - begun
    assert end is not None
    total = _now() - begun
    first = total if first is None else first
    late = first > SLOW_WORD_S
    heard = Check(
        name="stream", ok=True, seconds=first,
        said=f"it streams: first sentence after {first:.1f} s, whole answer after {total:.1f} s, ended by {end.finish!r}",
        mend=f"A learner waits more than {SLOW_WORD_S:.0f} s for a word; a smaller or nearer model answers sooner." if late else "",
    )  # fmt: skip
    told = end.tokens is not None
    counted = (
        f"it tells tokens while streaming ({end.tokens})"
        if told
        else "it tells no tokens while streaming; records will say unknown"
    )
    return [heard, Check(name="tokens", ok=told, said=counted, needed=False)]


async def _ratings(model: ChatModel) -> list[Check]:
    request = _asking(
        'Rate how open this question is, from 0 to 3: "How have you been sleeping?" '
        "Answer with an object: why (a short sentence), value (0 to 3)."
    )
    begun = _now()
    given = await answer(model, request, _Rated)
    mended = " (the first answer did not fit and was asked for again)" if given.mended else ""
    return [Check(name="ratings", ok=True, said=f"it rates {_FORMS[given.form]}{mended}", seconds=_now() - begun)]


async def _room(model: ChatModel) -> list[Check]:
    long = _FILLER * (ROOM_TOKENS // _FILLER_TOKENS)
    begun = _now()
    try:
        await model.complete(_asking(f"{long}\nSay in one short sentence how you slept."))
    except ServiceFailed as exc:
        if exc.failure is not Failure.TOO_LONG:
            raise
    return [Check(name="room", ok=True, said=f"a prompt of about {ROOM_TOKENS} tokens fits", seconds=_now() - begun)]


_NAMES: dict[Callable[[ChatModel], Awaitable[list[Check]]], str] = {
    _answer: "answer", _stream: "stream", _ratings: "ratings", _room: "room",
}  # fmt: skip


def _asking(text: str) -> Request:
    told = (Message(role="system", text="You are Andrew, a patient."), Message(role="user", text=text))
    return Request(messages=told, turn="probe", max_tokens=300, temperature=0.2, seed=1)


def _now() -> float:
    return asyncio.get_running_loop().time()
