"""One call of an OpenAI-compatible endpoint, over a real socket: what comes back, what is raised, what is never told."""

from __future__ import annotations

import asyncio

import pytest

from simpatient.llm import Completion, Failure, OpenAICompatible, Request, ServiceFailed, Shape
from tests.llm import faulty
from tests.llm.conftest import KEY, heard
from tests.llm.faulty import GOOD, FaultyService, chunk, completion, events, good, knows_no, refusal, whole

WORDS = ("Well. ", "I can't ", "sleep.")


async def test_a_streamed_answer_comes_in_parts_and_ends_with_its_completion(service, bare, call):
    """Words as they come, then model, finish and tokens."""
    service.will(good())
    words, end = await heard(bare, call)
    assert words == GOOD
    assert end == Completion(text=GOOD, model="loopback-1", finish="stop", prompt_tokens=31, answer_tokens=12)
    assert end.tokens == 43


async def test_what_is_sent_is_the_request_and_nothing_of_the_machine(service, bare, call):
    """Messages, name, limits; the key in its own header."""
    service.will(good())
    await heard(bare, call)
    [asked] = service.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert asked.body == {
        "model": "loopback", "stream": True, "temperature": 0.8, "seed": 7, "max_tokens": 400,
        "stream_options": {"include_usage": True},
        "messages": [{"role": "system", "content": "You are Andrew."}, {"role": "user", "content": "How are you?"}],
    }  # fmt: skip


async def test_a_whole_answer_says_the_same(service, bare, call):
    """Not streamed."""
    service.will(good())
    assert await bare.complete(call) == Completion(
        text=GOOD, model="loopback-1", finish="stop", prompt_tokens=31, answer_tokens=12
    )
    assert "stream_options" not in service.asked[0].body


async def test_tokens_that_were_not_told_are_unknown_and_not_nought(service, bare, call):
    """Streamed and whole."""
    service.will(good(usage=False), good(usage=False))
    assert (await heard(bare, call))[1].tokens is None
    assert (await bare.complete(call)).tokens is None


async def test_a_server_that_leaves_out_what_it_may_is_read_all_the_same(service, bare, call):
    """No model name, no finish reason before the last event, an event without choices."""
    sparse = {"choices": [{"index": 0, "delta": {"content": "Fine."}}]}
    last = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    service.will(events(sparse, {"id": "ping"}, last))
    assert await heard(bare, call) == ("Fine.", Completion(text="Fine."))


