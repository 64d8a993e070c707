"""A learner message made fit to be heard."""

from __future__ import annotations

import re
import unicodedata

from simpatient.errors import SimpatientError

MOST = 8_000
"""Characters one message may have."""
_KEPT = "\n\t"
_INVISIBLE = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
"""Zero-width and direction marks: they change how a line looks, not what it says."""


_JOINERS = re.compile(r"(?<=[\x00-\x7f])[\u200c\u200d]+(?=[\x00-\x7f])")
"""Joiners between plain letters, where no script needs them."""


_TAGS = re.compile("[\U000e0000-\U000e007f]+")
"""Letters that are never seen; after a flag they would only lose it its country."""


class UnusableMessage(SimpatientError):
    """A message that cannot be taken; nothing was changed, the learner may try again."""


def cleaned(text: str) -> str:
    """`text` without control characters, lone surrogates and direction marks, trimmed.

    Raises:
        UnusableMessage: it has more than 8,000 characters.
    """
    if len(text) > MOST:
        message = (
            f"That message has {len(text):,} characters; at most {MOST:,} can be heard at once. Please shorten it."
        )
        raise UnusableMessage(message)
    if text.isascii() and text.replace("\n", " ").isprintable():
        return text.strip()
    text = _TAGS.sub("", _JOINERS.sub("", text))
    whole = text.encode("utf-8", "replace").decode("utf-8")
    kept = "".join(
        c for c in whole.replace("\r\n", "\n").replace("\r", "\n")
        if c in _KEPT or (unicodedata.category(c) != "Cc" and c not in _INVISIBLE)
    )  # fmt: skip
    return unicodedata.normalize("NFC", kept).strip()
