"""What is left of a file when what is wrong is taken out: everything else, with its places."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict, Field

from simpatient.authoring import read_partly
from simpatient.errors import ContentError


class Authored(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fact(Authored):
    id: str
    weight: float = Field(default=0.5, ge=0, le=1)
    texts: tuple[str, ...] = ()


class Person(Authored):
    name: str
    home: str = ""
    facts: tuple[Fact, ...] = ()


@pytest.fixture
def read(tmp_path):
    def read(text: str):
        path = tmp_path / "a.yaml"
        path.write_text(text, encoding="utf-8")
        return read_partly(path, Person, vital=("home",))

    return read


def test_a_file_that_is_right_is_read_whole(read):
    """The part is the whole."""
    found = read("name: Jo\nfacts: [{id: van}]\n")
    assert (found.findings, found.part, found.meaning.facts[0].id) == ((), found.whole, "van")


def test_what_is_wrong_is_taken_out_and_the_rest_keeps_its_place(read):
    """A wrong value goes alone where it may be left out, else with what needs it."""
    found = read(
        "name: Jo\nage: 3\nfacts:\n  - {id: van, weight: 7}\n  - {weight: .2}\n  - id: bees\n    texts: [a, [b], c]\n"
    )
    assert sorted((one.line, one.code) for one in found.findings) == [
        (2, "SP005"), (4, "SP007"), (5, "SP006"), (7, "SP007"),
    ]  # fmt: skip
    assert [(fact.id, fact.weight, fact.texts) for fact in found.meaning.facts] == [
        ("van", 0.5, ()), ("bees", 0.5, ("a", "c")),
    ]  # fmt: skip
    assert found.part.place(("facts", 1, "id")) == (6, 5)
    assert found.part.place(("facts", 1, "texts", 1))[0] == 7
    assert found.whole.data["facts"][1] == {"weight": 0.2}


@pytest.mark.parametrize("text", ["facts: []\n", "name: [Jo]\n", "- Jo\n", "", "name: Jo\nhome: [a]\n"])
def test_where_nothing_is_left_that_means_something_the_findings_are(text, read):
    """A name that is needed, or a field without which everything would mean something else."""
    found = read(text)
    assert found.meaning is None
    assert len(found.findings) == 1


def test_a_file_that_is_not_yaml_is_an_error_as_ever(read):
    """There is no part of it."""
    with pytest.raises(ContentError):
        read("name: [Jo\n")
