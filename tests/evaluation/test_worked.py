"""Two skilled meetings, two poor ones and one of empty phrases, with the codes a careful reader finds."""

import pytest

from simpatient.evaluation import MeetingEvents, roll_up, summary
from simpatient.words import Tag

ANDREW_SKILLED = [
    (
        "Hi. Is this... am I in the right place?",
        [Tag.CUE],
        [("warmth", 3, "Sit wherever suits you. Water, tea?"), ("self_disclosure", 2, "I've killed my own tulips two years running.")],
        "Hello Andrew, I'm Dana. Sit wherever suits you. Water, tea? I've killed my own tulips two years running.",
    ),
    (
        "I'm, uh, not sure how this works. Haven't been sleeping, so.",
        [(Tag.QUESTION_PROCESS, "not sure how this works")],
        [
            ("validation", 1, "Makes sense, nobody hands you a manual."),
            ("transparency", 2, "First, how it works:"),
            ("confidentiality", 3, "what you say stays between you and me. The exceptions: if someone were in serious danger."),
            ("invite_questions", 3, "What questions do you have about that?"),
        ],
        ("Makes sense, nobody hands you a manual. First, how it works: what you say stays between you and me. The exceptions: "
        "if someone were in serious danger. What questions do you have about that?"),
    ),
    (
        "So nobody'd know. I wouldn't want the lads at work hearing I'm seeing a shrink.",
        [(Tag.STIGMA_FEAR, "hearing I'm seeing a shrink"), (Tag.QUESTION_PRIVACY, "So nobody'd know.")],
        [
            ("confidentiality", 2, "Nobody at work hears it from me."),
            ("reflect_complex", 3, "sitting here goes against how you were taught a man handles things."),
            ("affirmation", 2, "You came anyway; that took something."),
        ],
        ("Nobody at work hears it from me. And it sounds as if sitting here goes against how you were taught a man handles "
        "things. You came anyway; that took something."),
    ),
    (
        "My dad would've laughed. Therapy's for weak men. It's my chest. Goes tight at night.",
        [(Tag.STIGMA_FEAR, "Therapy's for weak men."), (Tag.CUE, "Goes tight at night.", "fear")],
        [
            ("active_listening", 3, "So you lie there, your chest goes tight, and you don't get back to sleep. Have I got that right?"),
            ("normalising", 3, "It's an alarm going off too easily, not a weakness."),
            ("empathy", 2, "That must be frightening."),
        ],
        ("So you lie there, your chest goes tight, and you don't get back to sleep. Have I got that right? That must be "
        "frightening. It's an alarm going off too easily, not a weakness."),
    ),
    (
        "Common. Huh. I thought it was my heart. There's some stuff I don't want dug up, though.",
        [(Tag.PUSHBACK, "I don't want dug up"), (Tag.CUE, "There's some stuff", "fear")],
        [
            ("autonomy", 3, "You choose what we talk about and how fast, and you can say 'not today' any time."),
            ("cue_response", 2, "There's something you'd rather leave, then."),
            ("open_question", 3, "What would be all right to talk about for now?"),
        ],
        ("There's something you'd rather leave, then. You choose what we talk about and how fast, and you can say 'not today' "
        "any time. What would be all right to talk about for now?"),
    ),
    (
        "The van, maybe. I sit outside work and can't get out. Ten minutes, some days. Nobody knows.",
        [(Tag.CUE, "can't get out", "fear")],
        [
            ("reflect_complex", 2, "Sitting there with your hand on the door, telling no one."),
            ("empathy", 3, "That sounds frightening, and lonely."),
        ],
        "Sitting there with your hand on the door, telling no one. That sounds frightening, and lonely.",
    ),
    (
        "Yeah. Lonely. Does this stuff even work? Will I need pills?",
        [(Tag.QUESTION_FACT, "Does this stuff even work?")],
        [
            ("transparency", 3, "talking treatments help many people with this, not everyone"),
            ("admit_unknown", 3, "Tablets I don't know enough about; I don't prescribe."),
            ("promise_made", 2, "I'll ask the clinic doctor how that works here and tell you next Tuesday."),
        ],
        ("Honestly: talking treatments help many people with this, not everyone, and I can't promise which you'll be. Tablets "
        "I don't know enough about; I don't prescribe. I'll ask the clinic doctor how that works here and tell you next "
        "Tuesday."),
    ),
    (
        "Nobody's ever said 'I don't know' to me in one of these places.",
        [Tag.CLOSING],
        [
            ("planning", 3, "I'd suggest three weeks on sleep and the chest, then we look."),
            ("shared_decision", 3, "Does that fit, or would you change it?"),
            ("feedback_seeking", 3, "how was today, anything I got wrong?"),
            ("reflect_simple", 2, "So: sleep, the chest, the van, and keeping it quiet."),
        ],
        ("So: sleep, the chest, the van, and keeping it quiet. I'd suggest three weeks on sleep and the chest, then we look. "
        "Does that fit, or would you change it? And how was today, anything I got wrong?"),
    ),
]  # fmt: skip

