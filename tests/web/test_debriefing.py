"""The debrief page: tries, what a value rests on, contests, the last attempt, files."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simpatient.encounter import Cast
from simpatient.llm import ScriptedModel
from simpatient.settings import Settings
from simpatient.store.pages import plain
from simpatient.web.room import Room, open_room
from simpatient.web.text import catalogue
from simpatient.words import Ending, Tag

from .reading import HARSH, SKILLED, a_room, browser, field, met, outline, page_of, post, words_of

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Room]:
    """A room with a store of its own."""
    async with a_room(tmp_path) as found:
        yield found


async def said_again(here: Room, page: str, number: int, words: str) -> int:
    """Status of the answer to a try."""
    shown = (await page_of(f"/debrief/{page}")).text
    form = {"token": field(shown, "token"), "exchange": str(number), "words": words}
    return (await post(f"/debrief/{page}/again", form)).status_code


async def test_a_meeting_that_goes_on_has_no_debrief_yet_and_tells_no_state(here: Room) -> None:
    encounter = here.meet("andrew", await here.store())
    await encounter.exchange(SKILLED[0])
    page = here.keep(encounter)

    answer = await page_of(f"/debrief/{page}")

    assert answer.status_code == 409
    assert catalogue().say("kind.going_on_title") in answer.text
    assert "svg" not in outline(answer.text).tags
    assert (await page_of(f"/debrief/{page}/file.json")).status_code == 404


async def test_a_moment_said_anew_shows_its_reply_and_change_and_leaves_the_meeting_alone(here: Room) -> None:
    encounter, page = await met(here, *SKILLED, HARSH)
    moment = encounter.debrief().moments[-1]
    before, kept = encounter.exchanges, await (await here.store()).meeting(encounter.id)  # type: ignore[union-attr]

    assert await said_again(here, page, moment.exchange, SKILLED[2]) == 303

    shown = (await page_of(f"/debrief/{page}")).text
    tried = here.tries.of(encounter.id, moment.exchange)[0]
    assert f'id="try-{moment.exchange}-1"' in shown
    assert tried.turn.text in words_of(shown)
    assert tried.after.trust > before[moment.exchange - 1].after.trust
    assert encounter.exchanges == before
    assert len(encounter.branches()) == 1
    assert await (await here.store()).meeting(encounter.id) == kept  # type: ignore[union-attr]


async def test_a_try_starts_from_the_exact_state_so_the_same_words_get_the_same_answer(here: Room) -> None:
    encounter, page = await met(here, *SKILLED, HARSH)
    moment = encounter.debrief().moments[-1]

    await said_again(here, page, moment.exchange, moment.learner)

    first, again = encounter.exchanges[moment.exchange - 1], here.tries.of(encounter.id, moment.exchange)[0]
    assert (again.turn, again.after, again.before) == (first.turn, first.after, first.before)


async def test_one_moment_can_be_tried_three_times_and_no_more(here: Room) -> None:
    encounter, page = await met(here, *SKILLED, HARSH)
    number = encounter.debrief().moments[-1].exchange

    for _ in range(4):
        await said_again(here, page, number, "Sorry. That was too quick of me.")

    shown = (await page_of(f"/debrief/{page}")).text
    assert len(here.tries.of(encounter.id, number)) == 3
    assert shown.count(f'id="try-{number}-') == 3
    assert catalogue().say("again.none_left") in shown
    assert f'id="words-{number}"' not in shown


async def test_only_a_moment_can_be_tried(here: Room) -> None:
    encounter, page = await met(here, *SKILLED)

    assert await said_again(here, page, 99, "Hello.") == 404
    assert here.tries.of(encounter.id, 99) == ()


async def test_a_try_that_is_too_long_is_told_and_the_words_stay_in_the_box(here: Room) -> None:
    encounter, page = await met(here, *SKILLED, HARSH)
    number = encounter.debrief().moments[-1].exchange
    token = field((await page_of(f"/debrief/{page}")).text, "token")

    answer = await post(f"/debrief/{page}/again", {"token": token, "exchange": str(number), "words": "word " * 1700})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "word word" in answer.text


async def test_a_try_written_in_distress_is_answered_kindly_and_not_kept(here: Room) -> None:
    encounter, page = await met(here, *SKILLED, HARSH)
    number = encounter.debrief().moments[-1].exchange
    token = field((await page_of(f"/debrief/{page}")).text, "token")
    words = "This isn't about the exercise. I want to kill myself."

    answer = await post(f"/debrief/{page}/again", {"token": token, "exchange": str(number), "words": words})

    assert catalogue().say("kind.care_title") in answer.text
    assert "kill myself" not in answer.text
    assert here.tries.of(encounter.id, number) == ()
    assert encounter.ended is Ending.STOPPED


class Elsewhere(ScriptedModel):
    """A model that does not stand on this machine."""

    @property
    def place(self) -> str:
        return "models.example"


async def test_a_try_is_answered_by_the_room_s_chat_model_and_details_are_asked_about_first(here: Room) -> None:
    encounter, page = await met(here, *SKILLED, HARSH)
    number = encounter.debrief().moments[-1].exchange
    again = open_room(seed=1, settings=Settings(database_url=here.store_url))
    with Elsewhere(["Well. You could say that again."], name="openai:stub") as model:
        again.models = Cast(voice=model)
        token = field((await page_of(f"/debrief/{page}")).text, "token")
        form = {"token": token, "exchange": str(number), "words": "Ring me on 07700 900123. I was too quick."}

        asked = await post(f"/debrief/{page}/again", form)
        assert asked.status_code == 422
        assert "models.example" in words_of(asked.text)
        assert 'name="confirmed"' in asked.text
        assert again.tries.of(encounter.id, number) == ()
        yes = form | {"asked": form["words"], "confirmed": "yes"}
        other = yes | {"words": form["words"].replace("?", "") + " And how are you?"}
        assert (await post(f"/debrief/{page}/again", other)).status_code == 422  # a yes holds for the words asked about
        assert (await post(f"/debrief/{page}/again", yes)).status_code == 303

    assert "You could say that again." in words_of((await page_of(f"/debrief/{page}")).text)


async def test_promises_and_plan_stand_on_the_page(here: Room) -> None:
    plan = (
        "I'd suggest we work on your sleep first. The goal is two nights a week with five hours, and we look at it again "
        "next week. Does that suit you?"
    )
    encounter, page = await met(here, *SKILLED, plan, "I'll ring the clinic by Thursday.")

    shown = (await page_of(f"/debrief/{page}")).text

    assert encounter.debrief().plan is not None
    told = words_of(shown[shown.index('id="promises"') : shown.index('id="indices"')])
    assert "I'll ring the clinic by Thursday" in told
    assert catalogue().say("promise.open") in told
    assert "your sleep" in told
    assert catalogue().say("plan.yes") in told


async def test_what_a_try_opened_is_told_by_topic(here: Room) -> None:
    encounter, page = await met(here, *SKILLED, HARSH)
    for moment in encounter.debrief().moments:
        await said_again(here, page, moment.exchange, "You've been alone with this. What is it like at night?")
        tried = here.tries.of(encounter.id, moment.exchange)[0]
        shown = words_of((await page_of(f"/debrief/{page}")).text)
        for told in tried.tellings:
            assert encounter.patient.persona.topic(told.topic).name in shown


async def test_every_rating_opens_to_quote_anchor_tag_rater_and_confidence(here: Room) -> None:
    encounter, page = await met(here, *SKILLED, HARSH)
    shown = words_of((await page_of(f"/debrief/{page}")).text)

    values = [(e, r) for e in encounter.exchanges for r in e.assessment.ratings if r.value is not None]  # type: ignore[union-attr]
    assert len(values) > 5
    for _exchange, rating in values:
        anchors = encounter.rubric.behaviour(rating.behaviour).anchors
        if rating.value or rating.required:
            assert (anchors.zero, anchors.one, anchors.two, anchors.three)[rating.value or 0] in shown
            assert rating.quote in shown
    assert catalogue().say("way.by_rules", rubric="Rapport 14", version=encounter.rubric.version) in shown
    assert catalogue().say("basis.confidence_medium") in shown


def test_every_tag_of_a_patient_turn_has_words() -> None:
    assert {tag.value for tag in Tag} == set(catalogue().section("tag"))
    assert {f"ended_{ending.value}" for ending in Ending} <= set(catalogue().section("progress"))


async def test_what_the_learner_meant_is_kept_with_the_exchange_and_changes_no_value(here: Room) -> None:
    encounter, page = await met(here, *SKILLED, HARSH)
    before = (await page_of(f"/debrief/{page}")).text
    profile, record = encounter.debrief().record(), encounter.exchanges[3].record()
    form = {"token": field(before, "token"), "exchange": "4", "meant": f"I meant it as comfort. {SCRIPT}"}

    answer = await post(f"/debrief/{page}/meant", form)

    assert answer.status_code == 303
    assert answer.headers["location"].endswith("#exchange-4")
    kept = (await (await here.store()).exchanges(encounter.id))[3]  # type: ignore[union-attr]
    assert kept == record | {"meant": [form["meant"]]}
    assert encounter.debrief().record() == profile
    assert "I meant it as comfort." in words_of((await page_of(f"/debrief/{page}")).text)


async def test_a_debrief_is_found_again_when_the_server_was_started_anew(here: Room, tmp_path: Path) -> None:
    _encounter, page = await met(here, *SKILLED, HARSH)
    first = (await page_of(f"/debrief/{page}")).text

    again = open_room(seed=1, settings=Settings(database_url=here.store_url))

    assert again.kept(page) is None
    shown = await page_of(f"/debrief/{page}")
    assert shown.status_code == 200
    assert words_of(shown.text) == words_of(first)
    assert await said_again(again, page, 4, SKILLED[1]) == 303
    assert len(again.tries.of(_encounter.id, 4)) == 1


async def test_when_the_database_is_gone_the_debrief_can_be_read_and_what_cannot_be_kept_is_said(
    here: Room, tmp_path: Path
) -> None:
    _, page = await met(here, *SKILLED, HARSH)
    token = field((await page_of(f"/debrief/{page}")).text, "token")
    (tmp_path / "kept.sqlite3").unlink()

    kept = await post(f"/debrief/{page}/meant", {"token": token, "exchange": "4", "meant": "I meant well."})

    assert (await page_of(f"/debrief/{page}")).status_code == 200
    assert kept.status_code == 503
    assert "file is gone" in words_of(kept.text)


async def test_the_counts_can_be_traced_to_what_was_read_in_each_message(here: Room) -> None:
    encounter, page = await met(here, *SKILLED, HARSH)

    shown = (await page_of(f"/debrief/{page}")).text

    told = words_of(shown[shown.index('id="indices"') : shown.index('id="transcript"')])
    for exchange in encounter.exchanges:
        for span in exchange.appraisal.codes:
            assert f"{encounter.codebook.codes[span.code].name}," in told
            assert span.quote in told


async def test_a_meeting_of_a_patient_who_is_gone_can_still_be_read(here: Room) -> None:
    encounter, page = await met(here, *SKILLED)
    again = open_room(settings=Settings(database_url=here.store_url))
    again.patients.pop("andrew")
    try:
        shown = await page_of(f"/debrief/{page}")
    finally:
        again.patients["andrew"] = encounter.patient

    assert shown.status_code == 200
    assert SKILLED[0] in words_of(shown.text)
    assert "form" not in outline(shown.text).tags


async def test_the_page_of_a_meeting_by_its_id_is_for_whoever_is_the_learner(here: Room) -> None:
    encounter, _ = await met(here, *SKILLED)
    theirs = here.meet("andrew", await here.store())
    theirs.learner = "somebody-else"
    await theirs.exchange(SKILLED[0])
    await theirs.end()

    mine = await page_of(f"/debrief/{encounter.id}")

    assert mine.status_code == 303
    assert (await page_of(mine.headers["location"])).status_code == 200
    assert (await page_of(f"/debrief/{theirs.id}")).status_code == 404
    assert (await page_of(f"/compare/{theirs.id}")).status_code == 404


@pytest.mark.parametrize("page", ["nobody", "%00", "%ED%A0%80", "x" * 3000, "a.b"])
async def test_an_address_that_leads_nowhere_is_a_kind_page(here: Room, page: str) -> None:
    for kind in ("debrief", "compare"):
        assert (await page_of(f"/{kind}/{page}")).status_code == 404


async def test_the_last_attempt_with_the_same_person_stands_beside_this_one(here: Room) -> None:
    first, _ = await met(here, HARSH, HARSH, "You should pull yourself together.")
    await met(here, "Hello.", name="maggie")
    _, page = await met(here, *SKILLED)

    shown = (await page_of(f"/debrief/{page}")).text

    then = words_of(shown[shown.index('id="then"') :])
    assert catalogue().say("then.title", patient="Andrew") in then
    assert catalogue().say(f"stance.{first.debrief().outcome.stance}") in then
    assert "Listening" in then


async def test_a_first_meeting_has_no_attempt_before_it(here: Room) -> None:
    _, page = await met(here, *SKILLED)

    assert 'id="then"' not in (await page_of(f"/debrief/{page}")).text


async def test_the_debrief_can_be_taken_away_in_three_forms(here: Room) -> None:
    encounter, page = await met(here, *SKILLED, f"{HARSH} {SCRIPT} # head")

    html, text, records = [await page_of(f"/debrief/{page}/file.{kind}") for kind in ("html", "md", "json")]

    for answer, name in (
        (html, "debrief-andrew-1.html"),
        (text, "debrief-andrew-1.md"),
        (records, "debrief-andrew-1.json"),
    ):
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    found = outline_of_a_file(html.text)
    assert "form" not in found.tags
    assert "script" not in found.tags
    assert all(link.startswith(("#", "data:image/")) for link in found.links)
    assert encounter.exchanges[0].turn.text in words_of_file(html.text)
    assert plain(SCRIPT) in text.text
    assert "<script>" not in text.text
    assert json.loads(records.text)["debrief"] == encounter.debrief().record()
    assert [each["learner"] for each in json.loads(records.text)["exchanges"]] == [
        e.learner for e in encounter.exchanges
    ]


def outline_of_a_file(page: str):
    return outline(re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))


def words_of_file(page: str) -> str:
    return words_of(re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))


async def test_no_page_and_no_file_tells_a_fact_that_was_not_told(here: Room) -> None:
    encounter, page = await met(here, "Hello.", HARSH)
    await encounter.rewind(1)
    await encounter.exchange("What brings you here?")
    await encounter.end()
    await said_again(here, page, encounter.debrief().moments[0].exchange, "Hello there.")
    told = {t.fact for b in encounter.branches() for e in b.exchanges for t in e.tellings}
    paths = [
        f"/debrief/{page}",
        *(f"/debrief/{page}/file.{kind}" for kind in ("html", "md", "json")),
        f"/compare/{page}",
    ]

    for path in (*paths, "/progress"):
        text = (await page_of(path)).text
        for fact in encounter.patient.persona.facts:
            if fact.id not in told:
                assert not any(rendering in text for rendering in (*fact.full, *fact.partial)), path


@pytest.mark.parametrize("kind", ["again", "meant"])
async def test_a_form_without_the_page_s_own_token_does_nothing(here: Room, kind: str) -> None:
    encounter, page = await met(here, *SKILLED, HARSH)
    other, other_page = await met(here, *SKILLED)
    number = str(encounter.debrief().moments[-1].exchange)
    form = {"exchange": number, "words": "Hello.", "meant": "Hello."}
    foreign = field((await page_of(f"/debrief/{other_page}")).text, "token")

    for token in ("", "x", foreign, "\u00e9"):
        answer = await post(f"/debrief/{page}/{kind}", form | {"token": token})
        assert answer.status_code == 403

    assert here.tries.of(encounter.id, int(number)) == ()
    assert all(not e.meant for e in (*encounter.exchanges, *other.exchanges))


async def test_a_form_of_another_page_or_host_is_refused_before_anything(here: Room) -> None:
    encounter, page = await met(here, *SKILLED, HARSH)
    number = str(encounter.debrief().moments[-1].exchange)
    token = field((await page_of(f"/debrief/{page}")).text, "token")
    form = {"token": token, "exchange": number, "words": "Hello."}

    assert (await post(f"/debrief/{page}/again", form, Origin="http://evil.example")).status_code == 403
    assert (await post(f"/debrief/{page}/again", form, Origin="null")).status_code == 403
    assert (await post(f"/debrief/{page}/again", form, Host="evil.example")).status_code == 400
    assert (await post(f"/debrief/{page}/again", {"words": "x" * 200_000})).status_code == 413
    assert here.tries.of(encounter.id, int(number)) == ()


async def test_our_pages_let_their_own_forms_through_and_nothing_else(here: Room) -> None:
    _, page = await met(here, *SKILLED)
    answer = await page_of(f"/debrief/{page}")

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "script-src" not in policy
    # A form sent under no-referrer says that it comes from nowhere, and would be refused.
    assert answer.headers["referrer-policy"] == "same-origin"


async def test_script_in_what_a_learner_writes_stays_text_everywhere(here: Room) -> None:
    encounter, page = await met(here, f"{SCRIPT} hello", f'"><img src=x onerror=alert(1)> {HARSH}')
    await encounter.rewind(1)
    await encounter.exchange(f"{SCRIPT} Cheer up. You just need to relax.")
    await encounter.end()
    for moment in encounter.debrief().moments:
        await said_again(here, page, moment.exchange, f"{SCRIPT} </textarea>{SCRIPT}")
    token = field((await page_of(f"/debrief/{page}")).text, "token")
    await post(f"/debrief/{page}/meant", {"token": token, "exchange": "1", "meant": f'</p>{SCRIPT}<img onerror="x">'})

    for path in (f"/debrief/{page}", f"/compare/{page}", "/progress", f"/debrief/{page}/file.html"):
        text = (await page_of(path)).text
        found = outline_of_a_file(text)
        assert "script" not in found.tags, path
        assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in (await page_of(f"/debrief/{page}")).text


async def test_script_in_an_author_s_file_stays_text_too(here: Room) -> None:
    encounter, page = await met(here, *SKILLED)
    persona = encounter.patient.persona
    card = persona.card.model_copy(update={"name": f"{SCRIPT} Andrew"})
    topics = tuple(t.model_copy(update={"name": f"{SCRIPT} {t.name}"}) for t in persona.topics)
    changed = persona.model_copy(update={"card": card, "topics": topics})
    object.__setattr__(encounter.patient, "persona", changed)
    try:
        shown = (await page_of(f"/debrief/{page}")).text
    finally:
        object.__setattr__(encounter.patient, "persona", persona)

    assert "script" not in outline(shown).tags
    assert "&lt;script&gt;" in shown


async def test_what_was_intended_read_and_felt_stand_side_by_side(here: Room) -> None:
    encounter, page = await met(here, *SKILLED)
    object.__setattr__(encounter.exchanges[0], "intended", f"to make room {SCRIPT}")

    shown = (await page_of(f"/debrief/{page}")).text

    wanted = shown[shown.index('id="intended"') : shown.index('id="strengths"')]
    assert "to make room &lt;script&gt;" in wanted
    assert catalogue().say("intent.felt", patient="Andrew") in wanted


@pytest.mark.parametrize(
    ("cookie", "shown"), [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ('"><script>', "")]
)
async def test_our_pages_look_as_the_chat_does(here: Room, cookie: str, shown: str) -> None:
    from simpatient.web.pages import THEME_COOKIE

    async with browser() as client:
        answer = await client.get("/progress", headers={"Cookie": f"{THEME_COOKIE}={cookie}"})

    assert f'<html lang="en"{shown}>' in answer.text
