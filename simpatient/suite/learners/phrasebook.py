"""What learners say, from authored files: phrases with places to fill, matters people talk about, words for feelings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from simpatient.authoring import read_model

_FOLDER = Path(__file__).resolve().parent / "phrases"
_PLACE = re.compile(r"\{(\w+)\}")
_LEAST_MARK = 6
"""Characters of its own that a phrase needs, so that it can be known again."""

Text = Annotated[str, Field(min_length=1, max_length=600)]


class _Authored(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(_Authored):
    """Words that depend on the setting."""

    words: tuple[str, ...]
    """Parts of words, one of which stands in the briefing; none always fits."""
    say: Text | tuple[Text, ...]


class Matter(_Authored):
    """Something people talk about, and what a listener can make of it."""

    id: Text
    name: Text
    feeling: Text
    plan: bool = True
    """Whether two people could agree to work on it."""
    words: Annotated[tuple[Text, ...], Field(min_length=1)]
    """A word; with `*` at its end, all that begin so; or several words in a row."""
    reflect: tuple[Text, ...]
    ask: tuple[Text, ...]
    because: tuple[Text, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds its words in lower-case text."""
        parts = (re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in self.words)
        return re.compile(rf"\b(?:{'|'.join(parts)})(?!\w)")


class Named(_Authored):
    """Words for one family of feelings."""

    felt: Annotated[tuple[Text, ...], Field(min_length=1)]
    feeling: Annotated[tuple[Text, ...], Field(min_length=1)]


class _Phrases(_Authored):
    schema_version: Literal[1]
    phrases: dict[str, Annotated[tuple[Text, ...], Field(min_length=1)]]
    teams: tuple[Choice, ...] = ()
    days: tuple[Choice, ...] = ()


class _Matters(_Authored):
    schema_version: Literal[1]
    matters: tuple[Matter, ...]


class _Feelings(_Authored):
    schema_version: Literal[1]
    feelings: dict[str, Named]


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Words with places to fill."""

    text: str
    places: frozenset[str]
    mark: str
    """The longest stretch of its own, in lower case: by it one knows that the phrase was used."""

    @classmethod
    def of(cls, text: str) -> Phrase:
        """The phrase of an authored text."""
        own = _PLACE.split(text)[::2]
        return cls(text=text, places=frozenset(_PLACE.findall(text)), mark=max(own, key=len).strip().lower())

    def with_(self, places: Mapping[str, str]) -> str | None:
        """The words with every place filled; None when one cannot be."""
        if any(not places.get(place) for place in self.places):
            return None
        said = _PLACE.sub(lambda found: places[found[1]], self.text)
        said = _ARTICLE.sub("an", said)
        return _SENTENCE_START.sub(lambda found: found[0].upper(), said)


_ARTICLE = re.compile(r"\ba(?= (?:exhausting|unsettling|unfair|infuriating|isolating|exposing|easier)\b)")
"""The article before a word that was filled in and begins with a vowel."""
_SENTENCE_START = re.compile(r"^['\"]?[a-z]|(?<=[.?!] )['\"]?[a-z]")


@dataclass(frozen=True, kw_only=True)
class Phrasebook:
    """All the phrases of one kind of learner, by what they do."""

    phrases: Mapping[str, tuple[Phrase, ...]]
    teams: tuple[Choice, ...]
    days: tuple[Choice, ...]

    def unused(self, act: str, said: str) -> list[Phrase]:
        """The phrases of an act that are not in `said` (all that was said, in lower case)."""
        return [phrase for phrase in self.phrases.get(act, ()) if not _used(phrase, said)]


def _used(phrase: Phrase, said: str) -> bool:
    return phrase.mark in said if len(phrase.mark) >= _LEAST_MARK else False


@cache
def phrasebook(kind: str) -> Phrasebook:
    """The phrases of `kind`, with what they borrow from the skilled learner's file (teams and days)."""
    read, _ = read_model(_FOLDER / f"{kind}.yaml", _Phrases)
    skilled = read if kind == "skilled" else read_model(_FOLDER / "skilled.yaml", _Phrases)[0]
    return Phrasebook(
        phrases={act: tuple(map(Phrase.of, texts)) for act, texts in read.phrases.items()},
        teams=read.teams or skilled.teams,
        days=read.days or skilled.days,
    )


@cache
def matters() -> tuple[Matter, ...]:
    """What people talk about."""
    return read_model(_FOLDER / "matters.yaml", _Matters)[0].matters


@cache
def feelings() -> Mapping[str, Named]:
    """Words for feelings, by family."""
    return read_model(_FOLDER / "feelings.yaml", _Feelings)[0].feelings


@lru_cache(maxsize=4096)
def matters_in(text: str) -> tuple[Matter, ...]:
    """The matters a text speaks of, the one most spoken of first. Pure."""
    low = text.lower().replace("’", "'")
    counted = [(-len(matter.pattern.findall(low)), order, matter) for order, matter in enumerate(matters())]
    return tuple(matter for count, _, matter in sorted(counted, key=lambda each: each[:2]) if count)


def matters_over(texts: Sequence[str]) -> list[Matter]:
    """The matters of several texts, those that came up in most of them first. Pure."""
    tally: dict[str, list[float]] = {}
    known = {matter.id: matter for matter in matters()}
    for place, text in enumerate(texts):
        for rank, matter in enumerate(matters_in(text)[:3]):
            tally.setdefault(matter.id, [0.0, float(place)])[0] += 1.0 / (1 + rank)
    ordered = sorted(tally, key=lambda each: (-tally[each][0], tally[each][1]))
    return [known[each] for each in ordered]


def fitting(choices: Iterable[Choice], about: str) -> tuple[str, ...]:
    """What the first choice says of which a word stands in `about`; nothing when none fits. Pure."""
    low = about.lower()
    for choice in choices:
        if not choice.words or any(re.search(rf"\b{re.escape(word)}", low) for word in choice.words):
            return (choice.say,) if isinstance(choice.say, str) else choice.say
    return ()
