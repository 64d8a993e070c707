"""The catalogue of the page's words."""

from __future__ import annotations

import re

import pytest

from simpatient.errors import ConfigurationError
from simpatient.evaluation.profile import Profile
from simpatient.web.text import TEXTS, catalogue
from simpatient.words import VARIABLES, Channel, Ending, NextAppointment, PromiseStatus, Stance

WEB = TEXTS.parent
ASKED = re.compile(r"""\b(?:say|t)\(\s*["']([a-z_]+\.[a-z_0-9]+)["'](?!\s*~)""")


def test_every_text_that_code_and_pages_ask_for_is_in_the_catalogue() -> None:
    asked = {
        place
        for path in (*WEB.glob("*.py"), *WEB.glob("templates/*.html"))
        for place in ASKED.findall(path.read_text(encoding="utf-8"))
    }

    assert len(asked) > 60
    for place in sorted(asked):
        assert catalogue().say(place), place


def test_every_label_that_an_element_draws_is_in_the_catalogue() -> None:
    for element, section in (
        ("Rapport", "panel"),
        ("People", "picker"),
        ("Briefing", "briefing"),
        ("Farewell", "farewell"),
        ("Again", "between"),
    ):
        source = (WEB / f"root/public/elements/{element}.jsx").read_text(encoding="utf-8")
        for key in re.findall(r"labels\.([a-z_0-9]+)", source):
            assert key in catalogue().section(section), f"{element}.jsx asks for {section}.{key}"
        for key in re.findall(r"\bwords\.([a-z_0-9]+)", source):
            assert key in catalogue().section("educator"), f"{element}.jsx asks for educator.{key}"


def test_every_value_the_engine_may_report_has_words() -> None:
    for section, values in (
        ("stance", [stance.word for stance in Stance]),
        ("ended", [ending.value for ending in Ending]),
        ("ended_about", [ending.value for ending in Ending]),
        ("appointment", [left.value for left in NextAppointment]),
        ("promise", [status.value for status in PromiseStatus]),
        ("channel", [channel.value for channel in Channel]),
        ("variable", list(VARIABLES)),
    ):
        assert set(values) <= set(catalogue().section(section)), section
    assert Profile(evaluator="x", index=None).index is None


def test_an_unknown_language_is_told_with_the_choices() -> None:
    with pytest.raises(ConfigurationError, match="it speaks en"):
        catalogue("xx")
