"""Sizes, changes and rates as people write them."""

from __future__ import annotations

import pytest

from simpatient.suite.bounds import Bound, Change, Rate, of_size_or_change


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("2", 2, 1),
        ("0.4", 0.44, 0.46),
        ("at least .4", 0.4, 0.39),
        ("at most 3", 3, 3.01),
        ("over 0.5", 0.51, 0.5),
        ("under 0.5", 0.49, 0.5),
        ("0.3 to 0.5", 0.5, 0.51),
        ("-1 to 1", -1, -1.1),
    ],
)
def test_a_size_holds_for_what_it_says(text: str, yes: float, no: float) -> None:
    """Written decimals say how exact a bare number is meant."""
    assert Bound.of(text).holds(yes)
    assert not Bound.of(text).holds(no)


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("rises", 0.01, 0.009),
        ("falls", -0.01, 0.01),
        ("unchanged", 0.009, -0.01),
        ("does not rise", -0.2, 0.01),
        ("does not fall", 0.009, -0.01),
        ("rises by at least 0.03", 0.03, 0.029),
        ("falls by at most 0.1", -0.1, -0.11),
        ("moves by at most 0.05", -0.05, 0.06),
        ("falls by 0.1 to 0.2", -0.15, 0.15),
    ],
)
def test_a_change_holds_for_what_it_says(text: str, yes: float, no: float) -> None:
    """Less than a hundredth is no change, as in worked dialogues."""
    assert Change.of(text).holds(yes)
    assert not Change.of(text).holds(no)


@pytest.mark.parametrize("text", ["", "lots", "at least", "rises by", "moves", "5 to 3", "goes up"])
def test_what_says_nothing_is_refused_with_the_forms_that_do(text: str) -> None:
    """The message can be acted on without the documentation."""
    with pytest.raises(ValueError, match=r"write one of|neither|ends below|no size"):
        of_size_or_change(text)


def test_a_rate_keeps_its_share_when_there_are_more_or_fewer_times() -> None:
    """4 of 5 is 8 of 10, and 3 of 3."""
    assert Rate.read("4 of 5").least_of(10) == 8
    assert Rate.read("4 of 5").least_of(3) == 3


@pytest.mark.parametrize("text", ["0 of 5", "6 of 5", "four of five", "4/5"])
def test_a_rate_that_cannot_be_is_refused(text: str) -> None:
    """Before anything is held."""
    with pytest.raises(ValueError, match=r"cannot be|no rate"):
        Rate.read(text)
