"""Meetings with chat models: who speaks, who rates, what moves, and what happens when one of them fails."""

from __future__ import annotations

import asyncio
import json

import pytest

from simpatient.encounter import Encounter
from simpatient.encounter.cast import Cast
from simpatient.llm import Completion, Failure, Request, ScriptedModel, ServiceFailed, Step, UnexpectedCall
from simpatient.settings import Settings
from simpatient.words import NotRatedReason

KIND = "You came all this way up here although it isn't your sort of thing. That took something."
EMPTY = {"off_task": [], "reading": [], "ratings": [], "try_instead": ""}


def verdict(code: str, level: int, quote: str, **more: object) -> dict[str, object]:
    """An answer of the evaluator that reads one code."""
    return {**EMPTY, "reading": [{"quote": quote, "why": "said so", "code": code, "level": level}], **more}


class Rater:
    """Answers with a verdict once its event is set; notes what it was asked, and whether it was let go."""

    name = "fake:rater"
    place = ""

    def __init__(self, *verdicts: object, at_once: bool = True) -> None:
        self.verdicts = list(verdicts)
        self.asked: list[Request] = []
        self.let_go = 0
        self.ready = asyncio.Event()
        if at_once:
            self.ready.set()

    def stream(self, request: Request):  # type: ignore[no-untyped-def]
        raise AssertionError("an evaluator does not stream")

    async def complete(self, request: Request) -> Completion:
        self.asked.append(request)
        given = self.verdicts[min(len(self.asked), len(self.verdicts)) - 1]
        try:
            await self.ready.wait()
        except asyncio.CancelledError:
            self.let_go += 1
            raise
        if isinstance(given, BaseException):
            raise given
        return Completion(text=given if isinstance(given, str) else json.dumps(given), prompt_tokens=7, answer_tokens=3)


async def meet(rater: object, *replies: object, reading: str = "", name: str = "andrew", seed: int = 1) -> Encounter:
    """A meeting with a voice that says `replies` and this rater."""
    voice = ScriptedModel(replies or ["Fine, thanks."] * 12)  # type: ignore[arg-type]
    return await Encounter.begin(name, chat_model=voice, evaluator_model=rater, reading=reading, seed=seed)  # type: ignore[arg-type]


@pytest.fixture
def by_rules() -> Rater:
    return Rater(EMPTY)


# Who speaks


async def test_the_words_are_the_models_and_the_decision_the_engines() -> None:
    """State and intent are those of the embedded meeting; the reply is not."""
    model = await meet(Rater(EMPTY), "Bit early, sorry.", reading="rules")
    embedded = await Encounter.begin("andrew", seed=1)
    spoken, written = await model.exchange(KIND), await embedded.exchange(KIND)
    assert (spoken.after, spoken.intent) == (written.after, written.intent)
    assert spoken.turn.text == "Bit early, sorry."
    assert spoken.voice.by == "scripted:test"
    assert spoken.record()["voice"]["digest"]


async def test_a_server_that_does_one_thing_at_a_time_finds_the_words_first() -> None:
    """The rating is asked for once the first sentence was heard, or the reply came to an end without one."""
    asked: list[str] = []

    class Both(Rater):
        async def stream(self, request: Request):  # type: ignore[no-untyped-def]
            asked.append("words")
            await asyncio.sleep(0.01)
            yield "It's a bit warm in here. "
            await asyncio.sleep(0.01)
            asked.append("end")
            yield Completion(text="It's a bit warm in here.")

        async def complete(self, request: Request) -> Completion:
            asked.append("rating")
            return await super().complete(request)

    async def hear(sentence: str) -> None:
        asked.append("heard")

    encounter = await Encounter.begin("andrew", chat_model=Both(EMPTY), seed=1)
    first = await encounter.exchange(KIND, hear)
    await encounter.rated(first.number)
    assert asked == ["words", "heard", "rating", "end"]


