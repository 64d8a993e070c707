"""Dialogues from elsewhere as rows of a file, and what human coders said of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, cast, get_args

from simpatient.authoring import Row, read_rows, row_error
from simpatient.authoring.read import nearest
from simpatient.errors import ContentError, Diagnostic
from simpatient.evaluation.dialogues import DialogueTurn
from simpatient.rubric import Codebook, Rubric
from simpatient.rubric.codebook import Primary

Quality = Literal["high", "low"]
"""A demonstration of good, or of poor, practice."""

FAMILIES: tuple[str, ...] = get_args(Primary)
"""The seven families of a coarse coding of utterances."""
HUMAN = ("codes", "primary", "ratings", "session_quality")
"""The fields in which human coders may have said something."""
FIELDS = ("id", "dialogue", "turn", "patient", "learner", *HUMAN)
"""What is read of a row of human codes; columns of one's own beside them are passed over."""
ALIKE = 0.75
"""How like a field's name another has to be to be that field misspelt, 0..1."""
ZIPPED = b"\x1f\x8b"
"""How a zipped file begins."""
UNREADABLE = "\ufffd"
"""Stands where bytes are no UTF-8."""
HIGHEST = 3
"""Highest level of a code, highest value of a rating."""


@dataclass(frozen=True, kw_only=True)
class GoldRow:
    """One learner message with what human coders said of it; None where they said nothing."""

    id: str
    line: int
    """1-based line in the file."""
    alone: bool
    """Whether the row names no dialogue and is one of its own."""
    turn: DialogueTurn
    codes: Mapping[str, int | None] | None = None
    """Each code judged, with its level; 0 is an explicit absence, None a presence without a level."""
    primary: str | None = None
    ratings: Mapping[str, int] | None = None
    session_quality: Quality | None = None


@dataclass(frozen=True, kw_only=True)
class Gold:
    """A whole file of human codes."""

    rows: tuple[GoldRow, ...]
    digest: str
    """SHA-256 of the file's bytes, so that a figure names what it was measured on."""
    by_family: bool
    """Whether `codes` holds the seven families instead of codes of the codebook."""
    elsewhere: Mapping[str, int]
    """Behaviours of other rubrics that were rated and left out, each with its number of ratings."""


def read_dialogues(path: Path) -> tuple[DialogueTurn, ...]:
    """Every row of `path` as a turn of a dialogue, in the order of the file.

    Raises:
        ContentError: the file cannot be read or holds no rows, a row lacks a field or has one of the wrong kind, or
            two rows are the same turn of a dialogue.
    """
    found: list[DialogueTurn] = []
    findings: list[Diagnostic] = []
    lines: list[tuple[int, DialogueTurn]] = []
    for row in _rows(path, required=("dialogue", "turn", "patient", "learner")):
        try:
            found.append(_turn(path, row))
            lines.append((row.line, found[-1]))
        except ContentError as exc:
            findings.extend(exc.diagnostics)
    findings.extend(_twice(path, lines))
    if findings:
        raise ContentError(findings)
    if not found:
        raise row_error(path, 0, "the file holds no rows", "Write one JSON object per line.")
    return tuple(found)


def read_gold(path: Path, codebook: Codebook, rubric: Rubric, *, others: Collection[str] = ()) -> Gold:
    """The human codes in `path`, every name in them known to the codebook or the rubric.

    Args:
        path: the file.
        codebook: what codes there are.
        rubric: what is rated.
        others: behaviours of other rubrics, whose ratings may stand in the same file and are left out.

    Raises:
        ContentError: the file cannot be read, or rows hold something that is not known; all of them at once.
    """
    raw = list(_rows(path, required=("learner",)))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    by_family = _by_family(raw, codebook)
    codes = FAMILIES if by_family else tuple(codebook.codes)
    behaviours = tuple(behaviour.id for behaviour in rubric.behaviours)
    raw, elsewhere = _of_this_rubric(path, raw, frozenset(others) - frozenset(behaviours))
    rows: list[GoldRow] = []
    findings: list[Diagnostic] = []
    for row in raw:
        try:
            rows.append(_gold_row(path, row, codes, behaviours))
        except ContentError as exc:
            findings.extend(exc.diagnostics)
    findings.extend(_twice(path, [(row.line, row.turn) for row in rows if not row.alone]))
    findings.extend(_contradictions(path, rows))
    if findings:
        raise ContentError(findings)
    if not any(row.codes or row.primary or row.ratings or row.session_quality for row in rows):
        fix = f"Give at least one of: {', '.join(HUMAN)}. Without a single code, family, value or quality there is no figure."
        raise row_error(path, 0, "no row says what a human coder found", fix)
    return Gold(rows=tuple(rows), digest=digest, by_family=by_family, elsewhere=elsewhere)


