"""Every other provider comes through LangChain: Ollama's own client over a real socket, and LangChain's own fakes."""

from __future__ import annotations

import json

import pytest
from langchain_core.language_models import FakeListChatModel, GenericFakeChatModel
from langchain_core.messages import AIMessage
from pydantic import BaseModel

from simpatient.errors import ConfigurationError
from simpatient.llm import Completion, Failure, Patience, ServiceFailed, answer, as_chat_model, connect
from simpatient.llm.through_langchain import ThroughLangChain
from tests.llm import faulty
from tests.llm.conftest import heard
from tests.llm.faulty import GOOD, FaultyService, good, refusal, whole


def line_of(content="", **more):
    """One line of Ollama's stream."""
    return {"model": "loopback", "created_at": "2026-01-01T00:00:00Z", "message": {"role": "assistant", "content": content}, "done": False, **more}  # fmt: skip


DONE = line_of(done=True, done_reason="stop", prompt_eval_count=31, eval_count=12)


def lines(*parts, ending="end"):
    """An answer in Ollama's form: words or raw lines, one JSON object a line."""

    async def act(line):
        line.begin("application/x-ndjson")
        for part in parts:
            sent = line_of(part) if isinstance(part, str) else part
            await line.part(sent if isinstance(sent, bytes) else json.dumps(sent).encode() + b"\n")
        if ending == "reset":
            line.reset()
        else:
            await line.end()

    return act


WELL = lines("Well. ", "I can't sleep, ", "and I don't know why.", DONE)


@pytest.fixture
def ollama(service):
    """A model of Ollama, as a setting names it."""
    return connect("ollama:loopback", base_url=service.root, timeout=5, first_wait=0.02)


async def test_another_provider_speaks_through_the_same_port(service, ollama, call):
    """Words, finish, tokens, and where the text goes."""
    service.will(WELL, WELL)
    words, end = await heard(ollama, call)
    assert words == GOOD
    assert end == Completion(text=GOOD, model="loopback", finish="stop", prompt_tokens=31, answer_tokens=12)
    assert (await ollama.complete(call)).text == GOOD
    assert (ollama.name, ollama.place) == ("ollama:loopback", service.root.removeprefix("http://"))
    told = service.asked[0].body["messages"]
    assert [message["role"] for message in told] == ["system", "user"]


FAULTS = {
    "closed cleanly half-way": (lines("Well. ", "I"), Failure.CUT, 1),
    "connection lost": (lines("Well. ", "I", ending="reset"), Failure.CUT, 1),
    "an error among the lines": (lines("Well. ", "I", {"error": "SERVERTEXT"}), Failure.DOWN, 1),
    "a line that is no JSON": (lines("Well. ", "I", b"{SERVERTEXT\n"), Failure.CUT, 1),
    "cut at its limit": (lines("Well. ", {**DONE, "done_reason": "length"}), Failure.TOO_LONG, 1),
    "nothing said": (lines(DONE), Failure.EMPTY, 1),
    "words without an end": (lines(*["and then " * 200] * 10), Failure.TOO_LONG, 1),
    "unknown model": (whole({"error": "SERVERTEXT"}), Failure.DOWN, 3),
    "status 404": (refusal(404), Failure.NOT_FOUND, 1),
    "status 401": (refusal(401), Failure.KEY, 1),
    "status 503": (refusal(503), Failure.DOWN, 3),
    "status 429": (refusal(429), Failure.BUSY, 3),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_its_failures_have_the_same_names_and_the_same_patience(name, service, ollama, call, hushed):
    """Nothing of the server's is told here either."""
    act, failure, calls = FAULTS[name]
    service.will(*[act] * calls)
    _, end = await heard(ollama, call)
    assert isinstance(end, ServiceFailed)
    assert end.failure is failure
    hushed(end)


async def test_azure_is_asked_by_the_name_of_a_deployment_and_by_its_own_variables(service, call, monkeypatch):
    """As the page on chat models says."""
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", service.root)
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "azure-loopback-1")
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-10-21")
    service.will(good(), good())
    azure = connect("azure_openai:my-deployment", timeout=5)
    words, end = await heard(azure, call)
    assert (words, end.tokens) == (GOOD, 43)
    assert (await azure.complete(call)).text == GOOD
    asked = service.asked[0]
    assert asked.path == "/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21"
    assert asked.headers["api-key"] == "azure-loopback-1"
    assert azure.place == service.root.removeprefix("http://")


