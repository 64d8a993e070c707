"""The page with a chat model: what leaves the machine is told and asked about, and a failing service is one line."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from .conftest import Server, free_port, launch_command, running

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAID = "Packets, since you ask. I read the small print on packets."
VERDICT = {"off_task": [], "reading": [], "ratings": [], "try_instead": ""}
LATER = 15_000
"""Milliseconds a change on the page may take on a busy machine."""


class Stub(BaseHTTPRequestHandler):
    """A chat model with one sentence, and an evaluator without an opinion."""

    protocol_version = "HTTP/1.1"
    gone = False
    """Whether it hangs up on whoever calls."""

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def do_POST(self) -> None:
        """Answer a call as OpenAI's protocol has it, streamed or whole."""
        if self.gone:
            self.close_connection = True
            return
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        base = {"id": "1", "created": 1, "model": "stub"}
        if asked.get("stream"):
            parts: list[dict[str, Any]] = [{"index": 0, "delta": {"content": SAID}, "finish_reason": None}]
            parts.append({"index": 0, "delta": {}, "finish_reason": "stop"})
            chunks = [{**base, "object": "chat.completion.chunk", "choices": [part]} for part in parts]
            body = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"
            kind = "text/event-stream"
        else:
            message = {"role": "assistant", "content": json.dumps(VERDICT)}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            body, kind = json.dumps({**base, "object": "chat.completion", "choices": [choice]}), "application/json"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())


@pytest.fixture(scope="module")
def stub() -> Iterator[ThreadingHTTPServer]:
    """The model's server, by an address that is not plainly this machine's."""
    server = ThreadingHTTPServer(("0.0.0.0", 0), Stub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def served(stub: ThreadingHTTPServer, tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Iterator[Server]:
    """The page, its patients voiced by the stub."""
    port, folder = free_port(), tmp_path_factory.mktemp("model")
    settings = {
        "SIMPATIENT_HOME": str(tmp_path_factory.mktemp("home")),
        "SIMPATIENT_CHAT_MODEL": "openai:stub",
        "SIMPATIENT_BASE_URL": f"http://0.0.0.0:{stub.server_address[1]}/v1",
        "SIMPATIENT_CHAT_TIMEOUT": "5",
    }
    with running(
        launch_command(port), folder, f"http://127.0.0.1:{port}", PYTHONPATH=str(checkout), **settings
    ) as server:
        yield server


def test_a_learner_is_told_where_words_go_asked_about_details_and_never_left_without_an_answer(
    served: Server, chromium: Any, stub: ThreadingHTTPServer
) -> None:
    """Told once at the start; a record number waits for a yes; when the service goes, the written voice speaks."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(served.url)
    page.get_by_role("button", name=re.compile("Meet Maggie")).first.click()
    place = f"0.0.0.0:{stub.server_address[1]}"
    told = page.get_by_text(f"goes to {place}")
    told.wait_for(timeout=LATER)

    def say(text: str) -> None:
        page.locator("#stop-button").wait_for(state="detached", timeout=LATER)  # nothing is sent into a reply
        page.locator("#chat-input").fill(text)
        page.keyboard.press("Enter")

    say("Hello Maggie. What do you do all day?")
    page.get_by_text("Packets, since you ask.").first.wait_for(timeout=LATER)
    say("Your NHS number is 943 476 5919, is that right?")
    page.get_by_text("looks as if it holds a record number").wait_for(timeout=LATER)
    shot(page, "asked-about-details")
    page.get_by_role("button", name="Take it out").click()
    page.get_by_text("That was not sent.").wait_for(timeout=LATER)
    assert page.get_by_text("Packets, since you ask.").count() == 1

    Stub.gone = True
    say("What happens to what I write down here?")
    page.get_by_text("speaks with the written voice for now").wait_for(timeout=2 * LATER)
    shot(page, "service-gone")
    assert page.get_by_text("Traceback").count() == 0
    page.close()


def shot(page: Any, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if folder := os.environ.get("SIMPATIENT_SCREENSHOT_DIR"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
