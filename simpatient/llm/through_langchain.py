"""Every other provider, and any LangChain chat model object: the same port through `langchain`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from pydantic import SecretStr

from simpatient.errors import ConfigurationError
from simpatient.llm.echoes import KeyWatch, finish_reason, model_name
from simpatient.llm.failures import Failure, ServiceFailed, of_status, seconds_of
from simpatient.llm.port import CHARACTERS, Completion, Piece, Request
from simpatient.llm.thoughts import Sieve, spoken

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CUT_SHORT = frozenset({"length", "max_tokens", "max_output_tokens", "model_length"})
HELD_BACK = frozenset(
    {"content_filter", "content_filtered", "safety", "refusal", "blocked", "recitation", "guardrail_intervened"}
)
ENDINGS = ("finish_reason", "stop_reason", "done_reason", "stopReason")
"""Where providers say why an answer ended."""
TELLING = ("langchain_openai", "langchain_anthropic", "langchain_ollama")
"""Packages whose models always say so: an answer of theirs without it broke off."""
OLLAMA = "http://127.0.0.1:11434"
"""Where Ollama is without a base URL, whatever OLLAMA_HOST says: where text goes is told from our own settings."""
CLIENTS = ("root_async_client", "_async_client")
"""Where models keep the client that asks."""
ADDRESSES = ("azure_endpoint", "openai_api_base", "anthropic_api_url", "base_url")
"""Where models keep the address of their endpoint."""


class ThroughLangChain:
    """A LangChain chat model behind our port.

    Answers in JSON are asked for in words: providers differ too much. Temperature and length are the object's own;
    an answer much longer than the request allows is cut.
    """

    def __init__(self, model: BaseChatModel, *, name: str = "", place: str = "") -> None:
        """Wrap `model`; `name` and `place` as they shall stand in records and on the screen."""
        self.inner, self._key = model, _key_of(model)
        self._name, self._place = name, place
        innermost = getattr(model, "bound", model)
        self._tells_its_end = type(innermost).__module__.startswith(TELLING)

    @property
    def name(self) -> str:
        """`PROVIDER:NAME`."""
        if self._name:
            return self._name
        model = getattr(self.inner, "bound", self.inner)
        told = getattr(model, "model_name", None) or getattr(model, "model", None) or "custom"
        return f"{getattr(model, '_llm_type', 'custom')}:{told}"

    @property
    def place(self) -> str:
        """Host of the endpoint where one was given, else the provider's name."""
        return self._place or _place_of(self.inner) or self.name.partition(":")[0]

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        """The answer in parts; see `ChatModel.stream`.

        Raises:
            ServiceFailed: the service failed, or its answer ended without saying that it was finished.
        """
        text, sieve, about, usage = list[str](), Sieve(), dict[str, Any](), _Usage()
        told, begun, watch = 0, False, KeyWatch(self._key)
        try:
            async for chunk in self.inner.astream(_messages(request)):
                begun = True
                about.update({key: value for key, value in (chunk.response_metadata or {}).items() if value})
                usage.add(chunk)
                content = watch.read(_text_of(chunk))
                told += len(content)
                said = content if sieve.clear else sieve.feed(content)
                if said:
                    text.append(said)
                    yield said
                if told > request.max_tokens * CHARACTERS:
                    raise ServiceFailed(Failure.TOO_LONG)
            if rest := sieve.rest():
                text.append(rest)
                yield rest
            end = self._finished("".join(text), about, usage)
        except Exception as exc:  # noqa: BLE001  whatever a provider's client raises is a failure of the service
            end = failure_of(exc, underway=begun)
        # Raised here, not above: a failure carries neither the client's exception nor its text with it.
        if isinstance(end, ServiceFailed):
            raise end
        yield end

    async def complete(self, request: Request) -> Completion:
        """The whole answer; see `ChatModel.complete`.

        Raises:
            ServiceFailed: as `stream`.
        """
        try:
            answer = await self.inner.ainvoke(_messages(request))
            usage = _Usage()
            usage.add(answer)
            text = KeyWatch(self._key).read(_text_of(answer))
            if len(text) > request.max_tokens * CHARACTERS:
                raise ServiceFailed(Failure.TOO_LONG)
            return self._finished(spoken(text), dict(answer.response_metadata or {}), usage)
        except Exception as exc:  # noqa: BLE001
            failed = failure_of(exc)
        raise failed

    def _finished(self, text: str, about: Mapping[str, Any], usage: _Usage) -> Completion:
        """The completion of an answer that came whole.

        Raises:
            ServiceFailed: it did not, or it was empty, held back or cut at its limit.
        """
        finish = next((str(about[key]).lower() for key in ENDINGS if about.get(key)), "")
        self._tells_its_end = self._tells_its_end or bool(finish)
        if finish in CUT_SHORT:
            raise ServiceFailed(Failure.TOO_LONG)
        if finish in HELD_BACK:
            raise ServiceFailed(Failure.FILTERED)
        if not finish and self._tells_its_end:
            raise ServiceFailed(Failure.CUT)
        if not text.strip():
            raise ServiceFailed(Failure.EMPTY)
        return Completion(
            text=text, model=model_name(about.get("model_name") or about.get("model")), finish=finish_reason(finish or "stop"),
            prompt_tokens=usage.prompt, answer_tokens=usage.answer,
        )  # fmt: skip


