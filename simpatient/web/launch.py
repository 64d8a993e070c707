"""Starts the page on this machine: an address found first, then Chainlit on it."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
import warnings
import webbrowser

from simpatient.authoring import Library
from simpatient.errors import ConfigurationError
from simpatient.persona import load_patient
from simpatient.settings import Settings
from simpatient.store import Store
from simpatient.web.text import catalogue

HOST = "127.0.0.1"
PORT = 8000
TRIED = 20
"""How many ports after the default one are tried."""


def serve(
    host: str = HOST,
    port: int | None = None,
    seed: int = 1,
    open_browser: bool = False,
    library: Library | None = None,
    persona: str | None = None,
    settings: Settings | None = None,
) -> None:
    """Serve the page until it is stopped; this does not return.

    Args:
        host: Address to listen on; only this machine can reach the default.
        port: Port that must be used; None takes 8000 or the next free one of the 20 after it.
        seed: Seed of the first meeting with each patient; every further one adds 1.
        open_browser: Whether to open the page in the machine's browser.
        library: Where personas and evaluators are looked for; None chooses as `Library.choose`.
        persona: Patient whom the page opens with; None opens with the picker.
        settings: What the operator set; None reads it from the environment.

    Raises:
        ConfigurationError: no port could be had, or the library folder does not exist.
        ContentError: the codebook, the rubric, or the patient named cannot be used.
    """
    door = open_door(host, port)
    try:
        # Chainlit takes a second to import; a busy port is told before that.
        from simpatient.web.room import open_room  # noqa: PLC0415

        chosen = open_room(library, seed=seed, first=persona, settings=settings)
        known = chosen.patients
        if persona is not None and persona not in known:
            load_patient(chosen.library, persona, chosen.codebook.codes)
        asyncio.run(check_store(chosen.store_url))
        asyncio.run(_serve(door, host, open_browser=open_browser))
    finally:
        door.close()


async def check_store(url: str) -> None:
    """Nothing, when meetings can be kept at `url`.

    Raises:
        ConfigurationError: the database cannot be opened; better told now than to the first learner.
    """
    store = await Store.open(url)
    await store.close()


def open_door(host: str, port: int | None) -> socket.socket:
    """A listening socket, held from now on so that nobody else takes the port.

    Raises:
        ConfigurationError: the port asked for, or all that were tried, are busy.
    """
    words = catalogue()
    if port is not None:
        door = _bound(host, port)
        if door is None:
            raise ConfigurationError(words.say("start.busy", port=port, host=host))
        return door
    for tried in range(PORT, PORT + TRIED + 1):
        door = _bound(host, tried)
        if door is not None:
            if tried != PORT:
                print(words.say("start.next_port", wanted=PORT, port=tried), flush=True)  # noqa: T201
            return door
    raise ConfigurationError(words.say("start.all_busy", first=PORT, last=PORT + TRIED, host=host))


def _bound(host: str, port: int) -> socket.socket | None:
    """A socket bound to the address; None when the port is busy.

    Raises:
        ConfigurationError: the address itself cannot be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(128)
    except OSError as exc:
        door.close()
        if exc.errno in (errno.EADDRINUSE, errno.EACCES):
            return None
        raise ConfigurationError(catalogue().say("start.no_host", host=host)) from None
    return door


async def _serve(door: socket.socket, host: str, *, open_browser: bool) -> None:
    """Run Chainlit's application on the open socket, as its own command does."""
    import uvicorn  # noqa: PLC0415
    from chainlit.auth import ensure_jwt_secret  # noqa: PLC0415
    from chainlit.config import config  # noqa: PLC0415
    from chainlit.server import app  # noqa: PLC0415

    # Chainlit asks for the profiles of a session in a way that fails inside a running loop, and goes on without.
    warnings.filterwarnings("ignore", message="coroutine 'people' was never awaited")
    port = door.getsockname()[1]
    config.run.host, config.run.port, config.run.headless = host, port, True
    ensure_jwt_secret()
    # Compressing what is a few kilobytes a message anyway would take 50 kB of memory for each learner.
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="auto", ws_per_message_deflate=False))
    running = asyncio.create_task(server.serve(sockets=[door]))
    while not server.started and not running.done():  # noqa: ASYNC110  (uvicorn tells it by a flag only)
        await asyncio.sleep(0.02)
    if server.started:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{port}"
        print(catalogue().say("start.address", address=address), flush=True)  # noqa: T201
        print(catalogue().say("start.how_to_stop"), flush=True)  # noqa: T201
        if open_browser:
            webbrowser.open(address)
    await running
