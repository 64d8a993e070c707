"""What shows help in form only earns next to nothing, and everyday talk is left in peace."""

from __future__ import annotations

import pytest

from simpatient.appraisal import RuleReader, tag_turn
from simpatient.authoring import Library
from simpatient.rubric import Codebook, load_codebook
from simpatient.words import Appraisal, Context, PatientTurn


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook(Library.choose())


def read(codebook: Codebook, patient: str, learner: str, *before: str, said: tuple[str, ...] = ()) -> Appraisal:
    turn = PatientTurn(text=patient, opportunities=tag_turn(patient))
    context = Context(turn=turn, said=(*said, patient), exchange=len(before) + 2, learner_said=before)
    return RuleReader(codebook).read(learner, context)


ACCOUNT = "My chest goes tight, nights mostly. I lie there until the alarm goes."


def test_naming_techniques_is_not_using_them(codebook: Codebook) -> None:
    """A list of techniques reads at 1 and, the second time, as going through the motions."""
    listed = "Let me validate that, and reflect it back, and affirm your strengths, in a safe space."
    levels = read(codebook, ACCOUNT, listed, "I want to normalise and validate that.").levels()
    assert max((level for code, level in levels.items() if code not in codebook.harms), default=0) <= 1
    assert levels["parroting"] == 1


def test_an_earlier_turn_pasted_back_is_parroting_and_nothing_else(codebook: Codebook) -> None:
    """The patient's own words in the first person return nothing."""
    levels = read(codebook, "Right.", ACCOUNT, "Go on.", said=(ACCOUNT,)).levels()
    assert levels.get("parroting") == 2
    assert not [code for code, level in levels.items() if level >= 2 and code not in codebook.harms]


def test_three_stock_phrases_with_real_talk_between_are_no_harm(codebook: Codebook) -> None:
    """Kind formulas wear thin only in a row."""
    before = ("Thanks for telling me that.", "Who is at home with you?")
    assert not codebook.harms & read(codebook, ACCOUNT, "Take your time.", *before).levels().keys()


@pytest.mark.parametrize(
    "learner",
    [
        "ok see you next week then",
        "How long has that been going on?",
        "Ok, thanks for being honest.",
        "we've about five minutes left. what would help most?",
        "Take your time, no need to say sorry",
        "I'm not going to tell you what's wrong with you.",
        "Have you talked to anybody about this?",
    ],
)
def test_everyday_remarks_harm_nobody(codebook: Codebook, learner: str) -> None:
    """Goodbyes, thanks, questions that follow and time kindly told are no harm."""
    assert not codebook.harms & read(codebook, ACCOUNT, learner).levels().keys()


def test_a_bare_greeting_is_hardly_warm(codebook: Codebook) -> None:
    """Hello alone is 1; a name and a seat make it 2."""
    assert read(codebook, "Afternoon.", "hi").level_of("warmth") <= 1
    assert read(codebook, "Afternoon.", "Hi Andrew, I'm Dana. Grab any chair you like.").level_of("warmth") == 2
