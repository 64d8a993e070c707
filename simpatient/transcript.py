"""A meeting as a tree: every node knows its parent, nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Node(Generic[T]):
    """One exchange in the tree."""

    number: int
    """1-based, in order of growth; 0 is the opening and has no node."""
    parent: int
    item: T


@dataclass(frozen=True, kw_only=True)
class Transcript(Generic[T]):
    """All branches of one meeting and the place where it stands now."""

    nodes: tuple[Node[T], ...] = ()
    head: int = 0
    """Number of the node the next exchange grows from."""

    def grown(self, item: T) -> Transcript[T]:
        """The transcript with `item` as a new child of the head, which moves there."""
        node = Node(number=len(self.nodes) + 1, parent=self.head, item=item)
        return Transcript(nodes=(*self.nodes, node), head=node.number)

    def with_item(self, number: int, item: T) -> Transcript[T]:
        """The transcript with the item of one node exchanged for a fuller version of itself.

        Raises:
            KeyError: there is no such node.
        """
        self.node(number)
        nodes = tuple(
            Node(number=n.number, parent=n.parent, item=item) if n.number == number else n for n in self.nodes
        )
        return Transcript(nodes=nodes, head=self.head)

    def at(self, number: int) -> Transcript[T]:
        """The transcript standing at an earlier node (0: the opening); nothing is lost.

        Raises:
            KeyError: there is no such node.
        """
        if number:
            self.node(number)
        return Transcript(nodes=self.nodes, head=number)

    def node(self, number: int) -> Node[T]:
        """The node with this number.

        Raises:
            KeyError: there is none.
        """
        if not 1 <= number <= len(self.nodes):
            raise KeyError(number)
        return self.nodes[number - 1]

    def path(self) -> tuple[T, ...]:
        """The items from the first exchange to the head."""
        items: list[T] = []
        number = self.head
        while number:
            node = self.node(number)
            items.append(node.item)
            number = node.parent
        return tuple(reversed(items))
