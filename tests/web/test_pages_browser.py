"""The server's own pages in a real browser: no barrier that axe-core knows, nothing cut off, forms that work."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from simpatient.encounter import Encounter
from simpatient.store import Store

from .conftest import Server, free_port, running
from .reading import HARSH, SKILLED

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (1280, 820, 390)
LOOKED_INTO = {"light": (1280, 390), "dark": (1280,)}
"""Widths at which axe-core looks: what is there differs by width, the colours only by scheme."""
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with three meetings that are over, one of them held in two ways."""
    folder = tmp_path_factory.mktemp("home")

    async def meet() -> None:
        store = await Store.open(f"sqlite+aiosqlite:///{folder / 'simpatient.sqlite3'}")
        for number, (name, talk) in enumerate(
            (("andrew", (HARSH, HARSH)), ("maggie", SKILLED), ("andrew", (*SKILLED, HARSH)))
        ):
            encounter = await Encounter.begin(name, store=store, encounter_id=f"{name}-{number}", seed=number)
            for text in talk:
                await encounter.rated((await encounter.exchange(text)).number)
        await encounter.rewind(3)
        await encounter.exchange("I'll ask about the clinic by Thursday. Does that suit you?")
        await encounter.end()
        await store.close()

    asyncio.run(meet())
    return folder


@pytest.fixture(scope="module")
def pages(home: Path, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on that folder, started after the meetings were held."""
    port, folder = free_port(), tmp_path_factory.mktemp("cwd")
    command = [sys.executable, "-c", f"from simpatient.web.launch import serve; serve(port={port}, seed=1)"]
    with running(
        command, folder, f"http://127.0.0.1:{port}", PYTHONPATH=str(checkout), SIMPATIENT_HOME=str(home)
    ) as server:
        yield server


def sound(page: Any, where: str) -> None:
    """Nothing serious by axe-core."""
    found = Axe().run(page).response["violations"]
    grave = [(each["id"], each["nodes"][0]["html"][:160]) for each in found if each["impact"] in GRAVE]
    assert grave == [], f"{where}: {json.dumps(grave)}"


def fits(page: Any, where: str) -> None:
    """Nothing is wider than the window."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), where


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_debrief_comparison_and_progress_are_without_barriers_at_every_width(
    pages: Server, chromium: Any, scheme: str
) -> None:
    shots = os.environ.get("SIMPATIENT_SCREENSHOT_DIR")
    context = chromium.new_context(color_scheme=scheme, reduced_motion="reduce")
    page, wrong = context.new_page(), list[str]()
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    for name in ("progress", "debrief", "compare"):
        page.goto(f"{pages.url}/{name}/andrew-2" if name != "progress" else f"{pages.url}/progress")
        if name == "debrief":
            for details in page.locator("main details").all():
                details.evaluate("each => { each.open = true }")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            fits(page, f"{name}, {width}, {scheme}")
            if shots:
                page.screenshot(path=Path(shots) / f"{name}-{width}-{scheme}.png", full_page=True)
            if width in LOOKED_INTO[scheme]:
                sound(page, f"{name}, {width}, {scheme}")
    context.close()
    assert wrong == []


def test_a_moment_is_tried_again_and_contested_by_keyboard_alone(pages: Server, chromium: Any, tmp_path: Path) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{pages.url}/progress")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.get_by_role("link", name="of the meeting with Andrew").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#how")
    box = page.locator(".again textarea").first
    box.focus()
    page.keyboard.insert_text("I'm sorry. That was too quick of me. What is it like at night?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".try:not(.original)")
    assert page.locator(".try").count() == 2

    page.locator(".contest summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("To be kind.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".meant")
    assert "To be kind." in page.locator(".meant").first.inner_text()

    with page.expect_download() as taken:
        page.get_by_role("link", name="As one page (HTML)").click()
    alone = context.new_page()
    taken.value.save_as(tmp_path / "debrief.html")
    alone.goto((tmp_path / "debrief.html").as_uri())
    assert alone.locator("svg.chart polyline").count() == 5
    assert alone.evaluate("document.querySelector('.person img').naturalWidth") > 0

    page.get_by_role("link", name="Meet Andrew again").click()
    page.wait_for_selector(".sp-briefing", timeout=30_000)
    assert "meet=" not in page.url
    context.close()


def test_at_twice_the_size_and_in_the_colours_of_the_chat_nothing_is_cut_off(pages: Server, chromium: Any) -> None:
    # A window of 1280 at 200 % has 640 units of width.
    context = chromium.new_context(viewport={"width": 640, "height": 450}, device_scale_factor=2, color_scheme="light")
    context.add_cookies([{"name": "simpatient_theme", "value": "dark", "url": pages.url}])
    page = context.new_page()
    for path in ("progress", "debrief/andrew-2", "compare/andrew-2"):
        page.goto(f"{pages.url}/{path}")
        fits(page, path)
        shade = page.evaluate(
            "getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).slice(0, 3).map(Number)"
        )
        assert max(shade) < 90
    context.close()
