"""Every other provider, and any LangChain chat model object: the same port through `langchain`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, cast

from simpatient.errors import ConfigurationError
from simpatient.llm.failures import Failure, ServiceFailed, of_status, seconds_of
from simpatient.llm.port import Completion, Piece, Request

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CUT_SHORT = frozenset({"length", "max_tokens", "max_output_tokens"})
HELD_BACK = frozenset({"content_filter", "safety", "refusal", "blocked", "recitation"})


class ThroughLangChain:
    """A LangChain chat model behind our port. Answers in JSON are asked for in words: providers differ too much."""

    def __init__(self, model: BaseChatModel, *, name: str = "", place: str = "") -> None:
        """Wrap `model`; `name` and `place` as they shall stand in records and on the screen."""
        self.inner = model
        self._name, self._place = name, place

    @property
    def name(self) -> str:
        """`PROVIDER:NAME`."""
        if self._name:
            return self._name
        told = getattr(self.inner, "model_name", None) or getattr(self.inner, "model", None) or "custom"
        return f"{getattr(self.inner, '_llm_type', 'custom')}:{told}"

    @property
    def place(self) -> str:
        """Host of the endpoint where one was given, else the provider's name."""
        return self._place or self.name.partition(":")[0]

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        """The answer in parts; see `ChatModel.stream`."""
        whole: Any = None
        try:
            async for chunk in self.inner.astream(_messages(request)):
                whole = chunk if whole is None else whole + chunk
                text = _text_of(chunk)
                if text:
                    yield text
        except Exception as exc:  # noqa: BLE001  whatever a provider's client raises is a failure of the service
            raise failure_of(exc) from None
        yield _finished(whole)

    async def complete(self, request: Request) -> Completion:
        """The whole answer; see `ChatModel.complete`."""
        try:
            answer = await self.inner.ainvoke(_messages(request))
        except Exception as exc:  # noqa: BLE001
            raise failure_of(exc) from None
        return _finished(answer)


def through_langchain(provider: str, name: str, *, base_url: str, api_key: str, timeout: float) -> ThroughLangChain:
    """The model `name` of `provider`, as `langchain.chat_models.init_chat_model` finds it.

    Raises:
        ConfigurationError: the provider is unknown, its package is missing, or its settings are.
    """
    from langchain.chat_models import init_chat_model

    given: dict[str, Any] = {"base_url": base_url or None, "api_key": api_key or None}
    given = {key: value for key, value in given.items() if value is not None}
    patience: dict[str, Any] = {"timeout": timeout, "max_retries": 0}
    if provider == "ollama":
        patience = {"client_kwargs": {"timeout": timeout}}
    try:
        model = cast("Any", init_chat_model(name, model_provider=provider, **patience, **given))  # pyright: ignore[reportUnknownVariableType]
    except ImportError as exc:
        package = getattr(exc, "name", None) or f"langchain-{provider}"
        raise ConfigurationError(
            f"The chat model {provider}:{name} needs the package {str(package).replace('_', '-')}. Install it beside simpatient."
        ) from None
    except Exception:  # noqa: BLE001  a client's complaint may hold the key
        raise ConfigurationError(
            f"The chat model {provider}:{name} cannot be set up. Check the provider's name, and that its key is set "
            f"(SIMPATIENT_API_KEY, or the provider's own variable). Endpoints that speak OpenAI's protocol are openai:NAME "
            f"with SIMPATIENT_BASE_URL."
        ) from None
    return ThroughLangChain(model, name=f"{provider}:{name}", place=base_url.partition("://")[2].partition("/")[0])


def _messages(request: Request) -> list[tuple[str, str]]:
    roles = {"system": "system", "user": "human", "assistant": "ai"}
    return [(roles[m.role], m.text) for m in request.messages]


def _text_of(message: Any) -> str:
    """The words of a message, whose content may be a text or a list of blocks."""
    content = message.content
    if isinstance(content, str):
        return content
    return "".join(
        part if isinstance(part, str) else str(part.get("text", "")) for part in content
        if isinstance(part, str) or part.get("type") == "text"
    )  # fmt: skip


def _finished(message: Any) -> Completion:
    """The completion of an answer that came whole.

    Raises:
        ServiceFailed: there was none, or it was held back or cut at its limit.
    """
    if message is None:
        raise ServiceFailed(Failure.CUT)
    about = dict(message.response_metadata or {})
    finish = str(about.get("finish_reason") or about.get("stop_reason") or about.get("done_reason") or "").lower()
    if finish in CUT_SHORT:
        raise ServiceFailed(Failure.TOO_LONG)
    if finish in HELD_BACK:
        raise ServiceFailed(Failure.FILTERED)
    if not finish and about:
        raise ServiceFailed(Failure.CUT)
    usage: dict[str, Any] = dict(getattr(message, "usage_metadata", None) or {})
    return Completion(
        text=_text_of(message), model=str(about.get("model_name") or about.get("model") or ""), finish=finish or "stop",
        prompt_tokens=usage.get("input_tokens"), answer_tokens=usage.get("output_tokens"),
    )  # fmt: skip


def failure_of(exc: BaseException) -> ServiceFailed:
    """The failure that a provider's exception stands for, by the marks that all clients share."""
    if isinstance(exc, ServiceFailed):
        return exc
    response: Any = getattr(exc, "response", None)
    status = getattr(exc, "status_code", None) or getattr(response, "status_code", None)
    if isinstance(status, int) and status >= 400:
        headers: Any = getattr(response, "headers", None) or {}
        return of_status(status, str(getattr(exc, "code", "") or ""), seconds_of(headers.get("retry-after")))
    kind = type(exc).__name__
    if isinstance(exc, TimeoutError) or "Timeout" in kind:
        return ServiceFailed(Failure.SLOW)
    if kind in {"RemoteProtocolError", "ReadError", "IncompleteRead"}:
        return ServiceFailed(Failure.CUT)
    if isinstance(exc, OSError) or "Connect" in kind:
        return ServiceFailed(Failure.REFUSED)
    return ServiceFailed(Failure.MALFORMED)
