"""Our own pages on Chainlit's application: server-rendered, no script, nothing from outside."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from chainlit.server import app
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from simpatient.encounter import Agreed, AskFirst, Debrief, Encounter, UnusableMessage
from simpatient.errors import ConfigurationError, StoreError
from simpatient.store import Store
from simpatient.store import pages as kept_pages
from simpatient.store.rows import KeptMeeting
from simpatient.web import chart, compare, debriefing, downloads, portraits, progress
from simpatient.web.addresses import address_of, form_token, is_form_token
from simpatient.web.cards import portrait_name
from simpatient.web.found import found, learner_of
from simpatient.web.room import Room, room
from simpatient.web.root import SHIPPED, private_root
from simpatient.web.tested import experimental
from simpatient.web.text import catalogue
from simpatient.words import VARIABLES, Ending

log = logging.getLogger(__name__)

TEMPLATES = Path(__file__).resolve().parent / "templates"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Content policy of our pages: they hold text from learners and patients and run no script at all."""
ALONE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""Content policy of a page that stands alone, and brings its style with it."""
MOST_BYTES = 128_000
"""Of a form: a message of the greatest length, with what an address makes of its letters."""
LONGEST_ID = 120
"""Letters of a meeting's id, at most."""
MOST_MEANT = 3
"""Times that the learner may say what they meant with one exchange."""
MOST_MEANT_LETTERS = 1000
_writing = asyncio.Lock()
"""One contest after the other: each writes its exchange anew."""
THEMES = ("light", "dark")
THEME_COOKIE = "simpatient_theme"
"""Set by the chat's script, so that our pages look as the chat does; without it the system's preference holds."""
FRAMEWORK_PAGES = ("/docs", "/docs/oauth2-redirect", "/redoc", "/openapi.json")
"""Pages for programmers of the framework; they load from outside and tell nobody here anything."""

Handler = Callable[[Request], Awaitable[Response]]


def install() -> None:
    """Put our pages before Chainlit's catch-all route, once, and take away the framework's own."""
    app.router.routes[:] = [r for r in app.router.routes if getattr(r, "path", "") not in FRAMEWORK_PAGES]
    if any(isinstance(route, Route) and route.name == "debrief" for route in app.router.routes):
        return
    app.router.routes[:0] = [
        Route("/debrief/{page}", kindly(debrief), name="debrief"),
        Route("/debrief/{page}/again", kindly(say_again), methods=["POST"]),
        Route("/debrief/{page}/meant", kindly(say_meant), methods=["POST"]),
        Route("/debrief/{page}/file.{kind}", kindly(download)),
        Route("/compare/{page}", kindly(comparison)),
        Route("/progress", kindly(show_progress)),
        Route("/rubric/{evaluator}", kindly(show_rubric)),
    ]


