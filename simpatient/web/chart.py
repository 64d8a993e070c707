"""The patient's state over a meeting, drawn as SVG on the server: no script, no style from outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from simpatient.web.text import catalogue
from simpatient.words import VARIABLES

WIDTH, HEIGHT = 760, 330
LEFT, RIGHT, TOP, BOTTOM = 44, 172, 16, 52
LABEL_GAP = 18
"""Least distance between two labels at the right, in drawing units."""

DASHES = {"trust": "", "anxiety": "7 4", "defensiveness": "2 4", "hope": "12 4", "openness": "9 3 2 3"}
"""Dash pattern of each line, so that the lines differ without colour."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """One variable over the meeting."""

    variable: str
    name: str
    values: tuple[float, ...]
    """After the opening and each exchange, 0..1."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the table beside the chart."""

    exchange: int
    values: tuple[float, ...]
    stance: str


def series_of(states: Sequence[dict[str, float | str]]) -> tuple[Series, ...]:
    """The five variables as lines."""
    words = catalogue()
    return tuple(
        Series(
            variable=name,
            name=words.say(f"variable.{name}"),
            values=tuple(min(1.0, max(0.0, float(state[name]))) for state in states),
        )
        for name in VARIABLES
    )


def rows_of(states: Sequence[dict[str, float | str]]) -> tuple[Row, ...]:
    """The same as rows of a table."""
    words = catalogue()
    return tuple(
        Row(
            exchange=int(state["exchange"]),
            values=tuple(round(float(state[name]), 2) for name in VARIABLES),
            stance=words.say(f"stance.{state['stance']}"),
        )
        for state in states
    )


def draw(states: Sequence[dict[str, float | str]], moments: Sequence[int] = ()) -> Markup:
    """The chart, with the exchanges in `moments` marked; empty without at least two states."""
    if len(states) < 2:
        return Markup("")
    lines = series_of(states)
    last = int(states[-1]["exchange"])
    parts = [*_grid(states), *_marks(states, moments)]
    parts += [_line(line) for line in lines]
    parts += _labels(lines)
    alt = Markup.escape(catalogue().say("debrief.chart_alt", last=last))
    body = Markup("").join(parts)
    return Markup(
        '<svg class="chart" role="img" aria-label="{}" viewBox="0 0 {} {}" preserveAspectRatio="xMidYMid meet">{}</svg>'
    ).format(alt, WIDTH, HEIGHT, body)


