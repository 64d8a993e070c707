"""A calibration as one page that stands alone: no script, nothing from outside, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from simpatient.evaluation.calibration import ENOUGH, WEAK_F1, Interval
from simpatient.evaluation.figures import WEAK_KAPPA, Calibration, spoken

TEMPLATES = Path(__file__).resolve().parent / "templates"


def page(calibration: Calibration) -> str:
    """The whole page; everything that people wrote is escaped."""
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    filters: dict[str, Callable[..., Any]] = pages.filters
    filters.update(number=number, ranged=ranged, bar=bar, spoken=spoken, shade=shade)
    return pages.get_template("calibration.html.j2").render(
        done=calibration, weak_f1=WEAK_F1, weak_kappa=WEAK_KAPPA, enough=ENOUGH
    )


def number(value: float | None) -> str:
    """The value with two decimals, a dash where there is none. Pure."""
    return "–" if value is None else f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def ranged(interval: Interval) -> str:
    """The interval as words; empty where there is none. Pure."""
    if interval.low is None or interval.high is None:
        return ""
    return f"{number(interval.low)} to {number(interval.high)}"


def bar(interval: Interval, mark: float | None = None) -> Markup:
    """The value as a bar from 0 to 1 with its interval as a whisker and a line at `mark`. Pure.

    The number stands beside it; what lies below 0 shows as 0.
    """

    def place(value: float) -> float:
        return round(100 * min(1.0, max(0.0, value)), 1)

    parts = [Markup('<rect class="rail" width="100" height="10"/>')]
    if interval.value is not None:
        parts.append(Markup('<rect class="fill" width="{}" height="10"/>').format(place(interval.value)))
    if mark is not None:
        parts.append(Markup('<path class="grade" d="M{} 0V10"/>').format(place(mark)))
    if interval.low is not None and interval.high is not None:
        low, high = place(interval.low), place(interval.high)
        parts.append(Markup('<path class="whisker" d="M{0} 5H{1}M{0} 2V8M{1} 2V8"/>').format(low, high))
    return Markup(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">{}</svg>'
    ).format(Markup("").join(parts))


def shade(count: int, row: int) -> int:
    """How dark a cell of the confusion table is, 0..4, by its share of the row. Pure."""
    return 0 if not count or not row else min(4, 1 + int(4 * count / row))
