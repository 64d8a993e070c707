"""Addresses of a meeting's pages, and tokens of its forms: signed, so that nobody can guess or forge one."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

SIGNATURE = 18
"""Bytes of a signature."""
FRESH = 6
"""Random bytes by which two addresses of one meeting differ."""


def fresh_key() -> bytes:
    """A key for as long as the process runs."""
    return secrets.token_bytes(32)


def address_of(encounter: str, key: bytes) -> str:
    """A new address of this meeting's pages; it holds as long as the key does."""
    body = secrets.token_bytes(FRESH) + encounter.encode("utf-8")
    return f"{_text(body)}.{_text(_signature(key, b'page', body))}"


def encounter_of(address: str, key: bytes) -> str | None:
    """Id of the meeting that the address belongs to; None for one that this key did not sign. Pure."""
    body, _, signature = address.partition(".")
    try:
        content, signed = _bytes(body), _bytes(signature)
        if hmac.compare_digest(signed, _signature(key, b"page", content)):
            return content[FRESH:].decode("utf-8")
    except (binascii.Error, UnicodeError, ValueError):
        pass
    return None


def form_token(path: str, key: bytes) -> str:
    """What a form of the page at `path` has to bring back. Pure."""
    return _text(_signature(key, b"form", path.encode("utf-8")))


def is_form_token(token: str, path: str, key: bytes) -> bool:
    """Whether a form brings what its page gave it. Pure."""
    return hmac.compare_digest(token.encode("utf-8", "replace"), form_token(path, key).encode("utf-8"))


def _signature(key: bytes, purpose: bytes, content: bytes) -> bytes:
    return hmac.new(key, purpose + b"\n" + content, hashlib.sha256).digest()[:SIGNATURE]


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode("ascii").rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
