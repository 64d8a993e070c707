"""What is wrong with a file that is not YAML, in an author's words, at the line where the slip stands."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from simpatient.authoring.pages import finding
from simpatient.errors import Diagnostic


class SlipError(yaml.MarkedYAMLError):
    """Something that YAML would allow and an authored file does not."""

    def __init__(self, variant: str, mark: yaml.Mark, /, **values: object) -> None:
        """Remember the wording of SP004 that tells it."""
        super().__init__(problem=variant, problem_mark=mark)
        self.variant, self.values = variant, values


_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
"""What a tool that puts versions together leaves where it could not."""
_NO_SPACE = re.compile(r"^ *(?!\t)[^\S ]|^ *[\u200b\u2060\ufeff]")
"""An indentation with something in it that looks like a space."""
_APOSTROPHE = re.compile(r"""[:\[,-] *'[^'"]*\w'\w""")
_FIELD = re.compile(r"^( *)(?:- )*[\w-]+:(?: |$)")
_PROBLEMS: tuple[tuple[str, str], ...] = (
    ("tab", r"\\t"),
    ("begin", r"scanning an (?:alias|anchor)|undefined alias|scanning a block scalar|cannot start any token|mapping keys are not"),
    ("tag", r"\btag\b"),
    ("colon", "mapping values are not allowed"),
    ("item", "sequence entries are not allowed"),
    ("space", "could not find expected ':'"),
    ("indent", "expected <block end>|did not find expected '-'|expected '<document start>'"),
    ("between", "expected ',' or|expected the node content"),
    ("two", "expected a single document|unexpected document separator"),
    ("end", "unexpected end of stream"),
    ("backslash", "escape"),
    ("begin", "scanning a directive"),
)  # fmt: skip
"""Which wording tells what is wrong, by words of the parser's message; the first that fits."""
_OPEN = ("between", "indent", "space", "end")
"""Wordings that are told where a quotation mark that was not closed is the reason."""


def not_yaml(path: Path, text: str, exc: yaml.MarkedYAMLError) -> Diagnostic:
    """The finding for the parser's error. Pure."""
    mark = exc.problem_mark or exc.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if conflict := next((number for number, each in enumerate(lines, 1) if _CONFLICT.match(each)), 0):
        return finding("SP004", path, conflict, 1, "versions")
    if isinstance(exc, SlipError):
        return finding("SP004", path, line, column, exc.variant, **exc.values)
    above = _written_above(lines, line)
    for number in (above, line):
        if 0 < number <= len(lines) and _NO_SPACE.match(lines[number - 1].removeprefix("\ufeff")):
            return finding("SP004", path, number, 1, "spaces")
    variant = _told(exc, here)
    if variant in _OPEN and (open_in := _open_quote(lines, exc, line)):
        return finding("SP004", path, open_in, 1, "quote")
    if variant == "colon" and (moved := _moved(lines, line, column)):
        return finding("SP004", path, moved, len(lines[moved - 1]) - len(lines[moved - 1].lstrip()) + 1, "indent")
    begun = exc.context_mark if exc.context_mark is not None and "scanning" in (exc.context or "") else mark
    if variant in ("begin", "tag") and begun is not None:
        first = lines[begun.line][begun.column : begun.column + 1] if begun.line < len(lines) else ""
        if first:
            return finding(
                "SP004", path, begun.line + 1, begun.column + 1, variant, sign=first, tag=_word(lines, begun)
            )
    return finding("SP004", path, line, column, "" if variant in ("begin", "tag") else variant)


def _told(exc: yaml.MarkedYAMLError, line: str) -> str:
    """The wording for the parser's message about this line; empty where none fits."""
    if _APOSTROPHE.search(line):
        return "apostrophe"
    said = f"{exc.context or ''} {exc.problem or ''}"
    return next((variant for variant, words in _PROBLEMS if re.search(words, said)), "")


def _written_above(lines: list[str], line: int) -> int:
    """The number of the nearest line above with something in it that is no note; 0 where there is none."""
    above = (n for n in range(line - 1, 0, -1) if lines[n - 1].strip() and not lines[n - 1].lstrip().startswith("#"))
    return next(above, 0)


def _moved(lines: list[str], line: int, column: int) -> int:
    """The line that stands too far to the left or right, where a field below another one looks like a part of it.

    A field whose value stands beside it cannot have fields below it. Of the two the upper one was moved when the line
    above it stands as the lower one does.
    """
    field = _FIELD.match(lines[line - 1]) if line <= len(lines) else None
    if field is None or ":" in lines[line - 1][: column - 1].rstrip():
        return 0
    above = _written_above(lines, line)
    if not above:
        return 0
    before = _written_above(lines, above)
    fields = [_FIELD.match(lines[number - 1]) if number else None for number in (above, before)]
    if fields[0] is None:
        return 0
    moved_left = fields[1] is not None and len(fields[1][1]) == len(field[1]) > len(fields[0][1])
    return above if moved_left else line


def _word(lines: list[str], mark: yaml.Mark) -> str:
    """The word that stands at the mark."""
    return re.split(r"[\s,\]}]", lines[mark.line][mark.column :], maxsplit=1)[0]


def _open_quote(lines: list[str], exc: yaml.MarkedYAMLError, line: int) -> int:
    """The line in which a double quote is opened and not closed, where that is what went wrong; else 0."""
    began = line - 1
    if exc.context_mark is not None and re.search("flow|quoted", exc.context or ""):
        began = exc.context_mark.line + 1
    for number in range(max(1, began), min(line, len(lines)) + 1):
        plain = lines[number - 1].strip()
        if not plain.startswith("#") and len(re.findall(r'(?<!\\)"', plain)) % 2:
            return number
    return 0
