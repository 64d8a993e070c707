"""The small linear model that joins the rules."""

from __future__ import annotations

from importlib.resources import files

from simpatient.appraisal import fit
from simpatient.authoring import Library


def test_the_shipped_weights_are_what_the_script_makes_of_the_shipped_examples() -> None:
    """Nobody can slip in weights from elsewhere."""
    shipped = files("simpatient.appraisal").joinpath("weights.json").read_text(encoding="utf-8")
    assert fit.rendered(fit.fitted(Library.choose())) == shipped
