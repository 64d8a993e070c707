"""A browser session without a browser, real servers on loopback, and a real browser."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

import simpatient.web  # noqa: F401  (before Chainlit, which takes its app root when it is imported)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass(kw_only=True)
class Tab:
    """One browser tab, as Chainlit sees it, with all that was sent to it."""

    session: Any
    events: list[tuple[str, Any]] = field(default_factory=list)

    def messages(self, author: str | None = None) -> list[str]:
        """What the messages say in the end, in order of appearance."""
        last: dict[str, tuple[str, str]] = {}
        for name, data in self.events:
            if name in ("new_message", "update_message"):
                last[data["id"]] = (data["name"], data["output"])
            if name == "delete_message":
                last.pop(data["id"], None)
        return [text for who, text in last.values() if author is None or who == author]

    def elements(self, name: str) -> list[dict[str, Any]]:
        """The props of every version of an element, oldest first."""
        return [data["props"] for event, data in self.events if event == "element" and data["name"] == name]

    def here(self) -> None:
        """Let what follows happen in this tab."""
        from chainlit.context import init_ws_context

        init_ws_context(self.session)

    def screen(self) -> dict[str, Any]:
        """The thread that was last put on the screen as a whole."""
        return [data for event, data in self.events if event == "resume_thread"][-1]


OpenTab = Callable[..., Tab]


@pytest.fixture
async def new_tab() -> AsyncIterator[OpenTab]:
    """Opens further tabs: with a patient chosen, or on a kept meeting; of the local learner, or of a guest."""
    from chainlit.session import WebsocketSession
    from chainlit.user import PersistedUser

    tabs: list[Tab] = []

    def open_tab(who: str | None = None, *, agent: str = "Desktop", learner: str = "local", cookies: str = "") -> Tab:
        seen = Tab(session=None)

        async def emit(event: str, data: Any) -> None:
            seen.events.append((event, data))

        async def call(*_arguments: Any) -> None:
            raise AssertionError("the page asked the browser a question and would wait for it")

        user = PersistedUser(id=learner, identifier=learner, createdAt="") if learner else None
        seen.session = WebsocketSession(
            id=str(uuid4()), socket_id=uuid4().hex, emit=emit, emit_call=call, user_env={}, client_type="webapp",
            environ={"HTTP_USER_AGENT": agent, "HTTP_COOKIE": cookies}, user=user,
        )  # fmt: skip
        seen.session.chat_profile = who
        tabs.append(seen)
        seen.here()
        return seen

    yield open_tab
    # Ratings that are still on their way write into the session's folder, so it goes after them.
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if others:
        await asyncio.wait(others, timeout=5)
    for seen in tabs:
        await seen.session.delete()


@pytest.fixture
async def tab(request: pytest.FixtureRequest, new_tab: OpenTab) -> Tab:
    """A guest's tab in which the patient named by the parameter was chosen; nobody without one."""
    chosen = getattr(request, "param", None)
    who, agent = chosen if isinstance(chosen, tuple) else (chosen, "Desktop")
    seen = new_tab(who, agent=agent, learner="")
    seen.here()
    return seen


@pytest.fixture
def message() -> Callable[..., Any]:
    """Makes what the learner sends."""
    import chainlit as cl

    def make(text: str, command: str | None = None) -> cl.Message:
        return cl.Message(content=text, type="user_message", author="User", id=str(uuid4()), command=command)

    return make


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server."""

    url: str
    folder: Path
    """The folder it was started in."""
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rsplit(":", 1)[1])


def clean_environment(**more: str) -> dict[str, str]:
    """The environment without anything that another test set for Chainlit in this process."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHAINLIT_")}
    return {**kept, "PYTHONUNBUFFERED": "1", **more}


@contextmanager
def running(command: list[str], folder: Path, url: str, **environment: str) -> Iterator[Server]:
    """The server that `command` starts in `folder`, once it answers at `url`."""
    output = folder.parent / f"{folder.name}.log"
    with output.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=clean_environment(**environment), stdout=log, stderr=subprocess.STDOUT, text=True
        )
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"{url}/health", timeout=1).read()
                    break
                except OSError:
                    if process.poll() is not None:
                        raise AssertionError(output.read_text(encoding="utf-8")) from None
                    time.sleep(0.1)
            else:
                raise AssertionError(f"no answer from {url}: {output.read_text(encoding='utf-8')}")
            yield Server(url=url, folder=folder, process=process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def launch_command(port: int) -> list[str]:
    """Starts the page as `simpatient chat` does."""
    return [sys.executable, "-c", f"from simpatient.web.launch import serve; serve(port={port}, seed=1)"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Iterator[Server]:
    """The page, started by our own command in an empty folder, for somebody who has met nobody yet."""
    port, folder, home = free_port(), tmp_path_factory.mktemp("cwd"), tmp_path_factory.mktemp("home")
    environment = {"PYTHONPATH": str(checkout), "SIMPATIENT_HOME": str(home)}
    with running(launch_command(port), folder, f"http://127.0.0.1:{port}", **environment) as server:
        yield server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser; the test fails without one (it was skipped before, unless browser tests are required)."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        pytest.fail("Chromium is required and was not found: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
