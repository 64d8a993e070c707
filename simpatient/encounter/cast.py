"""Who speaks and who rates in a meeting, and what leaves the machine for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from simpatient.appraisal import RuleReader
from simpatient.evaluation import EvaluatorAgent, RuleEvaluator
from simpatient.llm import ChatModel, UnexpectedCall, as_chat_model, connect
from simpatient.llm.port import is_this_machine
from simpatient.patient import AuthoredVoice, Scene, Spoken
from simpatient.patient.once import once
from simpatient.persona import Patient
from simpatient.rubric import Codebook, Rubric
from simpatient.settings import Settings
from simpatient.words import Appraisal, Assessment, Context

Reading = Literal["", "rules", "rules-then-model", "model"]
"""Who reads the learner's message; empty means rules when embedded, else rules-then-model."""


Hear = Callable[[str], Awaitable[None]]
"""Receives each sentence of a reply as it is spoken."""
HERE = "a model server on this machine"


class Reader(Protocol):
    """Reads behaviour codes in one learner message."""

    def read(self, text: str, context: Context) -> Appraisal:
        """The codes of `text`, which answers `context.turn`."""
        ...


@once
def reader_of(codebook: Codebook) -> Reader:
    """Who reads by rules, made once for a codebook."""
    return RuleReader(codebook)


class Speaker(Protocol):
    """Finds the words of a reply where the authored lines do not."""

    async def speak(self, scene: Scene, say: Callable[[str], Awaitable[None]] | None = None) -> Spoken:
        """The reply; `say` hears each sentence."""
        ...


class Evaluator(Protocol):
    """Rates one learner message."""

    async def rate(self, message: str, context: Context, appraisal: Appraisal) -> Assessment:
        """The ratings of `message`, which answers `context.turn`."""
        ...


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The chat models of a meeting; with none, everything is embedded."""

    voice: ChatModel | None = None
    evaluator: ChatModel | None = None
    instructions: str = ""
    """What the evaluator folder tells a model that rates."""
    reading: Reading = "rules"

    @classmethod
    def of(cls, voice: object, evaluator: object, reading: Reading = "") -> Cast:
        """The models given, each behind our port; the voice rates too where no other model is named.

        Raises:
            ConfigurationError: one of them is no chat model.
        """
        speaks = as_chat_model(voice) if voice is not None else None
        rates = as_chat_model(evaluator) if evaluator is not None else speaks
        return cls(
            voice=speaks,
            evaluator=rates,
            reading=reading or ("rules-then-model" if rates is not None else "rules"),
        )

    @classmethod
    def of_settings(cls, settings: Settings) -> Cast:
        """The models that settings name; `embedded` names none, no evaluator model means the chat model.

        Raises:
            ConfigurationError: a name that means nothing.
        """

        def named(spec: str) -> ChatModel | None:
            key = settings.api_key.get_secret_value()
            return connect(spec, base_url=settings.base_url, api_key=key, timeout=settings.chat_timeout)

        voice = named(settings.chat_model)
        rates = named(settings.evaluator_model) if settings.evaluator_model else voice
        reading: Reading = settings.reading or "rules-then-model"
        return cls(voice=voice, evaluator=rates, reading=reading if rates is not None else "rules")

    def evaluator_for(self, rubric: Rubric, codebook: Codebook) -> Evaluator:
        """Who rates by this rubric."""
        if self.evaluator is None:
            return RuleEvaluator(rubric, codebook)
        return EvaluatorAgent(rubric, codebook, self.evaluator, self.instructions)

    def speaker_for(self, patient: Patient, own: AuthoredVoice) -> Speaker | None:
        """Who finds this patient's words by chat model, with the authored voice to fall back on; None when embedded."""
        if self.voice is None:
            return None
        from simpatient.patient.chat_voice import ChatVoice

        return ChatVoice(patient, self.voice, own)

    @property
    def place(self) -> str:
        """Where text goes, in words; empty when none leaves the machine."""
        places = dict.fromkeys(_place(model) for model in (self.voice, self.evaluator) if model is not None)
        return " and ".join(place for place in places if place and place != HERE)

    def notice(self, name: str) -> str:
        """Which text goes where, in one line; empty when no chat model is in use."""
        told: list[str] = []
        if self.voice is not None and (place := _place(self.voice)):
            told.append(
                f"What you write and what {name} says goes to {place} ({self.voice.name}), which finds {name}'s words."
            )
        if self.evaluator is not None and (place := _place(self.evaluator)):
            told.append(
                f"Your messages, with the lines they answer, go to {place} ({self.evaluator.name}), which rates them."
            )
        if not told:
            return ""
        end = "Write nothing about real patients." if self.place else "Nothing leaves this machine."
        return " ".join([*told, end])


async def reading_of(reading: Reading, rating: asyncio.Task[Assessment], by_rules: Appraisal) -> Appraisal:
    """The reading that moves the patient now: by rules, or by a chat model where the setting waits for it.

    Raises:
        UnexpectedCall: a scripted or replayed model was asked something else than was written down.
    """
    if reading != "model":
        return by_rules
    try:
        return (await rating).reading or by_rules
    except UnexpectedCall:
        raise
    except Exception:  # noqa: BLE001  an evaluator that fails leaves the rules
        return by_rules


class FirstWord:
    """The moment from which a message may be rated: a service that does one thing at a time finds the words first."""

    def __init__(self, say: Hear | None, *, now: bool) -> None:
        """Hand sentences on to `say`; with `now` nothing is waited for."""
        self._say, self._come = say, asyncio.Event()
        if now:
            self._come.set()

    async def hear(self, sentence: str) -> None:
        """One more sentence, handed on."""
        if self._say is not None:
            await self._say(sentence)
        self._come.set()

    def over(self) -> None:
        """The reply is complete, with words or without."""
        self._come.set()

    async def come(self) -> None:
        """Wait for it."""
        await self._come.wait()


def _place(model: ChatModel) -> str:
    """Where a model's text goes, in words."""
    return HERE if is_this_machine(model.place) else model.place
