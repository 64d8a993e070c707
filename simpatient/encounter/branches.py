"""The branches of a meeting, and two of them side by side."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile, zip_longest
from typing import Any

from simpatient.encounter.moving import Node
from simpatient.encounter.records import Exchange
from simpatient.transcript import Transcript
from simpatient.words import VARIABLES


@dataclass(frozen=True, kw_only=True)
class Branch:
    """One way the meeting went, from the opening to its last exchange."""

    head: int
    """Number of its last exchange."""
    exchanges: tuple[Exchange, ...]
    current: bool
    """Whether the meeting stands on it."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two branches side by side."""

    one: Branch
    other: Branch
    shared: int
    """Exchanges that both begin with."""
    steps: tuple[tuple[Exchange | None, Exchange | None], ...]
    """After these, exchange by exchange; None where one branch is shorter."""

    def record(self) -> dict[str, Any]:
        """The comparison as plain data."""
        return {
            "one": self.one.head,
            "other": self.other.head,
            "shared": self.shared,
            "steps": [{"one": _side(one), "other": _side(other)} for one, other in self.steps],
        }


def branches_of(tree: Transcript[Node]) -> tuple[Branch, ...]:
    """Every branch, the oldest first."""
    parents = {node.parent for node in tree.nodes}
    heads = [node.number for node in tree.nodes if node.number not in parents]
    found: list[Branch] = []
    for head in heads:
        path = tuple(node.exchange for node in tree.at(head).path())
        stands = tree.head in {exchange.number for exchange in path} and (tree.head == head or tree.head in parents)
        found.append(Branch(head=head, exchanges=path, current=stands))
    return tuple(found)


def compared(one: Branch, other: Branch) -> Comparison:
    """What `one` and `other` share, and where they went different ways."""
    pairs = zip(one.exchanges, other.exchanges, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0].number == pair[1].number, pairs))
    steps = tuple(zip_longest(one.exchanges[shared:], other.exchanges[shared:]))
    return Comparison(one=one, other=other, shared=shared, steps=steps)


def _side(exchange: Exchange | None) -> dict[str, Any] | None:
    """What there is to compare: words, state, ratings, and what it opened."""
    if exchange is None:
        return None
    ratings = exchange.assessment.ratings if exchange.assessment else ()
    return {
        "exchange": exchange.number,
        "learner": exchange.learner,
        "reply": exchange.turn.text,
        "state": {name: round(exchange.after.value(name), 4) for name in VARIABLES},
        "stance": exchange.after.stance.word,
        "ratings": [{"behaviour": r.behaviour, "value": r.value} for r in ratings if r.value is not None],
        "disclosed": [{"fact": t.fact, "rendering": t.rendering.word} for t in exchange.tellings],
        "ended": exchange.ended.value if exchange.ended else None,
    }
