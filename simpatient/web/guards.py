"""Who may speak to the server, and what a page may load.

Any page open in the learner's browser could otherwise drive a server on 127.0.0.1:
Chainlit checks neither the Origin of a WebSocket nor the Host of a request.
"""

from __future__ import annotations

# Chainlit's template function is not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
import ipaddress
import re
import socket
from urllib.parse import urlsplit

import chainlit.server
from chainlit.config import config
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simpatient.web.signin import cookie_for
from simpatient.web.text import catalogue

_OUTSIDE = re.compile(r"<link\b[^>]*\bhref=\"https?://[^>]*>", re.IGNORECASE)
_WILDCARDS = {"0.0.0.0", "::", ""}  # noqa: S104  (compared with, never bound to)
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'none'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""Content policy of Chainlit's page. Its custom elements are compiled in the browser, hence `unsafe-eval`."""

PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""A portrait comes from an author's folder and must not run anything when it is opened by itself."""

_installed = False


def install() -> None:
    """Put the guards into Chainlit's application, once."""
    global _installed  # noqa: PLW0603  (one application for each process, Chainlit's own)
    if _installed:
        return
    _installed = True
    plain = chainlit.server.get_html_template

    def without_outside_links(root_path: str) -> str:
        return strip_outside(plain(root_path))

    chainlit.server.get_html_template = without_outside_links
    chainlit.server.app.add_middleware(DoorKeeper)


def strip_outside(page: str) -> str:
    """The page without links to fonts and styles of other hosts."""
    return _OUTSIDE.sub("", page)


def allowed_host(header: str, bound: str) -> bool:
    """Whether a Host header names this server, which is bound to `bound`.

    On a loopback address only loopback names are right. On all addresses, any address
    or this machine's own name is: rebinding needs a foreign name.
    """
    name = host_name(header)
    if name in _LOOPBACK or name == bound.lower():
        return True
    if bound not in _WILDCARDS:
        return False
    if name == socket.gethostname().lower():
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def host_name(header: str) -> str:
    """The name in a Host header, lower case, without port and brackets; empty if malformed."""
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


def same_origin(origin: str, host: str) -> bool:
    """Whether an Origin header belongs to the page that this host serves."""
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


class DoorKeeper:
    """Refuses requests and sockets of foreign pages and hosts; adds safe headers."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a rightful request through."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if not allowed_host(host, config.run.host):
            await self._refuse(scope, receive, send, 400, "guard.host")
        elif origin is not None and not same_origin(origin, host):
            await self._refuse(scope, receive, send, 403, "guard.origin")
        else:
            safe = _with_headers(send, headers.get("cookie", ""))
            await self.app(scope, receive, safe if scope["type"] == "http" else send)

    @staticmethod
    async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, why: str) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(catalogue().say(why), status_code=status)(scope, receive, send)


def _with_headers(send: Send, cookies: str) -> Send:
    async def send_safely(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("X-Content-Type-Options", "nosniff")
            headers.setdefault("Referrer-Policy", "no-referrer")
            kind = headers.get("content-type", "")
            if kind.startswith("text/html"):
                headers.setdefault("Content-Security-Policy", POLICY)
                if cookie := cookie_for(cookies):
                    headers.append("Set-Cookie", cookie)
            elif kind.startswith("image/svg"):
                headers.setdefault("Content-Security-Policy", PICTURE_POLICY)
        await send(message)

    return send_safely
