"""One learner and one patient over several meetings, through the public door."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from simpatient.authoring import Library
from simpatient.encounter import (
    Between,
    Encounter,
    NotReady,
    Relationship,
    Returns,
    Standings,
    Stands,
    after_meeting,
    between,
    due,
    questions,
)
from simpatient.patient import Memory
from simpatient.persona import load_patient
from simpatient.rubric import load_codebook, load_rubric
from simpatient.store import Store
from simpatient.words import (
    Done,
    Ending,
    NextAppointment,
    Occasion,
    PromiseStatus,
    Rendering,
    RuptureCause,
    Stance,
    Tag,
)

NAMES = ("andrew", "maggie")
MISFIT = (
    "Honestly, I don't think we suit each other, and that's not a failing of yours. I have a colleague called Ruth who works "
    "more the way you like. I can ring her with you here. Would you want that?"
)
OTHER = ["Hello again.", "What has the week been like?", "That sounds like a lot. What was the worst of it?"]


LIBRARY = Library.choose()
CODEBOOK = load_codebook(LIBRARY)
RUBRIC = load_rubric(LIBRARY, "rapport", CODEBOOK)
PATIENTS = {name: load_patient(LIBRARY, name, CODEBOOK.codes) for name in NAMES}


def seat(name: str, seed: int = 1, relationship: Relationship | None = None) -> Encounter:
    """A meeting with a patient that was read once."""
    return Encounter(patient=PATIENTS[name], codebook=CODEBOOK, rubric=RUBRIC, seed=seed, relationship=relationship)


async def first(name: str, dialogue: str = "skilled", seed: int = 1) -> Encounter:
    encounter = seat(name, seed)
    for step in encounter.patient.dialogues.steps_of(dialogue):
        if encounter.ended is None:
            await encounter.exchange(step.learner)
    await encounter.end()
    return encounter


def days(encounter: Encounter, done: Done = Done.NOT_DONE, check_in: str = "", seed: int = 1) -> Between:
    relationship = after_meeting(encounter)
    answers = {promise.id: done for promise in due(relationship)}
    return between(
        relationship, encounter.patient, encounter.codebook, done=answers, check_in=check_in,
        rubric=encounter.rubric, seed=seed,
    )  # fmt: skip


async def second(
    name: str, words: list[str], done: Done = Done.NOT_DONE, check_in: str = "", seed: int = 1
) -> Encounter:
    gone = days(await first(name, seed=seed), done, check_in, seed)
    encounter = seat(name, seed, gone.relationship)
    for text in words:
        if encounter.ended is None:
            await encounter.exchange(text)
    return encounter


def occasions(encounter: Encounter) -> list[Occasion | None]:
    return [exchange.intent.occasion for exchange in encounter.exchanges]


@pytest.mark.parametrize("name", NAMES)
async def test_what_was_told_promised_and_named_stays(name: str) -> None:
    """Facts, ledger, plan and the learner's name outlive the meeting."""
    encounter = await first(name)
    relationship = after_meeting(encounter, learner="l1")
    assert relationship.learner == "l1"
    assert relationship.stands is Stands.MET
    assert relationship.told == encounter.memory.told
    assert [promise.status for promise in relationship.promises] == [PromiseStatus.OPEN]
    assert relationship.plan is not None
    assert relationship.meetings[0].exchanges == len(encounter.exchanges)
    again = await Encounter.begin(name, relationship=days(encounter).relationship)
    assert again.memory.known == encounter.memory.known
    assert again.memory.meeting == again.patient.persona.card.session == 2
    json.dumps(relationship.record())


@pytest.mark.parametrize("name", NAMES)
async def test_a_relationship_written_down_comes_back_as_it_was(name: str) -> None:
    """Plain and frozen throughout: a store can keep it without knowing what it means."""
    kinds = TypeAdapter(Relationship)
    gone = days(await first(name), Done.PARTLY, "See you then.")
    assert kinds.validate_json(kinds.dump_json(gone.relationship), strict=True) == gone.relationship
    again = seat(name, relationship=gone.relationship)
    await again.exchange("Hello. How have you been?")
    memories = TypeAdapter(Memory)
    assert memories.validate_json(memories.dump_json(again.memory), strict=True) == again.memory


async def test_the_learner_is_asked_what_became_of_each_promise_with_truthful_results() -> None:
    """What the persona's file knows is offered, to be told in one's own words."""
    encounter = await first("andrew")
    (question,) = questions(after_meeting(encounter), encounter.patient)
    assert "clinic doctor" in question.promise.quote
    assert [choice.done for choice in question.choices] == [Done.KEPT, Done.LATE, Done.PARTLY, Done.NOT_DONE]
    assert "talk about them first" in question.choices[0].result
    assert question.choices[3].result == ""


