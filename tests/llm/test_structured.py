"""Answers as objects: asked for in the best form a server knows, checked here, mended once."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pydantic import BaseModel, ConfigDict, Field

from simpatient.llm import (
    Failure,
    Message,
    NoUsableAnswer,
    OpenAICompatible,
    Patience,
    Request,
    ScriptedModel,
    ServiceFailed,
    Shape,
    answer,
)
from simpatient.llm.structured import objects_in, read, schema_of, strict
from tests.llm.faulty import completion, good, refusal, whole


class Mark(BaseModel):
    """What is asked for here."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    why: str = Field(max_length=60)
    value: int = Field(ge=0, le=3)


ASK = Request(
    messages=(Message(role="system", text="You rate."), Message(role="user", text="Rate this.")),
    turn="3-evaluator", max_tokens=300, temperature=0.0,
)  # fmt: skip
RIGHT = '{"why": "asked openly", "value": 2}'
TOO_HIGH = '{"why": "asked openly", "value": 9}'


def by_form(**acts):
    """Answers by the form that is asked for; what has no act is refused."""

    async def act(line):
        form = (line.asked.body.get("response_format") or {"type": "prompt"})["type"]
        await acts.get(form, refusal(400, message=f"'response_format' of type {form} SERVERTEXT"))(line)

    return act


def forms(service):
    """The forms asked for so far."""
    return [(asked.body.get("response_format") or {"type": "prompt"})["type"] for asked in service.asked]


async def test_a_server_with_a_grammar_is_asked_for_it(service, model):
    """The schema goes along, strict, and not into the words."""
    service.will(good(RIGHT))
    given = await answer(model, ASK, Mark)
    assert (given.value, given.form, given.mended) == (Mark(why="asked openly", value=2), "json_schema", False)
    body = service.asked[0].body
    assert body["messages"][-1]["content"] == "Rate this."
    assert body["response_format"]["json_schema"] == {"name": "Mark", "strict": True, "schema": schema_of(Mark)}


@pytest.mark.parametrize(
    ("served", "steps"),
    [("json_object", ["json_schema", "json_object"]), ("prompt", ["json_schema", "json_object", "prompt"])],
)
async def test_it_steps_down_to_what_the_server_serves_and_remembers(served, steps, service, model):
    """The looser forms have the schema in words; the second answer takes one call, from another object too."""
    act = by_form(**{served: good(RIGHT)})
    service.will(*[act] * (len(steps) + 2))
    assert (await answer(model, ASK, Mark)).form == served
    assert forms(service) == steps
    assert '"maximum": 3' in service.asked[-1].body["messages"][-1]["content"]
    await answer(model, ASK, Mark)
    await answer(Patience(OpenAICompatible("loopback", base_url=service.url)), ASK, Mark)
    assert forms(service) == [*steps, served, served]


async def test_a_server_that_the_grammar_brings_down_is_asked_in_words(service, model):
    """Three tries with the grammar, then one without."""
    service.will(*[by_form(json_schema=refusal(500), prompt=good(RIGHT))] * 4)
    assert (await answer(model, ASK, Mark)).form == "prompt"
    assert forms(service) == ["json_schema"] * 3 + ["prompt"]


async def test_a_server_that_is_down_although_it_was_up_before_is_not_asked_in_other_forms(service, model):
    """It is the server, not the grammar."""
    service.will(good(RIGHT), *[refusal(503)] * 3)
    await answer(model, ASK, Mark)
    with pytest.raises(ServiceFailed):
        await answer(model, ASK, Mark)


@pytest.mark.parametrize("status", [401, 404])
async def test_what_no_other_form_can_help_is_not_stepped_down_for(status, service, model):
    """One call."""
    service.will(refusal(status))
    with pytest.raises(ServiceFailed):
        await answer(model, ASK, Mark)


async def test_a_request_refused_in_every_form_has_failed(service, model):
    """Three calls, no fourth."""
    service.will(*[refusal(422)] * 3)
    with pytest.raises(ServiceFailed) as caught:
        await answer(model, ASK, Mark)
    assert caught.value.failure is Failure.REJECTED


READABLE = {
    "bare": RIGHT,
    "in a fence": f"Here you are:\n```json\n{RIGHT}\n```\nAnything else?",
    "after thoughts": f"<think>{{maybe}} a 3?</think>\n{RIGHT}",
    "after thoughts whose beginning is missing": f'It says {{"why": "no"}} ...</think>{RIGHT}',
    "after braces that are none": "{{{ well } " + RIGHT,
    "after another object": '{"value": 1} ' + RIGHT,
    "with room around it": f"\n\n  {RIGHT}  \n",
}


@pytest.mark.parametrize("name", READABLE)
async def test_an_answer_is_found_wherever_it_stands(name, service, model):
    """Fences, thoughts and words around it are no fault."""
    service.will(whole(completion(READABLE[name])))
    given = await answer(model, ASK, Mark)
    assert given.value == Mark(why="asked openly", value=2)
    assert not given.mended


