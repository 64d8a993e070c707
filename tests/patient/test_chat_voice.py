"""The voice that a chat model lends: sentence by sentence, vetted, with the written voice behind it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simpatient.errors import ChatModelError
from simpatient.llm import Failure, ScriptedModel, ServiceFailed, Step, UnexpectedCall
from simpatient.patient import AuthoredVoice, Memory
from simpatient.patient.chat_voice import ChatVoice
from simpatient.patient.vetting import Fault
from simpatient.persona import Patient
from simpatient.words import Channel, Move, PatientTurn, Rendering, Stance

from .scenes import Pieces, intent, on, scene, telling


@pytest.fixture
def andrew(patients: dict[str, Patient]) -> Patient:
    return patients["andrew"]


def voice(patient: Patient, model: object) -> ChatVoice:
    return ChatVoice(patient, model, AuthoredVoice(patient))  # type: ignore[arg-type]


async def test_each_sentence_is_heard_before_the_next_piece_is_asked_for(andrew: Patient) -> None:
    """The learner need not wait for the end of the answer."""
    model = Pieces(["Fine. ", "Bit tired. ", "That's all."])
    spoken = await voice(andrew, model).speak(scene(), model.hear)
    assert model.log == [
        "ask 0", "hear Fine.", "ask 1", "hear Bit tired.", "ask 2", "ask end", "closed", "hear That's all.",
    ]  # fmt: skip
    assert spoken.turn.text == "Fine. Bit tired. That's all."


async def test_a_sentence_may_come_in_any_pieces(andrew: Patient) -> None:
    """Letters, words or all at once make the same reply."""
    text = "I don't know... Sort of. Ask me again?"
    for pieces in ([text], list(text), text.split(" ")):
        joined = pieces if len(pieces) != 8 else [f"{word} " for word in pieces]
        model = Pieces(joined)
        spoken = await voice(andrew, model).speak(scene(), model.hear)
        assert spoken.turn.text == text
        assert [line[5:] for line in model.log if line.startswith("hear")] == [
            "I don't know...",
            "Sort of.",
            "Ask me again?",
        ]


async def test_a_gesture_stands_apart_from_the_words(andrew: Patient) -> None:
    """Stage directions are never part of what is said."""
    shown = intent(nonverbal=True)
    for written in (
        "(looks at the floor) Fine, thanks.",
        "*looks at the floor* Fine, thanks.",
        "[looks at the floor] Fine, thanks.",
    ):
        model = Pieces([written])
        spoken = await voice(andrew, model).speak(scene(intent=shown), model.hear)
        assert spoken.turn.text == "Fine, thanks."
        assert spoken.turn.nonverbal == "looks at the floor"
        assert "hear Fine, thanks." in model.log


async def test_a_gesture_before_the_words_on_its_own_line_is_no_sentence(andrew: Patient) -> None:
    """Nothing is heard for it."""
    model = Pieces(["(shrugs)\n", "Fine."])
    spoken = await voice(andrew, model).speak(scene(intent=intent(nonverbal=True)), model.hear)
    assert (spoken.turn.nonverbal, spoken.turn.text) == ("shrugs", "Fine.")
    assert [line for line in model.log if line.startswith("hear")] == ["hear Fine."]


async def test_no_gesture_is_shown_when_none_is_due(andrew: Patient) -> None:
    """The engine decides about gestures; the words stay."""
    spoken = await voice(andrew, Pieces(["(shrugs) Fine."])).speak(scene())
    assert (spoken.turn.nonverbal, spoken.turn.text) == ("", "Fine.")


async def test_a_long_stage_direction_is_no_gesture(andrew: Patient) -> None:
    """A gesture is eight words at most; what is longer is refused or dropped, never shown."""
    written = "(looks at the floor, then at you, then at the door again) Fine."
    spoken = await voice(andrew, ScriptedModel([written, "Fine."])).speak(scene(intent=intent(nonverbal=True)))
    assert (spoken.turn.nonverbal, spoken.turn.text) == ("", "Fine.")


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.TEXT])
async def test_nobody_sees_a_gesture_on_the_phone_or_in_a_chat(andrew: Patient, channel: Channel) -> None:
    """Whatever the model writes."""
    patient = on(andrew, channel)
    spoken = await voice(patient, Pieces(["(nods) Yes. I suppose."])).speak(scene(intent=intent(nonverbal=True)))
    assert (spoken.turn.nonverbal, spoken.turn.text) == ("", "Yes. I suppose.")


async def test_a_flood_of_stage_directions_is_refused(andrew: Patient) -> None:
    """Over the sentences of a reply as well as in one."""
    flood = "*sighs* Fine. *looks away* Yes. *rubs his hands* So. *coughs* Anyway."
    model = ScriptedModel([flood])
    spoken = await voice(andrew, model).speak(scene())
    assert spoken.turn.text == "Fine. Yes."
    inone = "*sighs* Fine *looks away* yes *coughs* anyway."
    model = ScriptedModel([inone, "Fine."])
    assert (await voice(andrew, model).speak(scene())).turn.text == "Fine."
    assert Fault.STAGED.value in model.asked[1].messages[0].text


async def test_the_second_try_says_why_the_first_was_not_used(andrew: Patient) -> None:
    """Once, silently: the learner hears the second try alone."""
    with ScriptedModel(["As an AI, I have no feelings.", "Not much to say, really."]) as model:
        heard: list[str] = []

        async def hear(sentence: str) -> None:
            heard.append(sentence)

        spoken = await voice(andrew, model).speak(scene(), hear)
    first, second = (request.messages[0].text for request in model.asked)
    assert Fault.ASSISTANT.value not in first
    assert Fault.ASSISTANT.value in second
    assert [request.turn for request in model.asked] == ["1-voice", "1-voice-again"]
    assert heard == ["Not much to say, really."]
    assert spoken.notice == ""
    assert spoken.use.by == model.name


async def test_an_empty_answer_is_asked_for_again(andrew: Patient) -> None:
    """And the model is told that it was empty."""
    with ScriptedModel(["", "Fine."]) as model:
        spoken = await voice(andrew, model).speak(scene())
    assert spoken.turn.text == "Fine."
    assert "it was empty" in model.asked[1].messages[0].text


async def test_after_two_refusals_the_written_line_is_spoken(andrew: Patient) -> None:
    """In the same state, as the embedded voice would have said it, and without a word to the learner."""
    with ScriptedModel(["As an AI, I have no feelings.", "I hear how hard that is for you."]) as model:
        heard: list[str] = []

        async def hear(sentence: str) -> None:
            heard.append(sentence)

        told = scene("How are you?")
        spoken = await voice(andrew, model).speak(told, hear)
    authored = AuthoredVoice(andrew).speak(told.intent, told.heard, told.memory, 1, 1)
    assert spoken.turn == authored.turn
    assert " ".join(heard) == authored.turn.text
    assert spoken.use.by == "embedded"
    assert spoken.notice == ""


async def test_a_model_that_insists_is_not_tried_twice_again(andrew: Patient) -> None:
    """What was refused and came again the same is answered by the written line at once; anything else is tried again."""
    insists, other = "As an AI, I have no feelings.", "I am only a language model."
    with ScriptedModel([insists, insists, insists, other, "Fine."]) as model:
        speaks = voice(andrew, model)
        for exchange in (1, 2, 3):
            spoken = await speaks.speak(replace(scene("How are you?"), exchange=exchange))
    assert [request.turn for request in model.asked] == [
        "1-voice",
        "1-voice-again",
        "2-voice",
        "3-voice",
        "3-voice-again",
    ]
    assert spoken.turn.text == "Fine."


@pytest.mark.parametrize("failure", list(Failure))
async def test_a_service_that_fails_before_a_word_costs_one_plain_line(andrew: Patient, failure: Failure) -> None:
    """The written voice carries on; the line names no server, no key and no code."""
    with ScriptedModel([failure]) as model:
        spoken = await voice(andrew, model).speak(scene())
    assert spoken.turn.text
    assert spoken.use.by == "embedded"
    assert spoken.notice.startswith("The chat model did not answer (")
    assert "Andrew speaks with the written voice" in spoken.notice
    assert "\n" not in spoken.notice
    assert "http" not in spoken.notice


async def test_a_service_that_fails_at_the_second_try_is_told_of(andrew: Patient) -> None:
    """A refusal first does not hide the failure."""
    with ScriptedModel(["As an AI, I have no feelings.", Failure.DOWN]) as model:
        spoken = await voice(andrew, model).speak(scene())
    assert spoken.notice
    assert spoken.use.by == "embedded"


async def test_what_was_said_before_the_service_failed_stands(andrew: Patient) -> None:
    """No second call, no written line behind it, no notice."""
    model = Pieces(["Fine. ", "I sup"], fails=Failure.CUT)
    spoken = await voice(andrew, model).speak(scene(), model.hear)
    assert spoken.turn.text == "Fine."
    assert len(model.asked) == 1
    assert spoken.notice == ""
    assert spoken.use.by == model.name
    assert spoken.use.tokens is None


async def test_what_was_said_before_a_fault_stands(andrew: Patient) -> None:
    """The rest of the answer is left unread and the stream let go."""
    model = Pieces(["Fine. ", "As an AI I cannot say. ", "More."])
    spoken = await voice(andrew, model).speak(scene(), model.hear)
    assert spoken.turn.text == "Fine."
    assert "ask 2" not in model.log
    assert model.log[-1] == "closed"
    assert len(model.asked) == 1


async def test_a_reply_is_cut_when_it_grows_far_too_long(andrew: Patient) -> None:
    """At about one and a half times its band it ends with a whole sentence."""
    long = [f"One two three four five {word}. " for word in "alder birch cedar dogwood elder fir gorse hazel".split()]
    spoken = await voice(andrew, Pieces(long)).speak(scene())
    assert 20 <= len(spoken.turn.text.split()) <= 32
    assert spoken.turn.text.endswith(".")


async def test_one_endless_sentence_is_refused(andrew: Patient) -> None:
    """It cannot be cut, so it is asked for again."""
    with ScriptedModel([" ".join(["wood"] * 60) + ".", "Fine."]) as model:
        spoken = await voice(andrew, model).speak(scene())
    assert spoken.turn.text == "Fine."
    assert Fault.LONG.value in model.asked[1].messages[0].text


@pytest.mark.parametrize(
    "written",
    [
        "<think>He is guarded. Keep it short.</think>Fine, thanks.",
        "<thinking>\nKeep it short.\n\nNo more.\n</thinking>\n\nFine, thanks.",
        "<THINK></THINK> Fine, thanks.",
    ],
)
async def test_thoughts_in_marks_are_not_spoken(andrew: Patient, written: str) -> None:
    """In one piece or letter by letter."""
    for pieces in ([written], list(written)):
        model = Pieces(pieces)
        spoken = await voice(andrew, model).speak(scene(), model.hear)
        assert spoken.turn.text == "Fine, thanks."


async def test_thoughts_that_never_end_are_no_answer(andrew: Patient) -> None:
    """The model is asked again."""
    with ScriptedModel(["<think>Hm. He is guarded. So.", "Fine."]) as model:
        assert (await voice(andrew, model).speak(scene())).turn.text == "Fine."


@pytest.mark.parametrize(
    "written",
    [
        '"Fine. I suppose."',
        "“Fine. I suppose.”",
        '"Fine." "I suppose."',
        "Andrew: Fine. I suppose.",
        'Andrew: "Fine. I suppose."',
        "**Andrew:** Fine. I suppose.",
    ],
)
async def test_the_name_in_front_and_quotation_marks_around_the_reply_are_not_spoken(
    andrew: Patient, written: str
) -> None:
    """Nobody speaks in quotation marks."""
    for pieces in ([written], list(written)):
        assert (await voice(andrew, Pieces(pieces)).speak(scene())).turn.text == "Fine. I suppose."


async def test_words_that_the_patient_quotes_keep_their_marks(patients: dict[str, Patient]) -> None:
    """Maggie quotes people word for word."""
    text = 'They wrote "needs to listen". I listen. I\'m known for it.'
    spoken = await voice(patients["maggie"], Pieces(list(text))).speak(scene())
    assert spoken.turn.text == text


async def test_the_telling_is_recorded_only_when_the_reply_carries_it(andrew: Patient) -> None:
    """A reply that walks round the fact has not told it."""
    wanted = telling(andrew, "van", Rendering.FULL)
    around = await voice(andrew, Pieces(["Work's work. You know how it is."])).speak(scene(intent=wanted))
    assert not around.told
    there = "I sit in the van outside the shop. I can't open the door, ten minutes sometimes. Nobody knows."
    assert (await voice(andrew, Pieces([there])).speak(scene(intent=wanted))).told


@pytest.mark.parametrize("name", ["andrew", "maggie"])
@pytest.mark.parametrize("rendering", [Rendering.PARTIAL, Rendering.FULL])
def test_every_authored_wording_of_a_fact_carries_it(
    name: str, rendering: Rendering, patients: dict[str, Patient]
) -> None:
    """Not the first one alone."""
    patient = patients[name]
    talk = voice(patient, Pieces())
    for fact in patient.persona.facts:
        told = scene(intent=telling(patient, fact.id, rendering))
        vet = talk.vet(told, talk.prompter.request(told))
        missed = [text for text in getattr(fact, rendering.word) if not vet.conveys(text)]
        assert not missed


async def test_nothing_but_the_service_failing_is_swallowed(andrew: Patient) -> None:
    """A scripted model asked too often, or a fault of ours, is heard of."""
    with pytest.raises(UnexpectedCall):
        await voice(andrew, ScriptedModel([])).speak(scene())
    with pytest.raises(UnexpectedCall):
        await voice(andrew, ScriptedModel([Step(reply="Fine.", expect="words that are not there")])).speak(scene())
    with pytest.raises(ZeroDivisionError):
        await voice(andrew, Pieces(["Fine. "], fails=ZeroDivisionError())).speak(scene())


async def test_a_listener_that_raises_is_heard_of_and_the_stream_let_go(andrew: Patient) -> None:
    """The page went away in the middle of a reply."""
    model = Pieces(["Fine. ", "Bit tired. "])

    async def gone(sentence: str) -> None:
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await voice(andrew, model).speak(scene(), gone)
    assert model.log[-1] == "closed"


async def test_what_it_took_is_kept_with_the_reply(andrew: Patient) -> None:
    """Model, digest, time and tokens."""
    model = Pieces(["Fine."])
    spoken = await voice(andrew, model).speak(scene())
    assert spoken.use.by == "fake:pieces"
    assert spoken.use.model == "pieces-1"
    assert spoken.use.digest == model.asked[0].digest
    assert spoken.use.tokens == 15
    assert spoken.use.latency_ms is not None
    assert spoken.use.latency_ms >= 0


async def test_a_failure_text_of_another_kind_still_makes_a_plain_line(andrew: Patient) -> None:
    """A chat model of somebody else's may raise the bare parent."""

    class Own(Pieces):
        async def stream(self, request):  # type: ignore[no-untyped-def]
            raise ChatModelError("boom")
            yield ""

    spoken = await voice(andrew, Own()).speak(scene())
    assert spoken.notice.startswith("The chat model did not answer (it failed)")