@pytest.mark.parametrize("name", NAMES)
async def test_a_promise_of_privacy_is_not_asked_about(name: str) -> None:
    """It is kept all the time, not reported once."""
    encounter = seat(name)
    await encounter.exchange("Hello.")
    await encounter.exchange("I won't tell anyone at work what you say here.")
    await encounter.end()
    assert questions(after_meeting(encounter), encounter.patient) == ()


@pytest.mark.parametrize("name", NAMES)
async def test_the_same_choices_and_seed_give_the_same_days_and_meeting(name: str) -> None:
    """Bit for bit; another seed may bring other news."""
    encounter = await first(name)
    assert days(encounter, Done.KEPT) == days(encounter, Done.KEPT)
    dumps = []
    for _ in range(2):
        again = await second(name, OTHER, Done.KEPT)
        dumps.append(json.dumps([exchange.record() for exchange in again.exchanges]))
    assert dumps[0] == dumps[1]


async def test_a_kept_promise_counts_when_it_is_told_and_not_before() -> None:
    """The credit is in the exchange that tells it."""
    gone = days(await first("andrew"), Done.KEPT)
    silent = seat("andrew", relationship=gone.relationship)
    await silent.exchange("Hello again. What has the week been like?")
    assert silent.memory.promises[0].status is PromiseStatus.OPEN
    told = await second(
        "andrew", ["I asked the clinic doctor about the tablets: nobody gets them without a talk."], Done.KEPT
    )
    promise = told.memory.promises[0]
    assert (promise.status, promise.told_at, promise.told_in) == (PromiseStatus.KEPT, 2, 1)
    assert occasions(told) == [Occasion.PROMISE_KEPT]
    quiet = await second("andrew", ["Hello again. The clinic doctor has tablets, people say."], Done.KEPT)
    assert told.state.trust > quiet.state.trust


@pytest.mark.parametrize("name", NAMES)
async def test_the_patient_raises_a_due_promise_at_the_third_exchange(name: str) -> None:
    """Not earlier, and with the words of the learner turned round; the next answer is called for."""
    encounter = await second(name, OTHER)
    assert Occasion.RAISES_PROMISE not in occasions(encounter)[:2]
    assert occasions(encounter)[2] is Occasion.RAISES_PROMISE
    reply = encounter.exchanges[2].turn
    assert (
        "You said you'd" in reply.text
        or "you said you'd" in reply.text
        or "You were going to" in reply.text
        or ("You'd said you'd" in reply.text)
    )
    assert Tag.PROMISE_DUE in [opportunity.tag for opportunity in reply.opportunities]


@pytest.mark.parametrize("name", NAMES)
async def test_the_patient_need_not_raise_what_the_learner_has_told(name: str) -> None:
    """Owned first, it does not come up again."""
    words = ["I said I'd do that and tell you, and I didn't. I'm sorry, that's on me.", *OTHER[1:], "And at home?"]
    encounter = await second(name, words)
    assert occasions(encounter)[0] is Occasion.PROMISE_OWNED
    assert Occasion.RAISES_PROMISE not in occasions(encounter)


async def test_a_broken_promise_strains_the_second_meeting_from_its_first_word() -> None:
    """Flag, lower trust, at most testing; being owned first it is mended."""
    gone = days(await first("maggie"))
    state = gone.relationship.state
    assert state.rupture is not None
    assert state.rupture.cause is RuptureCause.PROMISE
    assert state.stance <= Stance.TESTING
    owned = await second("maggie", ["I said I'd read the letter and tell you, and I didn't. I'm sorry. That's on me."])
    assert owned.state.rupture is None
    assert owned.state.trust > state.trust
    assert owned.memory.promises[0].status is PromiseStatus.LATE_OWNED
    friendly = await second("maggie", ["Good to see you, Maggie. How has the week been?"])
    assert friendly.state.rupture is not None


