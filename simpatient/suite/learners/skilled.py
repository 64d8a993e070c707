"""A skilled learner: hears what was said, returns it in other words, is straight, leaves choices, and mends.

Source: Calgary-Cambridge process skills, MITI reflections and questions, VR-CoDES cues, 3RS repair; the order of
business is our own. It reads the words of the patient and nothing that stands behind them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from simpatient.suite.learners.conversation import Conversation
from simpatient.suite.learners.noticing import SHORT
from simpatient.suite.learners.speaking import Making
from simpatient.words import Channel, Tag

_FELT = (Tag.CUE, Tag.CONCERN, Tag.SELF_CRITICISM, Tag.STIGMA_FEAR, Tag.SETBACK)
_SORE = (Tag.COMPLAINT, Tag.ATTACK, Tag.RUPTURE)
_SETTLES = {
    Channel.IN_PERSON: "settle_in_person",
    Channel.PHONE: "settle_phone",
    Channel.TEXT: "settle_text",
    Channel.VIDEO: "settle_video",
}
_FEEDBACK_AT, _FEEDBACK_EVERY = 6, 9
_ROOM_EVERY = 4
_DISCLOSED = 25
"""Words from which a turn with a feeling in it is thanked for."""
_LAST_BUT_ONE = 2
_HALF, _MOSTLY = 0.5, 0.7
_EARLY, _CURT = 4, 14
"""Exchanges, and words of a turn, up to which a word of refusal is taken for one."""


class Skilled:
    """Listens, returns, is honest, leaves choices, mends."""

    name: ClassVar[str] = "skilled"

    def __init__(self, seed: int = 1) -> None:
        """The same seed says the same in the same conversation."""
        self.seed = seed

    async def say(self, conversation: Conversation) -> str | None:
        """The next words; None after goodbye."""
        making = Making(conversation, self.name, self.seed)
        if (conversation.left is not None and conversation.left <= 0) or (
            conversation.left is None and making.used("part")
        ):
            return None
        if conversation.number == 1:
            _opens(making)
        else:
            _answers(making)
        return making.message or "Take your time."


def _opens(making: Making) -> None:
    """Greet, settle, be straight about promises, and leave the beginning to the patient."""
    conversation = making.conversation
    again = conversation.meeting > 1
    making.say("greet_again" if again else "greet")
    for promise in conversation.promises if again else ():
        if promise.done is None or making.used("promised_not"):
            continue
        making.places.update(promise=promise.quote.rstrip(".!"), result=promise.result or "Here it is, as I said.")
        making.say("promised_kept" if promise.done else "promised_not")
    if again:
        making.say("begin_again")
        return
    if Tag.PUSHBACK in making.turn.hinted or Tag.COMPLAINT in making.turn.hinted:
        making.say("met_sore")
    else:
        making.say(_SETTLES[conversation.brief.channel])
    making.say("begin")


def _answers(making: Making) -> None:
    """Answer the last turn: what presses most comes first."""
    turn, left = making.turn, making.conversation.left
    if Tag.RISK_CUE in turn.hinted:
        _asks_about_risk(making)
    elif not turn.tags.isdisjoint(_SORE) or (turn.sore and making.conversation.number > 2):
        _mends(making)
    elif _due(making, left, 1, planned=True):
        _answers_question(making)
        making.say("part")
    elif _due(making, left, _LAST_BUT_ONE, planned=False):
        _answers_question(making) or (making.turn.words > SHORT and _makes_sense(making))
        making.say("plan", "plan_one", "room")
    elif not _answers_question(making):
        _listens(making)


def _due(making: Making, left: int | None, at: int, *, planned: bool) -> bool:
    """Whether it is time to part or to plan: by the clock, or by what the patient says where nobody named a time."""
    if left is not None:
        return left == at
    has_planned = making.used("plan") or making.used("plan_one")
    late = making.conversation.number > _FEEDBACK_AT
    return late and Tag.CLOSING in making.turn.hinted and has_planned is planned


def _asks_about_risk(making: Making) -> None:
    making.say("feel") if making.used("risk_ask") else None
    making.say("risk_stay" if making.used("risk_ask") else "risk_ask", "stay")


def _mends(making: Making) -> None:
    """Own it, say what it did, ask."""
    making.say("own")
    making.say("own_how", "validate")
    making.say("own_ask", "choice")


def _answers_question(making: Making) -> bool:
    """Whether the turn asked for something that is answered now."""
    turn = making.turn
    if turn.asks_what_i_know and making.say("known"):
        return True
    acts = (
        (Tag.QUESTION_PRIVACY, ("privacy_more",) if making.used("privacy") else ("privacy",)),
        (Tag.QUESTION_PROCESS, ("process", "unknown")),
        (Tag.CONFUSION, ("plain", "process")),
        (Tag.REQUEST, ("request", "unknown")),
        (Tag.QUESTION_FACT, ("own_question", "unknown") if turn.asks_me else ("unknown",)),
    )
    for tag, answers in acts:
        if tag in turn.tags and any(making.book.unused(act, making.said) for act in answers):
            if making.turn.feeling and not turn.tags.isdisjoint(_FELT) and tag is not Tag.QUESTION_PRIVACY:
                making.say("feel")
            return making.say(*answers)
    return False


def _listens(making: Making) -> None:
    """Return what was said and leave room, in one of several ways, so that no two messages in a row are built alike."""
    turn, number = making.turn, making.conversation.number
    if turn.gives_up and number > 2:
        making.say("sore_ask", "choice")
        making.say("choice", "stay")
        return
    if not (turn.clauses or turn.quotes or making.matters or turn.feeling) and making.used("privacy"):
        _leaves_room(making)
        return
    pushes_back = Tag.PUSHBACK in turn.tags and (number <= _EARLY or turn.words <= _CURT)
    if pushes_back:
        making.say("sore", "validate")
        making.say("choice") if making.used("privacy") else _opens_up(making)
    if number >= 2 and not making.used("privacy") and not pushes_back:
        _makes_sense(making) if turn.tags else None
        making.say("privacy")
        return
    if (
        turn.words >= _DISCLOSED
        and Tag.ACCOUNT in turn.tags
        and (turn.feeling or making.matters)
        and making.dice.random() < _MOSTLY
    ):
        _receives(making)
    elif _looks_wider(number) and not making.parts:
        _makes_sense(making) or _returns(making) or making.say("thin")
        making.say("recall_person", "areas", "room")
    elif not making.parts:
        _WAYS[(making.seed + number) % len(_WAYS)](making)
    asked = "?" in making.message
    if number == _FEEDBACK_AT or (number > _FEEDBACK_AT and (number - _FEEDBACK_AT) % _FEEDBACK_EVERY == 0):
        making.say("feedback") if not asked else None
    elif not asked and number % _ROOM_EVERY == 0:
        making.say("room")


def _looks_wider(number: int) -> bool:
    """Whether it is time to ask after the rest of a life: once when the ground is laid, then every other time."""
    return number == _FEEDBACK_AT - 1 or (number > _FEEDBACK_AT and number % 2 == 0)


def _leaves_room(making: Making) -> None:
    """Where hardly anything was said: no pressing; something from before, or a door left open."""
    ways: list[Callable[[], bool]] = [
        lambda: making.say("recall_person", "areas", "recall", "recall_matter"),
        lambda: making.say("areas", "room"),
        lambda: making.say_of([text for matter in making.over_all[:4] for text in matter.ask]),
    ]
    making.say("thin", "choice", "stay") if making.dice.random() < _MOSTLY else None
    making.dice.shuffle(ways)
    _ = any(way() for way in ways) or making.say("stay")


def _returns(making: Making) -> bool:
    """Return the meaning of what was said."""
    ways: list[Callable[[], bool]] = []
    if making.matters:
        ways.append(lambda: making.say_of([text for matter in making.matters[:2] for text in matter.reflect]))
    ways.append(lambda: making.say("reflect_clause"))
    ways.append(lambda: making.say("reflect_person"))
    ways.append(lambda: making.say("reflect_quote"))
    making.dice.shuffle(ways)
    return any(way() for way in (*ways, lambda: making.say("reflect_thing")))


def _makes_sense(making: Making) -> bool:
    """Say why it makes sense, with the reason they gave."""
    because = [text for matter in making.matters[:2] for text in matter.because]
    first = making.dice.random() < _HALF
    shame = {Tag.SELF_CRITICISM, Tag.STIGMA_FEAR} & making.turn.tags
    if shame and making.say("lift"):
        return True
    return (first and making.say_of(because)) or making.say("validate") or making.say_of(because)


def _opens_up(making: Making) -> bool:
    """Ask one open question that follows from what was said."""
    asks = [text for matter in making.matters[:2] for text in matter.ask]
    if asks and making.dice.random() < _MOSTLY and making.say_of(asks):
        return True
    ways: list[Callable[[], bool]] = [lambda: making.say("ask_thing"), lambda: making.say("ask_person")]
    ways.append((lambda: making.say_of(asks)) if asks else (lambda: making.say("ask_quote")))
    making.dice.shuffle(ways)
    return any(way() for way in ways) or making.say("ask", "room")


def _return_and_ask(making: Making) -> None:
    _returns(making)
    _opens_up(making)


def _receives(making: Making) -> None:
    """Meet something that was not easy to say: no question on its heels."""
    making.say("thanks") if making.dice.random() < _HALF else None
    _returns(making) if making.dice.random() < _HALF else making.say("feel") or _returns(making)
    _makes_sense(making) if making.dice.random() < _HALF else making.say("choice", "stay")


def _feel_and_stay(making: Making) -> None:
    making.say("feel") or _returns(making)
    making.say("choice", "stay")


def _sense_and_ask(making: Making) -> None:
    if Tag.EFFORT in making.turn.tags:
        making.say("strength")
    _makes_sense(making) or _returns(making)
    _opens_up(making)


def _return_and_check(making: Making) -> None:
    if _returns(making):
        making.say("check")
    else:
        _opens_up(making)


def _feel_and_sense(making: Making) -> None:
    making.say("feel") or _returns(making)
    _makes_sense(making) or making.say("stay")


def _recall_and_ask(making: Making) -> None:
    if making.turn.words > 2 * SHORT:
        _returns(making)
        making.say("recall_person") or _opens_up(making)
        return
    making.say("recall", "recall_matter") or _returns(making)
    _opens_up(making)


_WAYS = (_return_and_ask, _feel_and_stay, _sense_and_ask, _return_and_check, _feel_and_sense, _recall_and_ask)