def kindly(handler: Handler) -> Handler:
    """The handler, with a kind page instead of an error that the learner can do nothing about."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except (StoreError, ConfigurationError) as exc:
            return _message(request, "trouble", status=503, more=str(exc))
        except Exception:
            number = secrets.token_hex(3)
            log.exception("Error %s in a page", number)
            return _message(request, "error", status=500, more=number)

    return answer


async def debrief(request: Request) -> Response:
    """The debrief of a meeting, or a kind page when it is not there or not due yet."""
    here, page = room(), str(request.path_params["page"])
    meeting = await found(here, page)
    if meeting is None:
        return await _by_id(request, here, "debrief") or _message(request, "lost", status=404)
    if isinstance(meeting, KeptMeeting):
        return _as_kept(request, meeting)
    if meeting.ended is None:
        return _message(request, "going_on", status=409)
    return await _debrief_page(request, here, meeting)


async def say_again(request: Request) -> Response:
    """One exchange said anew on a copy of the meeting; then its debrief again, at that moment."""
    here, page = room(), str(request.path_params["page"])
    form = await _form(request, f"/debrief/{page}", here)
    if isinstance(form, Response):
        return form
    meeting = await found(here, page, speaking=True)
    number = _number_in(form, "exchange")
    if not isinstance(meeting, Encounter) or number not in _moments(meeting):
        return _message(request, "lost", status=404)
    words, back = form.get("words", "").strip(), f"/debrief/{page}#again-{number}"
    if not words:
        return RedirectResponse(back, status_code=303)
    trouble: dict[str, object] = {"exchange": number, "words": words, "ask": "", "agreed": []}
    same = form.get("asked", "").split() == words.split()  # a yes holds for the words it was asked about
    agreed = Agreed(confirmed=same and form.get("confirmed") == "yes", practice=same and form.get("practice") == "yes")
    try:
        said = await here.tries.say(meeting, number, words, **agreed)
    except AskFirst as exc:
        asked = {"agreed": [name for name, yes in agreed.items() if yes], "ask": exc.agreed_by, "text": str(exc)}
        return await _debrief_page(request, here, meeting, trouble | asked, status=422)
    except UnusableMessage as exc:
        return await _debrief_page(request, here, meeting, trouble | {"text": str(exc)}, status=422)
    if said is not None and not said.learner:
        return _message(request, "care", more=said.notice)
    tries = len(here.tries.of(meeting.id, number))
    return RedirectResponse(f"/debrief/{page}#try-{number}-{tries}" if said else back, status_code=303)


async def say_meant(request: Request) -> Response:
    """What the learner says they meant, kept with the exchange; then the debrief again, at that exchange."""
    here, page = room(), str(request.path_params["page"])
    form = await _form(request, f"/debrief/{page}", here)
    if isinstance(form, Response):
        return form
    meeting = await found(here, page)
    number = _number_in(form, "exchange")
    if not isinstance(meeting, Encounter) or meeting.ended is None:
        return _message(request, "lost", status=404)
    exchange = next((each for each in meeting.held if each.number == number), None)
    if exchange is None or exchange.assessment is None:
        return _message(request, "lost", status=404)
    words = form.get("meant", "").strip()
    try:
        if words and len(exchange.meant) < MOST_MEANT:
            async with _writing:
                await meeting.contest(number, words[:MOST_MEANT_LETTERS])
                if meeting.trouble is not None:
                    raise meeting.trouble
    except UnusableMessage as exc:
        return _message(request, "care", more=str(exc))
    return RedirectResponse(f"/debrief/{page}#exchange-{number}", status_code=303)


async def download(request: Request) -> Response:
    """The debrief as a file."""
    here, kind = room(), str(request.path_params["kind"])
    meeting = await found(here, str(request.path_params["page"]))
    if not isinstance(meeting, Encounter) or meeting.ended is None or kind not in downloads.KINDS:
        return _message(request, "lost", status=404)
    if kind == "html":
        values = await _debrief_values(request, here, meeting, alone=True)
        text = _rendered("debrief.html", request, values | {"style": _style(), "portrait": _drawn(meeting)})
    else:
        text = downloads.markdown(meeting) if kind == "md" else downloads.records(meeting)
    headers = {
        "Content-Disposition": f'attachment; filename="{downloads.file_name(meeting, kind)}"',
        "Cache-Control": "no-store", "Content-Security-Policy": ALONE_POLICY,
    }  # fmt: skip
    return Response(
        text.encode("utf-8", "replace"), media_type=f"{downloads.KINDS[kind]}; charset=utf-8", headers=headers
    )


async def comparison(request: Request) -> Response:
    """Two branches of a meeting side by side."""
    here, page = room(), str(request.path_params["page"])
    meeting = await found(here, page)
    if meeting is None:
        return await _by_id(request, here, "compare") or _message(request, "lost", status=404)
    if isinstance(meeting, KeptMeeting):
        return _as_kept(request, meeting)
    asked = [_number_in(dict(request.query_params), name) for name in ("one", "other")]
    view = compare.view_of(meeting, *asked, educator=here.educator)
    if view is None:
        return _message(request, "one_branch", patient=meeting.patient.persona.card.name.split()[0])
    return _page("compare.html", request, {"view": view, "page": page})


async def show_progress(request: Request) -> Response:
    """What the signed-in learner's meetings add up to."""
    here = room()
    learner = await learner_of(request, here)
    if learner is None:
        return _message(request, "nobody", status=403)
    store = await here.store()
    if store is None:
        return _message(request, "nothing_kept")
    held = await store.held(learner)
    view = progress.view_of(
        held, here.rubric, lambda name: address_of(name, here.key), everything=request.query_params.get("all") == "1"
    )
    return _page("progress.html", request, {"view": view})


async def show_rubric(request: Request) -> Response:
    """What is rated and what each value means, for whoever wants to know by what they are rated."""
    here, evaluator = room(), str(request.path_params["evaluator"])
    rater = here.raters.get(evaluator)
    if rater is None:
        return _message(request, "lost", status=404)
    total = sum(domain.weight for domain in rater.rubric.domains)
    weak = experimental(here.library, evaluator).behaviours
    return _page("rubric.html", request, {"rubric": rater.rubric, "total": total, "weak": weak})


async def _by_id(request: Request, here: Room, kind: str) -> Response | None:
    """The way to the page of a kept meeting that was asked for by its own id, for the learner whose meeting it is."""
    store, name = await here.store(), str(request.path_params["page"])
    if not (name.isprintable() and len(name) <= LONGEST_ID):
        return None
    learner = await learner_of(request, here) if store is not None else None
    line = await store.line(name) if store is not None and learner is not None else None
    if line is None or line.learner != learner:
        return None
    return RedirectResponse(f"/{kind}/{address_of(name, here.key)}", status_code=303)


async def _debrief_page(
    request: Request, here: Room, meeting: Encounter, trouble: dict[str, object] | None = None, status: int = 200
) -> Response:
    values = await _debrief_values(request, here, meeting)
    return _page("debrief.html", request, values | {"trouble": trouble}, status)