async def test_a_lie_about_a_promise_is_found_out_and_costs_more_than_owning_it() -> None:
    """Two exchanges later; recorded as told otherwise than it was."""
    lie = "I said I'd read the letter and tell you, and I did, on Thursday. It only asks for attendance."
    truth = "I said I'd read the letter and tell you, and I didn't. I'm sorry. That's on me."
    rest = ["What has the week been like?", "What would you like to use today for?"]
    lied, owned = await second("maggie", [lie, *rest]), await second("maggie", [truth, *rest])
    silent = await second("maggie", ["Hello.", *rest])
    assert occasions(lied) == [Occasion.PROMISE_DOUBTED, None, Occasion.FOUND_OUT]
    promise = lied.memory.promises[0]
    assert promise.status is PromiseStatus.FOUND_OUT
    assert promise.claimed_in == 1
    assert lied.state.trust < silent.state.trust < owned.state.trust
    assert lied.state.rupture is not None
    assert "found out" in " ".join((await lied.end()).together)


async def test_a_result_that_cannot_be_so_is_found_out_too() -> None:
    """Done in truth, told otherwise than it was."""
    words = ["I asked the clinic doctor about the tablets: she puts everyone on something.", *OTHER[1:]]
    encounter = await second("andrew", words, Done.KEPT)
    assert occasions(encounter)[2] is Occasion.FOUND_OUT
    assert encounter.exchanges[2].intent.which == "misreported"


async def test_saying_it_beforehand_renegotiates() -> None:
    """Half the loss, no flag, and it falls due a meeting later."""
    encounter = await first("maggie")
    broken = days(encounter)
    anew = days(encounter, check_in="I said Thursday, and I won't have read it by then. Can we make it Monday?")
    assert anew.relationship.state.rupture is None
    assert anew.relationship.state.trust > broken.relationship.state.trust
    promise = anew.relationship.promises[0]
    assert (promise.status, promise.due) == (PromiseStatus.RENEGOTIATED, "session 3")
    assert anew.check_in is not None
    assert anew.check_in.reply
    later = seat("maggie", relationship=anew.relationship)
    for text in OTHER:
        await later.exchange(text)
    assert Occasion.RAISES_PROMISE not in occasions(later)
    await later.end()
    assert due(after_meeting(later)) != ()


async def test_a_check_in_keeps_the_two_nearer_and_is_rated() -> None:
    """Trust falls by three per cent instead of six; an unkind message does no such thing."""
    encounter = await first("andrew")
    none, kind, unkind = (
        days(encounter, Done.KEPT, check_in)
        for check_in in (
            "",
            "Looking forward to Tuesday, Andrew. Dana",
            "You really need to get a grip before Tuesday.",
        )
    )
    assert kind.relationship.state.trust > none.relationship.state.trust >= unkind.relationship.state.trust
    assert kind.check_in is not None
    assert kind.check_in.assessment is not None
    again = seat("andrew", relationship=kind.relationship)
    assert again.opening != (seat("andrew", relationship=none.relationship)).opening


async def test_a_result_sent_between_the_meetings_is_told() -> None:
    """Maggie asked for it by email: the one message may be the promise itself."""
    gone = days(
        await first("maggie"), Done.KEPT,
        "Maggie, I said I'd read the letter: it asks for proof of attendance, which I can give if you sign, and a summary, "
        "which I won't.",
    )  # fmt: skip
    assert gone.relationship.promises[0].status is PromiseStatus.KEPT
    assert gone.relationship.promises[0].told_in == 0


async def test_a_learner_in_crisis_between_meetings_gets_the_card() -> None:
    """Nothing is sent, nothing passes."""
    encounter = await first("andrew")
    gone = days(encounter, check_in="I can't do this any more, I want to kill myself")
    assert "talk to somebody" in gone.notice
    assert gone.relationship == after_meeting(encounter)


async def test_after_a_poor_meeting_andrew_stays_away_and_maggie_comes_because_she_has_to() -> None:
    """A no-show is an outcome, with a message; then there is nothing to begin."""
    andrew, maggie = days(await first("andrew", "poor")), days(await first("maggie", "poor"))
    assert andrew.returns is Returns.NO_SHOW
    assert andrew.message
    assert andrew.relationship.meetings[-1].ended is Ending.NO_SHOW
    with pytest.raises(NotReady):
        seat("andrew", relationship=andrew.relationship)
    assert maggie.returns is Returns.COMES
    again = seat("maggie", relationship=maggie.relationship)
    assert again.state.stance <= Stance.TESTING


async def test_the_days_between_come_before_the_next_meeting() -> None:
    """And only once; with the right person; while a meeting goes on there is nothing to look back on."""
    running = seat("andrew")
    with pytest.raises(NotReady):
        after_meeting(running)
    encounter = await first("andrew")
    relationship = after_meeting(encounter)
    with pytest.raises(NotReady):
        seat("andrew", relationship=relationship)
    ready = days(encounter).relationship
    with pytest.raises(NotReady):
        between(ready, encounter.patient, encounter.codebook)
    with pytest.raises(NotReady):
        seat("maggie", relationship=ready)
    with pytest.raises(KeyError):
        between(relationship, encounter.patient, encounter.codebook, done={"p99": Done.KEPT})


