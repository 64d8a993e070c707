"""What was said last has answers of its own to what is asked next."""

from __future__ import annotations

from pathlib import Path

import pytest

from simpatient.appraisal.fit import rendered
from simpatient.patient import fit_onward
from simpatient.patient.clauses import words_in
from simpatient.patient.index import index_of
from simpatient.patient.onward import chance_of, looked_at
from simpatient.patient.sentences import sentences
from simpatient.persona import Patient

NOTHING: frozenset[str] = frozenset()


def test_the_weights_come_from_the_shipped_follow_ups(checkout: Path) -> None:
    """Fitted anew they are the file, byte for byte."""
    file = checkout / "simpatient" / "patient" / "onward.json"
    assert rendered(fit_onward.found()) == file.read_text(encoding="utf-8")


def test_every_way_of_asking_finds_its_own_answer(patients: dict[str, Patient]) -> None:
    """Right after what was told; one in fifty may find another to the same words."""
    for patient in patients.values():
        index = index_of(patient.persona)
        onward = index.onward
        asked = [
            (text, key, f"{key}+{place}")
            for key, ups in patient.persona.followups.items()
            for place, up in enumerate(ups, 1)
            for text in up.asked
        ]
        small = index.smalls
        told = {key: small[key].easy[-1] if key in small else key for _, key, _ in asked}
        found = [
            onward.asked_for(words_in(text), (sentences(told[key]),), key, NOTHING)[0] == own
            for text, key, own in asked
        ]
        assert sum(found) >= 0.98 * len(found)


@pytest.mark.parametrize(
    ("asked", "others"),
    [
        (("how do you like it", "how strong"), "you don't like me? we only met two minutes ago"),
        (
            ("did he like the lamp", "did he notice the switch"),
            "and what happened with the letter at your office on monday",
        ),
    ],
)
def test_a_word_that_many_questions_share_makes_no_follow_up(asked: tuple[str, ...], others: str) -> None:
    """It takes more than a like."""
    assert (
        chance_of(looked_at(others), asked, ("With one sugar.",))
        < 0.5
        < chance_of(looked_at(asked[0]), asked, ("With one sugar.",))
    )


def test_nobody_is_answered_about_somebody_else(patients: dict[str, Patient]) -> None:
    """A follow-up that speaks of neither is none to a question that names somebody."""
    index = index_of(patients["andrew"].persona)
    assert index.onward
    about = next(one for one, small in index.smalls.items() if small.follows and small.thing == "nell")
    assert not index.is_about(about, words_in("does Graham like it?"))
    assert index.is_about(about, words_in("does she like it?"))