async def _debrief_values(
    request: Request, here: Room, meeting: Encounter, *, alone: bool = False
) -> dict[str, object]:
    if not here.portraits_hung:
        portraits.hang(here.patients.values(), private_root() / "public" / "avatars")
        here.portraits_hung = True
    page, store = str(request.path_params["page"]), None
    with suppress(StoreError, ConfigurationError):  # a meeting in memory can be read without
        store = await here.store()
    view = debriefing.view_of(meeting, here.tries, educator=here.educator and not alone)
    return {
        "view": view, "told": view.told, "patient": view.patient, "page": page, "opening": meeting.opening,
        "chart": chart.draw(view.told.states, view.marks), "rows": chart.rows_of(view.told.states),
        "lines": chart.lines_of(view.told.states, view.marks),
        "variables": [catalogue().say(f"variable.{name}") for name in VARIABLES],
        "token": form_token(f"/debrief/{page}", here.key), "trouble": None, "alone": alone,
        "educator": here.educator and not alone,
        "portrait": f"/public/avatars/{portrait_name(meeting.patient)}", "persona": meeting.patient.persona.id,
        "evaluator": meeting.rubric.id,
        "branches": len(meeting.branches()), "then": await _then(store, here, meeting, view.told),
        "may_try": meeting.ended is not Ending.SAFETY, "may_contest": store is not None,
        "most_meant": MOST_MEANT,
    }  # fmt: skip


async def _then(store: Store | None, here: Room, meeting: Encounter, told: Debrief) -> debriefing.Then | None:
    """The attempt before with the same person; a store in trouble only leaves it out."""
    with suppress(StoreError):
        line = await store.line(meeting.id) if store is not None else None
        before = await store.last_before(line) if store is not None and line is not None else None
        if before is not None:
            return debriefing.then_of(before, told, meeting.rubric.version, address_of(before.line.id, here.key))
    return None


def _moments(meeting: Encounter) -> set[int]:
    """The exchanges that may be said anew."""
    if meeting.ended is None or meeting.ended is Ending.SAFETY:
        return set()
    return {moment.exchange for moment in meeting.debrief().moments}


async def _form(request: Request, path: str, here: Room) -> dict[str, str] | Response:
    """What a form of the page at `path` sent; an answer where it is not one of ours."""
    content = bytearray()
    with suppress(ClientDisconnect):
        async for chunk in request.stream():
            content += chunk
            if len(content) > MOST_BYTES:
                return _message(request, "too_long", status=413)
    try:
        form = dict(parse_qsl(content.decode("ascii"), keep_blank_values=True, max_num_fields=10))
    except ValueError:
        form = {}
    await here.store()  # its key is the one that signed the form
    if not is_form_token(form.get("token", ""), path, here.key):
        return _message(request, "old_form", status=403)
    return form


def _number_in(values: dict[str, str], name: str) -> int:
    """A number that was sent; 0 for what is none."""
    value = values.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0


def _as_kept(request: Request, meeting: KeptMeeting) -> Response:
    """A meeting that cannot be continued here, to read."""
    if meeting.line.ended is None:
        return _message(request, "going_on", status=409)
    headers = {"Content-Security-Policy": ALONE_POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(kept_pages.html(meeting).encode("utf-8", "replace"), headers=headers)


def _message(request: Request, kind: str, status: int = 200, more: str = "", **values: str) -> Response:
    """A page that says one thing kindly."""
    words = catalogue()
    texts: dict[str, object] = {
        "title": words.say(f"kind.{kind}_title", **values),
        "text": words.say(f"kind.{kind}_text", **values),
    }
    return _page("message.html", request, texts | {"more": more}, status)


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


def signed(change: float) -> str:
    """A change with its sign; a plain zero where there is hardly any."""
    return "0" if abs(change) < 0.005 else f"{'+' if change > 0 else '−'}{abs(change):.2f}"


def day(when: datetime) -> str:
    """The day as one reads it, where the server stands."""
    here = when.astimezone()
    return f"{here.day} {here:%B %Y}"


@cache
def _style() -> str:
    return (SHIPPED / "public" / "pages.css").read_text(encoding="utf-8")


def _drawn(meeting: Encounter) -> str:
    """The portrait as an address that holds the picture itself."""
    return portraits.as_data(meeting.patient)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    given: dict[str, Any] = {
        "t": catalogue().say, "bar": bar, "number": number, "count": count, "trust_words": trust_words,
        "signed": signed, "day": day, "lang": catalogue().language, "alone": False,
    }  # fmt: skip
    environment.globals.update(given)
    return environment


def _rendered(template: str, request: Request, values: dict[str, object]) -> str:
    theme = request.cookies.get(THEME_COOKIE, "")
    return _environment().get_template(template).render(values | {"theme": theme if theme in THEMES else ""})


def _page(template: str, request: Request, values: dict[str, object], status: int = 200) -> Response:
    # Without a referrer a form would be sent without its origin too, and the door would not open.
    headers = {
        "Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Referrer-Policy": "same-origin",
    }  # fmt: skip
    # A lone surrogate cannot be sent; it becomes a question mark.
    text = _rendered(template, request, values).encode("utf-8", "replace")
    return HTMLResponse(text, status_code=status, headers=headers)