async def test_one_model_speaks_and_rates_when_no_other_is_named() -> None:
    """The evaluator is the chat model by default, and it is asked beside the voice."""

    class Both(Rater):
        async def stream(self, request: Request):  # type: ignore[no-untyped-def]
            yield "Fine. "
            yield Completion(text="Fine.")

    both = Both(EMPTY)
    encounter = await Encounter.begin("andrew", chat_model=both)
    exchange = await encounter.exchange("Hello.")
    rated = await encounter.rated(exchange.number)
    assert rated.assessment is not None
    assert rated.assessment.by == "fake:rater"


async def test_a_voice_that_raises_leaves_everything_and_lets_the_rating_go() -> None:
    """The next message finds the meeting as it was."""
    rater = Rater(EMPTY, at_once=False)
    encounter = await meet(rater, "Fine.", Step(reply="never", expect="words that nobody wrote"))
    await encounter.exchange("Hello.")
    before, turns = encounter.state, encounter.exchanges
    with pytest.raises(UnexpectedCall):
        await encounter.exchange("And how was the journey?")
    await asyncio.sleep(0)
    assert (encounter.state, encounter.exchanges) == (before, turns)
    assert len(rater.asked) - rater.let_go == 1


async def test_a_listener_that_raises_leaves_everything() -> None:
    """The page went away in the middle of a reply; nothing is half said."""
    rater = Rater(EMPTY, at_once=False)
    encounter = await meet(rater, "Fine. Thanks.", "Fine.")
    before = encounter.state

    async def gone(sentence: str) -> None:
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await encounter.exchange("Hello.", hear=gone)
    await asyncio.sleep(0)
    assert (encounter.state, encounter.exchanges) == (before, ())
    assert rater.let_go == len(rater.asked)
    rater.ready.set()
    assert (await encounter.exchange("Hello?")).number == 1


async def test_a_meeting_cancelled_in_the_middle_of_a_reply_is_as_it_was() -> None:
    """A closed tab costs the message, not the meeting."""
    waits = asyncio.Event()

    class Slow(ScriptedModel):
        async def stream(self, request: Request):  # type: ignore[no-untyped-def]
            yield "It's a bit warm. "
            waits.set()
            await asyncio.sleep(60)

    rater = Rater(EMPTY, at_once=False)
    encounter = await Encounter.begin("andrew", chat_model=Slow([]), evaluator_model=rater)
    task = asyncio.create_task(encounter.exchange("Hello."))
    await waits.wait()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0)
    assert encounter.exchanges == ()
    assert rater.let_go == 1


async def test_after_a_failure_the_next_message_tries_the_model_again() -> None:
    """One line to the learner, and no more lines once it works."""
    encounter = await meet(Rater(EMPTY), Failure.BUSY, "Back again.", reading="rules")
    first = await encounter.exchange("Hello.")
    assert first.voice.by == "embedded"
    assert first.notice
    second = await encounter.exchange("How was the journey?")
    assert (second.turn.text, second.notice, second.voice.by) == ("Back again.", "", "scripted:test")


async def test_the_written_voice_carries_on_in_the_same_state() -> None:
    """A meeting whose model fails throughout is the embedded meeting, word for word."""
    failing = await meet(Rater(ServiceFailed(Failure.DOWN)), *[Failure.DOWN] * 4, reading="rules")
    embedded = await Encounter.begin("andrew", seed=1)
    for said in ("Hello Andrew, I'm Dana.", KIND, "What made you come today?", "How are you sleeping?"):
        spoken, written = await failing.exchange(said), await embedded.exchange(said)
        assert (spoken.turn.text, spoken.after) == (written.turn.text, written.after)


