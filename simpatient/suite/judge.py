"""A chat model that says whether a statement is true of a conversation; no answer is no verdict."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from simpatient.errors import ChatModelError
from simpatient.llm import ChatModel, Message, Request, answer
from simpatient.llm.prompting import fenced, filled, prompt

HERE = "simpatient.suite"


class Judgement(BaseModel):
    """The judge's answer: the evidence before the verdict."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    quote: str = Field(default="", max_length=600)
    why: str = Field(default="", max_length=600)
    true: bool


class Judge:
    """Asks a chat model about one place of a conversation."""

    def __init__(self, model: ChatModel, turn: str) -> None:
        """Ask `model`; calls are known by `turn` and a number."""
        self.model, self.turn, self._asked = model, turn, 0

    async def __call__(self, statement: str, conversation: str, number: int) -> bool | None:
        """Whether the statement is true, for the so-manieth time; None when no usable answer came."""
        self._asked += 1
        said = filled(
            prompt(HERE, "judge"),
            statement=fenced("statement", statement),
            conversation=fenced("conversation", conversation),
        )
        request = Request(
            messages=(Message(role="user", text=said),),
            turn=f"{self.turn}-judge-{self._asked}",
            max_tokens=500,
            temperature=0.7 if number > 1 else 0.0,
            seed=number,
        )
        try:
            return (await answer(self.model, request, Judgement)).value.true
        except ChatModelError:
            return None
