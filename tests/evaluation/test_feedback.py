"""The words of a debrief."""

from dataclasses import replace

from simpatient.evaluation import MeetingEvents, roll_up, summary
from simpatient.words import Tag

VAN = "I sit outside work and can't get out. Ten minutes, some days. Nobody knows."


def meeting(context, read, rated, *, missed=1):
    lonely = "Telling no one, out there. That sounds frightening."
    answered = [
        rated(
            lonely,
            context(VAN, (Tag.CUE, "can't get out", "fear"), exchange=n),
            read(("reflect_complex", 3, "Telling no one, out there."), ("empathy", 3, "That sounds frightening.")),
        )
        for n in (4, 5)
    ]
    past = [
        rated("And your appetite?", context(VAN, (Tag.CUE, "can't get out", "fear"), exchange=n), read())
        for n in range(6, 6 + missed)
    ]
    return [*answered, *past]


def told(rubric, exchanges, events=None):
    return summary(rubric, roll_up(rubric, exchanges, events or MeetingEvents()), exchanges)


def test_two_strengths_come_with_the_learners_own_words(rubric, context, read, rated):
    """Different behaviours, different quotes."""
    found = told(rubric, meeting(context, read, rated))
    assert len(found.strengths) == 2
    assert any("That sounds frightening." in strength for strength in found.strengths)
    assert any("Telling no one, out there." in strength for strength in found.strengths)


def test_one_change_comes_with_a_better_line(rubric, context, read, rated):
    """The behaviour missed most often, and what could have been said there."""
    found = told(rubric, meeting(context, read, rated, missed=3))
    assert "You could try:" in found.change
    assert "can't get out" in found.change.lower()


def test_the_headline_counts_in_words(rubric, context, read, rated):
    """Worries answered come as so many of so many."""
    text = told(rubric, meeting(context, read, rated)).text
    assert "2 of 3 worries" in text
    assert "{" not in text


def test_a_clear_harm_is_the_change(rubric, context, read, rated):
    """The gravest harm comes before any missed opportunity, in the learner's words."""
    harm = "Everyone gets stressed."
    exchanges = [
        *meeting(context, read, rated),
        rated(harm, context(VAN, (Tag.CUE, "can't get out", "fear"), exchange=9), read(("minimising", 3, harm))),
    ]
    assert harm in told(rubric, exchanges).change


def test_an_empty_meeting_is_told_kindly(rubric):
    """No strengths are made up and nothing fails."""
    found = told(rubric, [])
    assert found.strengths == ()
    assert found.change == ""
    assert "too little" in found.text


def test_a_harm_that_is_only_guessed_is_not_the_thing_to_change(rubric, context, read, rated):
    """Likeness to examples is not enough to tell somebody that their words did damage."""
    said = "People in your position often find that the first weeks are the worst."
    given = context(VAN, (Tag.CUE, "can't get out", "fear"), exchange=4)
    guessed = rated(said, given, read(("advice_unasked", 2, said)))
    guessed = replace(
        guessed,
        assessment=replace(
            guessed.assessment, harms=tuple(replace(h, confidence="low") for h in guessed.assessment.harms)
        ),
    )
    assert said not in told(rubric, [guessed]).change
    assert "may have got in the way" in told(rubric, [rated(said, given, read(("advice_unasked", 2, said)))]).change
