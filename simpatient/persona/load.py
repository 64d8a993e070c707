"""One patient's three files from a library, checked against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from simpatient.authoring import Document, Library, Plain, read_model, read_yaml
from simpatient.authoring.read import guess_at, nearest
from simpatient.authoring.schema import schema_findings
from simpatient.errors import ContentError, Diagnostic
from simpatient.persona.dialogues import Dialogues
from simpatient.persona.followups import FollowUps
from simpatient.persona.lines import Lines
from simpatient.persona.questions import Questions
from simpatient.persona.returning import MISREPORTED, Returning
from simpatient.persona.schema import Persona
from simpatient.words import FeedbackKind

ModelT = TypeVar("ModelT", bound=BaseModel)
MARKER = "persona.yaml"
FIRST_ONLY = Returning()
"""What a patient says who was written for one meeting."""


@dataclass(frozen=True, kw_only=True)
class Patient:
    """A persona with the words it speaks and the dialogues it is tested by."""

    persona: Persona
    lines: Lines
    dialogues: Dialogues
    folder: Path
    returning: Returning = FIRST_ONLY


def persona_ids(library: Library) -> list[str]:
    """Ids of all personas of the library, sorted."""
    return library.ids("personas", MARKER)


def load_patient(library: Library, name: str, codes: Iterable[str]) -> Patient:
    """The patient called `name`, whose files name only behaviour `codes` that exist.

    Raises:
        ContentError: unknown persona or malformed files; all errors at once.
    """
    files = read_files(library, library.folder("personas", name, MARKER), codes)
    patient = files.patient
    if files.findings or patient is None:
        raise ContentError(list(files.findings))
    return patient


@dataclass(frozen=True, kw_only=True)
class PatientFiles:
    """The files of one folder as far as they can be read, with everything that is wrong in them."""

    folder: Path
    persona: Persona | None
    lines: Lines | None
    dialogues: Dialogues | None
    returning: Returning | None
    documents: dict[str, Document]
    """Plain data with places by name of the file, for files that are YAML."""
    findings: tuple[Diagnostic, ...]

    @property
    def patient(self) -> Patient | None:
        """The patient, when every file can be read; names in them may still be unknown."""
        if self.persona is None or self.lines is None or self.dialogues is None or self.returning is None:
            return None
        return Patient(
            persona=self.persona, lines=self.lines, dialogues=self.dialogues, folder=self.folder,
            returning=self.returning,
        )  # fmt: skip


def read_files(library: Library, folder: Path, codes: Iterable[str]) -> PatientFiles:
    """All files of a patient's folder, with every error of all of them."""
    findings: list[Diagnostic] = []
    documents: dict[str, Document] = {}
    known = list(codes)
    asked = _if_there(folder / "questions.yaml", Questions(), documents, findings) or Questions()
    onward = _if_there(folder / "followups.yaml", FollowUps(), documents, findings) or FollowUps()
    persona = _tried(lambda: _read_persona(folder / MARKER, library, asked, onward), documents, findings)
    lines = _tried(lambda: read_model(folder / "lines.yaml", Lines), documents, findings)
    dialogues = _tried(lambda: read_model(folder / "dialogues.yaml", Dialogues), documents, findings)
    returning = _if_there(folder / "returning.yaml", FIRST_ONLY, documents, findings)
    if persona:
        findings += _persona_findings(persona, documents[MARKER], known)
    if persona:
        findings += _question_findings(persona, documents.get("questions.yaml", documents[MARKER]))
    if persona and lines:
        findings += _followup_findings(persona, lines, documents.get("followups.yaml", documents[MARKER]))
    if persona and lines:
        findings += _line_findings(persona, lines, documents["lines.yaml"], known)
    if persona and returning and "returning.yaml" in documents:
        findings += _returning_findings(persona, returning, documents["returning.yaml"])
    if dialogues:
        findings += _dialogue_findings(dialogues, documents["dialogues.yaml"], known)
    return PatientFiles(
        folder=folder, persona=persona, lines=lines, dialogues=dialogues, returning=returning, documents=documents,
        findings=tuple(findings),
    )  # fmt: skip


def _tried(
    read: Callable[[], tuple[ModelT, Document]], documents: dict[str, Document], findings: list[Diagnostic]
) -> ModelT | None:
    """What a file means, noted with its document; None when it has errors, which are added to `findings`."""
    try:
        meaning, document = read()
    except ContentError as exc:
        findings += exc.diagnostics
        return None
    documents[document.path.name] = document
    return meaning


def _if_there(path: Path, missing: ModelT, documents: dict[str, Document], findings: list[Diagnostic]) -> ModelT | None:
    """What a file means that may be left out, which is `missing` then; None when it has errors."""
    if not path.is_file():
        return missing
    return _tried(lambda: read_model(path, type(missing)), documents, findings)


