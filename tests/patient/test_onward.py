"""What was said last has answers of its own to what is asked next."""

from __future__ import annotations

from pathlib import Path

import pytest

from simpatient.appraisal.fit import rendered
from simpatient.patient import fit_onward
from simpatient.patient.clauses import words_in
from simpatient.patient.index import index_of
from simpatient.patient.onward import Onward, chance_of, looked_at
from simpatient.patient.sentences import sentences
from simpatient.persona import FollowUp, Patient

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


TOLD = {
    "tea": (FollowUp(asked=("is it hot", "hot enough?"), say=("Hot enough.", "It's hot enough for the pigeons.")),),
    "Hot enough.": (
        FollowUp(asked=("what pigeons", "why pigeons"), say=("On the sill.", "They sit on the sill and wait.")),
    ),
    "Does that go down on paper?": (
        FollowUp(asked=("why, what would be wrong with paper", "what paper"), say=("Yours.", "The one you hold.")),
    ),
}
SMALL = (("tea", ("Tea, please, if it is going.",)),)


def asked_after(question: str, *spoken: str, last: str = "") -> str:
    """The follow-up found."""
    replies = tuple(sentences(reply) for reply in spoken)
    return Onward(TOLD, SMALL).asked_for(words_in(question), replies, last, NOTHING)[0]


def test_a_follow_up_may_go_on_from_another() -> None:
    """After any of its wordings, and after its id."""
    assert asked_after("why pigeons", "It's hot enough for the pigeons.") == "Hot enough.+1"
    assert asked_after("why pigeons", "Hot enough.", last="tea+1") == "Hot enough.+1"


def test_what_ends_a_reply_is_asked_after_by_a_word_of_it_and_at_once() -> None:
    """A bare question is meant for the rest."""
    reply = "Tea, please, if it is going. Does that go down on paper?"
    paper = "Does that go down on paper?+1"
    assert asked_after("what paper", reply) == paper
    assert asked_after("what paper", reply, "Biscuits, mostly.") != paper
    assert asked_after("what", reply) != paper


def test_words_of_another_sentence_ask_after_that_sentence() -> None:
    """The tea's follow-up is none to what stands beside the tea."""
    assert asked_after("is it the wheelbarrow", "Tea, please, if it is going. I came with a wheelbarrow.") == ""


def test_a_time_is_no_answer_to_a_what(patients: dict[str, Patient]) -> None:
    """However many words they share."""
    onward = index_of(patients["andrew"].persona).onward
    said = (sentences("Nothing much. I cut one wrong."),)
    found = [
        onward.asked_for(words_in(text), said, "job.did", NOTHING)[0]
        for text in ("what did you cut wrong", "when was that")
    ]
    answers = [" ".join(index_of(patients["andrew"].persona).smalls[one].easy) if one else "" for one in found]
    assert "March" not in answers[0]
    assert "March" in answers[1]
