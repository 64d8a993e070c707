"""The worked dialogues of a persona as a suite: each once with the codes its author gave, once as plain typing."""

from __future__ import annotations

from pathlib import Path

from simpatient.authoring import Document, read_model
from simpatient.authoring.read import Path_, Place
from simpatient.errors import ContentError
from simpatient.persona import Dialogues
from simpatient.persona.dialogues import Dialogue, Expectation
from simpatient.persona.load import MARKER
from simpatient.suite.load import Loaded, Shelf
from simpatient.suite.schema import Case, Expected, Step, Suite
from simpatient.words import VARIABLES

TOLERANCE = 0.08
"""How far a value may lie from the one written (clinical section 3.10)."""
_SIGNS = {
    "++": "rises by at least 0.045", "+": "does not fall", "=": "moves by at most 0.055", "-": "does not rise",
    "--": "falls by at least 0.045",
}  # fmt: skip
"""A sign as a change. `=` and a single sign lie so near to one another that each stands for both."""


def worked_suite(path: Path, shelf: Shelf) -> Loaded:
    """The worked dialogues in a persona's folder as a suite, every line pointing into their file.

    `NAME.coded` takes the author's codes as read and the author's answers as said, so that it holds the feelings
    alone; `NAME.typed` types the same words to whoever reads and speaks, and holds how it ends.

    Raises:
        ContentError: the file or the persona cannot be used.
    """
    persona = _name(path, shelf)
    patient = shelf.patient(persona)
    dialogues, document = read_model(path, Dialogues)
    places: dict[Path_, Place] = {(): (1, 1)}
    cases: list[Case] = []
    for number, dialogue in enumerate(dialogues.dialogues):
        at = _places_of(dialogues, number)
        for coded in (True, False):
            here: Path_ = ("cases", len(cases))
            places[here] = document.place(("dialogues", number))
            places[*here, "finally"] = document.place(("dialogues", number, "ends"))
            for step, place in enumerate(at):
                places |= _moved(document, place, (*here, "steps", step))
            cases.append(_case(dialogues, dialogue, coded=coded))
    suite = Suite(suite=f"{patient.persona.id}-dialogues", persona=persona, tags=("dialogues",), cases=tuple(cases))
    return Loaded(suite=suite, path=str(path), document=Document(path=path, data={}, known=places))


def _name(path: Path, shelf: Shelf) -> str:
    """The persona's id where the library knows the folder by it, else the folder."""
    folder = path.parent.resolve()
    try:
        if shelf.library.folder("personas", folder.name, MARKER).resolve() == folder:
            return folder.name
    except ContentError:
        pass
    return str(folder)


def _places_of(dialogues: Dialogues, number: int) -> list[Path_]:
    """Where each step of a dialogue stands, those it begins with included."""
    dialogue = dialogues.dialogues[number]
    before: list[Path_] = []
    if dialogue.begins_with is not None:
        other = next(n for n, each in enumerate(dialogues.dialogues) if each.id == dialogue.begins_with)
        before = _places_of(dialogues, other)[: dialogue.begins_for]
    own: list[Path_] = [("dialogues", number, "steps", step) for step in range(len(dialogue.steps))]
    return [*before, *own]


def _moved(document: Document, place: Path_, to: Path_) -> dict[Path_, Place]:
    """The places of a step under another path."""
    return {(*to, *at[len(place) :]): where for at, where in document.places.items() if at[: len(place)] == place}


def _case(dialogues: Dialogues, dialogue: Dialogue, *, coded: bool) -> Case:
    steps = tuple(
        Step(learner=step.learner, codes=step.codes, patient=step.patient or None, expect=_expected(step.expect))
        if coded
        else Step(learner=step.learner)
        for step in dialogues.steps_of(dialogue.id)
    )
    booked = (dialogue.outcome,) if dialogue.outcome and coded else ()
    ends = dialogue.ends if coded else dialogue.ends_typed or dialogue.ends
    return Case(
        case=f"{dialogue.id}.{'coded' if coded else 'typed'}",
        about=dialogue.about,
        tags=("coded" if coded else "typed", dialogue.quality),
        steps=steps,
        at_end=Expected(stance=(ends,), next_appointment=booked),  # pyright: ignore[reportArgumentType]
    )


def _expected(written: Expectation) -> Expected:
    """What is expected of a step, with the usual tolerance."""
    moves: dict[str, tuple[str, ...]] = {}
    for variable in VARIABLES:
        if (found := written.sign_and_value(variable)) is not None:
            sign, value = found
            near = f"{value - TOLERANCE:.3f} to {value + TOLERANCE:.3f}"
            moves[variable] = (_SIGNS[sign], near)
    pressure = written.exit_pressure
    return Expected(
        **moves,  # pyright: ignore[reportArgumentType]
        exit_pressure=None if pressure is None else f"{pressure - 0.01:.3f} to {pressure + 0.01:.3f}",
        rupture=None if written.rupture is None else "any" if written.rupture else "none",
        stance=() if written.stance is None else (written.stance,),
    )
