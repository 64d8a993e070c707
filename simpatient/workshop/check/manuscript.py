"""One patient as its author wrote it: what the files mean, where everything stands, and every passage that can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel

from simpatient.authoring import Document, Plain
from simpatient.authoring.read import Path_
from simpatient.authoring.schema import fields_at
from simpatient.errors import Diagnostic
from simpatient.patient.secrets import Secrets
from simpatient.persona import Dialogues, FollowUps, Lines, Patient, Persona, Returning
from simpatient.rubric import Codebook, Rubric

PERSONA, LINES, DIALOGUES, RETURNING = "persona.yaml", "lines.yaml", "dialogues.yaml", "returning.yaml"
FOLLOWUPS = "followups.yaml"
OF_FILES: Mapping[str, type[BaseModel]] = {
    PERSONA: Persona, LINES: Lines, DIALOGUES: Dialogues, RETURNING: Returning, FOLLOWUPS: FollowUps,
}  # fmt: skip
"""What each file means."""
SPOKEN_IN_PERSONA = ("opening", "opening_by_channel", "presenting", "samples", "life", "world", "risk_answer")
"""Fields of `persona.yaml` whose text is in the patient's own words."""
NOT_READ = frozenset(
    "id topic needs after key earlier blocked_by tags hint_tags move stance to asked channel outcome markers words names "
    "asks contradicted_by thing pronoun preset rupture_style objectives rubric plant softened_by which occasion version "
    "licence author portrait schema_version status difficulty risk_module code sources".split()
)
"""Fields that hold ids, phrases to listen for, or names of authors: nobody reads them as text."""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One piece of text that somebody may read or hear."""

    file: str
    at: Path_
    text: str
    needs: str
    """The fact that has to be told before; empty when nothing has to."""
    fact: str
    """Id of the fact whose wording it is; empty outside facts."""
    spoken: bool
    """Whether the patient says it."""


@dataclass(frozen=True, kw_only=True)
class Manuscript:
    """One patient with the places of all its words."""

    patient: Patient
    documents: Mapping[str, Document]
    codebook: Codebook
    rubric: Rubric | None
    """The rubric that the patient names; None where it cannot be read."""

    @property
    def persona(self) -> Persona:
        """What `persona.yaml` means."""
        return self.patient.persona

    @cached_property
    def secrets(self) -> Secrets:
        """The words that give each fact away."""
        return Secrets(self.patient)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All text of all files but the worked dialogues, in order."""
        return tuple(
            passage
            for file in (PERSONA, LINES, RETURNING, FOLLOWUPS)
            if file in self.documents
            for passage in _passages(self.documents[file].data, (), file, "", "", spoken=file != PERSONA)
        )

    def finding(self, file: str, at: Path_, code: str, variant: str = "", /, **values: object) -> Diagnostic:
        """A finding at the place of `at` in `file`."""
        return self.documents[file].diagnostic(at, code, variant, **values)

    def carries_needs(self, file: str, at: Path_) -> bool:
        """Whether something at `at`, or what it stands in, may be kept back with `needs`."""
        model = OF_FILES[file]
        return any("needs" in fields_at(model, at[:deep]) for deep in range(len(at) + 1))

    def fact_at(self, fact_id: str) -> Path_:
        """Where a fact stands in `persona.yaml`."""
        return ("facts", [fact.id for fact in self.persona.facts].index(fact_id))


def _passages(data: Plain, at: Path_, file: str, needs: str, fact: str, *, spoken: bool) -> Iterator[Passage]:
    if isinstance(data, str):
        yield Passage(file=file, at=at, text=data, needs=needs, fact=fact, spoken=spoken)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            inside = fact
            if at == ("facts",) and isinstance(value, dict):
                inside = str(value.get("id", ""))
            yield from _passages(value, (*at, index), file, needs, inside, spoken=spoken)
    elif isinstance(data, dict):
        needs = str(data["needs"]) if isinstance(data.get("needs"), str) else needs
        for key, value in data.items():
            if key in NOT_READ:
                continue
            said = spoken or key in SPOKEN_IN_PERSONA or (bool(fact) and key in ("hint", "partial", "full", "more"))
            yield from _passages(value, (*at, key), file, needs, "" if key == "would_open" else fact, spoken=said)
