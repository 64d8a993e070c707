"""Dialogues from elsewhere as rows of a file, and what human coders said of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
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
        ContentError: the file cannot be read or holds no rows, or a row lacks a field or has one of the wrong kind.
    """
    found: list[DialogueTurn] = []
    findings: list[Diagnostic] = []
    for row in read_rows(path, required=("dialogue", "turn", "patient", "learner")):
        try:
            found.append(_turn(path, row))
        except ContentError as exc:
            findings.extend(exc.diagnostics)
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
    raw = list(read_rows(path, required=("learner",)))
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
    findings.extend(_contradictions(path, rows))
    if findings:
        raise ContentError(findings)
    if not any(row.data.get(field) is not None for row in raw for field in HUMAN):
        fix = f"Give at least one of: {', '.join(HUMAN)}."
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


def _by_family(rows: Sequence[Row], codebook: Codebook) -> bool:
    """Whether all names in `codes` are families and one of them can be nothing else."""
    names: set[str] = set()
    for row in rows:
        codes = row.data.get("codes")
        if isinstance(codes, list | dict):
            names.update(str(name) for name in cast("Collection[object]", codes))
    return names <= set(FAMILIES) and not names <= set(codebook.codes)


def _gold_row(path: Path, row: Row, codes: Sequence[str], behaviours: Sequence[str]) -> GoldRow:
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
    for field in ("patient", "learner"):
        if not isinstance(row.data.get(field), str | None):
            raise row_error(path, row.line, f"`{field}` is not text", "Write the words in quotes.")
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
