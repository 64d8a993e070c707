"""One authored YAML file as plain data, with the place of every value."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import yaml

from simpatient.authoring.pages import finding
from simpatient.authoring.slips import SlipError, not_yaml
from simpatient.errors import ContentError, Diagnostic

Place = tuple[int, int]
Path_ = tuple[str | int, ...]
Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"
"""What a YAML file holds: mappings, lists and plain values."""

MAX_BYTES = 2_000_000
MAX_NODES = 200_000
MAX_DIGITS = 30
"""An authored file is never this large; shared packs are not trusted to be polite."""


class _PlainLoader(yaml.SafeLoader):
    """YAML 1.2 scalars: only true and false are booleans, `10:30` and dates stay text, `012` is twelve."""


if TYPE_CHECKING:
    _Libyaml = yaml.SafeLoader
else:
    _Libyaml = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _FastLoader(_Libyaml):
    """Libyaml where it is there, several times as fast; only its events are used."""


DEEP = 100
"""Collections within collections from which a file is read by the slower parser, which survives any depth."""
_SCALARS: tuple[tuple[str, str, str], ...] = (
    ("null", r"^(?:~|null|Null|NULL|)$", "~nN"),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
)
"""Kind, pattern and first letters of every plain scalar that is not text (YAML 1.2 core schema)."""

_TAG = "tag:yaml.org,2002:"

_SHAPES = {
    letter: [(kind, re.compile(pattern)) for kind, pattern, letters in _SCALARS if letter in letters]
    for letter in {"", *"~nNtTfF+-.0123456789"}
}
"""By first letter, the kinds that a plain scalar may be."""
_VALUES: Mapping[str, Callable[[str], float | bool | None]] = {
    "null": lambda _: None,
    "bool": lambda text: text.lower() == "true",
    "int": lambda text: int(text, {"0o": 8, "0x": 16}.get(text[:2], 10)),
    "float": float,
}
_PlainLoader.yaml_implicit_resolvers = {
    letter: [(_TAG + kind, shape) for kind, shape in shapes] for letter, shapes in _SHAPES.items()
}


@dataclass(frozen=True, kw_only=True)
class Document:
    """An authored file as plain data."""

    path: Path
    data: Plain
    text: str = field(default="", repr=False)
    known: dict[Path_, Place] | None = field(default=None, repr=False)
    """Places, when they are known already."""

    @cached_property
    def places(self) -> dict[Path_, Place]:
        """1-based line and column of every value and key, by its path in the data; looked for when first asked for."""
        if self.known is not None:
            return self.known
        places: dict[Path_, Place] = {}
        try:
            _Events(self.path, self.text, places).document()
        except (_OddError, yaml.YAMLError, ValueError):
            places.clear()
            _composed(self.path, self.text, places)
        return places

    def place(self, path: Path_) -> Place:
        """The place of `path`, or of its nearest parent that stands in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def diagnostic(self, at: Path_, code: str, variant: str = "", /, **values: object) -> Diagnostic:
        """A finding at the place of `at`, in the words of its page."""
        return finding(code, self.path, *self.place(at), variant, **values)


