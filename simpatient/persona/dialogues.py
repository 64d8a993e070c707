"""What `dialogues.yaml` may hold: worked dialogues with expected directions."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator

from simpatient.persona.schema import Authored, StanceWord, Text, Word
from simpatient.words import Tag

_EXPECTED = re.compile(r"^(\+\+|\+|=|-|--)\s+(0?\.\d+|1\.0+)$")


class Expectation(Authored):
    """State after a step: sign of the change and value, such as `"++ .41"`.

    `++` is a rise of 0.05 or more, `+` of 0.01 or more, `=` less than 0.01 either way.
    """

    trust: str | None = None
    anxiety: str | None = None
    defensiveness: str | None = None
    hope: str | None = None
    openness: str | None = None
    """As for trust."""
    exit_pressure: float | None = None
    """How near they are to leaving, 0..1."""
    rupture: bool | None = None
    """Whether they are hurt and have shut down."""
    stance: StanceWord | None = None
    """The rung they stand on afterwards."""

    @field_validator("trust", "anxiety", "defensiveness", "hope", "openness")
    @classmethod
    def _shape(cls, value: str | None) -> str | None:
        if value is not None and not _EXPECTED.match(value):
            raise ValueError('write a sign and a value, such as "++ .41"')
        return value

    def sign_and_value(self, variable: str) -> tuple[str, float] | None:
        """The expected sign and value of one variable; None when the author left it out."""
        text = getattr(self, variable)
        if text is None:
            return None
        sign, value = text.split()
        return sign, float(value)


class Step(Authored):
    """One exchange of a worked dialogue."""

    learner: Text
    """What the learner says."""
    codes: dict[Word, Annotated[int, Field(ge=1, le=3)]]
    """Behaviours a careful reader finds, with level."""
    patient: str = ""
    """What the patient answers in the worked dialogue."""
    tags: tuple[Tag, ...] = ()
    """What that answer calls for."""
    tells: tuple[Word, ...] = ()
    """Facts that the answer tells."""
    expect: Expectation = Expectation()


class Dialogue(Authored):
    """A worked dialogue."""

    id: Word
    about: Text
    """What happens in it, in a sentence."""
    quality: Literal["skilled", "poor", "gaming", "repair", "unrepaired", "other"]
    """How the learner does; there has to be a skilled and a poor one."""
    begins_with: Word | None = None
    """A dialogue of this file whose first steps come before these."""
    begins_for: Annotated[int, Field(ge=1)] | None = None
    """How many of them."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    ends: StanceWord
    """Stance at the end."""
    ends_typed: StanceWord | None = None
    """Stance at the end when the words are only typed and rules read them, where these are known to see less than a
    careful reader does; None means the same."""
    outcome: Literal["asks", "thinks_about_it", "does_not_book"] | None = None
    """Whether another appointment is wanted at the end."""


class Dialogues(Authored):
    """All worked dialogues of one patient."""

    schema_version: Literal[1]
    dialogues: Annotated[tuple[Dialogue, ...], Field(min_length=2)]

    def steps_of(self, dialogue_id: str) -> tuple[Step, ...]:
        """All steps of a dialogue, those it begins with included.

        Raises:
            KeyError: there is no such dialogue.
        """
        for dialogue in self.dialogues:
            if dialogue.id == dialogue_id:
                before = self.steps_of(dialogue.begins_with)[: dialogue.begins_for] if dialogue.begins_with else ()
                return (*before, *dialogue.steps)
        raise KeyError(dialogue_id)
