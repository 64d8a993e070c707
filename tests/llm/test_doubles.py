"""Scripted models, recordings and replays: strict, and loud when something does not fit."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from simpatient.errors import ChatModelError
from simpatient.llm import (
    Completion,
    Failure,
    Message,
    Recorder,
    Replayer,
    ScriptedModel,
    ServiceFailed,
    Step,
    UnexpectedCall,
)
from tests.llm.conftest import heard
from tests.llm.faulty import GOOD, events, good


async def test_a_scripted_model_says_what_was_written_in_that_order(call):
    """Words, objects and failures; streamed or whole."""
    with ScriptedModel(["Well. Fine.", {"value": 2}, Failure.BUSY]) as model:
        words, end = await heard(model, call)
        assert words == end.text == "Well. Fine."
        assert json.loads((await model.complete(call)).text) == {"value": 2}
        with pytest.raises(ServiceFailed) as caught:
            await model.complete(call)
        assert caught.value.failure is Failure.BUSY
    assert model.asked == [call] * 3


async def test_one_call_too_many_fails_at_once_and_again_at_the_end(call):
    """Also where somebody swallowed the first complaint."""
    model = ScriptedModel(["Fine."])
    await model.complete(call)
    with pytest.raises(UnexpectedCall, match=r"call 2 .1-voice. was made, but only 1"):
        await model.complete(call)
    with pytest.raises(UnexpectedCall, match="call 2"):
        model.finished()


async def test_a_reply_that_was_never_asked_for_fails_at_the_end(call):
    """Counted."""
    with pytest.raises(UnexpectedCall, match="1 of 2"), ScriptedModel(["Fine.", "Still fine."]) as model:
        await model.complete(call)


async def test_a_test_that_failed_already_is_not_talked_over():
    """The first error is the one that is told."""
    with pytest.raises(ZeroDivisionError), ScriptedModel(["Fine."]):
        _ = 1 / 0


@pytest.mark.parametrize("expect", ["Goodbye", lambda request: request.seed == 8])
async def test_a_call_that_was_not_expected_fails(expect, call):
    """By words or by a check of one's own."""
    model = ScriptedModel([Step(reply="Fine.", expect=expect)])
    with pytest.raises(UnexpectedCall):
        await model.complete(call)


async def test_a_scripted_reply_can_break_off(call):
    """After so many words."""
    words, end = await heard(ScriptedModel([Step(reply="Well. I have been", breaks_after=2)]), call)
    assert words == "Well. I "
    assert end.failure is Failure.CUT


def test_a_surprise_is_no_failure_of_the_service():
    """So that nothing that forgives those can swallow it."""
    assert not issubclass(UnexpectedCall, ChatModelError)


async def test_a_recorded_meeting_is_answered_again_without_the_service(service, model, call, tmp_path):
    """One file a turn, without the key; streamed and whole answers alike."""
    service.will(good(), good("Fine."))
    recorder = Recorder(model, tmp_path / "calls")
    second = replace(call, turn="2-voice")
    told = [await heard(recorder, call), await recorder.complete(second)]
    replayer = Replayer(tmp_path / "calls")
    assert [await heard(replayer, call), await replayer.complete(second)] == told
    assert {path.name for path in (tmp_path / "calls").iterdir()} == {"1-voice.json", "2-voice.json"}
    assert "sk-" not in (tmp_path / "calls" / "1-voice.json").read_text(encoding="utf-8")


async def test_a_recorded_failure_fails_again_in_the_same_place(service, model, call, tmp_path):
    """With what had been said until then."""
    service.will(events("Well. ", "I"))
    before = await heard(Recorder(model, tmp_path), call)
    after = await heard(Replayer(tmp_path), call)
    assert before[0] == after[0] == "Well. I"
    assert before[1].failure is after[1].failure is Failure.CUT


async def test_a_turn_that_was_not_recorded_fails_loudly(call, tmp_path):
    """The file that is missing is named."""
    with pytest.raises(UnexpectedCall, match=r"9-voice.*9-voice\.json does not exist"):
        await Replayer(tmp_path).complete(replace(call, turn="9-voice"))


async def test_a_changed_prompt_fails_and_the_first_message_that_differs_is_named(call, tmp_path):
    """With the line before and after."""
    with ScriptedModel(["Fine."]) as scripted:
        await Recorder(scripted, tmp_path).complete(call)
    other = Message(role="user", text="How is work?")
    changed = replace(call, messages=(call.messages[0], other))
    with pytest.raises(UnexpectedCall) as caught:
        await Replayer(tmp_path).complete(changed)
    said = str(caught.value)
    assert "message 2 (user) differs" in said
    assert "- How are you?" in said
    assert "+ How is work?" in said
    with pytest.raises(UnexpectedCall, match="had 2 messages and has 3"):
        await Replayer(tmp_path).complete(replace(call, messages=(*call.messages, other)))
    with pytest.raises(UnexpectedCall, match="message 2 was from the user and is from the assistant"):
        await Replayer(tmp_path).complete(replace(call, messages=(call.messages[0], replace(other, role="assistant"))))


async def test_only_turns_whose_prompt_changed_are_asked_and_recorded_anew(call, tmp_path):
    """The others still come from their files."""
    second = replace(call, turn="2-voice")
    with ScriptedModel(["One.", "Two."]) as scripted:
        recorder = Recorder(scripted, tmp_path)
        await recorder.complete(call)
        await recorder.complete(second)
    changed = replace(second, messages=(*call.messages, Message(role="user", text="And now?")))
    with ScriptedModel(["Two again."]) as scripted:
        replayer = Replayer(tmp_path, inner=scripted)
        assert (await replayer.complete(call)).text == "One."
        assert (await heard(replayer, changed))[0] == "Two again."
    replayer = Replayer(tmp_path)
    assert (await replayer.complete(call)).text == "One."
    assert (await replayer.complete(changed)).text == "Two again."


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"digest": 1, "messages": 2, "completion": {"text": "a"}}'])
async def test_a_file_that_is_no_recording_is_named(text, call, tmp_path):
    """Not replayed, not crashed over."""
    (tmp_path / "1-voice.json").write_text(text, encoding="utf-8")
    with pytest.raises(UnexpectedCall, match="is not a recording"):
        await Replayer(tmp_path).complete(call)


async def test_a_turn_s_name_cannot_lead_out_of_the_folder(call, tmp_path):
    """Whatever it holds; nor can text that is no Unicode break the file."""
    folder = tmp_path / "calls"
    odd = replace(call, turn="../../x y", messages=(Message(role="user", text="\ud83d!"),))
    with ScriptedModel([GOOD]) as scripted:
        await Recorder(scripted, folder).complete(odd)
    assert len(list(folder.iterdir())) == 1
    assert await Replayer(folder).complete(odd) == Completion(
        text=GOOD, model="scripted", prompt_tokens=1, answer_tokens=9
    )


async def test_a_call_whose_listener_left_is_heard_to_its_end_and_kept_whole(service, model, call, tmp_path):
    """What a vetting refused at its first sentence is replayed like anything else, failures included."""
    service.will(events("Well. ", "I am a model. ", "Yes."), good())
    for turn in ("1-voice", "2-voice"):
        pieces = Recorder(model, tmp_path).stream(replace(call, turn=turn))
        assert await anext(pieces)
        await pieces.aclose()
    cut = await heard(Replayer(tmp_path), replace(call, turn="1-voice"))
    assert cut[0] == "Well. I am a model. Yes."
    assert cut[1].failure is Failure.CUT
    whole = await heard(Replayer(tmp_path), replace(call, turn="2-voice"))
    assert whole[0] == GOOD