async def test_after_the_last_meeting_there_is_no_other() -> None:
    """Four meetings, as the file says."""
    encounter = await first("andrew")
    relationship = after_meeting(encounter)
    four = replace(relationship, meetings=relationship.meetings * 4)
    gone = between(four, encounter.patient, encounter.codebook)
    assert gone.returns is Returns.FINISHED
    assert gone.relationship.stands is Stands.OVER


async def test_a_promise_kept_and_never_told_is_forgotten() -> None:
    """The patient cannot tell it from a broken one."""
    encounter = await second("andrew", ["Hello again.", "Goodbye, Andrew."], Done.KEPT)
    before = encounter.state.trust
    await encounter.end()
    relationship = after_meeting(encounter)
    assert relationship.promises[0].status is PromiseStatus.FORGOTTEN
    assert relationship.state.trust < before


async def test_what_was_wrong_and_put_right_is_remembered() -> None:
    """A harm with its quote, and whether it was repaired."""
    encounter = await first("andrew", "repair")
    strains = after_meeting(encounter).strains
    assert strains
    assert all(strain.repaired for strain in strains)
    again = seat("andrew", relationship=days(encounter).relationship)
    assert again.opening.text in {
        line.say for line in again.patient.returning.lines if line.occasion is Occasion.AGAIN_MENDED
    }


@pytest.mark.parametrize("name", NAMES)
async def test_news_that_would_give_a_fact_away_waits_until_it_was_told(name: str) -> None:
    """With nothing told, only news that needs nothing can happen."""
    encounter = seat(name)
    await encounter.exchange("Hello.")
    await encounter.end()
    relationship = after_meeting(encounter)
    happened = set()
    for seed in range(40):
        gone = between(relationship, encounter.patient, encounter.codebook, seed=seed)
        happened |= {event.id for event in gone.events}
        assert all(event.needs is None for event in gone.events)
    assert len(happened) >= 2


@pytest.mark.parametrize("name", NAMES)
async def test_news_is_told_when_asked_how_they_have_been(name: str) -> None:
    """What happened meanwhile comes out in the meeting, once."""
    words = ["Hello. How have you been?", "What happened then?", "And how are you today?"]
    encounter = await second(name, words, Done.KEPT)
    assert occasions(encounter).count(Occasion.EVENT) == 1


async def test_a_plan_is_looked_at_or_its_neglect_is_noticed() -> None:
    """T3's plan is to be checked each time."""
    again = await second("maggie", ["We said we'd check each time whether it's any use to you. Is it?"], Done.KEPT)
    assert occasions(again)[0] in (Occasion.PLAN_MET, Occasion.PLAN_PARTLY, Occasion.PLAN_NOT)
    assert again.memory.plan is not None
    assert again.memory.plan.reviewed_at == 2
    forgotten = await second("maggie", [*OTHER, "And then?", "What else?", "What is that like?", "I see."], Done.KEPT)
    assert Occasion.PLAN_FORGOTTEN in occasions(forgotten)


async def test_feedback_is_looked_for_next_time() -> None:
    """Somebody who asked in threes and asks one at a time has acted on it; somebody who goes on has not."""
    stacked = [
        "Do you sleep? Do you eat? Do you drink?", "Who is at home? Is there a dog? What is it called?",
        "Where do you work? How long? Do you like it?", "Are you tired? Since when? How bad is it?",
        "Was there anything I said that landed badly? What should I do differently next time?",
    ]  # fmt: skip
    encounter = seat("andrew")
    for text in stacked:
        await encounter.exchange(text)
    assert encounter.exchanges[-1].intent.occasion is Occasion.FEEDBACK
    assert encounter.exchanges[-1].intent.which == "many_questions"
    await encounter.end()
    relationship = days(encounter).relationship
    singles = ["Hello again.", "How is the dog?", "It's good that you came.", "And the work?", "Take your time."]
    calm = seat("andrew", relationship=replace(relationship, stands=Stands.READY))
    same = seat("andrew", relationship=replace(relationship, stands=Stands.READY))
    for text in singles:
        await calm.exchange(text)
    for text in stacked[:4] + stacked[:1]:
        await same.exchange(text)
    assert Occasion.FEEDBACK_ACTED_ON in occasions(calm)
    assert Occasion.FEEDBACK_IGNORED in occasions(same)