def _x(index: int, count: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * index / (count - 1)


def _y(value: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value)


def _grid(states: Sequence[dict[str, float | str]]) -> list[Markup]:
    """Rulers at 0, 0.5 and 1, and the exchange numbers, thinned when there are many."""
    parts: list[Markup] = []
    for value in (0.0, 0.5, 1.0):
        parts.append(
            Markup('<line class="rule" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(
                LEFT, WIDTH - RIGHT, _y(value), _y(value)
            )
        )
        parts.append(
            Markup('<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{:g}</text>').format(
                LEFT - 10, _y(value) + 4, value
            )
        )
    every = 1 + (len(states) - 1) // 13
    for index, state in enumerate(states):
        if index % every == 0:
            parts.append(
                Markup('<text class="tick" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
                    _x(index, len(states)), HEIGHT - BOTTOM + 20, int(state["exchange"])
                )
            )
    parts.append(
        Markup('<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>').format(
            (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, catalogue().say("debrief.chart_x")
        )
    )
    return parts


def _marks(states: Sequence[dict[str, float | str]], moments: Sequence[int]) -> list[Markup]:
    """A band behind each exchange that moved the patient most, with a small triangle on top."""
    return [
        Markup(
            '<line class="moment" x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}"/>'
            '<path class="flag" d="M{0:.1f} {1:.1f}l-6-10h12z"/>'
        ).format(_x(index, len(states)), _y(1.0), _y(0.0))
        for index, state in enumerate(states)
        if int(state["exchange"]) in moments
    ]


def _line(line: Series) -> Markup:
    points = " ".join(f"{_x(i, len(line.values)):.1f},{_y(value):.1f}" for i, value in enumerate(line.values))
    end_x, end_y = _x(len(line.values) - 1, len(line.values)), _y(line.values[-1])
    return Markup(
        '<polyline class="line {}" points="{}" stroke-dasharray="{}"/><circle class="end {}" cx="{:.1f}" cy="{:.1f}" r="4"/>'
    ).format(line.variable, points, DASHES[line.variable] or "none", line.variable, end_x, end_y)


def _labels(lines: Sequence[Series]) -> list[Markup]:
    """Names and last values at the right, pushed apart where they would overlap."""
    ordered = sorted(lines, key=lambda line: _y(line.values[-1]))
    places: list[float] = []
    for line in ordered:
        wanted = _y(line.values[-1])
        places.append(max(wanted, places[-1] + LABEL_GAP) if places else wanted)
    over = places[-1] - (HEIGHT - BOTTOM)
    if over > 0:
        places[-1] -= over
        for index in range(len(places) - 2, -1, -1):
            places[index] = min(places[index], places[index + 1] - LABEL_GAP)
    left = WIDTH - RIGHT
    return [
        Markup(
            '<line class="leader" x1="{}" y1="{:.1f}" x2="{}" y2="{:.1f}"/>'
            '<text class="name {}" x="{}" y="{:.1f}">{} {:.2f}</text>'
        ).format(
            left + 5, _y(line.values[-1]), left + 17, place, line.variable, left + 20, place + 4, line.name,
            line.values[-1],
        )
        for line, place in zip(ordered, places, strict=True)
    ]  # fmt: skip


SMALL_WIDTH, SMALL_HEIGHT, SMALL_EDGE = 220, 72, 8
"""Of a small drawing, in drawing units."""


@dataclass(frozen=True, kw_only=True)
class Small:
    """One variable as a drawing of its own, for a narrow screen."""

    name: str
    first: float
    last: float
    drawn: Markup


def lines_of(states: Sequence[dict[str, float | str]], marks: Sequence[int]) -> tuple[Small, ...]:
    """The five variables, each by itself."""
    return tuple(
        Small(
            name=line.name, first=line.values[0], last=line.values[-1], drawn=small(line.values, line.variable, marks)
        )
        for line in series_of(states)
    )  # fmt: skip


def small(values: Sequence[float], variable: str, marks: Sequence[int]) -> Markup:
    """One variable, 0..1, over a meeting; the places in `marks` have a heavier point."""
    return Markup(
        '<svg class="small-chart" viewBox="0 0 {w} {h}" aria-hidden="true">'
        '<line class="rule" x1="{e}" x2="{x}" y1="{b}" y2="{b}"/>'
        '<line class="rule" x1="{e}" x2="{x}" y1="{e}" y2="{e}"/>{line}</svg>'
    ).format(
        w=SMALL_WIDTH, h=SMALL_HEIGHT, e=SMALL_EDGE, x=SMALL_WIDTH - SMALL_EDGE, b=SMALL_HEIGHT - SMALL_EDGE,
        line=_small_line(values, max(len(values), 2), f"{variable} second", marks),
    )  # fmt: skip


def pair(one: Sequence[float], other: Sequence[float], variable: str) -> Markup:
    """One variable, 0..1, over two branches: the first dashed and open, the second solid and filled."""
    steps = max(len(one), len(other), 2)
    return Markup(
        '<svg class="small-chart" viewBox="0 0 {w} {h}" aria-hidden="true">'
        '<line class="rule" x1="{e}" x2="{x}" y1="{b}" y2="{b}"/>{one}{other}</svg>'
    ).format(
        w=SMALL_WIDTH, h=SMALL_HEIGHT, e=SMALL_EDGE, x=SMALL_WIDTH - SMALL_EDGE, b=SMALL_HEIGHT - SMALL_EDGE,
        one=_small_line([min(1.0, max(0.0, v)) for v in one], steps, f"{variable} first"),
        other=_small_line([min(1.0, max(0.0, v)) for v in other], steps, f"{variable} second"),
    )  # fmt: skip


def spark(values: Sequence[float], most: float) -> Markup:
    """A few values, 0 to `most`, as a small line with its points; the numbers stand beside it in words."""
    shares = [min(1.0, max(0.0, value / most)) for value in values]
    return Markup(
        '<svg class="small-chart spark" viewBox="0 0 {w} {h}" aria-hidden="true">'
        '<line class="rule" x1="{e}" x2="{x}" y1="{b}" y2="{b}"/>'
        '<line class="rule" x1="{e}" x2="{x}" y1="{e}" y2="{e}"/>{line}</svg>'
    ).format(
        w=SMALL_WIDTH, h=SMALL_HEIGHT, e=SMALL_EDGE, x=SMALL_WIDTH - SMALL_EDGE, b=SMALL_HEIGHT - SMALL_EDGE,
        line=_small_line(shares, max(len(shares), 2), "trust second"),
    )  # fmt: skip


def _small_line(values: Sequence[float], steps: int, kind: str, marks: Sequence[int] = ()) -> Markup:
    """A line with a point for each value; `values` are 0..1."""
    across, high = SMALL_WIDTH - 2 * SMALL_EDGE, SMALL_HEIGHT - 2 * SMALL_EDGE
    points = [
        (SMALL_EDGE + across * i / (steps - 1), SMALL_EDGE + high * (1 - value)) for i, value in enumerate(values)
    ]
    dots = Markup("").join(
        Markup('<circle class="dot {}{}" cx="{:.1f}" cy="{:.1f}" r="3"/>').format(
            kind, " marked" if place in marks else "", *point
        )
        for place, point in enumerate(points)
    )
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return Markup('<polyline class="line {}" points="{}"/>{}').format(kind, path, dots)
