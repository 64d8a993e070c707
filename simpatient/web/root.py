"""A private app root for Chainlit, one for each process, removed when it ends."""

from __future__ import annotations

import atexit
import json
import logging
import os
import shutil
import sys
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from simpatient.web.text import catalogue

SHIPPED = Path(__file__).resolve().parent / "root"
"""What travels in the package: config.toml and public/."""

FOREIGN = (
    "DATABASE_URL", "LITERAL_API_KEY", "LITERAL_API_URL", "CHAINLIT_URL", "CHAINLIT_ROOT_PATH",
    "CHAINLIT_PARENT_ROOT_PATH", "CHAINLIT_CUSTOM_AUTH", "DISCORD_BOT_TOKEN", "SLACK_BOT_TOKEN",
    "SLACK_WEBSOCKET_TOKEN", "SLACK_SIGNING_SECRET", "TEAMS_APP_ID", "TEAMS_APP_PASSWORD",
)  # fmt: skip
"""Variables of other tools by which Chainlit would switch on a database, a cloud or a chat service."""

COOKIE = "simpatient_sign_in"
"""Name of the cookie by which a signed-in browser is known."""

QUIET = {
    "TRACELOOP_TELEMETRY": "false",
    "TRACELOOP_TRACING_ENABLED": "false",
    "OTEL_SDK_DISABLED": "true",
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
}
"""What is set so that no library reports to anyone."""


@cache
def private_root() -> Path:
    """The private app root of this process, made and known to Chainlit at the first call.

    When Chainlit was imported first (`chainlit run app.py`) it has already taken the
    current folder for its app root; then it is turned to ours as far as it allows.
    """
    folder = Path(tempfile.mkdtemp(prefix="simpatient-web-"))
    atexit.register(remove, folder)
    _furnish(folder)
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ.update(QUIET)
    # Browsers send cookies to every port of a machine; another Chainlit there would overwrite ours.
    os.environ["CHAINLIT_AUTH_COOKIE_NAME"] = COOKIE
    if (cookies := sys.modules.get("chainlit.auth.cookie")) is not None:
        cookies._auth_cookie_name = COOKIE  # type: ignore[attr-defined]  # noqa: SLF001  (read when it was imported)
    # Chainlit reads a `.env` of the current folder unless it is told of another name.
    os.environ["CHAINLIT_ENV_FILE"] = str(folder / "no.env")
    late = sys.modules.get("chainlit.config")
    os.environ["CHAINLIT_APP_ROOT"] = str(folder)
    if late is not None:
        _turn(late, folder)
    # Chainlit warns on every page load that chainlit.md is not translated; ours is empty.
    logging.getLogger("chainlit").setLevel(logging.ERROR)
    return folder


def remove(folder: Path) -> None:
    """Delete the app root; a second time does nothing."""
    shutil.rmtree(folder, ignore_errors=True)


def _furnish(folder: Path) -> None:
    """Copy the shipped files and write those that come from the text catalogue."""
    translations = folder / ".chainlit" / "translations"
    translations.mkdir(parents=True)
    shutil.copyfile(SHIPPED / "config.toml", folder / ".chainlit" / "config.toml")
    shutil.copytree(SHIPPED / "public", folder / "public", dirs_exist_ok=True)
    (folder / "public" / "avatars").mkdir(exist_ok=True)
    (folder / "chainlit.md").write_text("", encoding="utf-8")
    (folder / ".files").mkdir()
    words = _chainlit_words()
    (translations / "en-US.json").write_text(json.dumps(words, indent=1), encoding="utf-8")
    labels = catalogue().section("labels")
    (folder / "public" / "labels.json").write_text(json.dumps(labels, indent=1), encoding="utf-8")


def _chainlit_words() -> dict[str, Any]:
    """Chainlit's own English words with ours in their place."""
    spec = find_spec("chainlit")
    if spec is None or spec.origin is None:
        return {}
    shipped = Path(spec.origin).parent / "translations" / "en-US.json"
    words: dict[str, Any] = json.loads(shipped.read_text(encoding="utf-8"))
    for path, text in catalogue().section("chainlit").items():
        *above, last = path.split(".")
        place = words
        for key in above:
            place = place.setdefault(key, {})
        place[last] = text
    return words


def _turn(settings: ModuleType, folder: Path) -> None:
    """Point an already imported Chainlit to `folder` and read our settings."""
    places: dict[str, Any] = {
        "APP_ROOT": str(folder),
        "FILES_DIRECTORY": folder / ".files",
        "config_dir": str(folder / ".chainlit"),
        "public_dir": str(folder / "public"),
        "config_file": str(folder / ".chainlit" / "config.toml"),
        "config_translation_dir": str(folder / ".chainlit" / "translations"),
    }
    left_behind: Path = settings.FILES_DIRECTORY
    for module in (settings, sys.modules.get("chainlit.server")):
        for name, value in places.items():
            if module is not None and hasattr(module, name):
                setattr(module, name, value)
    if left_behind.is_dir() and not any(left_behind.iterdir()):
        left_behind.rmdir()
    run = settings.config.run
    settings.reload_config()
    settings.config.run = run
    settings.config.root = str(folder)
