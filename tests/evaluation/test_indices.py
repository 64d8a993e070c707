"""Summary counts and ratios, against values worked by hand."""

import pytest

from simpatient.evaluation import MeetingEvents, RatedExchange
from simpatient.evaluation.indices import indices, reading_grade, repetition
from simpatient.words import (
    Appraisal,
    Assessment,
    CodedSpan,
    PatientTurn,
    Promise,
    PromiseKind,
    PromiseStatus,
    Rating,
)


def exchange(number, message, *codes, cue=None, reply_words=10):
    ratings = () if cue is None else (Rating(behaviour="cue", value=cue, required=True),)
    return RatedExchange(
        number=number,
        message=message,
        answers=PatientTurn(text="one two three"),
        appraisal=Appraisal(by="script", codes=tuple(CodedSpan(code=c, level=2, quote=message) for c in codes)),
        assessment=Assessment(ratings=ratings),
        reply_words=reply_words,
    )


MEETING = [
    exchange(1, "What brings you in today?", "open_question", "open_question"),
    exchange(2, "You are tired and on your own", "reflect_complex", "reflect_simple", cue=3),
    exchange(3, "You came. Do you sleep?", "reflect_simple", "closed_question", cue=0),
    exchange(4, "You should walk more", "advice_unasked", "lecturing", "judging", cue=2),
]


def values(exchanges, events=None):
    return {index.id: index.value for index in indices(exchanges, events or MeetingEvents())}


def test_reflections_and_questions_count_once_a_message():
    """Two messages reflect, two ask: one to one, half of the reflections complex."""
    found = values(MEETING)
    assert found["r_to_q"] == pytest.approx(1.0)
    assert found["percent_complex"] == pytest.approx(50.0)
    assert found["percent_open"] == pytest.approx(100 * 2 / 3)


def test_persuading_twice_in_a_message_counts_once_and_judging_beside_it():
    """One message both persuades and confronts."""
    assert (values(MEETING)["mi_non_adherent"], values(MEETING)["mi_adherent"]) == (2.0, 0.0)


def test_cue_response_and_the_first_fix():
    """Two of three worries answered; three exchanges went by before the first advice."""
    found = values(MEETING)
    assert found["cue_response_rate"] == pytest.approx(100 * 2 / 3)
    assert found["time_to_first_fix"] == 3.0
    assert values(MEETING[:3])["time_to_first_fix"] is None


def test_talk_share_counts_all_words():
    """Twenty-one words of the learner's against forty of the patient's."""
    assert values(MEETING)["talk_share"] == pytest.approx(100 * 21 / 61)
    assert values(MEETING)["words_per_message"] == pytest.approx(21 / 4)


def test_a_reused_phrase_of_four_words_is_repetition():
    """The second of three messages reuses one of the first."""
    assert repetition(["it sounds like you are sad", "well it sounds like you", "no"]) == pytest.approx(100 / 3)
    assert repetition([]) is None


def test_long_words_ask_for_more_schooling():
    """Three short sentences ask for less than one of long words."""
    plain = reading_grade("The pipe is tight. The blood has to push. It gets worn.")
    hard = reading_grade("Antihypertensive pharmacotherapy ameliorates cardiovascular morbidity considerably.")
    assert plain is not None
    assert hard is not None
    assert plain < 4
    assert hard > 12
    assert reading_grade("...") is None


def test_few_messages_are_an_early_signal():
    """Under ten messages nothing is compared with a reference in earnest."""
    assert all(index.early_signal for index in indices(MEETING, MeetingEvents()))
    long_meeting = [exchange(n, "Go on.") for n in range(1, 11)]
    assert not any(index.early_signal for index in indices(long_meeting, MeetingEvents()))


def test_globals_are_left_to_those_who_can_rate_them():
    """No number is made up, the reason stands in its place, and no technical global without a change goal."""
    found = {index.id: index for index in indices(MEETING, MeetingEvents())}
    assert found["relational"].value is None
    assert "not rated by rules" in found["relational"].reference
    assert "technical" not in found
    assert "technical" in values(MEETING, MeetingEvents(change_goal=True))


def test_references_are_honest():
    """Open questions are not measured against MITI 4, and counts carry no threshold."""
    found = {index.id: index for index in indices(MEETING, MeetingEvents())}
    assert "not MITI 4" in found["percent_open"].source
    assert found["mi_adherent"].reference == "no threshold"
    assert all(index.reference and index.source for index in found.values())


def test_the_promise_record_comes_from_the_ledger():
    """Two made, one kept, one forgotten."""
    ledger = tuple(
        Promise(id=str(n), quote="I'll ask", what="ask", kind=PromiseKind.DO, due="end", specific=1, status=status)
        for n, status in enumerate((PromiseStatus.KEPT, PromiseStatus.FORGOTTEN))
    )
    found = values(MEETING, MeetingEvents(promises=ledger))
    assert [found[f"promises_{word}"] for word in ("made", "kept", "owned", "broken")] == [2, 1, 0, 1]


def test_an_empty_meeting_has_no_values_and_no_error():
    """Nothing divided by nothing is no number."""
    assert all(value in (None, 0.0) for value in values([]).values())
