"""The documentation as pages: it builds without a warning, no link is dead, and it asks nothing of anybody outside."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_spec("material") is None, reason="what builds the documentation is not here: pip install -e '.[docs]'"
    ),
]
LOADS = {
    "link": "href",
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "object": "data",
}
"""What a browser fetches by itself. A link that a reader follows may lead anywhere."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LOOKED_AT = (
    "index.html",
    "read-a-debrief.html",
    "write-a-patient.html",
    "persona-fields.html",
    "diagnostics/SP120-leak.html",
)


class Read(HTMLParser):
    """What a page loads, where it leads, and what can be led to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        if tag in LOADS and given.get("rel") not in ("prev", "next", "canonical"):
            self.loads += [given[LOADS[tag]]] if LOADS[tag] in given else []
        elif "href" in given:
            self.links.append(given["href"])


@pytest.fixture(scope="module")
def site(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built pages."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=checkout, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Read]:
    """Every built page, read."""
    return {page: Read(page) for page in site.rglob("*.html") if page.name != "404.html"}


def test_every_page_of_the_folder_is_built_and_every_diagnostic_is_in_the_index(checkout: Path, site: Path) -> None:
    """With the changelog and the decisions beside them."""
    made = {page.relative_to(site).with_suffix("").as_posix() for page in site.rglob("*.html")}
    written = {page.relative_to(checkout / "docs").with_suffix("") for page in (checkout / "docs").rglob("*.md")}
    assert {page.as_posix().replace("README", "index") for page in written} | {"changelog", "decisions/index"} <= made
    links = Read(site / "diagnostics" / "index.html").links
    codes = [page.stem for page in (checkout / "docs" / "diagnostics").glob("SP*.md")]
    assert len(codes) >= 80
    assert not [code for code in codes if f"{code}.html" not in links]


def test_no_link_and_no_anchor_is_dead(site: Path, pages: dict[Path, Read]) -> None:
    """Everything between the pages, pictures and sheets of style too."""
    dead = []
    for page, read in pages.items():
        for target in (*read.links, *read.loads):
            parts = urlsplit(target)
            if parts.scheme or target.startswith("//"):
                continue
            led = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            found = led.is_file() and (not parts.fragment or led not in pages or parts.fragment in pages[led].ids)
            if not found and parts.fragment != "__skip":
                dead.append(f"{page.relative_to(site)}: {target}")
    assert not dead


def test_pages_and_styles_load_nothing_from_outside(site: Path, pages: dict[Path, Read]) -> None:
    """No letters, no scripts, no pictures of anybody else's."""
    outside = [(page.name, each) for page, read in pages.items() for each in read.loads if "//" in each]
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        outside += [(sheet.name, found) for found in re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//[^)]*", text)]
    assert not outside
    assert len(pages) > 100


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser without a network worth the name."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        pytest.fail("Chromium is required and was not found: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.mark.browser
def test_it_can_be_read_and_searched_from_the_disk_on_a_desk_and_on_a_phone(site: Path, browser: Any) -> None:
    """Nothing is wider than the window, nothing is asked for outside, and search answers."""
    page, asked, wrong = browser.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    shots = os.environ.get("SIMPATIENT_SCREENSHOT_DIR")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for name in LOOKED_AT:
            page.goto(f"{site.as_uri()}/{name}")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (name, width)
            if shots:
                page.screenshot(path=Path(shots) / f"docs-{Path(name).stem}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site.as_uri()}/index.html")
    page.locator(".md-search__input").click()
    page.keyboard.type("openness", delay=10)
    page.wait_for_selector(".md-search-result__item")
    page.close()
    assert wrong == []
    assert not [address for address in asked if not address.startswith((site.as_uri(), "data:", "blob:"))]
