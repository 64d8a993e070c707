"""Small scenes to speak from, and chat models that behave badly on purpose."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from functools import lru_cache

from simpatient.llm import Completion, Failure, Piece, Request, ServiceFailed
from simpatient.patient import Heard, Memory, Scene
from simpatient.patient.secrets import Secrets
from simpatient.patient.vetting import Vet
from simpatient.persona import Patient
from simpatient.words import Channel, Intent, Move, PatientTurn, Rendering, Stance, Telling


def intent(stance: Stance = Stance.GUARDED, move: Move = Move.REACT, **more: object) -> Intent:
    """What the patient is about to do, in a few words unless said otherwise."""
    return Intent(**{"stance": stance, "move": move, "length": (3, 15), **more})  # type: ignore[arg-type]


def telling(patient: Patient, fact: str, rendering: Rendering, **more: object) -> Intent:
    """An intent that tells this much of a fact."""
    tells = Telling(fact=fact, topic=patient.persona.fact(fact).topic, rendering=rendering)
    return intent(Stance.OPEN, Move.TELL, **{"tells": tells, "topic": tells.topic, "length": (30, 80), **more})


def scene(said: str = "Hello.", **more: object) -> Scene:
    """A scene in which the learner has just said `said`."""
    defaults = {
        "intent": intent(), "heard": Heard(text=said), "memory": Memory(), "seed": 1, "exchange": 1,
        "opening": PatientTurn(text="Hi. Sorry, I'm early."),
    }  # fmt: skip
    return Scene(**{**defaults, **more})  # type: ignore[arg-type]


def vet(patient: Patient, **more: object) -> Vet:
    """A vet of a free and easy moment, in which nothing but content can be at fault."""
    defaults = {"intent": intent(Stance.OPEN, length=(30, 80)), "memory": Memory(), "heard": ""}
    return Vet(**{"persona": patient.persona, "secrets": secrets_of(patient), **defaults, **more})  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def _secrets(folder: str) -> list[Secrets]:
    return []


def secrets_of(patient: Patient) -> Secrets:
    """The words that give this patient's facts away, weighed once for all tests."""
    kept = _secrets(str(patient.folder))
    if not kept:
        kept.append(Secrets(patient))
    return kept[0]


def on(patient: Patient, channel: Channel) -> Patient:
    """The patient met over another channel."""
    from dataclasses import replace

    card = patient.persona.card.model_copy(update={"channel": channel})
    return replace(patient, persona=patient.persona.model_copy(update={"card": card}))


class Pieces:
    """Gives its pieces one by one, notes when each is asked for, and may fail after the last."""

    def __init__(self, *tries: Sequence[str], fails: Failure | BaseException | None = None) -> None:
        self.tries = list(tries)
        self.fails = fails
        self.asked: list[Request] = []
        self.log: list[str] = []
        """`ask N` as piece N is asked for, `hear TEXT` as a sentence is heard, `closed` as the stream is let go."""

    name = "fake:pieces"
    place = ""

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        self.asked.append(request)
        pieces = self.tries[len(self.asked) - 1] if len(self.asked) <= len(self.tries) else ()
        try:
            for number, piece in enumerate(pieces):
                self.log.append(f"ask {number}")
                yield piece
            if isinstance(self.fails, Failure):
                raise ServiceFailed(self.fails)
            if self.fails is not None:
                raise self.fails
            self.log.append("ask end")
            yield Completion(text="".join(pieces), model="pieces-1", prompt_tokens=10, answer_tokens=5)
        finally:
            self.log.append("closed")

    async def complete(self, request: Request) -> Completion:
        raise AssertionError("the voice streams")

    async def hear(self, sentence: str) -> None:
        """Note what was heard."""
        self.log.append(f"hear {sentence}")
