"""What llmock, a service that breaks on purpose and watches its callers, says about ours."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from simpatient.errors import ChatModelError
from simpatient.llm import Completion, Message, OpenAICompatible, Patience, Request

pytest.importorskip("llmock", reason="llmock is not here: pip install llmock")

CALL = Request(messages=(Message(role="user", text="How have you been sleeping?"),))
FAULTS = {
    "a stream cut off": lambda service: service.truncate(after_chunks=1),
    "a busy server": lambda service: service.rate_limit(times=1, retry_after=0.6),
    "a corrupt event": lambda service: service.corrupt(after_chunks=1),
    "a stall": lambda service: service.stall(after_chunks=1, seconds=20),
    "a lost connection": lambda service: service.disconnect(after_chunks=1),
    "an outage": lambda service: service.fail(503),
    "a refused key": lambda service: service.fail(401),
    "a prompt too long": lambda service: service.context_overflow(),
}


@pytest.fixture
def patient_caller(llmock):
    """Our port, pointed at llmock."""
    llmock.pace(40)  # as real servers do; one that has said all at once cannot see that its caller stopped reading
    model = OpenAICompatible("gpt-4o", base_url=llmock.base_url("openai"), api_key="k", timeout=0.7)
    return Patience(model, deadline=20, first_wait=0.3)


@pytest.mark.parametrize("fault", FAULTS)
async def test_the_verdict_on_our_client_is_resilient(fault, llmock, patient_caller):
    """Strictly: not even a warning."""
    FAULTS[fault](llmock.reply("Not well. I lie awake until four and then the alarm goes.", times=None))
    pieces = []
    try:
        pieces = [piece async for piece in patient_caller.stream(CALL)]
    except ChatModelError:
        assert fault in {"a refused key", "a prompt too long"}
    else:
        assert isinstance(pieces[-1], Completion)
        assert len(llmock.requests) == 2
    llmock.assert_resilient(strict=True)


@pytest.mark.parametrize("fault", ["a busy server", "an outage", "a refused key"])
async def test_the_verdict_is_the_same_for_whole_answers(fault, llmock, patient_caller):
    """As the evaluator asks."""
    FAULTS[fault](llmock)
    try:
        await patient_caller.complete(CALL)
    except ChatModelError:
        assert fault == "a refused key"
    llmock.assert_resilient(strict=True)


async def test_its_report_on_all_faults_together_is_that_nothing_was_mishandled(llmock, patient_caller):
    """`llmock report` leaves with 0."""
    for fault, spoil in FAULTS.items():
        spoil(llmock)
        call = Request(messages=(Message(role="user", text=fault),))
        with suppress(ChatModelError):
            async for _ in patient_caller.stream(call):
                pass
    tool = Path(sys.executable).with_name("llmock")
    done = subprocess.run(
        [tool, "report", "--strict", "--url", llmock.url], capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == 0, done.stdout + done.stderr
