"""What a meeting adds up to."""

import pytest

from simpatient.evaluation import MeetingEvents, RatedExchange, roll_up
from simpatient.evaluation.rollup import for_the_patient, shrunk
from simpatient.words import Appraisal, Assessment, CodedSpan, HarmRating, Opportunity, PatientTurn, Rating, Tag


def rating(behaviour, value, *, required=True):
    return Rating(behaviour=behaviour, value=value, required=required, quote="words" if value else "")


def exchange(number, *ratings, harms=(), codes=(), tags=(), message="words"):
    return RatedExchange(
        number=number,
        message=message,
        answers=PatientTurn(text="theirs", opportunities=tuple(Opportunity(tag=t, quote="theirs") for t in tags)),
        appraisal=Appraisal(by="script", codes=tuple(CodedSpan(code=c, level=n, quote="words") for c, n in codes)),
        assessment=Assessment(
            ratings=ratings, harms=tuple(HarmRating(code=c, severity=n, quote="words") for c, n in harms)
        ),
        reply_words=1,
    )


def score(profile, behaviour):
    return next(found for found in profile.behaviours if found.behaviour == behaviour)


def good(rubric, numbers=range(1, 6), value=3):
    return [exchange(n, *[rating(b.id, value) for b in rubric.behaviours]) for n in numbers]


@pytest.mark.parametrize(
    ("required", "used", "expected"),
    [
        ((3, 1), (), (2 * 2.0 + 1.5) / 3),
        ((3,), (2, 1), (3 * (2 * 3 + 1.5) / 3 + 1.5) / 4),
        ((), (3, 3, 2, 1), (3 * 8 / 3 + 1.5) / 4),
        ((0,), (), (0 + 1.5) / 2),
        ((), (3,), None),
        ((), (), None),
        ((0, 0, 0, 0), (3,), (5 * 0.0 + 1.5) / 6),
    ],
)
def test_scarce_evidence_is_drawn_towards_the_middle(required, used, expected):
    """Two lucky exchanges make no master, one miss no failure; the numbers are worked by hand."""
    assert shrunk(required, used) == (pytest.approx(expected) if expected is not None else None)


def test_uptake_counts_the_calls_that_were_answered(rubric):
    """Three of five is shown as three of five."""
    values = (3, 2, 2, 1, 0)
    profile = roll_up(rubric, [exchange(n, rating("cue", v)) for n, v in enumerate(values, 1)], MeetingEvents())
    found = score(profile, "cue")
    assert (found.called, found.answered, found.uptake) == (5, 3, pytest.approx(0.6))


def test_the_index_is_the_weighted_mean_of_the_domains_with_evidence(rubric):
    """Domains without evidence are left out, not counted as nothing."""
    exchanges = [exchange(n, rating("reflect", 3), rating("plain", 0)) for n in (1, 2, 3)]
    profile = roll_up(rubric, exchanges, MeetingEvents())
    listening, clarity = (3 * 3 + 1.5) / 4, (0 + 1.5) / 4
    assert profile.index == pytest.approx(100 / 3 * (0.30 * listening + 0.10 * clarity) / 0.40)
    assert [d.domain for d in profile.domains if d.value is None] == ["acceptance", "partnership", "trustworthiness"]


@pytest.mark.parametrize("value", [0, 3])
def test_under_three_messages_there_is_no_index_whoever_asks(rubric, value):
    """A meeting has one index: what is too short for the debrief is too short for every other account of it."""
    assert roll_up(rubric, good(rubric, range(1, 3), value), MeetingEvents()).index is None
    assert roll_up(rubric, good(rubric, range(1, 4), value), MeetingEvents()).index is not None


def test_without_any_rating_there_is_no_index(rubric):
    """Nothing to go by is no zero."""
    profile = roll_up(rubric, [exchange(1)], MeetingEvents())
    assert profile.index is None
    assert roll_up(rubric, [], MeetingEvents()).index is None


