"""Who sits at the page: the local learner, signed in silently on their own machine, or a guest."""

# Chainlit's configuration and session are not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import ipaddress
import logging
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import chainlit as cl
from chainlit.auth import create_jwt, get_token_from_cookies
from chainlit.auth.jwt import decode_jwt
from chainlit.config import config
from chainlit.session import BaseSession
from jwt import PyJWTError
from starlette.requests import cookie_parser
from starlette.responses import Response

from simpatient.encounter import LEARNER
from simpatient.store import Store
from simpatient.web.root import COOKIE

log = logging.getLogger(__name__)

KEY_FILE = "sign-in.key"
"""Name of the file in the data folder that holds what signed-in browsers are known by."""
GUEST = re.compile(r"(?:^|;\s*)simpatient_guest=([0-9a-f]{32})(?:;|$)")
"""Cookie by which a browser that is not signed in is known again; the page's script makes it up."""


def on_own_machine(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def settle(host: str, home: Path) -> None:
    """Sign the learner in silently where only this machine can reach the server; elsewhere nobody signs in.

    Without sign-in there is no list of past meetings: it would show everybody's to everybody.
    """
    if not on_own_machine(host):
        config.code.header_auth_callback = None
        os.environ.pop("CHAINLIT_AUTH_SECRET", None)
        return
    os.environ["CHAINLIT_AUTH_SECRET"] = secret_of(home)
    cl.header_auth_callback(sign_in)


async def sign_in(_headers: Mapping[str, str]) -> cl.User | None:
    """The local learner, wherever the request says it comes from; nobody on a server that others can reach."""
    return cl.User(identifier=LEARNER) if on_own_machine(config.run.host) else None


def cookie_for(cookies: str) -> str:
    """The cookie that signs a browser in, for one that sends `cookies`; empty where it is not needed or not allowed.

    It goes out with the page itself, so that the page opens at once and never shows a sign-in screen.
    """
    if config.code.header_auth_callback is None or not on_own_machine(config.run.host) or _signed_in(cookies):
        return ""
    response = Response()
    lasts = config.project.user_session_timeout
    response.set_cookie(
        COOKIE, create_jwt(cl.User(identifier=LEARNER)), max_age=lasts, httponly=True, samesite="strict"
    )
    return response.headers["set-cookie"]


def _signed_in(cookies: str) -> bool:
    token = get_token_from_cookies(cookie_parser(cookies))
    try:
        return token is not None and decode_jwt(token).identifier == LEARNER
    except (PyJWTError, TypeError):
        return False


def secret_of(home: Path) -> str:
    """The secret of this data folder, made once and readable for its owner alone.

    Where the folder cannot be written it lasts as long as the process, and browsers sign in anew after that.
    """
    path = home / KEY_FILE
    try:
        home.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    except OSError as exc:
        log.warning("The sign-in key cannot be kept in %s: %s", home, exc)
    try:
        kept = path.read_text().strip()
        path.chmod(0o600)
    except OSError:
        kept = ""
    return kept if len(kept) >= 64 else secrets.token_hex(32)


async def learner_of(session: BaseSession, store: Store | None) -> str:
    """The pseudonymous id of whoever sits behind `session`.

    Raises:
        StoreError: the database cannot be used now.
    """
    if session.user is not None:
        return str(session.user.identifier)
    environ: Mapping[str, Any] = session.environ
    found = GUEST.search(str(environ.get("HTTP_COOKIE", "")))
    guest = found.group(1) if found else session.id
    return await store.learner(f"guest {guest}") if store is not None else f"guest-{guest}"
