"""A rehearsal as one page that stands alone: no script, nothing from outside, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from simpatient.words import Stance
from simpatient.workshop.table import ENOUGH, FactRow, Played, Table

TEMPLATES = Path(__file__).resolve().parent / "templates"
ABOUT = {
    "skilled": "listens, returns what was said, is straight, leaves choices, mends",
    "novice": "warm and generic; closed questions, some advice",
    "cold": "has a form to fill in",
    "pushy": "advises, presses, digs",
    "stuffing": "says what earns marks, to anybody",
}
DASHES = {"skilled": "none", "novice": "10 4", "cold": "3 4", "pushy": "8 3 2 3", "stuffing": "1 4"}
"""Dash pattern of each learner's line, so that the lines differ without colour."""
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 320, 40, 130, 14, 44
_LABEL_GAP = 17
_CELL, _ROW = 22, 16


def page(table: Table) -> str:
    """The whole page; everything that people wrote is escaped."""
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    filters: dict[str, Callable[..., Any]] = pages.filters
    filters.update(number=number, percent=percent)
    return pages.get_template("rehearsal.html.j2").render(
        table=table, about=ABOUT, enough=ENOUGH, chart=trust_chart(table), rungs=rungs, strip=strip,
        first=lambda played: min(played.rehearsals, key=lambda each: each.seed), moves=_moves, median=_median,
    )  # fmt: skip


