"""Learners that are not scripts. They read the visible conversation, never persona, facts, state or codes."""

from collections.abc import Callable, Mapping

from simpatient.errors import ConfigurationError
from simpatient.suite.learners.conversation import Brief, Conversation, Heard, Learner, Passed, Undertaken
from simpatient.suite.learners.skilled import Skilled
from simpatient.suite.learners.unskilled import Cold, Novice, Pushy, Stuffing
from simpatient.suite.learners.voiced import Voiced

_KINDS: Mapping[str, Callable[[int], Learner]] = {kind.name: kind for kind in (Skilled, Novice, Cold, Pushy, Stuffing)}
LEARNERS = tuple(_KINDS)
"""Names of the embedded learners, the most skilled first."""


def learner_named(name: str, seed: int = 1) -> Learner:
    """The embedded learner of this name, who says the same in the same conversation.

    Raises:
        ConfigurationError: there is none of this name.
    """
    if name not in _KINDS:
        raise ConfigurationError(f"There is no learner {name!r}. There are: {', '.join(LEARNERS)}.")
    return _KINDS[name](seed)


__all__ = [
    "LEARNERS", "Brief", "Conversation", "Heard", "Learner", "Passed", "Undertaken", "Voiced", "learner_named",
]  # fmt: skip