class _Usage:
    """Tokens as far as they were told; some providers tell them in parts."""

    def __init__(self) -> None:
        self.prompt: int | None = None
        self.answer: int | None = None

    def add(self, message: Any) -> None:
        """Count what one message tells."""
        told = getattr(message, "usage_metadata", None)
        if told:
            self.prompt = (self.prompt or 0) + int(told.get("input_tokens", 0))
            self.answer = (self.answer or 0) + int(told.get("output_tokens", 0))


def through_langchain(provider: str, name: str, *, base_url: str, api_key: str, timeout: float) -> ThroughLangChain:
    """The model `name` of `provider`, as `langchain.chat_models.init_chat_model` finds it.

    Raises:
        ConfigurationError: the provider is unknown, its package is missing, or its settings are.
    """
    from langchain.chat_models import init_chat_model

    patience: dict[str, Any] = {"timeout": timeout, "max_retries": 0}
    if provider == "ollama":
        patience = {"client_kwargs": {"timeout": timeout}}
        base_url, api_key = base_url or OLLAMA, ""
    given: dict[str, Any] = {key: value for key, value in (("base_url", base_url), ("api_key", api_key)) if value}
    try:
        model = cast("Any", init_chat_model(name, model_provider=provider, **patience, **given))  # pyright: ignore[reportUnknownVariableType]
    except ImportError as exc:
        package = getattr(exc, "name", None) or f"langchain-{provider}"
        raise ConfigurationError(
            f"The chat model {provider}:{name} needs the package {str(package).replace('_', '-')}. "
            "Install it beside simpatient."
        ) from None
    except Exception:  # noqa: BLE001  a client's complaint may hold the key
        raise ConfigurationError(
            f"The chat model {provider}:{name} cannot be set up. Check the provider's name, and that its key is set "
            f"(SIMPATIENT_API_KEY, or the provider's own variable). Endpoints that speak OpenAI's protocol are "
            f"openai:NAME with SIMPATIENT_BASE_URL."
        ) from None
    _without_redirects(model)
    return ThroughLangChain(model, name=f"{provider}:{name}")


def _without_redirects(model: Any) -> None:
    """Let the client of `model` follow no redirect: words go where the operator was told, and nowhere else."""
    for holder in CLIENTS:
        transport: Any = getattr(getattr(model, holder, None), "_client", None)
        if hasattr(transport, "follow_redirects"):
            transport.follow_redirects = False


def _key_of(model: Any) -> str:
    """The key that a model keeps, so that it is never heard from its server; empty when it keeps none."""
    kept: dict[str, object] = getattr(getattr(model, "bound", model), "__dict__", {})
    return next((value.get_secret_value() for value in kept.values() if isinstance(value, SecretStr)), "")


def _place_of(model: Any) -> str:
    """Host of the address that a model keeps; empty when it keeps none."""
    inner = getattr(model, "bound", model)
    kept = [getattr(inner, name, None) for name in ADDRESSES]
    client = getattr(inner, "root_async_client", None)
    for address in map(str, [*kept, getattr(client, "base_url", None)]):
        if "://" in address:
            return urlsplit(address).netloc.rpartition("@")[2]
    return ""


def _messages(request: Request) -> list[tuple[str, str]]:
    roles = {"system": "system", "user": "human", "assistant": "ai"}
    return [(roles[m.role], m.text) for m in request.spelt]


def _text_of(message: Any) -> str:
    """The words of a message, whose content may be a text or a list of blocks."""
    content = message.content
    if isinstance(content, str):
        return content
    return "".join(
        part if isinstance(part, str) else str(part.get("text", "")) for part in content
        if isinstance(part, str) or part.get("type") == "text"
    )  # fmt: skip


def failure_of(exc: BaseException, *, underway: bool = False) -> ServiceFailed:
    """The failure that a provider's exception stands for, by the marks that all clients share.

    Args:
        exc: what the client raised.
        underway: whether the answer had begun.
    """
    if isinstance(exc, ServiceFailed):
        return exc
    response: Any = getattr(exc, "response", None)
    status = getattr(exc, "status_code", None) or getattr(response, "status_code", None)
    if isinstance(status, int) and status >= 300:
        headers: Any = getattr(response, "headers", None) or {}
        codes = (getattr(exc, "code", None), getattr(exc, "type", None))
        return of_status(status, codes, seconds_of(headers.get("retry-after")), said=str(exc))
    kinds = {type(link).__name__ for link in (exc, exc.__cause__) if link is not None}
    if kinds & {"ConnectError", "ConnectTimeout"}:
        return ServiceFailed(Failure.REFUSED)
    if isinstance(exc, TimeoutError) or any("Timeout" in kind for kind in kinds):
        return ServiceFailed(Failure.SLOW)
    if kinds & {"RemoteProtocolError", "ReadError", "IncompleteRead"}:
        return ServiceFailed(Failure.CUT)
    if isinstance(exc, OSError) or any("Connect" in kind for kind in kinds):
        return ServiceFailed(Failure.CUT if underway else Failure.REFUSED)
    if status is not None or any(kind in {"APIError", "ResponseError"} for kind in kinds):
        return ServiceFailed(Failure.DOWN)
    return ServiceFailed(Failure.CUT if underway and isinstance(exc, ValueError) else Failure.MALFORMED)