ANDREW_POOR = [
    ("Hi. Is this... am I in the right place?", [Tag.CUE], [("rushing", 2, "I've got twenty minutes.")],
     "Andrew, is it? Sit. I've got twenty minutes. What's the problem?"),
    ("I, um. My wife thought I should...", [Tag.CUE],
     [("interrogation", 3, "Are you sleeping? Eating? Drinking?"), ("cue_ignored", 2, "Are you sleeping?")],
     "Are you sleeping? Eating? Drinking? Any family history? Ever been on medication?"),
    ("Not sleeping great. Is... is this written down somewhere?", [Tag.QUESTION_PRIVACY],
     [("cue_ignored", 3, "Don't worry about that."), ("jargon", 3, "It's a textbook GAD with somatic presentation.")],
     "Don't worry about that. It's a textbook GAD with somatic presentation."),
    ("Right. I don't really know what that means.", [Tag.CONFUSION],
     [("minimising", 3, "Everyone gets stressed."), ("false_reassurance", 2, "You'll be fine in a couple of weeks.")],
     "It just means you worry too much. Everyone gets stressed. You'll be fine in a couple of weeks."),
    ("If you say so.", [Tag.RUPTURE],
     [("advice_unasked", 3, "You need to exercise, cut the coffee"), ("condescension", 2, "It's really not complicated.")],
     "You need to exercise, cut the coffee, and get off your phone at night. It's really not complicated."),
]  # fmt: skip

STUFFING = "I hear you, your feelings are valid, that sounds hard"
PHRASES = [
    (patient, tags,
     [("reflect_simple", 1, "I hear you"), ("validation", 1, "your feelings are valid"), ("empathy", 1, "that sounds hard")],
     STUFFING)
    for patient, tags, _, _ in ANDREW_SKILLED
]  # fmt: skip


@pytest.fixture(scope="module")
def held(context, read, rated):
    def hold(steps):
        exchanges, said = [], []
        for number, (patient, tags, codes, message) in enumerate(steps, 1):
            given = context(patient, *tags, exchange=number, learner_said=tuple(said))
            exchanges.append(rated(message, given, read(*codes)))
            said.append(message)
        return exchanges

    return hold


def index(rubric, exchanges):
    return roll_up(rubric, exchanges, MeetingEvents()).index


def test_every_quote_of_the_worked_meetings_stands_in_its_message():
    """The hand-made readings keep the evidence rule themselves."""
    for _, _, codes, message in (*ANDREW_SKILLED, *ANDREW_POOR, *PHRASES):
        assert all(quote in message for _, _, quote in codes)


def test_skill_stands_far_above_harm_and_empty_phrases_between(rubric, held):
    """The skilled meeting is good, the poor one is not, and phrases that fit anyone do not pass for skill."""
    skilled, poor, phrases = (index(rubric, held(steps)) for steps in (ANDREW_SKILLED, ANDREW_POOR, PHRASES))
    assert skilled >= 70
    assert poor <= 25
    assert poor < phrases <= 45


def test_the_skilled_meeting_answers_nearly_every_call(rubric, held):
    """What was called for was met in most exchanges."""
    profile = roll_up(rubric, held(ANDREW_SKILLED), MeetingEvents())
    called, answered = (sum(getattr(s, name) for s in profile.behaviours) for name in ("called", "answered"))
    assert answered / called >= 0.8
    assert profile.ceilings == ()


def test_the_poor_meeting_is_told_with_its_worst_words(rubric, held):
    """No strengths are made up, and a better line is offered."""
    exchanges = held(ANDREW_POOR)
    found = summary(rubric, roll_up(rubric, exchanges, MeetingEvents()), exchanges)
    assert found.strengths == ()
    assert "did some damage" in found.change
    assert all(exchange.assessment.try_instead for exchange in exchanges)


def test_no_rating_of_a_worked_meeting_breaks_the_evidence_rule(held, rubric):
    """Quotes are exact, no words are paid three times, no more than three things are asked for."""
    for steps in (ANDREW_SKILLED, ANDREW_POOR, PHRASES):
        for exchange in held(steps):
            ratings = exchange.assessment.ratings
            quotes = [r.quote for r in ratings if r.value]
            assert sum(r.required for r in ratings) <= rubric.most_required
            assert all(quote in exchange.message for quote in quotes)
            assert max((quotes.count(quote) for quote in quotes), default=0) <= 2
            assert len(ratings) == len(rubric.behaviours)
