"""The one retry policy, over real sockets: how often a service is asked, how long it is waited for, what is heard meanwhile."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from simpatient.llm import Completion, Failure, OpenAICompatible, Patience, ServiceFailed
from simpatient.llm.failures import seconds_of
from tests.llm import faulty
from tests.llm.conftest import KEY, heard
from tests.llm.faulty import GOOD, events, good, refusal

BROKEN_OFF = events("Well, I ", "have")
"""Breaks off before a sentence stands."""


@pytest.mark.parametrize("act", [refusal(500), refusal(503), refusal(429), refusal(409), BROKEN_OFF])
async def test_what_may_be_over_at_the_next_try_is_tried_again(act, service, model, call):
    """And nobody hears that it failed before."""
    service.will(act, good())
    words, end = await heard(model, call)
    assert words == GOOD
    assert isinstance(end, Completion)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
@pytest.mark.parametrize("streamed", [True, False])
async def test_what_cannot_be_over_is_asked_once(status, streamed, service, model, call):
    """One call, one failure."""
    service.will(refusal(status))
    if streamed:
        assert isinstance((await heard(model, call))[1], ServiceFailed)
    else:
        with pytest.raises(ServiceFailed):
            await model.complete(call)


async def test_an_exhausted_quota_is_asked_once(service, model, call):
    """Although its status is that of a busy server."""
    service.will(refusal(429, code="insufficient_quota"))
    assert (await heard(model, call))[1].failure is Failure.QUOTA


async def test_three_tries_are_all(service, model, call, hushed):
    """Streamed or whole."""
    service.will(*[refusal(503)] * 6)
    with pytest.raises(ServiceFailed) as caught:
        await model.complete(call)
    assert caught.value.failure is Failure.DOWN
    hushed(caught.value)
    _, end = await heard(model, call)
    assert end.failure is Failure.DOWN
    hushed(end)


async def test_waiting_grows_from_try_to_try(service, bare, call):
    """Doubled, and never at once."""
    service.will(*[refusal(503)] * 3)
    await heard(Patience(bare, first_wait=0.1), call)
    first, second, third = (asked.at for asked in service.asked)
    assert second - first >= 0.1
    assert third - second >= 0.2


async def test_a_stream_is_not_asked_again_once_a_sentence_was_passed_on(service, model, call):
    """The learner keeps what was heard."""
    service.will(events("Well. ", "I can't", ending="reset"))
    words, end = await heard(model, call)
    assert words.startswith("Well. ")
    assert end.failure is Failure.CUT


async def test_a_first_sentence_is_passed_on_as_soon_as_it_stands(service, model, call):
    """In one piece; what follows comes as it comes."""
    service.will(good("I can't sleep. Not at all, really."))
    pieces = [piece async for piece in model.stream(call)]
    assert pieces[0] == "I can't sleep. "
    assert len(pieces) > 4


async def test_retry_after_in_seconds_is_waited_for(service, model, call):
    """And not much longer."""
    service.will(refusal(429, retry_after="1"), good())
    assert (await heard(model, call))[0] == GOOD
    first, second = service.asked
    assert 0.95 <= second.at - first.at < 4


async def test_retry_after_as_a_date_is_waited_for(service, model, call):
    """Dates have whole seconds."""
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    service.will(refusal(429, retry_after=then), good())
    assert (await heard(model, call))[0] == GOOD
    first, second = service.asked
    assert 0.9 <= second.at - first.at < 5


def test_retry_after_is_read_in_both_forms_and_nonsense_in_none():
    """A date that has passed means now."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert seconds_of("7") == 7
    assert seconds_of("-3") == 0
    assert seconds_of("Thu, 01 Jan 2026 00:00:09 GMT", now) == 9
    assert seconds_of("Wed, 31 Dec 2025 00:00:00 GMT", now) == 0
    assert [seconds_of(text) for text in (None, "", "soon", "nan", "inf", "Thu, 99 Foo 2026")] == [None] * 6


@pytest.mark.parametrize("wait", ["3600", "6"])
async def test_a_server_that_wants_more_time_than_there_is_has_failed_at_once(wait, service, model, call):
    """Nobody waits five seconds to ask in vain."""
    service.will(refusal(429, retry_after=wait))
    begun = asyncio.get_running_loop().time()
    assert (await heard(model, call))[1].failure is Failure.BUSY
    assert asyncio.get_running_loop().time() - begun < 2.5


@pytest.mark.parametrize(
    ("act", "said"),
    [(faulty.silence, ""), (events("Well. I", ending="silence"), "Well. I"), (faulty.drips, "Well. um ")],
)
async def test_the_deadline_holds_for_the_whole_answer(act, said, service, bare, call):
    """A server that keeps dripping does not keep a learner waiting; what stood is heard."""
    service.will(act)
    begun = asyncio.get_running_loop().time()
    words, end = await heard(Patience(bare, deadline=0.4, first_wait=0.01), call)
    assert asyncio.get_running_loop().time() - begun < 2.5
    assert words.startswith(said)
    assert end.failure is Failure.SLOW


async def test_the_deadline_counts_all_tries_together(service, bare, call):
    """Whole answers too."""
    service.will(refusal(503), faulty.silence)
    begun = asyncio.get_running_loop().time()
    with pytest.raises(ServiceFailed) as caught:
        await Patience(bare, deadline=0.5, first_wait=0.1).complete(call)
    assert caught.value.failure is Failure.SLOW
    assert asyncio.get_running_loop().time() - begun < 2.5


async def test_a_silent_server_is_asked_again_within_the_deadline(service, call):
    """Its connection is given up after the time between two bytes."""
    service.will(faulty.silence, good())
    slow = OpenAICompatible("loopback", base_url=service.url, timeout=0.15)
    assert (await heard(Patience(slow, deadline=3, first_wait=0.01), call))[0] == GOOD


async def test_whoever_stops_listening_is_not_waited_for(service, model, call):
    """The stream is closed, no second call is made, and nothing is said about it."""
    service.will(faulty.drips)
    stream = model.stream(call)
    assert await anext(stream) == "Well. "
    await stream.aclose()
    with pytest.raises(StopAsyncIteration):
        await anext(stream)


async def test_being_cancelled_is_no_failure_of_the_service(service, model, call):
    """It goes through, wherever it strikes."""
    service.will(faulty.drips, faulty.silence)
    for task in (asyncio.create_task(heard(model, call)), asyncio.create_task(model.complete(call))):
        await asyncio.sleep(0.15)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_a_deadline_that_strikes_leaves_no_trace_on_its_task(service, bare, call):
    """Later waiting in the same task is not cancelled."""
    service.will(faulty.silence)
    await heard(Patience(bare, deadline=0.1), call)
    task = asyncio.current_task()
    assert task.cancelling() == 0
    await asyncio.sleep(0.15)


async def test_two_meetings_at_once_do_not_wait_for_each_other(service, model, call):
    """One service, many learners."""
    service.will(*[good()] * 8)
    answers = await asyncio.gather(*(heard(model, call) for _ in range(8)))
    assert {words for words, _ in answers} == {GOOD}


def test_a_model_serves_one_event_loop_after_the_other(call):
    """As a command line does that runs twice in one process."""

    async def once(model):
        async with faulty.FaultyService() as service:
            model.inner.base_url = service.url
            service.will(good())
            assert (await heard(model, call))[0] == GOOD
            service.finished()

    model = Patience(OpenAICompatible("loopback", base_url="http://127.0.0.1:9/v1", api_key=KEY))
    asyncio.run(once(model))
    asyncio.run(once(model))
