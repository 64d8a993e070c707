"""Where personas and evaluators are looked for."""

from __future__ import annotations

import pytest

from simpatient.authoring import Library, shipped_root
from simpatient.errors import ConfigurationError, ContentError


@pytest.fixture
def own(tmp_path):
    """An educator's folder with a patient of her own and another Andrew."""
    for name in ("andrew", "zoe"):
        folder = tmp_path / "personas" / name
        folder.mkdir(parents=True)
        (folder / "persona.yaml").write_text(f"name: {name}\n", encoding="utf-8")
    return tmp_path


def test_an_educators_own_patients_stand_beside_the_shipped_ones(own):
    """Nothing has to be copied."""
    ids = Library.choose(own).ids("personas", "persona.yaml")
    assert {"andrew", "maggie", "zoe"} <= set(ids)
    assert ids == sorted(set(ids))


def test_an_educators_own_patient_comes_before_a_shipped_one_of_the_same_name(own):
    """So that a shipped patient can be changed without touching the installation."""
    library = Library.choose(own)
    assert library.folder("personas", "andrew", "persona.yaml") == own / "personas" / "andrew"
    assert library.folder("personas", "maggie", "persona.yaml") == shipped_root() / "personas" / "maggie"


def test_the_environment_names_the_library_when_nothing_else_does(own, monkeypatch):
    """Argument, then SIMPATIENT_LIBRARY, then the shipped one alone."""
    monkeypatch.setenv("SIMPATIENT_LIBRARY", str(own))
    assert Library.choose().roots == (own, shipped_root())
    monkeypatch.delenv("SIMPATIENT_LIBRARY")
    assert Library.choose().roots == (shipped_root(),)


def test_a_library_that_does_not_exist_is_told_at_once(tmp_path):
    """Not by an empty list of patients later."""
    with pytest.raises(ConfigurationError, match="does not exist"):
        Library.choose(tmp_path / "nowhere")


def test_an_unknown_patient_is_answered_with_the_nearest_and_all_choices():
    """The learner sees whom she can meet."""
    with pytest.raises(ContentError) as caught:
        Library.choose().folder("personas", "andrwe", "persona.yaml")
    (found,) = caught.value.diagnostics
    assert found.name == "unknown-persona"
    assert found.fix.startswith("Did you mean `andrew`? Known: ")
    assert ", andrew, " in found.fix


def test_a_folder_of_ones_own_can_be_named_by_its_path(own):
    """An author tries a patient before placing it anywhere."""
    here = str(own / "personas" / "zoe")
    assert str(Library.choose().folder("personas", here, "persona.yaml")) == here


def test_a_shared_file_of_ones_own_comes_first(own):
    """A codebook, or the presets."""
    mine = own / "personas" / "presets.yaml"
    mine.write_text("schema_version: 1\n", encoding="utf-8")
    assert Library.choose(own).file("personas/presets.yaml") == mine
    assert Library.choose().file("personas/presets.yaml") != mine


def test_a_file_no_library_has_is_a_finding():
    """With its name, and no traceback."""
    with pytest.raises(ContentError, match="SP001"):
        Library.choose().file("evaluators/nothing.yaml")
