"""From a setting to a chat model."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from simpatient.errors import ConfigurationError
from simpatient.llm.openai_compatible import OpenAICompatible
from simpatient.llm.patience import Patience
from simpatient.llm.port import ChatModel

EMBEDDED = "embedded"
"""The setting that names no chat model."""


def connect(
    spec: str, *, base_url: str = "", api_key: str = "", timeout: float = 60.0, first_wait: float = 0.5
) -> ChatModel | None:
    """The chat model that `spec` names, asked with patience; None for the embedded voice.

    Args:
        spec: `embedded`, `openai:NAME`, or `PROVIDER:NAME` as LangChain knows it.
        base_url: address of an endpoint; for `openai:` one that speaks OpenAI's protocol.
        api_key: the key; empty means the provider's own variable.
        timeout: seconds one answer may take.
        first_wait: seconds before a failed call is made again, and up to half as much more.

    Raises:
        ConfigurationError: `spec` names nothing that can be used.
    """
    spec = spec.strip()
    if spec in ("", EMBEDDED):
        return None
    provider, _, name = spec.partition(":")
    provider, base_url, api_key = provider.lower(), base_url.strip(), api_key.strip()
    if not provider or not name:
        raise ConfigurationError(
            "A chat model has to be named `embedded`, `openai:NAME` or `PROVIDER:NAME`, for example openai:gpt-5-mini."
        )
    if base_url and not _is_address(base_url):
        raise ConfigurationError(
            "SIMPATIENT_BASE_URL has to be an address such as http://127.0.0.1:11434/v1, with http:// or https:// before it."
        )
    if not (api_key.isascii() and api_key.isprintable()):
        raise ConfigurationError(
            "SIMPATIENT_API_KEY holds characters that no key has. Copy it anew, without line breaks."
        )
    if provider == "openai":
        inner: ChatModel = OpenAICompatible(name, base_url=base_url, api_key=api_key, timeout=timeout)
    else:
        from simpatient.llm.through_langchain import through_langchain

        inner = through_langchain(provider, name, base_url=base_url, api_key=api_key, timeout=timeout)
    return Patience(inner, deadline=timeout, first_wait=first_wait)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def as_chat_model(model: Any) -> ChatModel:
    """`model` behind our port: a `ChatModel` as it is, a LangChain chat model wrapped.

    Raises:
        ConfigurationError: it is neither.
    """
    if isinstance(model, ChatModel):
        return model
    if hasattr(model, "astream") and hasattr(model, "ainvoke"):
        from simpatient.llm.through_langchain import ThroughLangChain

        return Patience(ThroughLangChain(model))
    raise ConfigurationError(
        f"A chat model is a ChatModel of simpatient.llm or a LangChain chat model, not {type(model).__name__}."
    )
