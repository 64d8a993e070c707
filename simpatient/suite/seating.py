"""A meeting seated for a case: cached material, seeded state and history, replies and readings that are given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from simpatient.encounter import Cast, Encounter, Relationship, as_asked
from simpatient.encounter.cast import Evaluator, Reader, Reading, Speaker
from simpatient.evaluation import RuleEvaluator
from simpatient.patient import Scene, Spoken
from simpatient.patient.between import seated
from simpatient.patient.dynamics import open_target
from simpatient.persona import Patient
from simpatient.suite.cases import Setting
from simpatient.suite.load import Shelf
from simpatient.suite.schema import Exchanged, Seeded
from simpatient.suite.service import Meter, Service
from simpatient.words import (
    Appraisal,
    CodedSpan,
    Context,
    PatientState,
    PatientTurn,
    Rendering,
    Rupture,
    RuptureCause,
    RuptureStyle,
    Stance,
)


class Given:
    """Reads in a message the codes that its author gave, and nothing else."""

    def __init__(self, codes: Mapping[str, int]) -> None:
        """Read these codes at these levels."""
        self.codes = codes

    def read(self, text: str, context: Context) -> Appraisal:
        """The codes given, each quoting the whole message."""
        del context
        spans = tuple(CodedSpan(code=code, level=level, quote=text) for code, level in self.codes.items())
        return Appraisal(by="script", codes=spans)


class Says:
    """Says the reply that its author gave."""

    def __init__(self, text: str) -> None:
        """Say this, once."""
        self.text = text

    async def speak(self, scene: Scene, say: Callable[[str], Awaitable[None]] | None = None) -> Spoken:
        """The reply given."""
        if say is not None:
            await say(self.text)
        del scene  # what the words call for is in them, whatever the engine meant to plant
        return Spoken(turn=PatientTurn(text=self.text))


class Seat:
    """Seats one case's patient, meeting after meeting."""

    def __init__(self, setting: Setting, shelf: Shelf, service: Service, meter: Meter, place: str) -> None:
        """Keep who and how; calls are kept under `place`."""
        self.setting, self.shelf, self.service, self.meter, self.place = setting, shelf, service, meter, place
        self.codebook = shelf.codebook
        self.rubric = shelf.rubric(setting.evaluator)
        self.patient = _as_asked(shelf, setting.persona, setting.difficulty, setting.channel)

    def meeting(self, number: int, before: Relationship | None) -> Encounter:
        """The meeting of this number, opened.

        Raises:
            NotReady: there is none after `before`.
        """
        place = self.place if number == 1 else f"{self.place}/meeting-{number}"
        voice, evaluator = (self.service.model(role, self.meter, place) for role in ("voice", "evaluator"))
        reading: Reading = "rules"
        if evaluator is not None:
            reading = self.setting.reading or "rules-then-model"  # pyright: ignore[reportAssignmentType]
        return Encounter(
            patient=self.patient,
            codebook=self.codebook,
            rubric=self.rubric,
            seed=self.setting.seed,
            encounter_id=f"{self.patient.persona.id}-{self.setting.seed}-{number}",
            relationship=before,
            models=Cast(
                voice=voice,
                evaluator=evaluator,
                instructions=self.shelf.instructions(self.setting.evaluator) if evaluator else "",
                reading=reading,
            ),
        )


class Hands:
    """Gives a meeting's reading and reply out of the author's hands back to reader and voice, and the other way."""

    def __init__(self, encounter: Encounter) -> None:
        """Remember who reads, speaks and rates by themselves."""
        self.encounter = encounter
        self.reader: Reader = encounter.reader
        self.speaker: Speaker | None = encounter.speaker
        self.evaluator: Evaluator = encounter.evaluator

    def take(self, codes: Mapping[str, int] | None, patient: str | None) -> None:
        """Let what is given stand for reader and voice in the next exchange."""
        self.encounter.reader = self.reader if codes is None else Given(codes)
        self.encounter.speaker = self.speaker if patient is None else Says(patient)

    async def hold(self, history: tuple[Exchanged, ...]) -> None:
        """Hold what went before, with no call to any chat model."""
        if not history:
            return
        encounter = self.encounter
        encounter.evaluator = RuleEvaluator(encounter.rubric, encounter.codebook)
        for each in history:
            if encounter.ended is not None:
                break
            self.take(each.codes, each.patient)
            encounter.speaker = Says(each.patient) if each.patient is not None else None
            done = await encounter.exchange(each.learner, confirmed=True, practice=True)
            await encounter.rated(done.number)
        encounter.evaluator = self.evaluator
        self.take(None, None)


def seed(encounter: Encounter, seeded: Seeded) -> None:
    """Let the patient feel and have told what the case says; what follows from it is worked out."""
    memory = encounter.memory
    told = {**dict(memory.told), **dict.fromkeys(seeded.told, Rendering.FULL)}
    encounter.feels(_state(encounter.state, seeded), replace(memory, told=tuple(told.items())))


def _state(state: PatientState, seeded: Seeded) -> PatientState:
    names = ("trust", "anxiety", "defensiveness", "hope")
    given = {name: value for name in names if (value := getattr(seeded, name)) is not None}
    if seeded.rupture is not None:
        rupture = Rupture(style=RuptureStyle(seeded.rupture), cause=RuptureCause.HARM)
        state = replace(state, rupture=rupture, stance=Stance.RUPTURED)
    if given:
        state = replace(state, **given)
        opened = seated(replace(state, openness=open_target(state)), Stance.COLLABORATING)
        state = opened if state.rupture is None else replace(opened, stance=Stance.RUPTURED)
    if seeded.exit_pressure is not None:
        state = replace(state, exit_pressure=seeded.exit_pressure)
    return state if seeded.stance is None else replace(state, stance=Stance.of(seeded.stance))


@lru_cache(maxsize=64)
def _as_asked(shelf: Shelf, name: str, difficulty: str | None, channel: str | None) -> Patient:
    """The patient with the difficulty and channel of the case."""
    patient = shelf.patient(name)
    return replace(patient, persona=as_asked(patient.persona, difficulty, channel))