@pytest.mark.parametrize("name", NAMES)
async def test_an_honest_referral_is_a_good_ending(name: str) -> None:
    """The patient answers it, leaves with it, and no further meeting follows."""
    encounter = seat(name)
    for text in (
        "Hello.",
        MISFIT,
        "Goodbye then, and thank you.",
    ):
        await encounter.exchange(text)
    assert occasions(encounter)[1:] == [Occasion.REFERRAL, Occasion.FAREWELL_ELSEWHERE]
    debrief = await encounter.end()
    assert debrief.outcome.ended is Ending.REFERRED
    assert debrief.outcome.next_appointment is NextAppointment.ELSEWHERE
    assert "good ending" in debrief.together[0]
    assert days(encounter).returns is Returns.REFERRED


@pytest.mark.parametrize("name", NAMES)
async def test_long_sentences_are_not_said_again_in_the_next_meeting(name: str) -> None:
    """They remember what they told you."""
    encounter = await second(
        name, ["Hello.", "What brings you here?", "Tell me about work.", "And home?", "And you?"], Done.KEPT
    )
    before = {s for reply in encounter.memory.earlier for s in reply if len(s.split()) >= 8}
    now = {s for exchange in encounter.exchanges for s in exchange.turn.text.split(". ")}
    assert not before & now


@pytest.mark.parametrize("name", NAMES)
async def test_four_meetings_in_a_row_hold(name: str) -> None:
    """Promise kept each time, told each time; nothing is lost, the ledger grows."""
    relationship: Relationship | None = None
    encounter = await first(name)
    for number in range(2, 5):
        relationship = days(encounter, Done.KEPT).relationship
        encounter = seat(name, relationship=relationship)
        assert encounter.memory.meeting == number
        await encounter.exchange("I said I would, and I did: here is what I found, as promised.")
        await encounter.exchange(f"I'll ask the receptionist about room {number} and tell you next time.")
        await encounter.end()
    assert len(after_meeting(encounter).meetings) == 4
    assert [p.status for p in encounter.memory.promises].count(PromiseStatus.KEPT) == 3


@pytest.mark.parametrize("name", NAMES)
async def test_what_opens_only_later_can_open_only_later(name: str) -> None:
    """The fact gated by meeting stays shut in the second unless its other conditions hold; the gate's number is met."""
    encounter = await second(name, ["Hello again. You choose what we talk about, and what we leave."], Done.KEPT)
    late = [fact.id for fact in encounter.patient.persona.facts if fact.session > 1]
    _, gates = encounter.account(1)
    found = {c.name: c.met for gate in gates if gate.fact.id in late for c in gate.conditions}
    assert found["session"]
    assert all(encounter.memory.rendering(fact) < Rendering.FULL for fact in late)


async def test_a_store_keeps_what_stands_between_the_two(tmp_path: Path) -> None:
    """After a restart they go on from where they stood; the two tabs' newer word replaces the older."""
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'kept.sqlite3'}")
    encounter = await first("maggie")
    met = after_meeting(encounter)
    standings = Standings(store)
    assert await standings.between(met.learner, "maggie") is None
    await standings.keep(met)
    gone = days(encounter, Done.KEPT).relationship
    await standings.keep(gone)
    await store.close()
    again = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'kept.sqlite3'}")
    back = await Standings(again).between(met.learner, "maggie")
    assert back == gone
    assert seat("maggie", relationship=back).opening == seat("maggie", relationship=gone).opening
    await again.close()


async def test_a_second_meeting_out_of_the_store_goes_on_from_what_was_carried_over(tmp_path: Path) -> None:
    """Opened again after every message, it is the same meeting: same opening, words, and all that stays of it."""
    store = await Store.open(f"sqlite:///{tmp_path / 'kept.sqlite3'}")
    relationship = days(await first("andrew"), Done.KEPT).relationship
    whole = await Encounter.begin("andrew", relationship=relationship, encounter_id="two")
    broken = await Encounter.begin("andrew", relationship=relationship, encounter_id="two", store=store)
    for text in ("Hello again. You choose what we talk about.", "I did what I said.", "How was the week?"):
        await whole.exchange(text)
        await broken.exchange(text)
        broken = await Encounter.resume(store, "two")
    assert (await store.meeting("two")).line.meeting == 2
    assert broken.relationship == relationship
    assert broken.opening == whole.opening
    assert broken.patient.persona == whole.patient.persona
    assert (await broken.end()).record() == (await whole.end()).record()
    assert after_meeting(broken) == after_meeting(whole)
    await store.close()
