"""Sizes and changes as an author writes them: `at least 0.4`, `rises by at least 0.03`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

NOTICED = 0.01
"""A change of a state variable from which it rose or fell; less is `unchanged`, as in worked dialogues."""
_N = r"(-?\d+(?:\.\d+)?|-?\.\d+)"
_BOUNDS = {
    "exactly": re.compile(rf"{_N}"),
    "at least": re.compile(rf"at least {_N}"),
    "at most": re.compile(rf"at most {_N}"),
    "over": re.compile(rf"over {_N}"),
    "under": re.compile(rf"under {_N}"),
    "between": re.compile(rf"{_N} to {_N}"),
}
_CHANGE = re.compile(r"(rises|falls|moves)(?: by (.+))?")
_PLAIN = {"unchanged", "does not rise", "does not fall"}
BOUND_FORMS = "`2`, `at least 0.4`, `at most 3`, `over 0.5`, `under 0.5`, `0.3 to 0.5`"
CHANGE_FORMS = (
    "`rises`, `falls by at least 0.03`, `moves by at most 0.05`, `unchanged`, `does not rise`, `does not fall`"
)
BOUND_PATTERN = r"^(-?\d*\.?\d+|(at least|at most|over|under) -?\d*\.?\d+|-?\d*\.?\d+ to -?\d*\.?\d+)$"
"""The forms of a bound, for editors that check a file while it is written."""


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A size that a number is held against."""

    kind: Literal["exactly", "at least", "at most", "over", "under", "between"]
    low: float
    high: float = 0.0
    """Only of `between`; both ends belong to it."""
    words: str
    """As the author wrote it."""

    @classmethod
    def of(cls, text: str) -> Bound:
        """What `text` says.

        Raises:
            ValueError: it says no size.
        """
        words = " ".join(text.split())
        for kind, pattern in _BOUNDS.items():
            if found := pattern.fullmatch(words):
                numbers = [float(number) for number in found.groups()]
                if kind == "between" and numbers[0] > numbers[1]:
                    raise ValueError(f"`{words}` ends below where it begins")
                return cls(kind=kind, low=numbers[0], high=numbers[-1], words=words)  # pyright: ignore[reportArgumentType]
        raise ValueError(f"`{words}` is no size; write one of {BOUND_FORMS}")

    def possible(self, least: float, most: float) -> bool:
        """Whether any number from `least` to `most` keeps to it."""
        match self.kind:
            case "exactly":
                return least <= self.low <= most
            case "at least":
                return self.low <= most
            case "at most":
                return self.low >= least
            case "over":
                return self.low < most
            case "under":
                return self.low > least
            case "between":
                return self.low <= most and self.high >= least

    def holds(self, value: float) -> bool:
        """Whether `value` keeps to it; `exactly` looks at as many decimals as were written."""
        slack = 1e-9
        match self.kind:
            case "exactly":
                decimals = len(self.words.partition(".")[2])
                return (
                    abs(value - self.low) <= 0.5 * 10**-decimals + slack if decimals else abs(value - self.low) < slack
                )
            case "at least":
                return value >= self.low - slack
            case "at most":
                return value <= self.low + slack
            case "over":
                return value > self.low + slack
            case "under":
                return value < self.low - slack
            case "between":
                return self.low - slack <= value <= self.high + slack


@dataclass(frozen=True, kw_only=True)
class Change:
    """A direction, and perhaps a size, that a change is held against."""

    kind: Literal["rises", "falls", "moves", "unchanged", "does not rise", "does not fall"]
    by: Bound | None = None
    words: str

    @classmethod
    def of(cls, text: str) -> Change:
        """What `text` says.

        Raises:
            ValueError: it says no change.
        """
        words = " ".join(text.split())
        if words in _PLAIN:
            return cls(kind=words, words=words)  # pyright: ignore[reportArgumentType]
        found = _CHANGE.fullmatch(words)
        if found is None or (found[1] == "moves" and found[2] is None):
            raise ValueError(f"`{words}` is no change; write one of {CHANGE_FORMS}")
        by = Bound.of(found[2]) if found[2] else None
        return cls(kind=found[1], by=by, words=words)  # pyright: ignore[reportArgumentType]

    def holds(self, change: float) -> bool:
        """Whether a variable that changed by `change` did what is said."""
        match self.kind:
            case "rises":
                return self.by.holds(change) if self.by else change >= NOTICED
            case "falls":
                return self.by.holds(-change) if self.by else change <= -NOTICED
            case "moves":
                return self.by is not None and self.by.holds(abs(change))
            case "unchanged":
                return abs(change) < NOTICED
            case "does not rise":
                return change < NOTICED
            case "does not fall":
                return change > -NOTICED


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How many of how many, such as `4 of 5`."""

    least: int
    of: int

    @classmethod
    def read(cls, text: str) -> Rate:
        """What `text` says.

        Raises:
            ValueError: it says no rate, or one that cannot be reached.
        """
        found = re.fullmatch(r"(\d+) of (\d+)", " ".join(text.split()))
        if found is None:
            raise ValueError(f"`{text}` is no rate; write how many of how many, such as `4 of 5`")
        least, of = int(found[1]), int(found[2])
        if not 1 <= least <= of <= 100:
            raise ValueError(
                f"`{text}` cannot be; the first number is at least 1 and at most the second, that at most 100"
            )
        return cls(least=least, of=of)

    def least_of(self, times: int) -> int:
        """The same share of another number of times, rounded up."""
        return -(-self.least * times // self.of)

    def __str__(self) -> str:
        return f"{self.least} of {self.of}"


def of_size_or_change(text: str) -> Bound | Change:
    """What `text` says of a state variable.

    Raises:
        ValueError: it says neither a size nor a change.
    """
    first = " ".join(text.split()).partition(" ")[0]
    if first in {"rises", "falls", "moves", "unchanged", "does"}:
        return Change.of(text)
    try:
        return Bound.of(text)
    except ValueError:
        raise ValueError(f"`{text}` is neither a size ({BOUND_FORMS}) nor a change ({CHANGE_FORMS})") from None