def _read_persona(path: Path, library: Library, asked: Questions, onward: FollowUps) -> tuple[Persona, Document]:
    """The persona with what its preset says filled in below what the author wrote, and with what has a file of its own."""
    document = read_yaml(path)
    presets = _presets(library)
    data = document.data if isinstance(document.data, dict) else {}
    dynamics = data.get("dynamics")
    findings: list[Diagnostic] = []
    if isinstance(dynamics, dict) and "preset" in dynamics:
        name = str(dynamics["preset"])
        if name not in presets:
            near = nearest(name, list(presets))
            findings.append(document.diagnostic(("dynamics", "preset"), "SP011", word=name, nearest=near))
        data = {**data, "dynamics": _filled(presets.get(name, presets["default"]), dynamics)}
    try:
        persona = Persona.model_validate(data)
    except ValidationError as exc:
        raise ContentError([*findings, *schema_findings(document, Persona, exc)]) from None
    if findings:
        raise ContentError(findings)
    own = {
        "questions": {**persona.questions, **asked.questions},
        "followups": {**persona.followups, **onward.followups},
    }
    return persona.model_copy(update=own), document


def _presets(library: Library) -> dict[str, dict[str, Plain]]:
    """The presets by name.

    Raises:
        ContentError: the file lacks them, or the one called `default`.
    """
    document = read_yaml(library.file("personas/presets.yaml"))
    data = document.data.get("presets") if isinstance(document.data, dict) else None
    presets = (
        {name: preset for name, preset in data.items() if isinstance(preset, dict)} if isinstance(data, dict) else {}
    )
    if "default" not in presets:
        raise ContentError([document.diagnostic((), "SP006", "presets")])
    return presets


