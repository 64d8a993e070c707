"""Learners who are not skilled: the warm novice, the cold, the pushy, and the one who stuffs messages with phrases."""

from __future__ import annotations

from simpatient.suite.learners.conversation import Conversation
from simpatient.suite.learners.speaking import Making
from simpatient.words import Tag

_ASKED = (Tag.QUESTION_PRIVACY, Tag.QUESTION_PROCESS, Tag.QUESTION_FACT, Tag.REQUEST)
_SORE = (Tag.COMPLAINT, Tag.ATTACK, Tag.RUPTURE)


class _Simple:
    """Greets, goes on in its own way, says goodbye."""

    name: str = ""

    def __init__(self, seed: int = 1) -> None:
        """The same seed says the same in the same conversation."""
        self.seed = seed

    async def say(self, conversation: Conversation) -> str | None:
        """The next words; None after goodbye."""
        making = Making(conversation, self.name, self.seed)
        if making.used("end") or (conversation.left is not None and conversation.left <= 0):
            return None
        if conversation.number == 1:
            again = conversation.meeting > 1
            making.say("greet_again", "greet") if again else making.say("greet")
        elif conversation.left == 1:
            making.say("end")
        else:
            self._goes_on(making)
        if not making.parts:
            making.say("end")
        return making.message or None

    def _goes_on(self, making: Making) -> None:
        raise NotImplementedError


class Novice(_Simple):
    """Warm and generic: closed questions, some advice, now and then a reflection."""

    name: str = "novice"

    def _goes_on(self, making: Making) -> None:
        turn, roll = making.turn, making.dice.random
        if not turn.tags.isdisjoint(_SORE):
            making.say("sorry", "soft")
        elif not turn.tags.isdisjoint(_ASKED):
            making.say("answer", "soft")
        elif making.conversation.number == 3:
            making.say("privacy")
        if not making.parts:
            making.say("back", "soft") if roll() < 0.5 else making.say("soft", "back")
        chance = roll()
        if chance < 0.42:
            making.say("closed", "open")
        elif chance < 0.75:
            making.say("open", "closed")
        elif chance < 0.82:
            making.say("leave", "open")
        elif chance < 0.93:
            making.say("advice", "closed")
        else:
            making.say("cheer", "closed")


class Cold(_Simple):
    """Fills in a form."""

    name: str = "cold"

    def _goes_on(self, making: Making) -> None:
        roll = making.dice.random()
        page = making.book.unused("first_page", making.said)[:1]
        if not making.turn.tags.isdisjoint((*_ASKED, *_SORE)):
            making.say("wave", "nod")
        elif roll < (_PRESSED if page else _PRESSED_LATER):
            making.say("hurry", "nod")
        elif roll < 2 * _PRESSED_LATER:
            making.add(making.dice.choice(making.book.phrases["nod"]).text)
        for phrase in page:
            making.add(phrase.with_(making.places) or phrase.text)
        for _ in () if page else range(making.dice.choice((1, 2, 3, 3))):
            making.say("form")
        if not making.book.unused("form", making.said):
            making.say("end")


_PRESSED, _PRESSED_LATER = 0.7, 0.25
"""How often the form's owner says that there is no time, on its first page and after it."""


class Pushy(_Simple):
    """Digs, advises, presses."""

    name: str = "pushy"

    def _goes_on(self, making: Making) -> None:
        first, second = making.dice.sample(["dig", "advise", "press"], 2)
        making.say(first, second, "press", "advise", "dig")
        if making.dice.random() < 0.6:
            making.say(second)


class Stuffing(_Simple):
    """Says what earns marks, to anybody."""

    name: str = "stuffing"

    def _goes_on(self, making: Making) -> None:
        acts = ["hear", "valid", "praise", "choice"]
        making.dice.shuffle(acts)
        for act in acts[: making.dice.randint(2, 4)]:
            if not making.say(act):
                making.add(making.dice.choice(making.book.phrases[act]).text)