@pytest.mark.parametrize(
    ("harms", "event", "most", "repaired"),
    [
        ([("breach", 3)], "breach_3", 35, 45),
        ([("stigma", 3)], "stigma_3", 45, 60),
        ([("judging", 3)], "other_harm_3", 55, 75),
        ([("judging", 2), ("judging", 2)], "repeated_harm_2", 65, 80),
        ([("judging", 2), ("jargon", 2), ("rushing", 2), ("pushing", 2)], "repeated_harm_2", 65, 80),
    ],
)
def test_a_grave_harm_caps_the_index_and_a_repair_lifts_the_cap(rubric, harms, event, most, repaired):
    """However good the rest was; owning it gives part of it back."""
    harmful = [exchange(6 + n, harms=[harm]) for n, harm in enumerate(harms)]
    profile = roll_up(rubric, [*good(rubric), *harmful], MeetingEvents())
    assert (profile.index, [hit.event for hit in profile.ceilings]) == (most, [event])
    mended = [*good(rubric), *harmful, exchange(12, codes=[("repair", 2)])]
    lifted = roll_up(rubric, mended, MeetingEvents())
    assert (lifted.index, lifted.ceilings[0].repaired, lifted.recovered) == (repaired, True, True)


def test_a_repair_before_the_harm_lifts_nothing(rubric):
    """Saying sorry first is no licence."""
    exchanges = [*good(rubric), exchange(6, codes=[("repair", 3)]), exchange(7, harms=[("judging", 3)])]
    assert roll_up(rubric, exchanges, MeetingEvents()).index == 55


def test_single_clear_slips_of_different_kinds_do_not_cap(rubric):
    """Three slips of three kinds are within what happens to anyone."""
    slips = [exchange(6 + n, harms=[(code, 2)]) for n, code in enumerate(("judging", "jargon", "rushing"))]
    assert roll_up(rubric, [*good(rubric), *slips], MeetingEvents()).ceilings == ()


def test_a_risk_cue_has_to_be_met_within_two_exchanges(rubric):
    """Asking in the next message is in time, in the one after it is not; nothing lifts that cap."""
    asked = "Are you thinking of suicide?"
    late = [exchange(6, tags=[Tag.RISK_CUE]), exchange(7), exchange(8, message=asked)]
    profile = roll_up(rubric, [*good(rubric), *late, exchange(9, codes=[("repair", 3)])], MeetingEvents())
    assert (profile.index, profile.ceilings[0].event, profile.ceilings[0].repaired) == (30, "risk_ignored", False)
    in_time = [exchange(6, tags=[Tag.RISK_CUE]), exchange(7, message=asked)]
    assert roll_up(rubric, [*good(rubric), *in_time], MeetingEvents()).ceilings == ()


def test_walking_out_and_silent_promises_cap(rubric):
    """The lowest ceiling applies."""
    profile = roll_up(rubric, good(rubric), MeetingEvents(walked_out=True, promise_silent=True))
    assert profile.index == 50
    assert [hit.event for hit in profile.ceilings] == ["walked_out", "promise_silent"]


def test_trend_is_shown_and_not_added(rubric):
    """Second half minus first half of the required values."""
    exchanges = [exchange(n, rating("cue", v)) for n, v in enumerate((0, 1, 2, 3), 1)]
    assert roll_up(rubric, exchanges, MeetingEvents()).trend == pytest.approx(2.0)
    assert roll_up(rubric, exchanges[:1], MeetingEvents()).trend is None


def test_a_mended_rupture_is_a_strength(rubric):
    """A repair that answers the strain the patient shows counts, one without strain does not."""
    mended = [exchange(1), exchange(2, rating("repair", 3), codes=[("repair", 3)], tags=[Tag.RUPTURE])]
    assert roll_up(rubric, mended, MeetingEvents()).recovered
    assert not roll_up(rubric, [exchange(1, codes=[("repair", 3)])], MeetingEvents()).recovered


