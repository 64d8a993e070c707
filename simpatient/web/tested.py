"""What is experimental about an evaluator: where human coders and it agree only weakly, or too few cases were compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from simpatient.authoring import Library
from simpatient.errors import ConfigurationError, ContentError
from simpatient.evaluation.calibrate import weak_behaviours, weak_codes


@dataclass(frozen=True, kw_only=True)
class Experimental:
    """By the evaluator's last calibration; nothing where it was never calibrated."""

    codes: frozenset[str] = frozenset()
    behaviours: frozenset[str] = frozenset()


@lru_cache(maxsize=32)
def experimental(library: Library, evaluator: str) -> Experimental:
    """What of this evaluator is experimental; nothing where its folder is not to be found."""
    try:
        folder = library.folder("evaluators", evaluator, "rubric.yaml")
    except (ContentError, ConfigurationError):
        return Experimental()
    return Experimental(codes=weak_codes(folder), behaviours=weak_behaviours(folder))
