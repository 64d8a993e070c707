"""A learner whose words a chat model finds, in a style that somebody describes."""

from __future__ import annotations

import re

from simpatient.llm import ChatModel, Message, Request
from simpatient.llm.prompting import fenced, filled, sections, sound
from simpatient.suite.learners.conversation import Conversation, Heard

DEFAULT_STYLE = "warm, curious and honest; you listen more than you speak, and you make the mistakes of a beginner."
GOODBYE = "GOODBYE"
LONGEST = 1200
"""Characters of a message; what a model says beyond is cut at a sentence."""
_LABEL = re.compile(r"^\s*(?:learner|you|me|therapist|nurse|doctor|assistant)\s*:\s*", re.IGNORECASE)


class Voiced:
    """Says what a chat model would say in a style. It sees what every learner sees."""

    name = "voiced"

    def __init__(self, model: ChatModel, style: str = DEFAULT_STYLE, seed: int = 1) -> None:
        """Ask `model` for the words; a model that honours seeds says the same for the same one."""
        self.model, self.style, self.seed = model, style or DEFAULT_STYLE, seed

    async def say(self, conversation: Conversation) -> str | None:
        """The next words; None after goodbye.

        Raises:
            ChatModelError: the service failed.
        """
        if conversation.left is not None and conversation.left <= 0:
            return None
        request = Request(
            messages=self._messages(conversation),
            turn=f"{conversation.number}-learner",
            max_tokens=160,
            seed=self.seed + conversation.number,
        )
        said = _LABEL.sub("", sound((await self.model.complete(request)).text)).strip().strip('"').strip()
        return None if said.rstrip(".!").upper() == GOODBYE or not said else _cut(said)

    def _messages(self, conversation: Conversation) -> tuple[Message, ...]:
        parts, brief = sections("simpatient.suite.learners", "learner"), conversation.brief
        system = filled(
            parts["system"],
            role=brief.role or "somebody who practises",
            style=self.style,
            known=brief.known,
            task=brief.task,
            may="; ".join(brief.may) or "what anybody in your place may",
            may_not="; ".join(brief.may_not) or "nothing in particular",
            name=brief.name,
        )
        turn = filled(parts["turn"], time=_time(conversation), conversation=_told(conversation))
        return Message(role="system", text=system), Message(role="user", text=turn)


def _time(conversation: Conversation) -> str:
    left = conversation.left
    if left is None:
        return ""
    return "This is your last message: part." if left == 1 else f"You have {left} messages left, this one included."


def _told(conversation: Conversation) -> str:
    """The conversation as data."""
    name = conversation.brief.name
    lines = [_line(name, conversation.opening)]
    for passed in conversation.exchanges:
        lines += [f"You said: {passed.learner}", _line(name, passed.reply)]
    promised = [f'Last time you said: "{p.quote}".{_outcome(p.done)} {p.result}'.strip() for p in conversation.promises]
    return fenced("conversation", "\n".join([*promised, *lines]))


def _outcome(done: bool | None) -> str:
    return {True: " You did it.", False: " You have not done it.", None: ""}[done]


def _line(name: str, heard: Heard) -> str:
    return f"{name} said: {f'({heard.nonverbal}) ' if heard.nonverbal else ''}{heard.text}"


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    end = max(text.rfind(mark, 0, LONGEST) for mark in ".?!")
    return text[: end + 1] if end > 0 else text[:LONGEST]
