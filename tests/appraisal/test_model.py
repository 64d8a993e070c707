"""The small linear model that joins the rules."""

from __future__ import annotations

from importlib.resources import files

from simpatient.appraisal import fit, fit_distress, fit_likeness
from simpatient.authoring import Library


def test_the_shipped_weights_are_what_the_script_makes_of_the_shipped_examples() -> None:
    """Nobody can slip in weights from elsewhere."""
    shipped = files("simpatient.appraisal").joinpath("weights.json").read_text(encoding="utf-8")
    assert fit.rendered(fit.fitted(Library.choose())) == shipped


def test_the_weights_of_likeness_and_distress_come_from_the_shipped_texts_too() -> None:
    """The same for the models of what no cue names and of a learner's own danger."""
    library, folder = Library.choose(), files("simpatient.appraisal")
    assert fit.rendered(fit_likeness.fitted(library)) == folder.joinpath("likeness.json").read_text(encoding="utf-8")
    assert fit_distress.text_of(library) == folder.joinpath("distress.json").read_text(encoding="utf-8")
