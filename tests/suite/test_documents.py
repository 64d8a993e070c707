"""docs/suites.md is true: every suite in it is held and met, its Python runs, its table is complete."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from simpatient.cli.run import command
from simpatient.suite.held import Held
from simpatient.suite.schema import Case, Expected, Meeting, Step, Suite
from simpatient.suite.verdict import Verdict

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "suites.md").read_text(encoding="utf-8")
YAML = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
PYTHON = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SUITES = [text for text in YAML if text.startswith("suite:")]


@pytest.mark.parametrize("text", SUITES, ids=lambda text: text.split()[1])
def test_every_suite_of_the_page_is_met(text: str, hold: Callable[..., list[Held]]) -> None:
    """As it stands there."""
    for held in hold(text):
        assert held.verdict is Verdict.MET, [str(check.finding) for check in held.failures]


def test_the_python_of_the_page_runs(encounter, scripted_model) -> None:
    """The fixtures by themselves, the rest as a program."""
    for text in PYTHON:
        names: dict[str, object] = {}
        exec(text, names)
        if "test_a_greeting_settles_him" in names:
            names["test_a_greeting_settles_him"](encounter)
            names["test_what_the_model_says_is_heard"](encounter, scripted_model)


def test_the_example_for_github_actions_is_yaml_and_runs_suites() -> None:
    """A step that a reader would copy."""
    (text,) = [text for text in YAML if text.startswith("name:")]
    steps = yaml.safe_load(text)["jobs"]["dialogues"]["steps"]
    commands = [str(step["run"]) for step in steps if "run" in step]
    assert commands[0] == "pip install -c constraints.txt ."  # a checkout: it is on no index
    assert (ROOT / "constraints.txt").is_file()
    assert commands[1].startswith("simpatient run suites personas ")


def test_every_field_and_every_option_has_its_place_on_the_page() -> None:
    """What nobody can find does not exist."""
    fields = {
        str(field.validation_alias or name)
        for kind in (Suite, Case, Meeting, Step, Expected)
        for name, field in kind.model_fields.items()
    } - {"between", "tags"}
    assert not sorted(name for name in fields if f"`{name}`" not in PAGE)
    options = {option for each in command.params for option in each.opts if option.startswith("--")}
    assert not sorted(option for option in options if option not in PAGE)