async def test_a_telling_that_did_not_come_out_is_told_later() -> None:
    """What the reply does not carry is not recorded as told, and its gate stays open."""
    ask = "What made you come today? Take your time, whichever way round it comes."
    encounter = await meet(
        Rater(EMPTY), "Long story.", "My wife's idea. Helen rang, I do as I'm told.", reading="rules"
    )
    first = await encounter.exchange(ask)
    assert first.tellings == ()
    assert first.record()["disclosed"] == []
    second = await encounter.exchange("I'd like to hear it. What brought you here?")
    assert [telling.fact for telling in second.tellings] == ["wife_urged"]


# Who rates


async def test_the_rating_never_keeps_the_first_word_waiting() -> None:
    """The reply is whole and committed while the evaluator is still thinking."""
    rater = Rater(EMPTY, at_once=False)
    encounter = await meet(rater)
    exchange = await asyncio.wait_for(encounter.exchange("Hello."), 1)
    assert exchange.turn.text == "Fine, thanks."
    assert exchange.assessment is None
    rater.ready.set()
    assert (await encounter.rated(1)).assessment is not None


async def test_a_reading_that_is_there_at_once_corrects_the_state() -> None:
    """The verified reading replaces the rules; both states are kept."""
    said = "Right. We have ten minutes, so what is actually wrong with you?"
    rater = Rater(verdict("rushing", 2, "We have ten minutes"))
    encounter = await meet(rater)
    exchange = await encounter.exchange(said)
    rated = await encounter.rated(exchange.number)
    assert rated.after_corrected is not None
    assert rated.after == exchange.after
    assert encounter.state == rated.after_corrected
    following = await encounter.exchange("Sorry.")
    assert following.before == rated.after_corrected


async def test_a_reading_that_comes_within_the_wait_corrects_the_state() -> None:
    """The next message waits a moment for it, 300 ms at most."""
    rater = Rater(verdict("validation", 2, "That took something"), at_once=False)
    encounter = await meet(rater)
    await encounter.exchange(KIND)
    asyncio.get_running_loop().call_later(0.1, rater.ready.set)
    following = await encounter.exchange("How was the journey?")
    assert encounter.exchanges[0].after_corrected is not None
    assert following.before == encounter.exchanges[0].after_corrected


async def test_a_reading_that_comes_too_late_is_kept_and_never_applied() -> None:
    """What the patient has acted on since stays as it was felt."""
    rater = Rater(verdict("judging", 2, "That took something"), at_once=False)
    encounter = await meet(rater)
    first = await encounter.exchange(KIND)
    begun = asyncio.get_running_loop().time()
    second = await encounter.exchange("How was the journey?")
    assert 0.2 < asyncio.get_running_loop().time() - begun < 2
    rater.ready.set()
    late = await encounter.rated(1)
    assert late.assessment is not None
    assert late.assessment.reading is not None
    assert late.after_corrected is None
    assert second.before == first.after


async def test_what_was_told_stays_told_when_the_state_is_corrected() -> None:
    """A reading that would have kept the gate shut takes nothing back."""
    ask = "What made you come today? Take your time, whichever way round it comes."
    rater = Rater(verdict("judging", 2, "What made you come today?"))
    encounter = await meet(rater, "It was Helen, really. She'd had enough of me saying I was fine.", "Right.")
    exchange = await encounter.exchange(ask)
    assert [t.fact for t in exchange.tellings] == ["wife_urged"]
    rated = await encounter.rated(1)
    assert rated.after_corrected is not None
    assert rated.after_corrected.trust < exchange.after.trust
    assert rated.tellings == exchange.tellings
    following = await encounter.exchange("Whose idea was it?")
    assert not [
        t for t in following.tellings if t.fact == "wife_urged" and t.rendering <= exchange.tellings[0].rendering
    ]


async def test_reading_by_model_waits_before_the_patient_feels() -> None:
    """One structured call before anything moves; the record says who read."""
    rater = Rater(verdict("validation", 2, "That took something"), at_once=False)
    encounter = await meet(rater, reading="model")
    task = asyncio.create_task(encounter.exchange(KIND))
    await asyncio.sleep(0.05)
    assert not task.done()
    rater.ready.set()
    exchange = await task
    assert exchange.appraisal.by == "model"
    assert exchange.appraisal.level_of("validation") >= 1
    assert exchange.after_corrected is None
    assert exchange.assessment is not None


