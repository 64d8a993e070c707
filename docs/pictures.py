"""The pictures of *Read a debrief*: holds the meeting of that page, opens its debrief and photographs it.

    .venv/bin/python docs/pictures.py

Needs Chromium and what the tests need. Look at what it wrote before you commit it.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from simpatient.encounter import Encounter
from simpatient.store import Store

DOCS = Path(__file__).parent
SEED = 4
MEETING = "andrew-figures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPEN = (
    ".domains > li:nth-child(3) > details",
    ".domains > li:nth-child(3) .behaviours > li:first-child > details",
    "details.did",
)
"""What is unfolded before a section is photographed."""
SECTIONS = {
    "first": ("main .person", ".pair"), "profile": (".domains > li:nth-child(3)", ".domains > li:nth-child(3)"),
    "chart": ("#chart figure", "#chart figure"), "moment": ("#moments article.down", "#moments article.down"),
    "not-heard": ("#not-heard", "#promises"),
}  # fmt: skip
"""What stands on each picture, from one place of the page to another."""
MARGIN = 14


def messages() -> list[str]:
    """What the learner of the page says."""
    page = (DOCS / "read-a-debrief.md").read_text(encoding="utf-8")
    found = re.search(r"^```text\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1].splitlines()


async def held(home: Path) -> None:
    """The meeting, held and kept in `home`."""
    store = await Store.open(f"sqlite+aiosqlite:///{home / 'simpatient.sqlite3'}")
    encounter = await Encounter.begin("andrew", store=store, encounter_id=MEETING, seed=SEED)
    for text in messages():
        await encounter.rated((await encounter.exchange(text, practice=True)).number)
    await encounter.end()
    await store.close()


def photographed(page: Page, images: Path) -> None:
    """The sections of the debrief, one file each."""
    for details in OPEN:
        for each in page.locator(details).all():
            each.evaluate("each => { each.open = true }")
    for name, (first, last) in SECTIONS.items():
        boxes = [page.locator(place).first.bounding_box() for place in (first, last)]
        top, bottom = boxes[0], boxes[1]
        assert top is not None
        assert bottom is not None
        clip = {
            "x": top["x"] - MARGIN, "y": top["y"] - MARGIN, "width": top["width"] + 2 * MARGIN,
            "height": bottom["y"] + bottom["height"] - top["y"] + 2 * MARGIN,
        }  # fmt: skip
        page.screenshot(path=images / f"debrief-{name}.png", full_page=True, clip=clip)


def main() -> None:
    """Write the pictures."""
    browser = next(path for name in BROWSERS if (path := shutil.which(name)))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(held(Path(folder)))
        command = [sys.executable, "-c", f"from simpatient.web.launch import serve; serve(port={port}, seed={SEED})"]
        server = subprocess.Popen(command, cwd=folder, env={**os.environ, "SIMPATIENT_HOME": folder})  # noqa: S603  our own
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/progress", timeout=5)
                    break
                except (urllib.error.URLError, TimeoutError):
                    time.sleep(0.2)
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
                page = chromium.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
                page.goto(f"http://127.0.0.1:{port}/debrief/{MEETING}")
                photographed(page, DOCS / "images")
                chromium.close()
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