def _filled(below: dict[str, Plain], above: dict[str, Plain]) -> dict[str, Plain]:
    """`above` with what it leaves out taken from `below`, mapping by mapping."""
    joined = dict(below)
    for key, value in above.items():
        under = joined.get(key)
        joined[key] = _filled(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return joined


_NUMBERS = {
    "code": "SP012", "topic": "SP013", "fact": "SP014", "dialogue": "SP015", "thing": "SP016", "matter": "SP017",
    "answer": "SP021", "told": "SP022",
}  # fmt: skip
"""The diagnostic for an unknown word of each kind."""


def _unknown(document: Document, place: tuple[str | int, ...], kind: str, word: str, known: list[str]) -> Diagnostic:
    return document.diagnostic(place, _NUMBERS[kind], word=word, nearest=nearest(word, known))


def _persona_findings(persona: Persona, document: Document, codes: list[str]) -> Iterator[Diagnostic]:
    topics, facts = [t.id for t in persona.topics], [f.id for f in persona.facts]
    for group in ("soothers", "weak_soothers", "triggers", "weak_triggers"):
        for code in getattr(persona, group):
            if code not in codes:
                yield _unknown(document, (group, code), "code", code, codes)
    for index, fact in enumerate(persona.facts):
        at = ("facts", index)
        if fact.topic not in topics:
            yield _unknown(document, (*at, "topic"), "topic", fact.topic, topics)
        if fact.after is not None and fact.after not in facts:
            yield _unknown(document, (*at, "after"), "fact", fact.after, facts)
        for field in ("key", "earlier", "blocked_by"):
            for number, code in enumerate(getattr(fact, field)):
                if code not in codes:
                    yield _unknown(document, (*at, field, number), "code", code, codes)
    for index, belief in enumerate(persona.mind.beliefs):
        for number, code in enumerate(belief.softened_by):
            if code not in codes:
                yield _unknown(document, ("mind", "beliefs", index, "softened_by", number), "code", code, codes)
    yield from _small_findings(persona, document, topics)
    yield from _history_findings(persona, document, facts)
    for number, code in enumerate(persona.teaching.objectives):
        if code not in codes:
            yield _unknown(document, ("teaching", "objectives", number), "code", code, codes)
    for place, word in _needs(document.data, ()):
        if word not in facts:
            yield _unknown(document, place, "fact", word, facts)


def _small_findings(persona: Persona, document: Document, topics: list[str]) -> Iterator[Diagnostic]:
    things = [thing.id for thing in persona.world]
    for index, fact in enumerate(persona.life):
        if fact.thing is not None and fact.thing not in things:
            yield _unknown(document, ("life", index, "thing"), "thing", fact.thing, things)
    for group, found in (("life", persona.life), ("world", persona.world)):
        for index, small in enumerate(found):
            if small.topic is not None and small.topic not in topics:
                yield _unknown(document, (group, index, "topic"), "topic", small.topic, topics)
    for index, plant in enumerate(persona.teaching.plant):
        if plant.topic is not None and plant.topic not in topics:
            yield _unknown(document, ("teaching", "plant", index, "topic"), "topic", plant.topic, topics)
    for index, event in enumerate(persona.between):
        if event.topic is not None and event.topic not in topics:
            yield _unknown(document, ("between", index, "topic"), "topic", event.topic, topics)


def _answers(persona: Persona) -> list[str]:
    """The ids of all small facts."""
    return [fact.id for fact in persona.life] + [f"{thing.id}.{one}" for thing in persona.world for one in thing.tells]


def _followup_findings(persona: Persona, lines: Lines, document: Document) -> Iterator[Diagnostic]:
    """Every follow-up to something that is never told."""
    answers = _answers(persona)
    said = (text for asked_next in persona.followups.values() for one in asked_next for text in one.say)
    facts = {fact.id for fact in persona.facts}
    free = (text for fact in persona.facts if not fact.guarded for text in fact.said)
    told = {*answers, *(line.say for line in lines.lines if line.needs is None), *said, *free}
    for key in persona.followups:
        if key not in told:
            words = guess_at(key, sorted(told)) if " " in key else ""
            fact = f"`{key}` is a fact: write down the words in which it is told. " if key in facts else ""
            near = words or fact + nearest(key, answers)
            yield document.diagnostic(("followups", key), _NUMBERS["told"], word=key, nearest=near)


def _question_findings(persona: Persona, document: Document) -> Iterator[Diagnostic]:
    """Every question for a small fact that is not there."""
    answers = _answers(persona)
    for answer in persona.questions:
        if answer not in answers:
            yield _unknown(document, ("questions", answer), "answer", answer, answers)


def _history_findings(persona: Persona, document: Document, facts: list[str]) -> Iterator[Diagnostic]:
    if persona.history is None:
        return
    matters = [matter.id for matter in persona.promises if matter.id]
    for index, fact in enumerate(persona.history.told):
        if fact not in facts:
            yield _unknown(document, ("history", "told", index), "fact", fact, facts)
    for index, promise in enumerate(persona.history.promises):
        if promise.matter is not None and promise.matter not in matters:
            place = ("history", "promises", index, "matter")
            yield _unknown(document, place, "matter", promise.matter, matters)


def _line_findings(persona: Persona, lines: Lines, document: Document, codes: list[str]) -> Iterator[Diagnostic]:
    topics, facts = [t.id for t in persona.topics], [f.id for f in persona.facts]
    for index, line in enumerate(lines.lines):
        at = ("lines", index)
        if line.topic is not None and line.topic not in topics:
            yield _unknown(document, (*at, "topic"), "topic", line.topic, topics)
        if line.needs is not None and line.needs not in facts:
            yield _unknown(document, (*at, "needs"), "fact", line.needs, facts)
        for number, code in enumerate(line.to):
            if code not in codes:
                yield _unknown(document, (*at, "to", number), "code", code, codes)


def _returning_findings(persona: Persona, returning: Returning, document: Document) -> Iterator[Diagnostic]:
    topics, facts = [t.id for t in persona.topics], [f.id for f in persona.facts]
    matters = [m.id for m in persona.promises if m.id] + [e.id for e in persona.between]
    matters += [*(kind.value for kind in FeedbackKind), MISREPORTED]
    for index, line in enumerate(returning.lines):
        at = ("lines", index)
        if line.topic is not None and line.topic not in topics:
            yield _unknown(document, (*at, "topic"), "topic", line.topic, topics)
        if line.needs is not None and line.needs not in facts:
            yield _unknown(document, (*at, "needs"), "fact", line.needs, facts)
        if line.which is not None and line.which not in matters:
            yield _unknown(document, (*at, "which"), "matter", line.which, matters)


def _dialogue_findings(dialogues: Dialogues, document: Document, codes: list[str]) -> Iterator[Diagnostic]:
    ids = [dialogue.id for dialogue in dialogues.dialogues]
    for index, dialogue in enumerate(dialogues.dialogues):
        if dialogue.begins_with is not None and dialogue.begins_with not in ids[:index]:
            yield _unknown(document, ("dialogues", index, "begins_with"), "dialogue", dialogue.begins_with, ids[:index])
        for number, step in enumerate(dialogue.steps):
            for code in step.codes:
                if code not in codes:
                    yield _unknown(document, ("dialogues", index, "steps", number, "codes", code), "code", code, codes)


def _needs(data: Plain, at: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every `needs:` in the data with its place."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "needs" and isinstance(value, str):
                yield (*at, key), value
            else:
                yield from _needs(value, (*at, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _needs(value, (*at, index))
