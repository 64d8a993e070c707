"""One patient's three files from a library, checked against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from simpatient.authoring import Document, Library, Plain, read_model, read_yaml
from simpatient.authoring.read import nearest, schema_findings
from simpatient.errors import ContentError, Diagnostic
from simpatient.persona.dialogues import Dialogues
from simpatient.persona.lines import Lines
from simpatient.persona.returning import MISREPORTED, Returning
from simpatient.persona.schema import Persona
from simpatient.words import FeedbackKind

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
    folder = library.folder("personas", name, MARKER)
    findings: list[Diagnostic] = []
    persona = document = lines = lines_document = dialogues = dialogues_document = None
    try:
        persona, document = _read_persona(folder / MARKER, library)
    except ContentError as exc:
        findings += exc.diagnostics
    try:
        lines, lines_document = read_model(folder / "lines.yaml", Lines)
    except ContentError as exc:
        findings += exc.diagnostics
    try:
        dialogues, dialogues_document = read_model(folder / "dialogues.yaml", Dialogues)
    except ContentError as exc:
        findings += exc.diagnostics
    returning = FIRST_ONLY
    if (folder / "returning.yaml").is_file():
        try:
            returning, returning_document = read_model(folder / "returning.yaml", Returning)
            findings += _returning_findings(persona, returning, returning_document) if persona else []
        except ContentError as exc:
            findings += exc.diagnostics
    known = list(codes)
    if persona and document:
        findings += _persona_findings(persona, document, known)
    if persona and lines and lines_document:
        findings += _line_findings(persona, lines, lines_document, known)
    if dialogues and dialogues_document:
        findings += _dialogue_findings(dialogues, dialogues_document, known)
    if findings or not (persona and lines and dialogues):
        raise ContentError(findings)
    return Patient(persona=persona, lines=lines, dialogues=dialogues, folder=folder, returning=returning)


def _read_persona(path: Path, library: Library) -> tuple[Persona, Document]:
    """The persona with what its preset says filled in below what the author wrote."""
    document = read_yaml(path)
    presets = _presets(library)
    data = document.data if isinstance(document.data, dict) else {}
    dynamics = data.get("dynamics")
    findings: list[Diagnostic] = []
    if isinstance(dynamics, dict) and "preset" in dynamics:
        name = str(dynamics["preset"])
        if name not in presets:
            message = f"there is no preset `{name}`"
            place = ("dynamics", "preset")
            findings.append(document.finding(place, "SP011", "unknown-preset", message, nearest(name, list(presets))))
        data = {**data, "dynamics": _filled(presets.get(name, presets["default"]), dynamics)}
    try:
        persona = Persona.model_validate(data)
    except ValidationError as exc:
        raise ContentError([*findings, *schema_findings(document, Persona, exc)]) from None
    if findings:
        raise ContentError(findings)
    return persona, document


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
        message = "the file has no `presets` with one called `default`"
        raise ContentError([document.finding((), "SP006", "missing-field", message, "Copy it from the shipped file.")])
    return presets


def _filled(below: dict[str, Plain], above: dict[str, Plain]) -> dict[str, Plain]:
    """`above` with what it leaves out taken from `below`, mapping by mapping."""
    joined = dict(below)
    for key, value in above.items():
        under = joined.get(key)
        joined[key] = _filled(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return joined


def _unknown(document: Document, place: tuple[str | int, ...], kind: str, word: str, known: list[str]) -> Diagnostic:
    numbers = {"code": "SP012", "topic": "SP013", "fact": "SP014", "dialogue": "SP015", "thing": "SP016"}
    number = {**numbers, "matter": "SP017"}[kind]
    return document.finding(place, number, f"unknown-{kind}", f"there is no {kind} `{word}`", nearest(word, known))


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
            for code in getattr(fact, field):
                if code not in codes:
                    yield _unknown(document, (*at, field), "code", code, codes)
    for index, belief in enumerate(persona.mind.beliefs):
        for code in belief.softened_by:
            if code not in codes:
                yield _unknown(document, ("mind", "beliefs", index, "softened_by"), "code", code, codes)
    yield from _small_findings(persona, document, topics)
    for code in persona.teaching.objectives:
        if code not in codes:
            yield _unknown(document, ("teaching", "objectives"), "code", code, codes)
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


def _line_findings(persona: Persona, lines: Lines, document: Document, codes: list[str]) -> Iterator[Diagnostic]:
    topics, facts = [t.id for t in persona.topics], [f.id for f in persona.facts]
    for index, line in enumerate(lines.lines):
        at = ("lines", index)
        if line.topic is not None and line.topic not in topics:
            yield _unknown(document, (*at, "topic"), "topic", line.topic, topics)
        if line.needs is not None and line.needs not in facts:
            yield _unknown(document, (*at, "needs"), "fact", line.needs, facts)
        for code in line.to:
            if code not in codes:
                yield _unknown(document, (*at, "to"), "code", code, codes)


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
                    yield _unknown(document, ("dialogues", index, "steps", number, "codes"), "code", code, codes)


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
