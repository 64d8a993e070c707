"""A persona whose story begins in a later meeting begins with what went before."""

from __future__ import annotations

from pathlib import Path

import pytest

from simpatient.authoring import Library
from simpatient.encounter import Encounter
from simpatient.encounter.history import written_before
from simpatient.encounter.relationship import Stands, after_meeting
from simpatient.errors import ContentError
from simpatient.persona import load_patient
from simpatient.rubric import load_codebook
from simpatient.words import PromiseStatus, RuptureCause, Stance

LIBRARY = Library.choose()
CODEBOOK = load_codebook(LIBRARY)
OWNED = "Before you ask: I said I'd read the letter and tell you by Thursday noon, and I haven't done it. I'm sorry. That was mine."


async def met(seed: int = 1) -> Encounter:
    return await Encounter.begin("maggie_second", seed=seed)


async def test_the_second_meeting_begins_let_down() -> None:
    """The numbers of the specification's row "promise broken", and first words that answer to it (clinical 3.10, T8)."""
    meeting = await met()
    state = meeting.state
    assert (state.trust, state.anxiety, state.defensiveness, state.hope) == (0.31, 0.32, 0.38, 0.43)
    assert state.stance is Stance.TESTING
    assert state.rupture is not None
    assert state.rupture.cause is RuptureCause.PROMISE
    assert meeting.memory.meeting == 2
    assert meeting.patient.persona.briefing.known.startswith("You met Maggie a week ago")
    said = {line.say for line in meeting.patient.returning.lines if line.occasion.value == "again_let_down"}
    assert meeting.opening.text in said


async def test_owning_it_first_mends_it_as_the_specification_says() -> None:
    """Trust .40, flag cleared, one rung up; the promise is told."""
    meeting = await met()
    await meeting.exchange(OWNED)
    assert meeting.state.rupture is None
    assert meeting.state.trust == pytest.approx(0.40, abs=0.03)
    assert meeting.state.stance is Stance.WARMING
    assert meeting.memory.promises[0].status is PromiseStatus.LATE_OWNED


async def test_saying_nothing_leaves_it_between_the_two_until_she_asks() -> None:
    """The flag stays, she gets no warmer, and by the third exchange she has raised it herself."""
    meeting = await met()
    for message in ("Hello Maggie, good to see you again.", "What sort of week has it been?", "And how is work?"):
        await meeting.exchange(message)
    assert meeting.state.rupture is not None
    assert meeting.state.stance <= Stance.TESTING
    assert meeting.memory.promises[0].raised_in is not None


async def test_a_false_word_about_it_is_found_out() -> None:
    """She has seen the envelope."""
    meeting = await met()
    await meeting.exchange("I read your letter and I sent you the email on Thursday.")
    for message in ("How are you otherwise?", "What has been going on at work?", "Tell me more."):
        await meeting.exchange(message)
    assert meeting.memory.promises[0].status is PromiseStatus.FOUND_OUT


async def test_what_stays_of_it_is_a_second_meeting() -> None:
    """The next one is the third."""
    meeting = await met()
    await meeting.exchange(OWNED)
    await meeting.exchange("I have to stop there. Thank you, Maggie. Goodbye.")
    stays = after_meeting(meeting)
    assert [each.number for each in stays.meetings] == [1, 2]
    assert stays.stands is Stands.MET


def test_who_has_no_history_has_none() -> None:
    """A first meeting stays a first meeting."""
    assert written_before(load_patient(LIBRARY, "maggie", CODEBOOK.codes).persona) is None


def test_a_history_before_the_first_meeting_is_refused(tmp_path: Path) -> None:
    """The author is told what to write."""
    folder = tmp_path / "personas" / "maggie_second"
    folder.mkdir(parents=True)
    whole = LIBRARY.folder("personas", "maggie_second", "persona.yaml")
    for file in whole.glob("*.yaml"):
        (folder / file.name).write_text(file.read_text(encoding="utf-8").replace("  session: 2\n", "  session: 1\n"))
    with pytest.raises(ContentError, match=r"card\.session"):
        load_patient(LIBRARY, str(folder), CODEBOOK.codes)