async def test_reading_by_model_falls_back_on_the_rules() -> None:
    """A service that fails costs the ratings, not the meeting."""
    encounter = await meet(Rater(ServiceFailed(Failure.DOWN)), reading="model")
    exchange = await encounter.exchange(KIND)
    assert exchange.appraisal.by == "rules"


async def test_reading_by_rules_moves_nothing_by_the_model() -> None:
    """The reading is kept beside the ratings and the state stays."""
    rater = Rater(verdict("judging", 2, "That took something"))
    encounter = await meet(rater, reading="rules")
    exchange = await encounter.exchange(KIND)
    rated = await encounter.rated(1)
    assert rated.assessment is not None
    assert rated.assessment.reading is not None
    assert rated.after_corrected is None
    assert encounter.state == exchange.after


async def test_where_rules_and_model_differ_is_recorded() -> None:
    """With both levels, for educators."""
    encounter = await meet(Rater(verdict("judging", 2, "That took something")))
    await encounter.exchange(KIND)
    record = (await encounter.rated(1)).record()["evaluator"]
    assert {"code": "judging", "rules": 0, "model": 2} in record["disagreements"]
    assert record["reading"] == [{"code": "judging", "level": 2, "quote": "That took something"}]
    assert record["by"] == "fake:rater"


@pytest.mark.parametrize(
    "given", [ServiceFailed(Failure.DOWN), "no JSON at all", RuntimeError("a fault of ours"), '{"ratings": 3}']
)
async def test_an_evaluator_that_fails_leaves_every_behaviour_not_rated(given: object) -> None:
    """Honestly absent, and the meeting goes on."""
    encounter = await meet(Rater(given))
    exchange = await encounter.exchange(KIND)
    rated = await encounter.rated(exchange.number)
    assert rated.assessment is not None
    assert {rating.not_rated for rating in rated.assessment.ratings} == {NotRatedReason.SERVICE_FAILED}
    assert len(rated.assessment.ratings) == 14
    assert rated.after_corrected is None
    assert (await encounter.exchange("Hello?")).number == 2


async def test_an_unexpected_call_of_the_evaluator_is_never_swallowed() -> None:
    """Wherever its result is first wanted."""
    encounter = await meet(ScriptedModel([]))
    await encounter.exchange("Hello.")
    with pytest.raises(UnexpectedCall):
        await encounter.rated(1)
    with pytest.raises(UnexpectedCall):
        await encounter.exchange("Hello?")
    encounter = await meet(ScriptedModel([]), reading="model")
    with pytest.raises(UnexpectedCall):
        await encounter.exchange("Hello.")
    encounter = await meet(ScriptedModel([]))
    await encounter.exchange("Hello.")
    with pytest.raises(UnexpectedCall):
        await encounter.end()


async def test_no_text_of_the_service_and_no_key_reaches_record_or_log(caplog: pytest.LogCaptureFixture) -> None:
    """What failed is told in our own words."""
    secret = "sk-live-12345 quota of org-acme at https://inner.example"
    encounter = await meet(Rater(RuntimeError(secret)), Failure.KEY)
    exchange = await encounter.exchange("Hello.")
    rated = await encounter.rated(1)
    seen = json.dumps(rated.record()) + caplog.text + exchange.notice + json.dumps((await encounter.end()).record())
    assert not [part for part in secret.split() if part in seen and len(part) > 4]


def test_models_are_none_by_default() -> None:
    """Nothing configured means embedded, read by rules."""
    assert Cast.of_settings(Settings(chat_model="embedded")) == Cast()
    assert Cast.of(None, None) == Cast()
    assert Cast.of(None, Rater(EMPTY)).reading == "rules-then-model"
