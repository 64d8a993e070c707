"""Which text goes where, said once; and what is asked before it goes."""

from __future__ import annotations

import pytest

from simpatient.encounter import Encounter, IdentifyingDetails
from simpatient.encounter.cast import HERE, Cast
from simpatient.errors import EncounterEnded
from simpatient.llm import ScriptedModel
from simpatient.words import Ending

DETAILS = "My supervisor's number is 07700 900123."


class At(ScriptedModel):
    """A scripted model that stands somewhere."""

    def __init__(self, place: str, *replies: str, name: str = "openai:gpt") -> None:
        super().__init__(replies, name=name)
        self._place = place

    @property
    def place(self) -> str:
        return self._place


@pytest.mark.parametrize(
    "place",
    [
        "127.0.0.1:8777",
        "127.0.0.1",
        "127.1.2.3:80",
        "localhost:11434",
        "localhost",
        "[::1]:8080",
        "[::1]",
        "LOCALHOST:1",
    ],
)
def test_a_server_on_this_machine_is_said_to_be_one(place: str) -> None:
    """Nothing leaves the machine, and the line says so."""
    models = Cast(voice=At(place), evaluator=At(place), reading="rules-then-model")
    assert models.place == ""
    assert HERE in models.notice("Andrew")
    assert models.notice("Andrew").endswith("Nothing leaves this machine.")


@pytest.mark.parametrize(
    "place",
    [
        "api.openai.com",
        "127.0.0.1.example.org:443",
        "localhost.example.org",
        "127.example.org",
        "192.168.0.4:8000",
        "[2001:db8::1]:80",
        "anthropic",
    ],
)
def test_every_other_place_is_named(place: str) -> None:
    """A name that only looks like this machine is another machine."""
    models = Cast(voice=At(place), evaluator=None)
    assert models.place == place
    assert place in models.notice("Maggie")
    assert models.notice("Maggie").endswith("Write nothing about real patients.")


def test_voice_and_evaluator_in_two_places_are_both_named() -> None:
    """Each with what goes there."""
    notice = Cast(voice=At("one.example"), evaluator=At("two.example", name="mistral:small")).notice("Andrew")
    assert "one.example (openai:gpt), which finds Andrew's words" in notice
    assert "two.example (mistral:small), which rates them" in notice
    assert "\n" not in notice


async def test_an_embedded_meeting_has_nothing_to_tell() -> None:
    """And asks nothing."""
    encounter = await Encounter.begin("andrew")
    assert encounter.privacy == ""
    assert (await encounter.exchange(DETAILS)).number == 1


async def test_details_are_asked_about_before_anything_is_sent() -> None:
    """Neither model has been called, nothing has changed, and the question repeats none of them."""
    voice, rater = At("api.example.org"), At("api.example.org")
    encounter = await Encounter.begin("andrew", chat_model=voice, evaluator_model=rater)
    with pytest.raises(IdentifyingDetails) as asked:
        await encounter.exchange(DETAILS)
    assert (voice.asked, rater.asked, encounter.exchanges) == ([], [], ())
    assert asked.value.kinds == ("a phone number",)
    assert "api.example.org" in str(asked.value)
    assert "07700" not in str(asked.value)


async def test_a_confirmed_message_is_sent_as_it_is() -> None:
    """The learner has looked at it and wants it sent."""
    voice = At("api.example.org", "Right.")
    encounter = await Encounter.begin(
        "andrew", chat_model=voice, evaluator_model=At("api.example.org"), reading="rules"
    )
    assert (await encounter.exchange(DETAILS, confirmed=True)).turn.text == "Right."
    assert DETAILS in voice.asked[0].messages[-1].text


async def test_a_server_on_this_machine_is_told_without_asking() -> None:
    """Loopback asks nothing."""
    voice = At("127.0.0.1:8777", "Right.")
    encounter = await Encounter.begin("andrew", chat_model=voice, evaluator_model=At("localhost:8777"), reading="rules")
    assert (await encounter.exchange(DETAILS)).turn.text == "Right."


async def test_a_learner_in_crisis_gets_the_card_whatever_else_the_message_holds() -> None:
    """Help comes before a question about a phone number; nothing is sent."""
    voice = At("api.example.org")
    encounter = await Encounter.begin("andrew", chat_model=voice)
    exchange = await encounter.exchange("I can't do this any more, I want to kill myself. Ring me on 07700 900123")
    assert exchange.ended is Ending.SAFETY
    assert voice.asked == []
    with pytest.raises(EncounterEnded):
        await encounter.exchange("I want to die. 07700 900123")
