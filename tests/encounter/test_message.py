"""A learner message is made fit to be heard, never refused for how it looks."""

from __future__ import annotations

import pytest

from simpatient.encounter import UnusableMessage, cleaned


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("  Hello \n", "Hello"),
        ("bell\x07 and nul\x00", "bell and nul"),
        ("left\u202eright", "leftright"),
        ("a\u200bb", "ab"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("מה שלומך?", "מה שלומך?"),
        ("🙂🙂", "🙂🙂"),
        ("", ""),
    ],
)
def test_odd_characters_go_and_words_stay(typed: str, heard: str) -> None:
    """Control characters and direction marks go; scripts and emoji stay."""
    assert cleaned(typed) == heard


def test_a_lone_surrogate_becomes_a_mark() -> None:
    """The text can be written to any file afterwards."""
    assert cleaned("a\ud800b").encode("utf-8") == b"a?b"


def test_a_message_far_too_long_is_refused_in_words() -> None:
    """The line says how long it is and how long it may be."""
    with pytest.raises(UnusableMessage, match="100,000 characters; at most 8,000"):
        cleaned("x" * 100_000)
