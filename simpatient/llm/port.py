"""The port: what simpatient asks of a language model, and what comes back. Adapters and doubles stand behind it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import Literal, Protocol, TypeAlias, runtime_checkable
from urllib.parse import urlsplit

Json: TypeAlias = "str | int | float | bool | list[Json] | Mapping[str, Json] | None"
"""Plain data as JSON has it."""
Form = Literal["json_schema", "json_object", "prompt"]
"""How an answer in JSON is asked for: by a grammar of the server's, by its promise of some object, by words alone."""

CHARACTERS = 16
"""Characters a token may have; an answer that goes on beyond is cut."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message of a request."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The JSON object that is wanted."""

    name: str
    schema: Mapping[str, Json]
    """JSON Schema of the object."""
    form: Form = "json_schema"

    @property
    def packed(self) -> str:
        """Name and schema as text, worked out once for a schema that is asked for again and again."""
        known = _packed.get(id(self.schema))
        if known is None or known[0] is not self.schema or known[1] != self.name:
            text = json.dumps([self.name, self.schema], ensure_ascii=False, sort_keys=True)
            if len(_packed) >= PACKED:
                _packed.clear()
            known = _packed[id(self.schema)] = self.schema, self.name, text
        return known[2]


_packed: dict[int, tuple[Mapping[str, Json], str, str]] = {}
PACKED = 32
"""Schemas that are kept as text."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One call of a chat model."""

    messages: tuple[Message, ...]
    turn: str = ""
    """What the call is for, such as `3-voice`: recordings are kept under it."""
    shape: Shape | None = None
    max_tokens: int = 400
    """Tokens the answer may have."""
    temperature: float = 0.8
    """0..2."""
    seed: int | None = None

    @property
    def spelt(self) -> tuple[Message, ...]:
        """The messages with the shape in words in the last one, for models that no grammar holds."""
        if self.shape is None or not self.messages:
            return self.messages
        told = json.dumps(self.shape.schema, ensure_ascii=False)
        words = f"\n\nAnswer with one JSON object that fits this JSON Schema, and nothing else:\n{told}"
        *before, last = self.messages
        return (*before, replace(last, text=last.text + words))

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that change when any message or the shape does.

        In which form the shape is asked for is the server's matter: it changes nothing.
        """
        told = json.dumps([[m.role, m.text] for m in self.messages], ensure_ascii=False)
        packed = f"[{told}, {'null' if self.shape is None else self.shape.packed}]"
        return hashlib.blake2b(packed.encode("utf-8", "replace"), digest_size=6).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Completion:
    """How a call ended."""

    text: str
    """The whole answer."""
    model: str = ""
    """The model's name as the server gave it; empty when it gave none."""
    finish: str = "stop"
    prompt_tokens: int | None = None
    """None when the server did not say."""
    answer_tokens: int | None = None

    @property
    def tokens(self) -> int | None:
        """Tokens of prompt and answer; None when the server did not say."""
        if self.prompt_tokens is None or self.answer_tokens is None:
            return None
        return self.prompt_tokens + self.answer_tokens


Piece: TypeAlias = str | Completion
"""Part of a streamed answer; the last one is its `Completion`, always."""


@runtime_checkable
class ChatModel(Protocol):
    """A language model behind one small door.

    Everything that goes wrong with the service is raised as `ChatModelError`, whose text holds none of the server's.
    """

    @property
    def name(self) -> str:
        """`PROVIDER:NAME`, for records and the screen."""
        ...

    @property
    def place(self) -> str:
        """Where the text goes: host of the endpoint, or the provider's name. Empty when it stays in this process."""
        ...

    def stream(self, request: Request) -> AsyncIterator[Piece]:
        """The answer in parts, then its `Completion`.

        Raises:
            ChatModelError: the service failed, or its answer ended without saying that it was finished.
        """
        ...

    async def complete(self, request: Request) -> Completion:
        """The whole answer at once.

        Raises:
            ChatModelError: as `stream`.
        """
        ...


def is_this_machine(place: str) -> bool:
    """Whether a host, with or without a port, is this machine; a name that merely begins like one is another's. Pure."""
    try:
        host = urlsplit(f"//{place}").hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
