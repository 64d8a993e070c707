"""What some models think aloud, in a `<think>` block before they answer: nobody says that to a patient's face."""

from __future__ import annotations

import re

_OPENING = re.compile(r"\s*<think(?:ing)?>", re.IGNORECASE)
_CLOSING = re.compile(r"</think(?:ing)?>\s*", re.IGNORECASE)
_OPENINGS = ("<think>", "<thinking>")


def spoken(text: str) -> str:
    """The text without the thoughts before it. Pure."""
    if "</think" in text.lower():
        return _CLOSING.split(text)[-1]
    return "" if _OPENING.match(text) else text


class Sieve:
    """Lets through what is said of a streamed answer, piece by piece."""

    def __init__(self) -> None:
        """Begin before the first piece."""
        self.clear = False
        """Whether all that comes is said; then nothing need be fed any more."""
        self._held = ""

    def feed(self, piece: str) -> str:
        """What can be said after this piece; empty while it may still be thought."""
        if self.clear:
            return piece
        self._held += piece
        start = self._held.lstrip()[: len(_OPENINGS[-1])].lower()
        if _OPENING.match(self._held):
            closing = _CLOSING.search(self._held)
            said = self._held[closing.end() :] if closing else ""
        else:
            said = "" if any(opening.startswith(start) for opening in _OPENINGS) else self._held
        self.clear = bool(said)
        return said

    def rest(self) -> str:
        """What was held back to the end and is said after all."""
        return "" if self.clear else spoken(self._held)
