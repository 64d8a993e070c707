"""The transcript is a tree in which nothing is overwritten."""

from __future__ import annotations

import pytest

from simpatient.transcript import Transcript


def test_a_transcript_grows_from_its_head() -> None:
    """The path holds the items in order."""
    tree = Transcript[str]().grown("a").grown("b")
    assert tree.path() == ("a", "b")
    assert tree.head == 2


def test_going_back_grows_a_branch_and_keeps_the_old_one() -> None:
    """After a rewind both branches stand in the tree."""
    tree = Transcript[str]().grown("a").grown("b").at(1).grown("c")
    assert tree.path() == ("a", "c")
    assert tree.at(2).path() == ("a", "b")
    assert tree.node(3).parent == 1


def test_going_back_to_the_opening_is_going_to_zero() -> None:
    """An empty path."""
    assert Transcript[str]().grown("a").at(0).path() == ()


def test_an_unknown_node_is_an_error() -> None:
    """Neither a rewind nor an exchange of items invents nodes."""
    with pytest.raises(KeyError):
        Transcript[str]().at(1)
    with pytest.raises(KeyError):
        Transcript[str]().grown("a").with_item(2, "b")


def test_a_fuller_item_takes_the_place_of_the_first() -> None:
    """Ratings that come late join their exchange."""
    tree = Transcript[str]().grown("a").grown("b").with_item(1, "A")
    assert tree.path() == ("A", "b")