async def test_the_key_of_openai_is_not_sent_elsewhere(service, call, monkeypatch):
    """With a base URL only SIMPATIENT_API_KEY counts, and OPENAI_BASE_URL leads nowhere without one."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-openai")
    monkeypatch.setenv("OPENAI_BASE_URL", service.url)
    service.will(good())
    await OpenAICompatible("loopback", base_url=service.url).complete(call)
    assert "sk-of-openai" not in service.asked[0].headers["authorization"]
    model = OpenAICompatible("gpt")
    assert model.place == "api.openai.com"

    async def client_of(model):
        return model._connected()

    assert str((await client_of(model)).base_url) == "https://api.openai.com/v1/"


STREAM_FAULTS = {
    "closed cleanly half-way": (events(*WORDS), Failure.CUT),
    "connection lost": (events(*WORDS, ending="reset"), Failure.CUT),
    "an error among the events": (events(*WORDS, {"error": {"message": f"{KEY} SERVERTEXT"}}), Failure.DOWN),
    "quota error among the events": (
        events(*WORDS, {"error": {"message": "SERVERTEXT", "code": "insufficient_quota"}}), Failure.QUOTA,
    ),
    "an event that is no JSON": (events(*WORDS, "{SERVERTEXT"), Failure.CUT),
    "cut at its limit": (events(*WORDS, chunk(None, "length")), Failure.TOO_LONG),
    "held back by a filter": (events(*WORDS, chunk(None, "content_filter")), Failure.FILTERED),
    "words without an end": (faulty.floods, Failure.TOO_LONG),
    "choices that are none": (events({"choices": 3}), Failure.MALFORMED),
    "content that is no text": (events({**chunk(None), "choices": [{"index": 0, "delta": {"content": [1]}, "finish_reason": "stop"}]}), Failure.EMPTY),
    "calls of tools instead of words": (
        events({**chunk(None), "choices": [{"index": 0, "delta": {"tool_calls": [{"index": 0, "id": "t", "type": "function", "function": {"name": "SERVERTEXT", "arguments": "{}"}}]}, "finish_reason": "tool_calls"}]}), Failure.EMPTY,
    ),
    "no choices at all": (events({**chunk(None), "choices": []}), Failure.CUT),
    "an end without a reason": (events("Fine.", chunk(None, None)), Failure.CUT),
    "five megabytes in one event": (events(chunk("word " * 1_000_000)), Failure.TOO_LONG),
    "the key among the words": (events(f"It is {KEY[:7]}", f"{KEY[7:]}. ", chunk(None, "stop")), Failure.MALFORMED),
    "no words at all": (events(chunk(None, "stop")), Failure.EMPTY),
    "nothing but thoughts": (events("<think>SERVERTEXT", chunk(None, "stop")), Failure.EMPTY),
    "a page instead of events": (whole(b"<html>SERVERTEXT</html>"), Failure.MALFORMED),
}  # fmt: skip


@pytest.mark.parametrize("name", STREAM_FAULTS)
async def test_a_stream_that_goes_wrong_is_a_failure_with_a_name_and_nothing_of_the_server(
    name, service, bare, call, hushed
):
    """What had been said before stays said."""
    act, failure = STREAM_FAULTS[name]
    service.will(act)
    words, end = await heard(bare, call)
    assert isinstance(end, ServiceFailed)
    assert end.failure is failure
    if WORDS[0] in words:
        assert words == "".join(WORDS) or failure is Failure.TOO_LONG
    hushed(end)


WHOLE_FAULTS = {
    "the key in it": (whole(completion(f"My key is {KEY}.")), Failure.MALFORMED),
    "no JSON": (whole(b"SERVERTEXT"), Failure.MALFORMED),
    "cut in the middle": (whole(b'{"choices": [{"mess'), Failure.MALFORMED),
    "choices null": (whole({"choices": None, "said": "SERVERTEXT"}), Failure.MALFORMED),
    "no choices": (whole({"choices": []}), Failure.MALFORMED),
    "a list": (whole([1, 2]), Failure.MALFORMED),
    "content that is no text": (whole(completion({"SERVERTEXT": 1})), Failure.MALFORMED),
    "content null": (whole(completion(None)), Failure.EMPTY),
    "white space": (whole(completion(" \n")), Failure.EMPTY),
    "megabytes": (whole(completion("a" * 3_000_000)), Failure.TOO_LONG),
    "no finish reason": (whole(completion("Fine.", None)), Failure.CUT),
    "cut at its limit": (whole(completion("Fine.", "length")), Failure.TOO_LONG),
    "held back": (whole(completion(None, "content_filter")), Failure.FILTERED),
    "a refusal": (
        whole({**completion(None), "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": None, "refusal": "SERVERTEXT"}}]}), Failure.FILTERED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("streamed", [True, False])
async def test_a_redirect_is_not_followed_with_the_key_or_without(streamed, service, bare, call, hushed):
    """Words and key go where the operator said, and nowhere else."""
    async with FaultyService() as elsewhere:
        service.will(refusal(307, location=f"{elsewhere.url}/chat/completions"))
        asked = heard(bare, call) if streamed else bare.complete(call)
        end = (await asyncio.gather(asked, return_exceptions=True))[0]
        failed = end[1] if isinstance(end, tuple) else end
        assert isinstance(failed, ServiceFailed)
        assert elsewhere.asked == []
    hushed(failed)


@pytest.mark.parametrize("name", ["\ud800x", f"loopback {'x' * 500}", "<b>SERVERTEXT</b>", "two\nlines", 7, None])
async def test_a_name_that_is_none_is_in_no_record(name, service, bare, call):
    """What a server calls its model is kept with the meeting, so it has to be a name."""
    said, odd = chunk("Fine. ") | {"model": name}, chunk(None, "\x1b[31mstop") | {"model": name}
    service.will(
        events(said, odd, {**chunk(None), "choices": [], "usage": {"prompt_tokens": 10**30, "completion_tokens": 1}})
    )
    _, end = await heard(bare, call)
    assert isinstance(end, Completion)
    assert (end.model if name is not None else "", end.finish, end.prompt_tokens) == ("", "other", None)


async def test_a_key_that_is_a_word_is_not_watched_for(service, call):
    """Local servers want none, and `none` may be said."""
    service.will(good("None of it."))
    words, _ = await heard(OpenAICompatible("loopback", base_url=service.url), call)
    assert words == "None of it."


@pytest.mark.parametrize("name", WHOLE_FAULTS)
async def test_a_whole_answer_that_is_none_is_a_failure_with_a_name(name, service, bare, call, hushed):
    """Whatever the server sends."""
    act, failure = WHOLE_FAULTS[name]
    service.will(act)
    with pytest.raises(ServiceFailed) as caught:
        await bare.complete(call)
    assert caught.value.failure is failure
    hushed(caught.value)


STATUSES = {
    400: Failure.REJECTED, 401: Failure.KEY, 402: Failure.QUOTA, 403: Failure.KEY, 404: Failure.NOT_FOUND,
    408: Failure.SLOW, 409: Failure.BUSY, 413: Failure.NO_ROOM, 422: Failure.REJECTED, 429: Failure.BUSY,
    500: Failure.DOWN, 503: Failure.DOWN, 529: Failure.DOWN,
}  # fmt: skip


@pytest.mark.parametrize("status", STATUSES)
async def test_every_status_has_its_name_and_its_text_is_dropped(status, service, bare, call, hushed):
    """The text echoes the key, as some servers do."""
    service.will(refusal(status, message=f"Incorrect API key provided: {KEY} SERVERTEXT"))
    with pytest.raises(ServiceFailed) as caught:
        await bare.complete(call)
    assert caught.value.failure is STATUSES[status]
    hushed(caught.value)


CODES = {
    "insufficient_quota": (429, Failure.QUOTA),
    "model_not_found": (403, Failure.NOT_FOUND),
    "content_filter": (400, Failure.FILTERED),
    "context_length_exceeded": (400, Failure.NO_ROOM),
}


@pytest.mark.parametrize("code", CODES)
async def test_a_code_says_more_than_its_status(code, service, bare, call):
    """A quota that is used up is not a busy server."""
    status, failure = CODES[code]
    service.will(refusal(status, code=code))
    with pytest.raises(ServiceFailed) as caught:
        await bare.complete(call)
    assert caught.value.failure is failure


async def test_a_prompt_that_has_no_room_is_told_by_its_text_where_there_is_no_code(service, bare, call):
    """As vLLM has it; `max_tokens` stands in that text and is not what was refused."""
    said = "'max_tokens' is too large: 400. This model's maximum context length is 256 tokens"
    service.will(refusal(400, message=said))
    with pytest.raises(ServiceFailed) as caught:
        await bare.complete(call)
    assert caught.value.failure is Failure.NO_ROOM


@pytest.mark.parametrize("parameter", ["stream_options", "temperature", "seed", "max_tokens"])
@pytest.mark.parametrize("named", [True, False])
async def test_an_optional_parameter_that_is_refused_is_left_out_from_then_on(parameter, named, service, bare, call):
    """Asked twice once, then once; another model object for the same place remembers it too."""
    service.will(*[knows_no(parameter, good(), named=named)] * 4)
    assert (await heard(bare, call))[0] == GOOD
    assert [parameter in asked.body for asked in service.asked] == [True, False]
    assert (await heard(bare, call))[0] == GOOD
    assert (await heard(OpenAICompatible("loopback", base_url=service.url), call))[0] == GOOD
    assert [parameter in asked.body for asked in service.asked] == [True, False, False, False]
    limits = {"max_tokens", "max_completion_tokens"} & service.asked[-1].body.keys()
    assert limits == ({"max_completion_tokens"} if parameter == "max_tokens" else {"max_tokens"})


@pytest.mark.parametrize("status", [400, 422])
async def test_a_refusal_that_names_no_parameter_is_not_tried_again(status, service, bare, call):
    """And nothing is remembered."""
    service.will(refusal(status), good())
    words, end = await heard(bare, call)
    assert (words, end.failure) == ("", Failure.REJECTED)
    assert (await heard(bare, call))[0] == GOOD
    assert "stream_options" in service.asked[1].body


async def test_thoughts_before_the_answer_are_never_heard(service, bare, call):
    """However the pieces fall; a whole answer likewise."""
    thought = ("<thi", "nk>He sounds ki", "nd.</th", "ink>\n\n", "Well. ", "Not great.", chunk(None, "stop"))
    service.will(events(*thought), good("<think>Hm.</think>Fine."))
    words, end = await heard(bare, call)
    assert words == end.text == "Well. Not great."
    assert (await bare.complete(call)).text == "Fine."


async def test_a_smaller_than_sign_is_no_thought(service, bare, call):
    """It is let through as soon as that is clear."""
    service.will(events("<", "3 is what she texts.", chunk(None, "stop")))
    assert (await heard(bare, call))[0] == "<3 is what she texts."


async def test_a_service_that_is_not_there_is_told_from_one_that_is_slow(call, service):
    """One needs another address, the other more time."""
    nowhere = OpenAICompatible("loopback", base_url="http://127.0.0.1:9/v1", timeout=1.0)
    with pytest.raises(ServiceFailed) as caught:
        await nowhere.complete(call)
    assert caught.value.failure is Failure.REFUSED
    service.will(faulty.silence)
    slow = OpenAICompatible("loopback", base_url=service.url, timeout=0.1)
    with pytest.raises(ServiceFailed) as caught:
        await slow.complete(call)
    assert caught.value.failure is Failure.SLOW


async def test_without_a_key_openai_is_not_even_asked(call):
    """The failure says which setting is missing."""
    with pytest.raises(ServiceFailed) as caught:
        await OpenAICompatible("gpt").complete(call)
    assert caught.value.failure is Failure.KEY
    assert "SIMPATIENT_API_KEY" in caught.value.mend


def test_every_failure_has_a_plain_line_and_a_mend():
    """Both are whole sentences or clauses without jargon in capitals."""
    from simpatient.llm.failures import MENDS, SAID

    assert set(SAID) == set(MENDS) == set(Failure)


async def test_lengths_of_texts_are_in_no_grammar_for_openai_itself():
    """Its strict form does not know them; other servers are told."""
    from simpatient.llm.openai_compatible import _response_format

    schema = {"type": "object", "properties": {"maxLength": {"type": "string", "maxLength": 9}}}
    request = Request(messages=(), shape=Shape(name="A", schema=schema))
    sent = _response_format(request, lengths=False)
    assert sent["json_schema"]["schema"] == {"type": "object", "properties": {"maxLength": {"type": "string"}}}
    assert _response_format(request, lengths=True)["json_schema"]["schema"] == schema