def read_text(path: Path) -> str:
    """The file's text.

    Raises:
        ContentError: the file is missing, unreadable, too large or not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as exc:
        raise ContentError([finding("SP001", path, reason=exc.strerror)]) from None
    if len(raw) > MAX_BYTES:
        raise ContentError([finding("SP002", path, size=f"{len(raw):,}", most=f"{MAX_BYTES:,}")])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise ContentError([finding("SP003", path, raw[: exc.start].count(b"\n") + 1)]) from None


def read_yaml(path: Path) -> Document:
    """The file's data with places.

    Raises:
        ContentError: the file is missing, unreadable, too large or not YAML.
    """
    text = read_text(path)
    try:
        return _Events(path, text).document()
    except (_OddError, yaml.YAMLError, ValueError):
        return _composed(path, text, {})


def _composed(path: Path, text: str, places: dict[Path_, Place]) -> Document:
    """The file's data, its places added to `places`, by the parser with the plainer errors, which survives any depth.

    Raises:
        ContentError: the file is too large or not YAML.
    """
    try:
        node = _PlainLoader(text).get_single_node()
        data: Plain = {} if node is None else _Builder(path, places).build(node, ())
    except yaml.MarkedYAMLError as exc:
        raise ContentError([not_yaml(path, text, exc)]) from None
    except yaml.reader.ReaderError as exc:
        line = text[: exc.position].count("\n") + 1
        raise ContentError([finding("SP004", path, line, 0, "character", which=f"U+{exc.character:04X}")]) from None
    except RecursionError:
        raise ContentError([finding("SP004", path, 0, 0, "deep")]) from None
    return Document(path=path, data=data, text=text)


MOST_SHOWN = 40
"""Choices that are listed for an unknown word; of more than these the number is told."""


def nearest(word: str, choices: list[str]) -> str:
    """A sentence with the nearest choice and the choices, for an unknown word."""
    known = sorted(set(choices))
    if not known:
        return "There is none yet."
    more = f" and {len(known) - MOST_SHOWN} more" if len(known) > MOST_SHOWN else ""
    return f"{guess_at(word, known)}Known: {', '.join(known[:MOST_SHOWN])}{more}."


def guess_at(word: str, choices: Sequence[str]) -> str:
    """A question with the nearest choice; empty where none is near."""
    close = difflib.get_close_matches(word, choices, n=1)
    return f"Did you mean `{close[0]}`? " if close else ""


class _OddError(Exception):
    """There is something in the file that few authors write, or that is wrong."""


class _Events:
    """Plain data straight from the events of the fast parser, each read once.

    Aliases, tags, keys that stand twice and whatever else is odd are left to the slower way, which tells what is wrong.
    """

    def __init__(self, path: Path, text: str, places: dict[Path_, Place] | None = None) -> None:
        """Read `text`, and add the place of everything to `places` where they are wanted."""
        self.path, self.text, self.places, self.left = path, text, places, MAX_NODES
        self.next = cast("Callable[[], Any]", _FastLoader(text).get_event)  # pyright: ignore[reportUnknownMemberType]

    def document(self) -> Document:
        """The file.

        Raises:
            _OddError: it has to be read the slower way.
        """
        self.next()
        if isinstance(self.next(), yaml.StreamEndEvent):
            return Document(path=self.path, data={}, text=self.text)
        data = self._value(self.next(), (), 0)
        self.next()
        if not isinstance(self.next(), yaml.StreamEndEvent):
            raise _OddError
        return Document(path=self.path, data=data, text=self.text)

    def _value(self, event: Any, at: Path_, depth: int) -> Plain:
        """What begins with this event."""
        self.left -= 1
        if self.left < 0 or depth >= DEEP or type(event) is yaml.AliasEvent:
            raise _OddError
        if event.anchor is not None or event.tag is not None:
            raise _OddError
        if self.places is not None and at not in self.places:
            mark = event.start_mark
            self.places[at] = (mark.line + 1, mark.column + 1)
        kind = cast("type[object]", type(event))
        if kind is yaml.ScalarEvent:
            return _plain_value(event.value) if event.implicit[0] else event.value
        return self._items(at, depth) if kind is yaml.SequenceStartEvent else self._mapping(at, depth)

    def _items(self, at: Path_, depth: int) -> list[Plain]:
        items: list[Plain] = []
        following, deeper, placed = self.next, depth + 1, self.places is not None
        while type(inside := following()) is not yaml.SequenceEndEvent:
            if type(inside) is yaml.ScalarEvent and not placed and inside.tag is None and inside.anchor is None:
                self.left -= 1
                items.append(_plain_value(inside.value) if inside.implicit[0] else inside.value)
            else:
                items.append(self._value(inside, (*at, len(items)) if placed else at, deeper))
        return items

    def _mapping(self, at: Path_, depth: int) -> dict[str, Plain]:
        data: dict[str, Plain] = {}
        following, places, deeper = self.next, self.places, depth + 1
        while type(event := following()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                raise _OddError
            key = event.value
            if not key or key in data or event.tag is not None or event.anchor is not None:
                raise _OddError
            here = at
            if places is not None:
                here, mark = (*at, key), event.start_mark
                places[here] = (mark.line + 1, mark.column + 1)
            inside = following()
            if type(inside) is yaml.ScalarEvent and places is None and inside.tag is None and inside.anchor is None:
                self.left -= 1
                data[key] = _plain_value(inside.value) if inside.implicit[0] else inside.value
            else:
                data[key] = self._value(inside, here, deeper)
        return data


def _plain_value(text: str) -> str | float | bool | None:
    """The value of a word or number without quotes.

    Raises:
        _OddError: it is a number too long to be meant.
    """
    for kind, shape in _SHAPES.get(text[:1], ()):
        if shape.match(text):
            if kind == "int" and len(text) > MAX_DIGITS:
                raise _OddError
            return _VALUES[kind](text)
    return text


class _Builder:
    """Turns YAML nodes into plain data while noting where each stands."""

    def __init__(self, path: Path, places: dict[Path_, Place]) -> None:
        self.path, self.places, self.count = path, places, 0

    def build(self, node: yaml.Node, at: Path_) -> Plain:
        self.count += 1
        if self.count > MAX_NODES:
            raise ContentError([finding("SP002", self.path, 0, 0, "aliases")])
        self.places.setdefault(at, (node.start_mark.line + 1, node.start_mark.column + 1))
        if isinstance(node, yaml.MappingNode) and node.tag == f"{_TAG}map":
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode) and node.tag == f"{_TAG}seq":
            return [self.build(child, (*at, index)) for index, child in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        raise _unexpected_tag(node)

    def _mapping(self, node: yaml.MappingNode, at: Path_) -> dict[str, Plain]:
        data: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            if not key or key in data:
                raise SlipError("twice" if key else "key", key_node.start_mark, key=key)
            here = (*at, key)
            self.places[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            data[key] = self.build(value_node, here)
        return data


def _scalar(node: yaml.ScalarNode) -> str | float | bool | None:
    """The value of one word or number, by its tag and never by a constructor somebody else registered."""
    text = str(node.value)
    kind = node.tag.removeprefix(_TAG)
    if kind == "str":
        return text
    shapes = {name: pattern for name, pattern, _ in _SCALARS}
    if kind not in shapes or not re.match(shapes[kind], text):
        raise _unexpected_tag(node)
    if kind == "int" and len(text) > MAX_DIGITS:
        raise SlipError("digits", node.start_mark)
    return _VALUES[kind](text)


def _unexpected_tag(node: yaml.Node) -> SlipError:
    return SlipError("tag", node.start_mark, tag=node.tag.replace(_TAG, "!!"))
