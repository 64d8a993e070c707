"""Our own pages on Chainlit's application: server-rendered, no script, nothing from outside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chainlit.server import app
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from simpatient.encounter import Encounter
from simpatient.encounter.records import Exchange
from simpatient.rubric import Codebook, Rubric
from simpatient.web import chart
from simpatient.web.panel import Credit, Harm, Miss, Piece, credits_of, harms_of, marked, misses_of
from simpatient.web.room import Room, room
from simpatient.web.text import catalogue
from simpatient.words import VARIABLES

TEMPLATES = Path(__file__).resolve().parent / "templates"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content policy of our pages: they hold text from learners and patients and run no script at all."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One exchange in the transcript of the debrief."""

    number: int
    pieces: list[Piece]
    credited: list[Credit]
    missed: list[Miss]
    harms: list[Harm]
    try_instead: str
    seen: str
    reply: str
    notice: str


FRAMEWORK_PAGES = ("/docs", "/docs/oauth2-redirect", "/redoc", "/openapi.json")
"""Pages for programmers of the framework; they load from outside and tell nobody here anything."""


def install() -> None:
    """Put our pages before Chainlit's catch-all route, once, and take away the framework's own."""
    app.router.routes[:] = [r for r in app.router.routes if getattr(r, "path", "") not in FRAMEWORK_PAGES]
    if not any(isinstance(route, Route) and route.name == "debrief" for route in app.router.routes):
        app.router.routes.insert(0, Route("/debrief/{page}", debrief, name="debrief"))


async def debrief(request: Request) -> HTMLResponse:
    """The debrief of a meeting, or a kind page when it is not there."""
    here = room()
    encounter = here.kept(str(request.path_params["page"]))
    if encounter is None:
        return _page("lost.html", status=404)
    return _page("debrief.html", values=_debrief_values(encounter, here))


def _debrief_values(encounter: Encounter, here: Room) -> dict[str, object]:
    told = encounter.debrief()
    return {
        "told": told,
        "patient": told.name.split()[0],
        "opening": encounter.opening,
        "said": [said_of(exchange, here.rubric, here.codebook) for exchange in encounter.exchanges],
        "chart": chart.draw(told.states, [moment.exchange for moment in told.moments]),
        "rows": chart.rows_of(told.states),
        "variables": [catalogue().say(f"variable.{name}") for name in VARIABLES],
    }


def said_of(exchange: Exchange, rubric: Rubric, codebook: Codebook) -> Said:
    """An exchange as the transcript shows it."""
    ratings = exchange.assessment.ratings if exchange.assessment else ()
    harms = exchange.assessment.harms if exchange.assessment else ()
    credited = credits_of(ratings, rubric)
    return Said(
        number=exchange.number,
        pieces=marked(exchange.learner, [c["quote"] for c in credited], [h.quote for h in harms]),
        credited=credited,
        missed=misses_of(ratings, rubric),
        harms=harms_of(harms, codebook),
        try_instead=exchange.assessment.try_instead if exchange.assessment else "",
        seen=exchange.turn.nonverbal,
        reply=exchange.turn.text,
        notice=exchange.notice,
    )


def bar(value: float | None) -> Markup:
    """A bar from 0 to 3; an empty one where there is no value."""
    width = 0.0 if value is None else 100 * min(3.0, max(0.0, value)) / 3
    return Markup(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rail" width="100" height="8" rx="2"/><rect class="fill" width="{:.1f}" height="8" rx="2"/></svg>'
    ).format(width)


def number(value: float | None, digits: int = 1) -> str:
    """The value with so many digits; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"


def count(value: float | None) -> str:
    """The value with at most two digits, none for a whole number; a dash where there is none."""
    return "–" if value is None else f"{round(value, 2):g}"


def trust_words(change: float) -> str:
    """A change of trust in words, with its size."""
    key = "trust_same" if abs(change) < 0.005 else "trust_up" if change > 0 else "trust_down"
    return catalogue().say(f"debrief.{key}", by=f"{abs(change):.2f}")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    given: dict[str, Any] = {
        "t": catalogue().say, "bar": bar, "number": number, "count": count, "trust_words": trust_words, "lang": catalogue().language,
    }  # fmt: skip
    environment.globals.update(given)
    return environment


def _page(template: str, status: int = 200, values: dict[str, object] | None = None) -> HTMLResponse:
    text = _environment().get_template(template).render(values or {})
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    # A lone surrogate cannot be sent; it becomes a question mark.
    return HTMLResponse(text.encode("utf-8", "replace"), status_code=status, headers=headers)
