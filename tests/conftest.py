"""What every test stands on: settings of its own, no network but loopback, browser tests only with a browser."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

KEPT = (
    "SIMPATIENT_REQUIRE_BROWSER",
    "SIMPATIENT_SCREENSHOT_DIR",
    "SIMPATIENT_TEST_POSTGRES",
    "SIMPATIENT_KILLS",
    "SIMPATIENT_WALKS",
)
"""How the tests are run, not what they test."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LOOPBACK = ("127.", "::1", "localhost")


def pytest_configure(config: pytest.Config) -> None:
    """The learner's own settings and data folder stay out of the tests."""
    for name in list(os.environ):
        if name.startswith("SIMPATIENT_") and name not in KEPT:
            del os.environ[name]
    home = tempfile.mkdtemp(prefix="simpatient-tests-")
    os.environ["SIMPATIENT_HOME"] = home
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    sys.addaudithook(_loopback_only)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium the browser tests are skipped with a reason, unless they are required."""
    if any(shutil.which(name) for name in BROWSERS) or os.environ.get("SIMPATIENT_REQUIRE_BROWSER") == "1":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium here: install it with apt-get install chromium"))


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds pyproject.toml."""
    return Path(__file__).resolve().parent.parent


def _loopback_only(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
        message = f"A test tried to reach {address[0]}; tests use loopback only."
        raise ConnectionRefusedError(message)
