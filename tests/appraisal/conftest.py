"""What the tests of reading share: the shipped codebook and a way to read one message."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simpatient.appraisal import RuleReader
from simpatient.authoring import Library
from simpatient.rubric import Codebook, load_codebook
from simpatient.words import Appraisal, Context, PatientTurn, Promise

Read = Callable[..., Appraisal]


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    """The shipped codebook."""
    return load_codebook(Library.choose())


@pytest.fixture(scope="session")
def read(codebook: Codebook) -> Read:
    """Read a learner message that answers a patient turn."""
    reader = RuleReader(codebook)

    def reading(
        learner: str,
        patient: str = "",
        *,
        said: tuple[str, ...] = (),
        before: tuple[str, ...] = (),
        exchange: int = 2,
        promises: tuple[Promise, ...] = (),
    ) -> Appraisal:
        context = Context(
            turn=PatientTurn(text=patient),
            said=(*said, patient),
            learner_said=before,
            exchange=exchange,
            promises=promises,
        )
        return reader.read(learner, context)

    return reading
