"""Loopback services, and the things that must never be heard of again."""

from __future__ import annotations

import logging
import traceback

import pytest

from simpatient.llm import Message, OpenAICompatible, Patience, Request, openai_compatible, structured
from tests.llm.faulty import FaultyService

KEY = "sk-loopback-3f9c"
HUSHED = (KEY, "SERVERTEXT")


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch):
    """What one server refused says nothing about the next on the same port."""
    openai_compatible._refused.clear()
    structured._served.clear()
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def service():
    """A service that answers by its acts."""
    async with FaultyService() as running:
        yield running
        running.finished()


@pytest.fixture
def bare(service):
    """One model of that service, asked without patience."""
    return OpenAICompatible("loopback", base_url=service.url, api_key=KEY, timeout=5.0)


@pytest.fixture
def model(bare):
    """The same, asked with patience, though little."""
    return Patience(bare, deadline=5.0, first_wait=0.02)


@pytest.fixture
def call():
    """An ordinary call."""
    told = (Message(role="system", text="You are Andrew."), Message(role="user", text="How are you?"))
    return Request(messages=told, turn="1-voice", seed=7)


@pytest.fixture
def hushed(caplog):
    """Checks that neither key nor server text rides along with an error, anywhere one could look."""
    caplog.set_level(logging.DEBUG, logger="simpatient")

    def check(exc: BaseException) -> None:
        told = [str(exc), repr(exc), "".join(traceback.format_exception(exc)), repr(vars(exc))]
        link = exc
        while link is not None:
            told += [str(link), repr(link)]
            link = link.__cause__ or link.__context__
        told += [record.getMessage() for record in caplog.records if record.name.startswith("simpatient")]
        assert not [(secret, text) for secret in HUSHED for text in told if secret in text]

    return check


async def heard(model, request):
    """The pieces of a streamed answer: words so far, then its completion or what was raised."""
    from simpatient.errors import ChatModelError

    words, end = "", None
    try:
        async for piece in model.stream(request):
            if isinstance(piece, str):
                assert end is None
                words += piece
            else:
                end = piece
    except ChatModelError as exc:
        end = exc
    return words, end
