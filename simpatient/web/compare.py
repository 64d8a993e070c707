"""Two branches of one meeting side by side: words, ratings, what each opened, and, once it is over, what was felt."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from simpatient.encounter import Branch, Encounter, compared
from simpatient.web import chart
from simpatient.web.text import catalogue
from simpatient.web.ways import Way, way_of
from simpatient.words import VARIABLES


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One branch that can be laid on the table."""

    head: int
    letter: str
    """A name for it: A for the oldest."""
    exchanges: int
    current: bool
    begins: str
    """The learner's first words on it that no earlier branch has."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """The same place in both branches."""

    place: int
    one: Way | None
    other: Way | None


@dataclass(frozen=True, kw_only=True)
class Felt:
    """One variable over both branches."""

    name: str
    one: float
    other: float
    """At the end of each, 0..1."""
    drawn: Markup


@dataclass(frozen=True, kw_only=True)
class CompareView:
    """All that the page shows of two branches."""

    patient: str
    choices: tuple[Choice, ...]
    one: Choice
    other: Choice
    shared: tuple[Way, ...]
    steps: tuple[Step, ...]
    felt: tuple[Felt, ...]
    """Empty while the meeting goes on: reading people is the task."""
    stances: tuple[str, str]
    opened: tuple[tuple[str, ...], tuple[str, ...]]
    """What each opened after the two parted; nothing while that is hidden, for a hint is not told as one in play."""
    over: bool
    """Whether what was felt may be seen."""
    ended: bool
    educator: bool


def view_of(
    encounter: Encounter, one: int | None = None, other: int | None = None, *, educator: bool = False
) -> CompareView | None:
    """The branches that end at `one` and `other`, by default the last before the present one and the present one.

    None when the meeting has one branch only. An `educator` sees what was felt also while it goes on.
    """
    branches = encounter.branches()
    if len(branches) < 2:
        return None
    choices = _choices(branches)
    first, second = _chosen(branches, one, other)
    table = compared(first, second)
    over = encounter.ended is not None or educator

    def ways(branch: Branch) -> tuple[Way, ...]:
        return tuple(
            way_of(exchange, encounter, place, educator=educator) for place, exchange in enumerate(branch.exchanges, 1)
        )

    left, right = ways(first), ways(second)
    apart = max(len(left), len(right)) - table.shared
    return CompareView(
        patient=encounter.patient.persona.card.name.split()[0], choices=choices,
        one=_of(choices, first), other=_of(choices, second), shared=left[: table.shared],
        steps=tuple(
            Step(place=place + 1, one=_at(left, place), other=_at(right, place))
            for place in range(table.shared, table.shared + apart)
        ),
        felt=_felt(first, second) if over else (),
        stances=(left[-1].stance, right[-1].stance) if over else ("", ""),
        opened=(_opened(left[table.shared :]), _opened(right[table.shared :])) if over else ((), ()), over=over,
        ended=encounter.ended is not None, educator=educator,
    )  # fmt: skip


def _choices(branches: tuple[Branch, ...]) -> tuple[Choice, ...]:
    found: list[Choice] = []
    seen: set[int] = set()
    for index, branch in enumerate(branches):
        fresh = [exchange for exchange in branch.exchanges if exchange.number not in seen]
        seen |= {exchange.number for exchange in branch.exchanges}
        found.append(
            Choice(
                head=branch.head, letter=_letter(index), exchanges=len(branch.exchanges), current=branch.current,
                begins=fresh[0].learner if fresh else "",
            )
        )  # fmt: skip
    return tuple(found)


def _letter(index: int) -> str:
    """A, B ... Z, then A2 and so on."""
    round_, place = divmod(index, 26)
    return chr(ord("A") + place) + (str(round_ + 1) if round_ else "")


def _chosen(branches: tuple[Branch, ...], one: int | None, other: int | None) -> tuple[Branch, Branch]:
    by_head = {branch.head: branch for branch in branches}
    if one in by_head and other in by_head and one != other:
        return by_head[one], by_head[other]
    current = next((branch for branch in reversed(branches) if branch.current), branches[-1])
    before = [branch for branch in branches if branch.head != current.head][-1]
    return before, current


def _of(choices: tuple[Choice, ...], branch: Branch) -> Choice:
    return next(choice for choice in choices if choice.head == branch.head)


def _at(ways: tuple[Way, ...], place: int) -> Way | None:
    return ways[place] if place < len(ways) else None


def _opened(ways: tuple[Way, ...]) -> tuple[str, ...]:
    return tuple(topic for way in ways for topic in way.opened)


def _felt(one: Branch, other: Branch) -> tuple[Felt, ...]:
    words = catalogue()
    found: list[Felt] = []
    for name in VARIABLES:
        left, right = _values(one, name), _values(other, name)
        title = words.say(f"variable.{name}")
        found.append(
            Felt(name=title, one=left[-1], other=right[-1], drawn=chart.pair(left, right, name))
        )  # fmt: skip
    return tuple(found)


def _values(branch: Branch, name: str) -> tuple[float, ...]:
    return (branch.exchanges[0].before.value(name), *(exchange.after.value(name) for exchange in branch.exchanges))
