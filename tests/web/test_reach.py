"""The chat for everybody: no barrier that axe-core knows, the keyboard alone, a phone, and less motion."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GRAVE = {"serious", "critical"}
PHONE = "Mozilla/5.0 (Linux; Android 16) Mobile Safari"
HARSH = "Cheer up, you just need to relax. I'll ask the clinic doctor about tablets and tell you next time."


def sound(page: Any, name: str) -> None:
    """Nothing serious by axe-core, and nothing wider than the window; a picture for who wants to look."""
    page.wait_for_timeout(500)
    if folder := os.environ.get("SIMPATIENT_SCREENSHOT_DIR"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
    found = Axe().run(page).response["violations"]
    grave = [(each["id"], each["nodes"][0]["html"][:160]) for each in found if each["impact"] in GRAVE]
    assert grave == [], f"{name}: {json.dumps(grave)}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name


def send(page: Any, text: str) -> None:
    """Write and send, by keyboard."""
    page.locator("#chat-input").focus()
    page.keyboard.insert_text(text)
    page.locator("#chat-input").filter(has_text=text).press("Enter")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 820), ("dark", 390)])
def test_picker_door_and_chat_with_panel_are_without_barriers(
    served: Server, chromium: Any, scheme: str, width: int
) -> None:
    more = {"user_agent": PHONE, "is_mobile": True, "has_touch": True} if width < 700 else {}
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", **more
    )
    context.add_init_script(f"localStorage.setItem('vite-ui-theme', '{scheme}')")
    page = context.new_page()
    page.goto(served.url)
    page.wait_for_selector('[data-sp-meet="andrew"]', timeout=30_000)
    sound(page, f"reach-picker-{scheme}-{width}")
    page.click('[data-sp-meet="andrew"]')
    page.wait_for_selector(".sp-again, .sp-briefing", timeout=15_000)
    if page.locator(".sp-again").count():
        sound(page, f"reach-door-{scheme}-{width}")
        page.click('[data-sp="anew"]')
        page.wait_for_selector(".sp-briefing", timeout=15_000)
    send(page, HARSH)
    page.wait_for_selector('[data-sp-exchange="1"]', timeout=15_000)
    sound(page, f"reach-chat-{scheme}-{width}")
    page.click("#command-Hint")
    page.get_by_text("Done well it looks like this").or_(page.get_by_text("Nothing presses now")).wait_for(
        timeout=15_000
    )
    page.click("#command-End")
    sound(page, f"reach-ask-{scheme}-{width}")
    page.click('.sp-ask button[value="end"]')
    page.wait_for_selector(".sp-farewell", timeout=15_000)
    sound(page, f"reach-end-{scheme}-{width}")
    assert page.evaluate("getComputedStyle(document.querySelector('.sp-button')).transitionDuration") in (
        "0s",
        "1e-05s",
    )
    context.close()


def test_a_meeting_is_begun_held_and_ended_with_the_keyboard_alone(served: Server, chromium: Any) -> None:
    """Tab to a patient, Enter; write, Enter; Tab to Pause and End, Enter; what is new is announced."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(served.url)
    page.wait_for_selector('[data-sp-meet="maggie"]', timeout=30_000)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
                return
            page.keyboard.press("Tab")
        pytest.fail(f"Tab never reaches {selector}")

    tab_to('[data-sp-meet="maggie"]')
    page.keyboard.press("Enter")
    page.wait_for_selector("#side-view-content .sp-welcome", timeout=15_000)
    send(page, "Hello Maggie. You didn't choose to come today, I gather. How is it to be sitting here?")
    page.wait_for_selector('[data-sp-exchange="1"]', timeout=15_000)
    page.wait_for_function("document.querySelector('[role=status].sp-hidden').textContent.includes('Exchange 1')")
    page.keyboard.insert_text("Half a sentence")
    tab_to("#command-Pause")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=None of this is part of the meeting", timeout=15_000)
    assert page.input_value("#chat-input") == "Half a sentence"
    tab_to("#command-End")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sp-ask[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector(".sp-ask", state="hidden")
    assert page.locator(".sp-farewell").count() == 0
    assert page.evaluate("document.activeElement.id") == "command-End"
    page.keyboard.press("Enter")
    tab_to('.sp-ask button[value="end"]')
    page.keyboard.press("Enter")
    page.wait_for_selector(".sp-farewell", timeout=15_000)
    tab_to('.sp-farewell [data-sp="debrief"]')
    context.close()