def test_praise_counts_three_times_in_the_whole(rubric):
    """A fourth compliment adds nothing, whatever it was rated."""
    exchanges = [exchange(n, rating("strengths", 3, required=False), codes=[("affirmation", 3)]) for n in range(1, 7)]
    three = roll_up(rubric, exchanges[:3], MeetingEvents())
    assert score(roll_up(rubric, exchanges, MeetingEvents()), "strengths") == score(three, "strengths")


def test_a_guessed_harm_is_shown_and_caps_nothing(rubric):
    """What is rated with low confidence lowers no index and sets no ceiling."""
    guess = HarmRating(code="judging", severity=3, quote="words", confidence="low")
    guessed = RatedExchange(
        number=6,
        message="words",
        answers=PatientTurn(text="theirs"),
        appraisal=Appraisal(by="script"),
        assessment=Assessment(harms=(guess,)),
    )
    profile = roll_up(rubric, [*good(rubric), guessed], MeetingEvents())
    assert profile.ceilings == ()
    assert profile.index == roll_up(rubric, good(rubric), MeetingEvents()).index


def test_harm_weighs_by_how_often_it_is_done(rubric):
    """The same two slips take more off a short meeting than off a long one, and nothing once they are repaired."""
    slips = [exchange(90, harms=[("judging", 2)]), exchange(91, harms=[("jargon", 2)])]
    assert for_the_patient([*good(rubric, range(1, 3)), *slips]) == pytest.approx(1 - 2 * 0.5 / 4)
    assert for_the_patient([*good(rubric, range(1, 19)), *slips]) == pytest.approx(1 - 2 * 0.5 / 20)
    assert for_the_patient([*slips, exchange(92, codes=[("repair", 2)])]) == 1.0
    assert for_the_patient([]) == 1.0


def telling(number, patient, message, *ratings, codes=(), tags=()):
    return RatedExchange(
        number=number,
        message=message,
        answers=PatientTurn(text=patient, opportunities=tuple(Opportunity(tag=t, quote=patient) for t in tags)),
        appraisal=Appraisal(
            by="rules", primary="information", codes=tuple(CodedSpan(code=c, level=n, quote=message) for c, n in codes)
        ),
        assessment=Assessment(ratings=ratings),
    )


def test_a_meeting_spent_on_telling_is_not_rated_by_the_rest_of_it_alone(rubric):
    """One message in three that only tells takes a third; the same words cost nothing when they answer."""
    told = telling(3, "It hurts.", "Cartilage wears down with age and cannot grow back.")
    assert for_the_patient([*good(rubric, range(1, 3)), told]) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "answer",
    [
        telling(3, "What is it then?", "The cartilage is worn and it will not grow back."),
        telling(3, "I don't understand.", "The padding in the joint is thin.", tags=[Tag.CONFUSION]),
        telling(3, "It hurts.", "You asked me to say what I would do: rest it.", codes=[("advice_permitted", 1)]),
        telling(3, "It hurts.", "What you say stays here, unless you are in danger.", rating("privacy", 2)),
    ],
    ids=["short answer", "explained again", "with leave", "what was due"],
)
def test_answers_leave_and_what_was_due_take_nothing_off(rubric, answer):
    """Telling is not poor practice; telling past the patient is."""
    assert for_the_patient([*good(rubric, range(1, 3)), answer]) == 1.0


def test_a_fitting_pace_alone_does_not_make_telling_a_listening(rubric):
    """Short is not the same as for the patient; a long answer is no answer."""
    brisk = telling(3, "It hurts.", "Cartilage cannot grow back.", rating("pace", 2))
    flood = telling(4, "What is it?", " ".join(["cartilage"] * 60))
    assert for_the_patient([*good(rubric, range(1, 3)), brisk, flood]) == pytest.approx(2 / 4)
