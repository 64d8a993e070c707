"""The drawing of the state over a meeting."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree as ET

from simpatient.web import chart
from simpatient.words import VARIABLES


def states(*trust: float) -> list[dict[str, float | str]]:
    return [
        {"exchange": number, "stance": "guarded", **dict.fromkeys(VARIABLES, 0.4), "trust": value}
        for number, value in enumerate(trust)
    ]


def test_the_chart_is_sound_xml_with_a_line_and_a_name_for_each_variable() -> None:
    tree = ET.fromstring(str(chart.draw(states(0.3, 0.4, 0.5))))

    assert len(tree.findall("polyline")) == len(VARIABLES)
    names = [text.text or "" for text in tree.findall("text") if "name" in text.get("class", "")]
    assert [name.split()[0] for name in names].count("Trust") == 1
    assert len(names) == len(VARIABLES)


def test_the_lines_differ_without_colour() -> None:
    assert len(set(chart.DASHES.values())) == len(VARIABLES)


def test_a_higher_value_is_drawn_higher_up() -> None:
    tree = ET.fromstring(str(chart.draw(states(0.2, 0.9))))
    points = next(line.get("points", "") for line in tree.findall("polyline") if "trust" in line.get("class", ""))
    first, last = (float(point.split(",")[1]) for point in points.split())

    assert last < first


def test_labels_never_overlap_even_when_all_values_are_equal() -> None:
    for value in (0.0, 0.4, 1.0):
        drawn = str(chart.draw([{**state, **dict.fromkeys(VARIABLES, value)} for state in states(0.4, 0.4)]))
        heights = sorted(float(y) for y in re.findall(r'class="name \w+" x="[\d.]+" y="([\d.]+)"', drawn))
        assert len(heights) == len(VARIABLES)
        assert all(lower - upper > 15 for upper, lower in itertools.pairwise(heights))
        assert heights[-1] <= chart.HEIGHT


def test_the_moments_are_marked() -> None:
    assert str(chart.draw(states(0.1, 0.2, 0.3), moments=[2])).count('class="moment"') == 1


def test_nothing_is_drawn_before_the_first_exchange() -> None:
    assert chart.draw(states(0.3)) == ""


def test_the_table_holds_the_same_numbers() -> None:
    rows = chart.rows_of(states(0.35, 0.41))

    assert [row.values[0] for row in rows] == [0.35, 0.41]
    assert rows[0].stance == "guarded"