def number(value: float | None) -> str:
    """The value with two decimals, a dash where there is none. Pure."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def percent(value: float | None) -> str:
    """A share in per cent, a dash where there is none. Pure."""
    return "–" if value is None else f"{value:.0%}".replace("%", " %")


def trust_chart(table: Table) -> Markup:
    """Mean trust over the meeting, a line for each learner, with its range as a band."""
    ends = [(each, each.trust(table.exchanges)) for each in table.played]
    parts = _grid(table.exchanges)
    parts += [_band(each.learner, rows) for each, rows in ends]
    parts += [_line(each.learner, rows) for each, rows in ends]
    parts += _labels([(each.learner, rows[-1][1]) for each, rows in ends])
    alt = "; ".join(f"{each.learner} from {rows[0][1]:.2f} to {rows[-1][1]:.2f}" for each, rows in ends)
    return Markup('<svg class="chart" role="img" aria-label="Mean trust: {}" viewBox="0 0 {} {}">{}</svg>').format(
        alt, WIDTH, HEIGHT, Markup("").join(parts)
    )


def _x(at: int, last: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * at / max(1, last)


def _y(value: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value)


def _grid(last: int) -> list[Markup]:
    parts: list[Markup] = []
    for value in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(Markup('<path class="rule" d="M{} {:.1f}H{}"/><text class="tick" x="{}" y="{:.1f}" text-anchor="end">{:g}</text>')
                     .format(LEFT, _y(value), WIDTH - RIGHT, LEFT - 8, _y(value) + 4, value))  # fmt: skip
    every = 1 + last // 13
    for at in range(0, last + 1, every):
        parts.append(Markup('<text class="tick" x="{:.1f}" y="{}" text-anchor="middle">{}</text>')
                     .format(_x(at, last), HEIGHT - BOTTOM + 18, at))  # fmt: skip
    parts.append(Markup('<text class="tick" x="{}" y="{}" text-anchor="middle">exchange</text>')
                 .format((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6))  # fmt: skip
    return parts


def _band(learner: str, rows: Sequence[tuple[float, float, float]]) -> Markup:
    last = len(rows) - 1
    upper = [f"{_x(at, last):.1f},{_y(high):.1f}" for at, (_, _, high) in enumerate(rows)]
    lower = [f"{_x(at, last):.1f},{_y(low):.1f}" for at, (low, _, _) in reversed(list(enumerate(rows)))]
    return Markup('<polygon class="band {}" points="{}"/>').format(learner, " ".join([*upper, *lower]))


def _line(learner: str, rows: Sequence[tuple[float, float, float]]) -> Markup:
    last = len(rows) - 1
    points = " ".join(f"{_x(at, last):.1f},{_y(mean):.1f}" for at, (_, mean, _) in enumerate(rows))
    return Markup('<polyline class="line {}" points="{}" stroke-dasharray="{}"/>').format(
        learner, points, DASHES.get(learner, "none")
    )


def _labels(ends: Sequence[tuple[str, float]]) -> list[Markup]:
    """Names and last values at the right, pushed apart where they would overlap."""
    ordered = sorted(ends, key=lambda each: _y(each[1]))
    places: list[float] = []
    for _, value in ordered:
        wanted = _y(value) + 4
        places.append(max(wanted, places[-1] + _LABEL_GAP) if places else wanted)
    over = places[-1] - (HEIGHT - BOTTOM + 4) if places else 0.0
    for index in range(len(places) - 1, -1, -1):
        most = places[index + 1] - _LABEL_GAP if index + 1 < len(places) else places[index] - max(0.0, over)
        places[index] = min(places[index], most)
    at = WIDTH - RIGHT
    return [
        Markup('<path class="leader" d="M{} {:.1f}L{} {:.1f}"/><text class="name {}" x="{}" y="{:.1f}">{} {:.2f}</text>').format(
            at + 4, _y(value), at + 14, place - 4, learner, at + 18, place, learner, value
        )
        for (learner, value), place in zip(ordered, places, strict=True)
    ]  # fmt: skip


def rungs(played: Played, exchanges: int) -> Markup:
    """On which rung the patient stood, exchange by exchange; the darker, the more of the meetings."""
    standing, meetings = played.standing(exchanges), len(played.rehearsals)
    left, parts = 96, list[Markup]()
    for row, stance in enumerate(sorted(Stance, reverse=True)):
        y = row * _ROW
        parts.append(
            Markup('<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>').format(left - 8, y + 12, stance.word)
        )
        for at, counted in enumerate(standing):
            share = counted[stance] / meetings
            kind = "cell" if share else "cell none"
            opacity = f"{0.2 + 0.8 * share:.2f}" if share else "1"
            parts.append(
                Markup(
                    '<rect class="{}" x="{}" y="{}" width="{}" height="{}" fill-opacity="{}"><title>{} of {} {} after exchange {}</title></rect>'
                ).format(
                    kind,
                    left + at * _CELL,
                    y + 1,
                    _CELL - 2,
                    _ROW - 2,
                    opacity,
                    counted[stance],
                    meetings,
                    stance.word,
                    at,
                )
            )
    for at in range(0, exchanges + 1, 1 + exchanges // 13):
        parts.append(Markup('<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>').format(
            left + at * _CELL + _CELL / 2 - 1, 7 * _ROW + 14, at))  # fmt: skip
    width, height = left + (exchanges + 1) * _CELL, 7 * _ROW + 20
    return Markup('<svg class="rungs {}" role="img" aria-label="Stances with the {} learner" viewBox="0 0 {} {}" style="max-width:{}px">{}</svg>').format(
        played.learner, played.learner, width, height, width, Markup("").join(parts)
    )  # fmt: skip


def strip(row: FactRow, learner: str, exchanges: int) -> Markup:
    """When a fact came out in each meeting: a dot at its exchange, those of one exchange above each other."""
    width, height, parts = 130, 22, [Markup('<path class="rule" d="M4 18H126"/>')]
    stacked: dict[int, int] = {}
    for at in (each for each in row.told[learner] if each is not None):
        stacked[at] = stacked.get(at, 0) + 1
    for at, count in stacked.items():
        x = 4 + 122 * at / exchanges
        parts.append(Markup('<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"><title>{} in exchange {}</title></circle>')
                     .format(x, 14.0 - count * 0.6, 2.4 + min(4.5, 0.55 * count), count, at))  # fmt: skip
    return Markup('<svg class="strip {}" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>').format(
        learner, width, height, Markup("").join(parts)
    )


def _moves(played: Played) -> list[tuple[str, str, int]]:
    """The commonest changes of stance."""
    common = sorted(played.moves.items(), key=lambda item: (-item[1], item[0]))
    return [(before.word, after.word, count) for (before, after), count in common[:8]]


def _median(row: FactRow, learner: str) -> str:
    when = sorted(each for each in row.told[learner] if each is not None)
    return str(when[len(when) // 2]) if when else "–"
