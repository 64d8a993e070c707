"""What a server may not bring onto a screen or into a record: the key it was asked with, and names that are none."""

from __future__ import annotations

import re

from simpatient.llm.failures import Failure, ServiceFailed

LEAST_KEY = 8
"""Characters from which a key is a secret and not a word such as `none`."""
_NAME = re.compile(r"[\w./:@+ -]{1,120}", re.ASCII)
_FINISH = re.compile(r"\w{1,30}", re.ASCII)
OTHER = "other"
"""A reason for the end of an answer that is told in no plain word."""


class KeyWatch:
    """Reads an answer as it comes and stops it where the key stands in it."""

    def __init__(self, key: str) -> None:
        """Watch for `key`; one too short to be a secret is not watched for."""
        self._key = key if len(key) >= LEAST_KEY else ""
        self._tail = ""

    def read(self, said: str) -> str:
        """`said`, when the key does not stand in it or begins before it.

        Raises:
            ServiceFailed: it does.
        """
        if self._key:
            heard = self._tail + said
            if self._key in heard:
                raise ServiceFailed(Failure.MALFORMED)
            self._tail = heard[1 - len(self._key) :]
        return said


def model_name(told: object) -> str:
    """A model's name as a server gave it, or nothing where it is no name. Pure."""
    return told if isinstance(told, str) and _NAME.fullmatch(told) else ""


def finish_reason(told: str) -> str:
    """The reason for the end of an answer, in one plain word. Pure."""
    return told if _FINISH.fullmatch(told) else OTHER