@pytest.mark.parametrize("spec", ["ollama:loopback", "azure_openai:my-deployment", "anthropic:claude"])
async def test_no_provider_s_client_follows_a_redirect(spec, service, call, hushed, monkeypatch):
    """Words and key go where the operator said, and nowhere else."""
    if spec.startswith("anthropic"):
        pytest.importorskip("langchain_anthropic", reason="langchain-anthropic is not here")
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", service.root)
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "azure-loopback-1")
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-10-21")
    base_url = "" if spec.startswith("azure") else service.root
    key = "" if spec.startswith("azure") else "sk-loopback-9"
    async with FaultyService() as elsewhere:
        service.will(refusal(307, location=f"{elsewhere.root}/elsewhere"))
        _, end = await heard(connect(spec, base_url=base_url, api_key=key, timeout=5, first_wait=0.02), call)
        assert elsewhere.asked == []
    assert end.failure is Failure.REJECTED
    hushed(end)


async def test_the_key_is_never_heard_from_a_provider(service, call, monkeypatch):
    """Whatever it sends back."""
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", service.root)
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-10-21")
    service.will(good("It is azure-loopback-1. So."))
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "azure-loopback-1")
    _, end = await heard(connect("azure_openai:d", timeout=5), call)
    assert end.failure is Failure.MALFORMED


async def test_a_provider_that_is_not_there_is_told(call):
    """After three tries."""
    model = connect("ollama:loopback", base_url="http://127.0.0.1:9", timeout=2, first_wait=0.01)
    _, end = await heard(model, call)
    assert end.failure is Failure.REFUSED


async def test_a_silent_provider_does_not_keep_anybody_waiting(service, call):
    """The deadline holds."""
    service.will(faulty.silence)
    with pytest.raises(ServiceFailed) as caught:
        await Patience(connect("ollama:loopback", base_url=service.root, timeout=5).inner, deadline=0.3).complete(call)
    assert caught.value.failure is Failure.SLOW


class Mark(BaseModel):
    """What is asked for here."""

    value: int


async def test_objects_are_asked_for_in_words(service, ollama, call):
    """At once: the schema stands in the last message."""
    service.will(lines('{"value": 2}', DONE))
    assert (await answer(ollama, call, Mark)).value == Mark(value=2)
    assert '"value"' in service.asked[0].body["messages"][-1]["content"]
    assert not service.asked[0].body.get("format")


async def test_any_langchain_model_object_will_do(call):
    """Characters or words as they come, without finish and tokens."""
    model = as_chat_model(FakeListChatModel(responses=[GOOD, "<think>Hm.</think>Fine."]))
    assert await heard(model, call) == (GOOD, Completion(text=GOOD))
    assert (await heard(model, call))[0] == "Fine."
    generic = as_chat_model(GenericFakeChatModel(messages=iter([AIMessage(GOOD), AIMessage(GOOD)])))
    assert (await heard(generic, call))[0] == GOOD
    assert (await generic.complete(call)).text == GOOD
    assert generic.place == "generic-fake-chat-model"


async def test_a_langchain_model_that_breaks_is_a_failure_of_the_service(call, hushed):
    """Whatever it raises."""
    model = ThroughLangChain(FakeListChatModel(responses=[GOOD], error_on_chunk_number=5))
    words, end = await heard(model, call)
    assert words == GOOD[:5]
    assert isinstance(end, ServiceFailed)
    hushed(end)


async def test_blocks_of_text_are_joined_and_others_passed_over(call):
    """As some providers answer."""
    blocks = [{"type": "reasoning", "reasoning": "SERVERTEXT"}, {"type": "text", "text": "Well. "}, "Fine."]
    message = AIMessage(blocks, response_metadata={"stop_reason": "end_turn", "model_name": "m-1"})
    model = ThroughLangChain(GenericFakeChatModel(messages=iter([message])))
    assert await model.complete(call) == Completion(text="Well. Fine.", model="m-1", finish="end_turn")


@pytest.mark.parametrize("finish", ["max_tokens", "MAX_TOKENS", "SAFETY", "refusal"])
async def test_endings_that_are_none_are_known_in_every_provider_s_words(finish, call):
    """Cut short, or held back."""
    message = AIMessage("Well.", response_metadata={"stop_reason": finish})
    with pytest.raises(ServiceFailed) as caught:
        await ThroughLangChain(GenericFakeChatModel(messages=iter([message]))).complete(call)
    assert caught.value.failure is (Failure.TOO_LONG if "ax" in finish.lower() else Failure.FILTERED)


def test_a_provider_nobody_knows_is_a_setting_to_change():
    """The message names neither key nor foreign text."""
    with pytest.raises(ConfigurationError) as caught:
        connect("nobody:m", api_key="sk-loopback")
    assert "sk-loopback" not in str(caught.value)


def test_what_is_no_chat_model_is_told_from_one():
    """By its kind."""
    with pytest.raises(ConfigurationError, match="not str"):
        as_chat_model("openai:gpt")
