"""The patient's state over a meeting as a small drawing: lines that differ without colour, names beside them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from simpatient.suite.held import Record
from simpatient.words import VARIABLES

WIDTH, HEIGHT = 560, 190
LEFT, RIGHT, TOP, BOTTOM = 30, 136, 10, 24
GAP = 15
"""Least distance between two names, in drawing units."""
SPARK = 90, 22


def curves(states: Sequence[Record], marked: Sequence[int] = ()) -> Markup:
    """The five variables over a meeting, with the exchanges in `marked` marked; empty without two states."""
    if len(states) < 2:
        return Markup("")
    told = ", ".join(f"{name} {states[0][name]:.2f} to {states[-1][name]:.2f}" for name in VARIABLES)
    body = Markup("").join(
        [*_grid(len(states) - 1), *_marks(marked, len(states) - 1), *_lines(states), *_names(states)]
    )
    return Markup(
        '<svg class="curves" role="img" aria-label="From the opening to the end: {}" viewBox="0 0 {} {}">{}</svg>'
    ).format(told, WIDTH, HEIGHT, body)


def spark(states: Sequence[Record]) -> Markup:
    """Trust over a meeting, as small as a word; empty without two states."""
    if len(states) < 2:
        return Markup("")
    wide, high = SPARK
    points = " ".join(
        f"{2 + (wide - 4) * n / (len(states) - 1):.1f},{2 + (high - 4) * (1 - _unit(state['trust'])):.1f}"
        for n, state in enumerate(states)
    )
    return Markup(
        '<svg class="spark" role="img" aria-label="trust {:.2f} to {:.2f}" viewBox="0 0 {} {}"><polyline points="{}"/></svg>'
    ).format(states[0]["trust"], states[-1]["trust"], wide, high, points)


def _grid(last: int) -> Iterator[Markup]:
    for value in (0, 0.5, 1):
        y = _y(value)
        yield Markup('<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(LEFT, WIDTH - RIGHT, y, y)
        yield Markup('<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{:g}</text>').format(
            LEFT - 6, y + 4, value
        )
    step = max(1, round(last / 12))
    for number in range(0, last + 1, step):
        told = number or "start"
        yield Markup('<text class="tick" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
            _x(number, last), HEIGHT - 6, told
        )


def _marks(marked: Sequence[int], last: int) -> Iterator[Markup]:
    for number in sorted(set(marked)):
        if 0 < number <= last:
            x = _x(number, last)
            yield Markup('<line class="mark" x1="{:.1f}" x2="{:.1f}" y1="{}" y2="{}"/>').format(
                x, x, TOP, HEIGHT - BOTTOM
            )


def _lines(states: Sequence[Record]) -> Iterator[Markup]:
    for name in VARIABLES:
        points = " ".join(f"{_x(n, len(states) - 1):.1f},{_y(state[name]):.1f}" for n, state in enumerate(states))
        yield Markup('<polyline class="{}" points="{}"/>').format(name, points)


def _names(states: Sequence[Record]) -> Iterator[Markup]:
    """The names beside the ends of their lines, moved apart where they would touch."""
    wanted = sorted((_y(states[-1][name]), name) for name in VARIABLES)
    placed: list[tuple[float, str]] = []
    for y, name in wanted:
        placed.append((max(y, placed[-1][0] + GAP) if placed else y, name))
    over = max(0.0, placed[-1][0] - (HEIGHT - BOTTOM))
    for y, name in placed:
        yield Markup('<text class="name {}" x="{}" y="{:.1f}">{} {:.2f}</text>').format(
            name, WIDTH - RIGHT + 8, y - over + 4, name, states[-1][name]
        )


def _x(number: int, last: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * number / last


def _y(value: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - _unit(value))


def _unit(value: float) -> float:
    return min(1.0, max(0.0, float(value)))