def _of_this_rubric(path: Path, rows: list[Row], others: Collection[str]) -> tuple[list[Row], dict[str, int]]:
    """The rows without ratings of `others`, and how many of each there were.

    Raises:
        ContentError: nothing else was found by human coders.
    """
    counted: Counter[str] = Counter()
    left: list[Row] = []
    for row in rows:
        ratings: object = row.data.get("ratings")
        foreign = (
            [name for name in cast("dict[str, object]", ratings) if name in others] if isinstance(ratings, dict) else []
        )
        counted.update(foreign)
        if foreign:
            own = {name: value for name, value in row.data["ratings"].items() if name not in foreign}
            row = replace(row, data={**row.data, "ratings": own or None})  # noqa: PLW2901
        left.append(row)
    if counted and not any(row.data.get(name) is not None for row in left for name in HUMAN):
        named = ", ".join(f"`{name}`" for name in counted)
        message = f"all ratings are of behaviours of other rubrics: {named}"
        raise row_error(
            path, 0, message, "Name the evaluator that has them: `simpatient calibrate EVALUATOR --gold FILE`."
        )
    return left, dict(counted)


def _rows(path: Path, required: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a file that is there and is a file.

    Raises:
        ContentError: it is not, or a row is none.
    """
    if str(path) != "-":
        if path.is_dir():
            raise row_error(path, 0, "this is a folder", "Name the file of JSON lines in it.")
        if not path.exists():
            raise row_error(path, 0, "there is no such file", "Check its name and the folder you are in.")
        try:
            with path.open("rb") as file:
                begins = file.read(len(ZIPPED))
        except OSError as exc:
            raise row_error(path, 0, f"it cannot be read: {exc.strerror}", "Check who may read it.") from None
        if path.suffix == ".gz" and begins != ZIPPED:
            raise row_error(
                path, 0, "the file is called .gz and is not zipped", "Zip it (gzip), or take .gz off its name."
            )
    return read_rows(path, required)


def _twice(path: Path, lines: Sequence[tuple[int, DialogueTurn]]) -> Iterator[Diagnostic]:
    """One finding for each row that is the same turn of the same dialogue as an earlier one."""
    first: dict[tuple[str, int], int] = {}
    for line, turn in lines:
        known = first.setdefault((turn.dialogue, turn.turn), line)
        if known != line:
            message = f"turn {turn.turn} of the dialogue `{turn.dialogue}` stands in line {known} already"
            fix = "Give each row of a dialogue a `turn` of its own."
            yield from row_error(path, line, message, fix).diagnostics


def _by_family(rows: Sequence[Row], codebook: Codebook) -> bool:
    """Whether all names in `codes` are families and one of them can be nothing else."""
    names: set[str] = set()
    for row in rows:
        codes = row.data.get("codes")
        if isinstance(codes, list | dict):
            names.update(str(name) for name in cast("Collection[object]", codes))
    return names <= set(FAMILIES) and not names <= set(codebook.codes)


def _gold_row(path: Path, row: Row, codes: Sequence[str], behaviours: Sequence[str]) -> GoldRow:
    for field in row.data:
        meant = get_close_matches(field, [each for each in FIELDS if each not in row.data], 1, ALIKE)
        if field not in FIELDS and meant:
            raise row_error(path, row.line, f"`{field}` is not a field", nearest(field, list(FIELDS)))
    alone = row.data.get("dialogue") is None
    turn = _turn(path, row, alone=alone)
    quality = _choice(path, row, "session_quality", get_args(Quality))
    return GoldRow(
        id=row.text("id") or (f"line {row.line}" if alone else f"{turn.dialogue}:{turn.turn}"),
        line=row.line,
        alone=alone,
        turn=turn,
        codes=_codes(path, row, codes),
        primary=_choice(path, row, "primary", FAMILIES),
        ratings=_ratings(path, row, behaviours),
        session_quality=cast("Quality | None", quality),
    )


def _turn(path: Path, row: Row, *, alone: bool = False) -> DialogueTurn:
    patient, learner = row.data.get("patient"), row.data.get("learner")
    if not isinstance(patient, str | None):
        raise row_error(path, row.line, "`patient` is not text", "Write the words in quotes.")
    if not isinstance(learner, str):
        raise row_error(path, row.line, "`learner` is not text", 'Write the words in quotes; "" is a silence.')
    if UNREADABLE in f"{patient}{learner}":
        fix = "Save the file as UTF-8, and look for this sign in its texts."
        raise row_error(path, row.line, f"a letter cannot be read ({UNREADABLE})", fix)
    turn = 1 if alone else row.data.get("turn")
    if not isinstance(turn, int) or isinstance(turn, bool):
        fix = "Give the place of the row in its dialogue: 1, 2, 3 ..."
        raise row_error(path, row.line, "`turn` is not a whole number", fix)
    name = f"line {row.line}" if alone else row.text("dialogue")
    return DialogueTurn(dialogue=name, turn=turn, patient=row.text("patient"), learner=row.text("learner"))


def _codes(path: Path, row: Row, known: Sequence[str]) -> dict[str, int | None] | None:
    given: object = row.data.get("codes")
    if given is None:
        return None
    if isinstance(given, list):
        found: dict[str, int | None] = {str(name): None for name in cast("list[object]", given)}
    elif isinstance(given, dict):
        levels = cast("dict[str, object]", given)
        found = {name: _level(path, row, f"codes.{name}", level) for name, level in levels.items()}
    else:
        fix = 'Write {"open_question": 2} with levels, or ["open_question"] without.'
        raise row_error(path, row.line, "`codes` is neither a list nor an object", fix)
    _all_known(path, row, "code", found, known)
    return found


def _ratings(path: Path, row: Row, known: Sequence[str]) -> dict[str, int] | None:
    given: object = row.data.get("ratings")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise row_error(path, row.line, "`ratings` is not an object", 'Write {"reflect": 2}.')
    values = cast("dict[str, object]", given)
    _all_known(path, row, "behaviour", values, known)
    rated = {name: value for name, value in values.items() if value is not None}
    return {name: _level(path, row, f"ratings.{name}", value) for name, value in rated.items()}


def _level(path: Path, row: Row, field: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= HIGHEST:
        raise row_error(path, row.line, f"`{field}` is not 0, 1, 2 or 3", "Known: 0, 1, 2, 3.")
    return value


def _all_known(path: Path, row: Row, kind: str, names: Collection[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            raise row_error(path, row.line, f"there is no {kind} called `{name}`", nearest(name, list(known)))


def _choice(path: Path, row: Row, field: str, known: Sequence[str]) -> str | None:
    value: object = row.data.get(field)
    if value is None or value in known:
        return cast("str | None", value)
    raise row_error(path, row.line, f"`{field}` is `{value}`", nearest(str(value), list(known)))


def _contradictions(path: Path, rows: Sequence[GoldRow]) -> list[Diagnostic]:
    """One finding for each row that gives its dialogue another quality than an earlier row did."""
    first: dict[str, GoldRow] = {}
    findings: list[Diagnostic] = []
    for row in rows:
        if row.session_quality is None:
            continue
        known = first.setdefault(row.turn.dialogue, row)
        if known.session_quality != row.session_quality:
            said = f"the dialogue `{row.turn.dialogue}` is `{known.session_quality}` in line {known.line}"
            message = f"`session_quality` is `{row.session_quality}`, but {said}"
            findings.extend(
                row_error(path, row.line, message, "A dialogue as a whole is one or the other.").diagnostics
            )
    return findings
