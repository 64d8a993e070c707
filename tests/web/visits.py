"""A stranger's and a friend's visit to a running server."""

from __future__ import annotations

import http.client
import json
from uuid import uuid4

import socketio


def ask(url: str, path: str = "/", **headers: str) -> tuple[int, str, http.client.HTTPMessage]:
    """Status, text and headers of an answer."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, text, answer.headers


def signed_in(url: str) -> str:
    """The cookie that the page gave this visitor."""
    return (ask(url)[2]["Set-Cookie"] or "").split(";")[0]


async def meet_by_socket(url: str, origin: str, cookie: str) -> bool:
    """Whether a socket that says it comes from `origin` is let in."""
    client = socketio.AsyncClient(reconnection=False)
    try:
        await client.connect(
            url, socketio_path="/ws/socket.io", transports=["websocket"], headers={"Origin": origin, "Cookie": cookie},
            auth={"sessionId": str(uuid4()), "clientType": "webapp", "userEnv": None, "chatProfile": None,
                  "threadId": None},
        )  # fmt: skip
    except socketio.exceptions.ConnectionError:
        return False
    await client.disconnect()
    return True


async def is_guarded(url: str) -> None:
    """The server at `url` refuses strangers and shows a page that loads nothing from outside."""
    assert ask(url)[0] == 200
    assert ask(url, Host="evil.example")[0] == 400
    assert ask(url, "/project/translations?language=en-US", Origin="http://evil.example")[0] == 403
    cookie = signed_in(url)
    assert await meet_by_socket(url, url, cookie)
    assert not await meet_by_socket(url, url, "")
    assert not await meet_by_socket(url, "http://evil.example", cookie)
    assert ask(url, "/project/settings?language=en-US")[0] == 401

    _, page, headers = ask(url)
    assert 'href="http' not in page
    assert 'src="http' not in page
    assert "default-src 'self'" in headers["Content-Security-Policy"]

    settings = json.loads(ask(url, "/project/settings?language=en-US", Cookie=cookie)[1])
    assert settings["ui"]["name"] == "simpatient"
    assert settings["features"]["spontaneous_file_upload"]["enabled"] is False
    assert settings["features"]["mcp"]["enabled"] is False
    assert settings["dataPersistence"] is True
    names = {profile["name"] for profile in settings["chatProfiles"]}
    assert {"choose", "andrew", "maggie"} <= names