UNUSABLE = {
    "out of range": (TOO_HIGH, "less than or equal to 3"),
    "a field too many": ('{"why": "a", "value": 1, "mood": "good"}', "mood"),
    "a field missing": ('{"value": 1}', "why"),
    "a list": ('["asked openly", 2]', "no JSON object"),
    "too wordy": (json.dumps({"why": "a" * 61, "value": 1}), "at most 60"),
}


@pytest.mark.parametrize("name", UNUSABLE)
async def test_an_answer_that_does_not_fit_is_mended_once(name, service, model):
    """The model sees what it said and what was wrong with it; a promised grammar is not believed."""
    said, fault = UNUSABLE[name]
    service.will(whole(completion(said)), good(RIGHT))
    given = await answer(model, ASK, Mark)
    assert given.mended
    *_, before, asked_again = service.asked[1].body["messages"]
    assert before == {"role": "assistant", "content": said}
    assert fault in asked_again["content"]


async def test_two_unusable_answers_are_no_answer(service, model, hushed):
    """Two calls, no third; the answers themselves are not told."""
    service.will(good('{"value": "SERVERTEXT"}'), good(TOO_HIGH))
    with pytest.raises(NoUsableAnswer) as caught:
        await answer(model, ASK, Mark)
    hushed(caught.value)


async def test_a_server_that_does_not_read_the_form_is_asked_in_words_from_then_on(service, model):
    """It promised a grammar and chatted; the mend has the schema in words."""
    chats = good("I would say it was rather good!")
    service.will(by_form(json_schema=chats), by_form(prompt=good(RIGHT)), by_form(prompt=good(RIGHT)))
    given = await answer(model, ASK, Mark)
    assert (given.form, given.mended) == ("prompt", True)
    await answer(model, ASK, Mark)
    assert forms(service) == ["json_schema", "prompt", "prompt"]


async def test_a_refusal_of_the_model_is_a_filtered_answer(service, model):
    """Not mended: it was asked for something it will not do."""
    message = {"role": "assistant", "content": None, "refusal": "SERVERTEXT"}
    service.will(whole({**completion(None), "choices": [{"index": 0, "finish_reason": "stop", "message": message}]}))
    with pytest.raises(ServiceFailed) as caught:
        await answer(model, ASK, Mark)
    assert caught.value.failure is Failure.FILTERED


async def test_an_answer_cut_at_its_limit_is_not_read(service, model):
    """Half an object may fit by chance."""
    service.will(good(RIGHT, finish="length"))
    with pytest.raises(ServiceFailed) as caught:
        await answer(model, ASK, Mark)
    assert caught.value.failure is Failure.TOO_LONG


async def test_the_call_keeps_its_turn_and_the_mend_has_its_own():
    """Recordings are kept under both."""
    with ScriptedModel([{"value": 7}, {"why": "", "value": 3}]) as scripted:
        await answer(scripted, ASK, Mark)
    assert [request.turn for request in scripted.asked] == ["3-evaluator", "3-evaluator-mend"]


def test_the_form_changes_nothing_about_what_a_recording_is_kept_by():
    """The words that a looser form needs are the adapter's."""
    shaped = [replace(ASK, shape=Shape(name="Mark", schema=schema_of(Mark), form=f)) for f in ("json_schema", "prompt")]
    assert shaped[0].digest == shaped[1].digest != ASK.digest
    assert shaped[1].spelt[-1].text.startswith("Rate this.\n\nAnswer with one JSON object")
    assert ASK.spelt == ASK.messages


def test_a_schema_is_closed_and_asks_for_every_field():
    """Also inside; fields that are called like keywords are kept."""
    loose = {
        "title": "A", "type": "object",
        "properties": {"title": {"type": "string", "default": ""}, "in": {"type": "object", "properties": {"x": {}}}},
    }  # fmt: skip
    assert strict(loose) == {
        "type": "object", "required": ["title", "in"], "additionalProperties": False,
        "properties": {
            "title": {"type": "string"},
            "in": {"type": "object", "properties": {"x": {}}, "required": ["x"], "additionalProperties": False},
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["{" * 200_000, '{"a":' * 50_000, "{}" * 100_000, "\x00{\ud800}", '{"a": 1e999999, "value": NaN}']
)
def test_hostile_text_costs_no_more_than_it_should(text):
    """Nothing is found, nothing breaks."""
    assert read(text, Mark)[0] is None
    assert len(list(objects_in(text))) <= 20


async def test_a_stream_is_never_needed_for_an_object(service, model):
    """Whole answers are asked for, and their tokens are told."""
    service.will(good(RIGHT))
    given = await answer(model, ASK, Mark)
    assert service.asked[0].body["stream"] is False
    assert given.completion.tokens == 43
