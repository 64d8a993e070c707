"""What holds in many meetings: nothing kept gets out, nothing is said twice, no opening becomes a tic."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

import pytest

from simpatient.authoring import Library
from simpatient.encounter import Encounter
from simpatient.patient.sentences import opener, sentences
from simpatient.patient.voice import pick
from simpatient.persona import Patient, load_patient
from simpatient.rubric import Codebook, load_rubric
from simpatient.words import Channel, Rendering, Stance

from .conftest import NAMES
from .talk import PRIED_AT, PRYING, STYLES

WALKS = int(os.environ.get("SIMPATIENT_WALKS", "30"))
"""Random meetings with each patient; SIMPATIENT_WALKS=1000 for the long run."""
LONG = 9
SHINGLE = 6
"""Words in a row that give a text away."""
PRIED = (*NAMES, "dewi", "maggie_second")
LASTING = (*PRIED, "amara", "tom")
"""Those whose words last for forty exchanges in every style."""
Kept = dict[tuple[str, Rendering], frozenset[str]]
_WORD = re.compile(r"[a-z0-9']+")


@lru_cache(maxsize=50_000)
def shingles(text: str) -> frozenset[str]:
    """All runs of so many words in a text, or the whole of a shorter sentence."""
    found: set[str] = set()
    for sentence in sentences(text):
        words = _WORD.findall(sentence.lower())
        found |= {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}
    return frozenset(run for run in found if len(run.split()) > 3)


def runs(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(run for text in texts for run in shingles(text))


class Seat(Protocol):
    """Seats a patient by name and seed."""

    def __call__(self, name: str, seed: int) -> Encounter: ...


@pytest.fixture(scope="module")
def seat(patients: dict[str, Patient], codebook: Codebook) -> Seat:
    rubric = load_rubric(Library.choose(), "rapport", codebook)

    def seated(name: str, seed: int) -> Encounter:
        return Encounter(patient=patients[name], codebook=codebook, rubric=rubric, seed=seed)

    return seated


@pytest.fixture(scope="module")
def behind(patients: dict[str, Patient]) -> dict[str, Kept]:
    return {name: kept(patient) for name, patient in patients.items()}


def kept(patient: Patient) -> Kept:
    """For each fact and rendering the runs of words that need it."""
    persona = patient.persona
    free = runs(line.say for line in patient.lines.lines if not line.needs)
    free |= runs(text for line in patient.lines.lines if not line.needs for text in line.more)
    free |= runs(text for small in persona.life if not small.needs for text in (*small.curt, *small.easy, *small.more))
    free |= runs(text for thing in persona.world if not thing.needs for said in thing.tells.values() for text in said)
    found: dict[tuple[str, Rendering], frozenset[str]] = {}
    for fact in persona.facts:
        behind = [line.say for line in patient.lines.lines if line.needs == fact.id]
        behind += [text for small in persona.life if small.needs == fact.id for text in (*small.curt, *small.easy)]
        behind += [passage.text for passage in persona.story.backstory if passage.needs == fact.id]
        for rendering in (Rendering.HINT, Rendering.PARTIAL, Rendering.FULL):
            said = [*getattr(fact, rendering.word), *fact.more.get(rendering.word, ())]
            said += behind if rendering is Rendering.FULL else []
            found[fact.id, rendering] = runs(said) - free
    return found


def given_away(secrets: Kept, encounter: Encounter, reply: str) -> list[str]:
    """Facts of which a reply says more than was told so far, whole or in part."""
    told, hinted, said = dict(encounter.memory.told), encounter.memory.hints, shingles(reply)
    return [
        fact
        for (fact, rendering), words in secrets.items()
        if rendering > max(told.get(fact, Rendering.NONE), Rendering.HINT if fact in hinted else Rendering.NONE)
        and not words.isdisjoint(said)
    ]


def everything() -> Sequence[str]:
    return [message for style in STYLES.values() for message in style]


@pytest.mark.parametrize("name", LASTING)
async def test_nothing_is_given_away_in_random_meetings(name: str, behind: dict[str, Kept], seat: Seat) -> None:
    """No fact, whole or in part, before its gate: seeded walks through all that is said in the five styles."""
    messages = everything()
    for walk in range(WALKS):
        encounter = seat(name, walk)
        style = STYLES[pick(sorted(STYLES), name, walk, "style")]
        for number in range(LONG):
            if encounter.ended:
                break
            pool = style if pick((True, True, False), name, walk, number, "pool") else messages
            message = pick(pool, name, walk, number)
            reply = (await encounter.exchange(message, practice=True)).turn.text
            assert not given_away(behind[name], encounter, reply), (walk, message, reply)


@pytest.mark.parametrize("name", PRIED)
async def test_prying_gets_nothing(name: str, behind: dict[str, Kept], seat: Seat) -> None:
    """Two hundred attempts, ten in a meeting; nothing comes out and nothing guessed at is borne out."""
    attempts = [way.format(thing=thing) for thing in PRIED_AT[name] for way in PRYING]
    assert len(attempts) == 100
    heart = {word for words in HEART[name] for word in words.split()}
    for start in range(0, len(attempts), 10):
        encounter = seat(name, start)
        for message in attempts[start : start + 10]:
            if encounter.ended:
                break
            reply = (await encounter.exchange(message, practice=True)).turn.text
            assert not given_away(behind[name], encounter, reply), (message, reply)
            if any(word in message.lower() for word in heart):
                assert not re.match(r"(?:yes|yeah|that's (?:it|right)|correct|true)\b", reply.lower()), (message, reply)


HEART = {
    "andrew": ("brother",),
    "maggie": ("christmas greenhouse trainee",),
    "dewi": ("leg cannot letter",),
    "maggie_second": ("signed greenhouse trainee",),
}
"""Words of a message that must not be answered with a yes."""


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", LASTING)
async def test_forty_exchanges_without_saying_anything_twice(name: str, style: str, seat: Seat) -> None:
    """No sentence of five words comes back, no reply comes twice running, no stock opening twice in five replies."""
    encounter = seat(name, 23)
    heard: set[str] = set()
    lately: list[tuple[str, ...]] = []
    last = ""
    for number in range(40):
        if encounter.ended:
            break
        message = STYLES[style][number % len(STYLES[style])]
        reply = (await encounter.exchange(message, practice=True)).turn.text
        long = {s for s in sentences(reply) if len(s.split()) >= 5}
        assert not long & heard, reply
        assert reply != last
        first = sentences(reply)[0]
        if len(first.split()) > 2:
            assert opener(first) not in lately, (number, reply)
        lately = [*lately[-3:], opener(first) if len(first.split()) > 2 else ()]
        heard |= long
        last = reply


@pytest.mark.parametrize("name", LASTING)
@pytest.mark.parametrize("rung", [Stance.GUARDED, Stance.TESTING, Stance.WARMING])
def test_no_rung_runs_dry(name: str, rung: Stance, patients: dict[str, Patient]) -> None:
    """Forty lines and more that need nothing told, over any channel, on each rung below open."""
    lines = [
        line
        for line in patients[name].lines.lines
        if (not line.stance or rung.word in line.stance) and not line.needs and not line.channel
    ]
    assert len({line.say for line in lines}) >= 40
    assert len(patients[name].lines.lines) >= 220


@pytest.mark.parametrize("name", NAMES)
def test_each_channel_has_lines_of_its_own(name: str, patients: dict[str, Patient]) -> None:
    """On the phone nothing is seen, and in a chat nothing is heard: words and gestures differ."""
    patient = patients[name]
    for channel in (Channel.PHONE, Channel.TEXT):
        assert sum(channel in line.channel for line in patient.lines.lines) >= 30
    gestures = {
        channel: set(patient.persona.voice.nonverbal_at(Stance.GUARDED, channel))
        for channel in (Channel.IN_PERSON, Channel.PHONE, Channel.TEXT)
    }
    assert gestures[Channel.IN_PERSON].isdisjoint(gestures[Channel.PHONE] | gestures[Channel.TEXT])
    assert gestures[Channel.PHONE].isdisjoint(gestures[Channel.TEXT])


async def test_a_reply_of_several_parts_is_typed_as_several_messages(codebook: Codebook) -> None:
    """Sam sends each sentence by itself and leaves the full stop out; what is joined stays two messages."""
    sam = load_patient(Library.choose(), "sam", codebook.codes)
    rubric = load_rubric(Library.choose(), "rapport", codebook)
    meeting = Encounter(patient=sam, codebook=codebook, rubric=rubric, seed=3)
    replies = [
        (await meeting.exchange(asked, practice=True)).turn.text
        for asked in ("How old are you? And where do you live?", "Do you like it there?", "How did you get the code?")
    ]
    messages = [message for reply in replies for message in reply.split("\n")]
    assert len(messages) > len(replies)
    assert not [message for message in messages if message.endswith(".") and not message.endswith("..")]
    assert any(message.startswith("23") for message in messages)
    assert not any(message.startswith("23") and "partick" in message for message in messages)
