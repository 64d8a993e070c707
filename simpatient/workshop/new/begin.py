"""Folders as they are begun. The texts stand in `templates`; nothing that is there already is touched."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import jinja2
from pydantic import BaseModel, ConfigDict, Field

from simpatient.authoring import read_model
from simpatient.errors import ConfigurationError
from simpatient.words import Channel
from simpatient.workshop.new.schemas import schema_of

TEMPLATES = Path(__file__).resolve().parent / "templates"
OF_A_PERSONA = ("persona.yaml", "lines.yaml", "dialogues.yaml")
ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
NAME = re.compile(r"[^\W\d_][\w .'\u2019-]{0,59}")
Disposition = Literal["anxious", "distrustful", "frustrated", "grieving", "overwhelmed_parent", "deferential"]
Text = Annotated[str, Field(min_length=1)]
Weighed = tuple[float, Text]


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Belief(_Read):
    text: Text
    because: Text
    softened_by: tuple[Text, ...]


class _Answered(_Read):
    patient: Text
    learner: Text
    why: Text


class _Ends(_Read):
    skilled: Text
    poor: Text


class Manner(_Read):
    """What is particular to people of one disposition, as its file in `templates/dispositions` says."""

    trains: Text
    opening: tuple[Text, ...]
    opening_nonverbal: Text
    belief: _Belief
    gates: dict[str, Text]
    """Openness that the guarded facts ask for: so much above where such people begin."""
    soothers: dict[str, Weighed]
    weak_soothers: dict[str, Weighed] = {}
    triggers: dict[str, Weighed]
    register_: Annotated[Text, Field(alias="register")]
    humour: Text
    hesitations: Text
    samples: dict[str, tuple[Text, ...]]
    ruptured_looks: Text
    guarded_looks: Text
    lines: tuple[Text, ...]
    objectives: tuple[Text, ...]
    plant: Text
    debrief: Text
    model_answers: tuple[_Answered, ...]
    ends: _Ends


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What an author says before the first file is written."""

    name: str
    disposition: Disposition = "anxious"
    age: int = 44
    pronouns: str = "they/them"
    setting: str = "A health centre, a first meeting"
    role: str = "counsellor in training"
    channel: Channel = Channel.IN_PERSON
    presenting: str = "I'm not sleeping, and I'm not getting on top of things."
    """What the patient says when asked what brings them, in their own words."""
    author: str = "not said yet"

    @property
    def id(self) -> str:
        """The name as an id."""
        return as_id(self.name)


def dispositions() -> tuple[str, ...]:
    """What a patient can be begun from, sorted."""
    return tuple(sorted(path.stem for path in (TEMPLATES / "dispositions").glob("*.yaml")))


def as_id(name: str) -> str:
    """The name as an id: lower-case letters, digits and underscores.

    Raises:
        ConfigurationError: nothing of the name can stand in an id.
    """
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "_", bare.lower()).strip("_")
    if not ID.fullmatch(plain) or not NAME.fullmatch(name.strip()):
        raise ConfigurationError(
            f"`{name}` cannot be a name here. Begin with a letter; use letters, digits and spaces."
        )
    return plain


def begin_persona(answers: Answers, into: Path) -> Path:
    """The folder of a patient who already talks, made inside `into`.

    Raises:
        ConfigurationError: there is a folder of that name, or a value cannot be used.
    """
    if not 5 <= answers.age <= 110:
        raise ConfigurationError(f"The age {answers.age} is not between 5 and 110.")
    folder = into / answers.id
    manner, _ = read_model(TEMPLATES / "dispositions" / f"{answers.disposition}.yaml", Manner)
    name = answers.name.strip()
    shown = name if name != answers.id else name.replace("_", " ").title()
    values: dict[str, object] = {
        "id": answers.id, "name": shown, "age": answers.age, "pronouns": answers.pronouns, "setting": answers.setting,
        "role": answers.role, "channel": answers.channel.value, "presenting": _said(answers.presenting),
        "author": json.dumps(answers.author, ensure_ascii=False), "disposition": answers.disposition,
        "d": {**manner.model_dump(), "register": manner.register_}, "ends": manner.ends, "path": f"./{answers.id}",
    }  # fmt: skip
    _written(folder, {file: _rendered(f"persona/{file}.j2", values) for file in OF_A_PERSONA}, OF_A_PERSONA)
    return folder


def begin_evaluator(name: str, into: Path) -> Path:
    """The folder of an evaluator that already rates, made inside `into`.

    Raises:
        ConfigurationError: there is a folder of that name, or the name cannot be used.
    """
    values: dict[str, object] = {"id": as_id(name), "name": name.strip()}
    files = {
        "rubric.yaml": _rendered("evaluator/rubric.yaml.j2", values),
        "instructions.md": _rendered("evaluator/instructions.md.j2", values),
    }
    _written(into / as_id(name), files, ("rubric.yaml",))
    return into / as_id(name)


def begin_suite(name: str, into: Path) -> Path:
    """The file of a suite that already passes, made inside `into`.

    Raises:
        ConfigurationError: there is a file of that name, or the name cannot be used.
    """
    file = into / f"{as_id(name)}.dialogues.yaml"
    if file.exists():
        raise ConfigurationError(f"{file} is there already, and nothing in it was touched. Choose another name.")
    text = _rendered("suite/suite.yaml.j2", {"id": as_id(name), "name": name.strip()})
    _with_schemas(into, ("suite",))
    file.write_text(text, encoding="utf-8")
    return file


def _rendered(template: str, values: dict[str, object]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  YAML, not HTML; texts are quoted by the filter q
    )  # fmt: skip
    environment.filters["q"] = _quoted
    return environment.get_template(template).render(values)


def _said(text: str) -> str:
    """The answer as somebody says it: with a capital letter and a mark at the end."""
    plain = text.strip().strip('"\u201c\u201d').strip()
    return plain[:1].upper() + plain[1:] + ("" if plain.endswith((".", "?", "!", "\u2026")) else ".")


def _quoted(text: str) -> str:
    """The text as a YAML string on one line."""
    return json.dumps(str(text), ensure_ascii=False)


def _written(folder: Path, files: dict[str, str], with_schemas: tuple[str, ...]) -> None:
    """All files or none, in a folder that was not there."""
    if folder.exists():
        raise ConfigurationError(f"{folder} is there already, and nothing in it was touched. Choose another name.")
    making = folder.with_name(f".{folder.name}.being-written")
    shutil.rmtree(making, ignore_errors=True)
    try:
        _with_schemas(making, tuple(name.removesuffix(".yaml") for name in with_schemas))
        for name, text in files.items():
            (making / name).write_text(text, encoding="utf-8")
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _with_schemas(folder: Path, kinds: tuple[str, ...]) -> None:
    """A folder with the schemas of these files in it, for editors."""
    (folder / ".schemas").mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        text = json.dumps(schema_of(kind), ensure_ascii=False, indent=1)
        (folder / ".schemas" / f"{kind}.json").write_text(f"{text}\n", encoding="utf-8")
