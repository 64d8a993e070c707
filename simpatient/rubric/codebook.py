"""What `evaluators/codebook.yaml` means: behaviour codes, what they are and how they move a patient."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from simpatient.words import BehaviourCode

Text = Annotated[str, Field(min_length=1, max_length=2000)]
Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Weight = Annotated[float, Field(ge=-0.5, le=0.5)]
Primary = Literal[
    "open_question", "closed_question", "simple_reflection", "complex_reflection", "information", "advice", "other"
]


class Authored(BaseModel):
    """A frozen piece of an authored file; unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Weights(Authored):
    """How far one full dose moves each variable before sensitivity, wear and caps."""

    trust: Weight
    anxiety: Weight
    defensiveness: Weight
    hope: Weight


class Otherwise(Authored):
    """What a code moves as when its condition does not hold; no code means nothing."""

    code: Word | None = None
    """As what it moves the patient where the condition is not met; nothing when left out."""
    level: Annotated[int, Field(ge=1, le=3)] = 1
    """At which level."""


class MovesAs(Authored):
    """A code that moves the state as another one does (clinical section 3.13)."""

    code: Word | None = None
    """The other code; none means it moves nothing (or is handled by the promise ledger)."""
    most: Annotated[int, Field(ge=1, le=3)] = 3
    """The highest level it may count as."""
    min_trust: Annotated[float, Field(ge=0, le=1)] | None = None
    """Trust from which it moves the patient so."""
    min_stance: Literal["guarded", "testing", "warming", "open"] | None = None
    """Rung from which it moves the patient so."""
    otherwise: Otherwise = Otherwise()
    ledger: bool = False
    """True when the promise ledger credits or charges it."""


class Example(Authored):
    """One utterance with the level a careful reader gives it."""

    learner: Text
    """What the learner said."""
    level: Annotated[int, Field(ge=0, le=3)]
    """How well it was done, or how badly."""
    patient: str = ""
    """The patient turn that it answers."""
    setting: str = ""
    """Where it could be heard: therapy, ward, surgery, phone, chat ..."""


class NearMiss(Authored):
    """An utterance that looks like this code and is not, or (for a harm) a legitimate lookalike."""

    learner: Text
    """What the learner said."""
    patient: str = ""
    """What the patient had said before."""
    why: Text
    """Why it is none."""
    reads_as: Word | None = None
    """The code it really is, if any."""


class Code(Authored):
    """One definable act of the learner."""

    code: Word
    """Its id."""
    name: Text
    """As learners read it."""
    kind: Literal["help", "harm", "neutral"]
    """Whether it helps, harms, or does neither."""
    definition: Text
    """What it is, so that two readers agree."""
    marks: Text = "see definition"
    """Observable textual markers."""
    source: Text
    """The literature behind the construct, or "design"."""
    weight: Weights | None = None
    moves_as: MovesAs | None = None
    max_level: Annotated[int, Field(ge=1, le=3)] = 3
    """The highest quality or severity it can have."""
    primary: Primary = "other"
    """Its family in a four- or seven-way coding of utterances."""
    examples: tuple[Example, ...] = ()
    near: tuple[NearMiss, ...] = ()
    better: str = ""
    """For a harm: what would serve instead, one line."""
    experimental: bool = False
    """True where agreement with human coders is weak; shown to educators."""

    @model_validator(mode="after")
    def _moves_somehow(self) -> Code:
        if (self.weight is None) == (self.moves_as is None):
            raise ValueError(f"code `{self.code}` needs either `weight` or `moves_as`, so that no code lacks an effect")
        return self


class CodebookFile(Authored):
    """The whole file."""

    schema_version: Literal[1]
    version: Text
    """Raise it when codes change their meaning."""
    codes: Annotated[tuple[Code, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class Codebook:
    """The list of behaviour codes with definitions, examples and effects."""

    file: CodebookFile

    @cached_property
    def codes(self) -> dict[BehaviourCode, Code]:
        """All codes by id, in the order of the file."""
        return {code.code: code for code in self.file.codes}

    @property
    def version(self) -> str:
        """Version of the authored file."""
        return self.file.version

    @cached_property
    def harms(self) -> frozenset[BehaviourCode]:
        """Ids of all harmful codes."""
        return frozenset(code.code for code in self.file.codes if code.kind == "harm")
