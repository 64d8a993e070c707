"""The words of the templates that belong to the person they tell of, and to nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent / "new" / "templates"
ANYBODYS = "anybody's"
"""Stands in a comment at the end of a template's line that may be said by, or of, anybody."""
TOPICS = "# ---- Goes on about a topic"
"""Heading of the lines that are about somebody's life; those under the other headings do for many people."""
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_BARE = re.compile(r"^ *(?:- )?(?:\w+: )?(?![\[{\"'|>#&*%@])(.+)$")
_LISTENED_FOR = re.compile(r"\b(?:asks|words|markers|names|contradicted_by): \[[^\]]*\]")
_NAME = re.compile(r"\{\{ name \}\}")
_APART = re.compile(r"[\W_]+")


def plain(text: str, name: str = "") -> str:
    """The letters and digits of a text in a row, without the person's name. Pure."""
    return _APART.sub("", (text.replace(name, "") if name else text).lower())


@lru_cache(maxsize=1)
def theirs() -> frozenset[str]:
    """Every text of the template person, whatever they were begun from, as `plain` gives it."""
    texts = (
        text
        for line in _lines()
        if ANYBODYS not in line and not line.lstrip().startswith("#")
        for text in _texts(_LISTENED_FOR.sub("", _NAME.sub("", line)))
    )
    return frozenset(plain(text) for text in texts)


def _texts(line: str) -> Iterator[str]:
    """What a line of a template says: all that stands in double quotes, or the bare words behind its field."""
    found = _QUOTED.findall(line)
    yield from found
    if not found and (bare := _BARE.match(line)):
        yield bare[1]


def _lines() -> Iterator[str]:
    persona = TEMPLATES / "persona"
    dispositions = sorted((TEMPLATES / "dispositions").glob("*.yaml"))
    for file in (persona / "persona.yaml.j2", persona / "dialogues.yaml.j2", *dispositions):
        yield from file.read_text(encoding="utf-8").splitlines()
    about = (persona / "lines.yaml.j2").read_text(encoding="utf-8").partition(TOPICS)[2]
    yield from about.partition("# ----")[0].splitlines()
