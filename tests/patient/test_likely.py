"""Questions that no phrase names are found by their likeness to those somebody wrote down."""

from __future__ import annotations

from pathlib import Path

import pytest

from simpatient.appraisal.fit import rendered
from simpatient.authoring import Library
from simpatient.patient import hear
from simpatient.patient.fit_aspects import fitted
from simpatient.persona import Patient


def test_the_weights_come_from_the_shipped_questions(checkout: Path) -> None:
    """Fitted anew they are the file, byte for byte."""
    file = checkout / "simpatient" / "patient" / "aspects.json"
    assert rendered(fitted(Library.choose())) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "asked", "answers"),
    [
        ("andrew", "would you know how many years Helen has been in her job", {"helen.since", "helen.job"}),
        ("maggie", "Is he older than you, your bloke?", {"josh.age"}),
    ],
)
def test_a_question_in_other_words_finds_what_it_asks_of_somebody(
    name: str, asked: str, answers: set[str], patients: dict[str, Patient]
) -> None:
    """By the thing it names and what it most likely wants to know of it."""
    assert set(hear(asked, patients[name].persona, 4).life) & answers


def test_a_statement_is_not_taken_for_a_question(patients: dict[str, Patient]) -> None:
    """However much it is like one."""
    for said in ("You don't sleep well.", "Your mum worries about you.", "So weekends are your own."):
        assert not hear(said, patients["andrew"].persona, 4).question


def test_one_word_of_the_last_reply_may_be_asked_for(patients: dict[str, Patient]) -> None:
    """ "Put up with what?" goes back to what was said."""
    heard = hear("Put up with what?", patients["andrew"].persona, 5, "She's had to put up with it since.")
    assert heard.follows
    assert not heard.life


def test_any_of_several_is_no_choice(patients: dict[str, Patient]) -> None:
    """Asked for any trouble with this or that, nobody has to choose."""
    assert not hear("Any trouble with your hands or chest?", patients["andrew"].persona, 4).choice
