"""Both ways to start the page, over a real server."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from simpatient.errors import ConfigurationError
from simpatient.web import launch

from .conftest import Server, clean_environment, free_port, launch_command, running
from .visits import ask, is_guarded

FOREIGN = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1/none",
    "LITERAL_API_KEY": "x",
    "CHAINLIT_URL": "http://evil.example",
}


async def test_our_own_command_starts_a_guarded_page(served: Server) -> None:
    await is_guarded(served.url)


def test_our_own_command_writes_nothing_into_the_current_folder(served: Server) -> None:
    ask(served.url)

    assert list(served.folder.iterdir()) == []


@pytest.mark.slow
async def test_chainlits_own_command_starts_the_same_guarded_page(tmp_path: Path, checkout: Path) -> None:
    port, folder = free_port(), tmp_path / "cwd"
    folder.mkdir()
    (folder / ".env").write_text("SOMETHING_FOREIGN=1\n", encoding="utf-8")
    command = [sys.executable, "-m", "chainlit", "run", str(checkout / "app.py"), "-h", "--port", str(port)]
    environment = {**FOREIGN, "PYTHONPATH": str(checkout)}
    with running(command, folder, f"http://127.0.0.1:{port}", **environment) as server:
        await is_guarded(server.url)


@pytest.mark.slow
def test_the_private_app_root_goes_when_the_server_goes(tmp_path: Path, checkout: Path) -> None:
    port, folder, roots = free_port(), tmp_path / "cwd", tmp_path / "roots"
    folder.mkdir()
    roots.mkdir()
    environment = {"PYTHONPATH": str(checkout), "TMPDIR": str(roots), **FOREIGN}
    with running(launch_command(port), folder, f"http://127.0.0.1:{port}", **environment):
        assert len(list(roots.glob("simpatient-web-*"))) == 1

    assert list(roots.glob("simpatient-web-*")) == []


@pytest.mark.slow
def test_a_busy_port_that_was_asked_for_is_an_error_in_one_line(checkout: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "simpatient", "chat", "--port", str(port)], cwd=tmp_path, capture_output=True,
            text=True, timeout=60, check=False, env=clean_environment(PYTHONPATH=str(checkout)),
        )  # fmt: skip

    assert done.returncode != 0
    assert f"Port {port} on 127.0.0.1 is busy" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_busy_default_port_is_passed_over_with_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        monkeypatch.setattr(launch, "PORT", wanted)
        door = launch.open_door("127.0.0.1", None)
        found = door.getsockname()[1]
        door.close()

    assert wanted < found <= wanted + launch.TRIED
    assert capsys.readouterr().out == f"Port {wanted} is busy; using {found}.\n"


def test_a_busy_port_that_was_asked_for_is_never_exchanged_for_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConfigurationError, match="is busy"):
            launch.open_door("127.0.0.1", taken.getsockname()[1])


def test_an_address_this_computer_has_not_is_told() -> None:
    with pytest.raises(ConfigurationError, match="has no address"):
        launch.open_door("203.0.113.7", 8000)
