"""Who speaks and who rates in a meeting, and what leaves the machine for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from simpatient.evaluation import EvaluatorAgent, RuleEvaluator
from simpatient.llm import ChatModel, as_chat_model
from simpatient.rubric import Codebook, Rubric
from simpatient.words import Appraisal, Assessment, Context

Reading = Literal["", "rules", "rules-then-model", "model"]
"""Who reads the learner's message; empty means rules when embedded, else rules-then-model."""


class Evaluator(Protocol):
    """Rates one learner message."""

    async def rate(self, message: str, context: Context, appraisal: Appraisal) -> Assessment:
        """The ratings of `message`, which answers `context.turn`."""
        ...


@dataclass(frozen=True, kw_only=True)
class Models:
    """The chat models of a meeting; with none, everything is embedded."""

    voice: ChatModel | None = None
    evaluator: ChatModel | None = None
    instructions: str = ""
    """What the evaluator folder tells a model that rates."""
    reading: Reading = "rules"

    @classmethod
    def of(cls, voice: object, evaluator: object, instructions: str, reading: Reading = "") -> Models:
        """The models given, each behind our port; the voice rates too where no other model is named.

        Raises:
            ConfigurationError: one of them is no chat model.
        """
        speaks = as_chat_model(voice) if voice is not None else None
        rates = as_chat_model(evaluator) if evaluator is not None else speaks
        return cls(
            voice=speaks,
            evaluator=rates,
            instructions=instructions,
            reading=reading or ("rules-then-model" if rates is not None else "rules"),
        )

    def evaluator_for(self, rubric: Rubric, codebook: Codebook) -> Evaluator:
        """Who rates by this rubric."""
        if self.evaluator is None:
            return RuleEvaluator(rubric, codebook)
        return EvaluatorAgent(rubric, codebook, self.evaluator, self.instructions)

    @property
    def place(self) -> str:
        """Where text goes, in words; empty when none leaves the machine."""
        places = dict.fromkeys(
            model.place for model in (self.voice, self.evaluator) if model is not None and model.place
        )
        return " and ".join(places)

    def notice(self, name: str) -> str:
        """Which text goes where, in one line; empty when nothing leaves the machine."""
        told: list[str] = []
        if self.voice is not None and self.voice.place:
            told.append(
                f"What you write and what {name} says goes to {self.voice.place} ({self.voice.name}), which finds {name}'s words."
            )
        if self.evaluator is not None and self.evaluator.place:
            told.append(
                f"Your messages, with the lines they answer, go to {self.evaluator.place} ({self.evaluator.name}), which rates them."
            )
        return " ".join([*told, "Nothing else leaves this machine. Write nothing about real patients."]) if told else ""