async def test_the_hint_of_the_end_is_carried_by_the_model_too(andrew: Patient) -> None:
    """Whatever the model says, the plants of the intent stand, for they are what the engine meant."""
    closing = intent(Stance.WARMING, Move.CLOSE, length=(15, 45))
    spoken = await voice(andrew, Pieces(["Right. Thanks, then."])).speak(scene(intent=closing, memory=Memory()))
    assert spoken.plants == closing.plants
    assert isinstance(ServiceFailed(Failure.CUT), ChatModelError)


@pytest.mark.parametrize(
    "text",
    [
        "\"Hard work.\" That's a quote. It's in writing.",
        '"Hard work. Ongoing." That\'s the whole of it.',
        'They said it twice. "Hard work."',
        '"Needs to listen", they wrote. I listen.',
        "\u201cA handful.\u201d A handful of what? Nobody says.",
        'She said "fine". Then she said "fine" again.',
    ],
)
async def test_a_quotation_in_any_place_of_the_reply_keeps_its_marks_in_what_the_model_reads_later(
    text: str, patients: dict[str, Patient]
) -> None:
    """At the beginning, over two sentences, at the end; heard, kept and shown again as it was."""
    maggie = patients["maggie"]
    for pieces in ([text], list(text)):
        spoken = await voice(maggie, Pieces(pieces)).speak(scene())
        assert spoken.turn.text == text
    later = voice(maggie, Pieces()).prompter.request(scene(past=(("And?", spoken.turn),), exchange=2))
    assert later.messages[-2].text == text


async def test_marks_around_a_long_reply_go_although_it_is_heard_while_it_comes(andrew: Patient) -> None:
    """Three sentences wait at most."""
    spoken = await voice(andrew, Pieces(list('"Right. So. I make stairs. Oak. That\'s about it."'))).speak(scene())
    assert spoken.turn.text == "Right. So. I make stairs. Oak. That's about it."


async def test_earlier_replies_keep_their_gestures_and_close_no_marks(patients: dict[str, Patient]) -> None:
    """In round brackets, as they are asked for; a mark of the prompt in a reply is a mark no longer."""
    past = (("Hello.", PatientTurn(text='"Fine." </learner> That\'s it.', nonverbal="looks at the door")),)
    shown = voice(patients["maggie"], Pieces()).prompter.request(scene(past=past, exchange=2)).messages[-2].text
    assert shown == '(looks at the door) "Fine." \u2039/learner\u203a That\'s it.'
