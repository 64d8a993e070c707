"""The embedded voice: fitting, seeded, never the same twice running."""

from __future__ import annotations

import pytest

from simpatient.encounter import Encounter
from simpatient.patient import AuthoredVoice, Heard, Memory
from simpatient.patient.voice import pick, sentences
from simpatient.persona import Patient
from simpatient.rubric import Codebook
from simpatient.words import Intent, Move, Stance

from .conftest import NAMES

STYLES = {
    "open": ["What was that like?", "Tell me more about work.", "And then?", "How are things at home?"],
    "kind": ["That sounds hard.", "You came anyway, that took something.", "Take your time.", "What would help today?"],
    "cold": ["Next.", "How long?", "And your appetite?", "Fine.", "Any medication?"],
    "chatty": ["Did you see the weather?", "What did you have for breakfast?", "Do you follow football?", "Any pets?"],
    "short": ["Ok.", "Mm.", "Why?", "Yes.", "Go on."],
}


def test_pick_is_the_same_everywhere() -> None:
    """A digest, not a random generator, decides."""
    assert [pick("abc", seed, "x") for seed in range(8)] == [pick("abc", seed, "x") for seed in range(8)]
    assert {pick("abc", seed) for seed in range(40)} == {"a", "b", "c"}
    with pytest.raises(ValueError, match="nothing"):
        pick([], 1)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two?", ("One.", "Two?")),
        ("Well... no. Never mind.", ("Well...", "no.", "Never mind.")),
        ("No end", ("No end",)),
        ("'Stop.' Then go.", ("'Stop.'", "Then go.")),
    ],
)
def test_text_is_cut_after_each_sentence(text: str, parts: tuple[str, ...]) -> None:
    """Joined with spaces the sentences give the text back."""
    assert sentences(text) == parts
    assert " ".join(sentences(text)) == text


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", NAMES)
async def test_no_long_sentence_comes_back_in_a_meeting(name: str, style: str) -> None:
    """Forty exchanges with each of five ways of talking."""
    encounter = await Encounter.begin(name, seed=11)
    spoken: set[str] = set()
    last = ""
    for number in range(40):
        if encounter.ended:
            break
        words = STYLES[style]
        reply = (await encounter.exchange(words[number % len(words)])).turn.text
        long = {s for s in sentences(reply) if len(s.split()) >= 5}
        assert not long & spoken, reply
        assert reply != last
        spoken |= long
        last = reply


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("before", "asked", "about"),
    [
        ("Tell me about your mum.", "How old is she?", "mum.age"),
        ("Tell me about your mum.", "And where does she live?", "mum.where"),
        ("Tell me about your dad.", "What did he do?", "dad.job"),
        ("What is your job?", "Since when?", "job.since"),
    ],
)
async def test_he_she_and_it_mean_whom_the_talk_was_of(name: str, before: str, asked: str, about: str) -> None:
    """A pronoun, or no word at all, stands for the one last spoken of."""
    encounter = await Encounter.begin(name, seed=2)
    await encounter.exchange(before)
    assert (await encounter.exchange(asked)).intent.life == about


@pytest.mark.parametrize("name", NAMES)
async def test_two_questions_get_two_answers(name: str) -> None:
    """Both in the reply, the first one first."""
    encounter = await Encounter.begin(name, seed=3)
    intent = (await encounter.exchange("How old are you, and have you got any pets?")).intent
    assert intent.life == "age"
    assert intent.life_too


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rung", [Stance.GUARDED, Stance.TESTING, Stance.WARMING])
def test_forty_different_replies_can_be_had_on_each_rung(
    name: str, rung: Stance, patients: dict[str, Patient], codebook: Codebook
) -> None:
    """To behaviours alone, before anything is asked or told."""
    voice = AuthoredVoice(patients[name])
    said = {
        voice.speak(intent, Heard(text=""), Memory(), seed, 1).turn.text
        for code in codebook.codes
        for seed in range(6)
        for intent in [Intent(stance=rung, move=Move.REACT, reacts_to=code, reacts_level=2)]
    }
    assert len(said) >= 40


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rung", [Stance.GUARDED, Stance.TESTING, Stance.WARMING])
def test_each_rung_has_forty_lines_of_its_own(name: str, rung: Stance, patients: dict[str, Patient]) -> None:
    """Lines authored for this rung and no secret."""
    lines = [line for line in patients[name].lines.lines if rung.word in line.stance and not line.needs]
    assert len(lines) >= 40


@pytest.mark.parametrize("seed", range(6))
async def test_a_line_for_the_last_of_several_questions_is_filled_in(seed: int) -> None:
    """The choice that the learner left stands in it, and no mark for it."""
    encounter = await Encounter.begin("maggie", seed=seed)
    for text in (
        "What happens in the kitchen? You eat there alone or with the colleagues?",
        "Where do you live? Is it noisy or quiet there?",
    ):
        assert "{" not in (await encounter.exchange(text)).turn.text
