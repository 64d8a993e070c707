"""What can go wrong with a service, in our words; the server's own never come this far."""

from __future__ import annotations

import email.utils
import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum

from simpatient.errors import ChatModelError, SimpatientError


class Failure(StrEnum):
    """Kinds of failure, each with one plain line."""

    REFUSED = "refused"
    SLOW = "slow"
    CUT = "cut"
    MALFORMED = "malformed"
    EMPTY = "empty"
    BUSY = "busy"
    DOWN = "down"
    QUOTA = "quota"
    KEY = "key"
    NOT_FOUND = "not_found"
    REJECTED = "rejected"
    NO_ROOM = "no_room"
    TOO_LONG = "too_long"
    FILTERED = "filtered"


SAID: Mapping[Failure, str] = {
    Failure.REFUSED: "nothing answers at its address",
    Failure.SLOW: "it took too long",
    Failure.CUT: "its answer broke off",
    Failure.MALFORMED: "its answer could not be read",
    Failure.EMPTY: "its answer was empty",
    Failure.BUSY: "it is busy",
    Failure.DOWN: "it has a fault of its own",
    Failure.QUOTA: "its quota is used up",
    Failure.KEY: "it does not accept the key",
    Failure.NOT_FOUND: "it knows no model of this name",
    Failure.REJECTED: "it does not accept the request",
    Failure.NO_ROOM: "the conversation is longer than it can hold",
    Failure.TOO_LONG: "its answer was longer than allowed",
    Failure.FILTERED: "its content filter held the answer back",
}
"""What each failure is called, after "the chat model:"."""
MENDS: Mapping[Failure, str] = {
    Failure.REFUSED: "Check SIMPATIENT_BASE_URL and that the server runs.",
    Failure.SLOW: "Try a smaller model, or raise SIMPATIENT_CHAT_TIMEOUT (seconds).",
    Failure.CUT: "Look at the server's log; a proxy in between may close connections early.",
    Failure.MALFORMED: "Check that SIMPATIENT_BASE_URL is the address that ends in /v1 and speaks OpenAI's chat protocol.",
    Failure.EMPTY: "Switch the model's thinking off, or use one that answers without long thoughts.",
    Failure.BUSY: "Wait, or use a plan or server with more room.",
    Failure.DOWN: "Look at the server's log, or wait.",
    Failure.QUOTA: "Top up the account, or use another model.",
    Failure.KEY: "Set SIMPATIENT_API_KEY, or the provider's own variable.",
    Failure.NOT_FOUND: (
        "Check the name after the colon in SIMPATIENT_CHAT_MODEL, and that SIMPATIENT_BASE_URL is the address that "
        "ends in /v1."
    ),
    Failure.REJECTED: "Check the model's name, and that it is a chat model.",
    Failure.NO_ROOM: "Give the model a context of 16,000 tokens or more (llama.cpp: -c, Ollama: num_ctx, vLLM: --max-model-len).",
    Failure.TOO_LONG: "Use a model that keeps to a length, or one that reasons less.",
    Failure.FILTERED: "Use a deployment whose filter allows health conversations.",
}
"""What an operator can do about it."""
PASSING = frozenset({Failure.REFUSED, Failure.SLOW, Failure.CUT, Failure.BUSY, Failure.DOWN})
"""Failures that may be over at the next try."""

_BY_CODE: Mapping[str, Failure] = {
    "insufficient_quota": Failure.QUOTA,
    "content_filter": Failure.FILTERED,
    "content_policy_violation": Failure.FILTERED,
    "model_not_found": Failure.NOT_FOUND,
    "invalid_api_key": Failure.KEY,
    "context_length_exceeded": Failure.NO_ROOM,
    "exceed_context_size_error": Failure.NO_ROOM,
}
"""Codes that servers give beside a status, where they say more than it."""
_BY_STATUS: Mapping[int, Failure] = {
    401: Failure.KEY, 402: Failure.QUOTA, 403: Failure.KEY, 404: Failure.NOT_FOUND, 408: Failure.SLOW,
    409: Failure.BUSY, 413: Failure.NO_ROOM, 425: Failure.BUSY, 429: Failure.BUSY,
}  # fmt: skip
_NO_ROOM = re.compile(
    r"context (?:length|size|window)|maximum context|max_model_len|too many tokens|prompt is too long", re.IGNORECASE
)


class ServiceFailed(ChatModelError):
    """A call that failed."""

    def __init__(self, failure: Failure, *, retry_after: float | None = None) -> None:
        """Keep the kind, and the seconds after which the server wants to be asked again."""
        self.failure, self.retry_after = failure, retry_after
        super().__init__(f"the chat model: {SAID[failure]}")

    @property
    def mend(self) -> str:
        """What an operator can do about it."""
        return MENDS[self.failure]


class UnexpectedCall(SimpatientError):
    """A scripted or replayed model was asked something else than was written down. Never swallowed."""


def of_status(
    status: int, codes: Iterable[object] = (), retry_after: float | None = None, *, said: str = ""
) -> ServiceFailed:
    """The failure that an HTTP status stands for.

    Args:
        status: the HTTP status.
        codes: the server's own words beside it, the closest first.
        retry_after: seconds after which it wants to be asked again.
        said: the server's text; looked at, never kept.
    """
    for code in codes:
        if isinstance(code, str) and code in _BY_CODE:
            return ServiceFailed(_BY_CODE[code])
    if status in _BY_STATUS:
        return ServiceFailed(_BY_STATUS[status], retry_after=retry_after)
    if status in (400, 422) and _NO_ROOM.search(said):
        return ServiceFailed(Failure.NO_ROOM)
    return ServiceFailed(Failure.DOWN if status >= 500 else Failure.REJECTED, retry_after=retry_after)


def seconds_of(retry_after: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks for, given as a number or a date; None when it cannot be read."""
    if not retry_after:
        return None
    try:
        seconds = float(retry_after)
    except ValueError:
        pass
    else:
        return max(0.0, seconds) if math.isfinite(seconds) else None
    try:
        then = email.utils.parsedate_to_datetime(retry_after)
    except (ValueError, TypeError, OverflowError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - (now or datetime.now(UTC))).total_seconds())
