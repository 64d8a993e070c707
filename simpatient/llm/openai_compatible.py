"""Chat models that speak OpenAI's chat protocol: OpenAI itself, Ollama, vLLM, LM Studio, llama.cpp, gateways."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from simpatient.llm.failures import Failure, ServiceFailed, of_status, seconds_of
from simpatient.llm.port import Completion, Piece, Request

if TYPE_CHECKING:
    from openai import AsyncOpenAI

CONNECT_S = 5.0
"""Seconds a connection may take."""
KEYLESS = "none"
"""Sent as the key where a local server wants none; the client insists on one."""
OPTIONAL = ("stream_options", "response_format", "seed", "temperature", "max_tokens", "max_completion_tokens")
"""What a server may refuse and can do without."""
CHARACTERS = 16
"""Characters a token may have; a stream that goes on beyond is cut."""


class OpenAICompatible:
    """One model behind an OpenAI-compatible endpoint.

    Optional parameters that the server refuses are left out from then on.
    """

    def __init__(self, model: str, *, base_url: str = "", api_key: str = "", timeout: float = 60.0) -> None:
        """Keep what is needed; the client is made at the first call.

        Args:
            model: the model's name at the server.
            base_url: address that ends in /v1; empty means OpenAI's own.
            api_key: the key; empty means the variable OPENAI_API_KEY, or none for a base URL.
            timeout: seconds between two bytes of an answer.
        """
        self.model, self.base_url, self.timeout = model, base_url, timeout
        self._key = api_key
        self._client: AsyncOpenAI | None = None
        self._loop: object = None
        self._refused: set[str] = set()

    @property
    def name(self) -> str:
        """`openai:NAME`."""
        return f"openai:{self.model}"

    @property
    def place(self) -> str:
        """Host of the endpoint."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2] if self.base_url else "api.openai.com"

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        """The answer in parts; see `ChatModel.stream`."""
        told, text, finish, model, usage = 0, list[str](), "", "", None
        try:
            response: Any = await self._create(request, stream=True)
        except Exception as exc:  # noqa: BLE001  whatever a hostile server provokes is a failure of the service
            raise failure_of(exc) from None
        try:
            async for chunk in response:
                usage = getattr(chunk, "usage", None) or usage
                model = chunk.model if isinstance(chunk.model, str) else model
                for choice in chunk.choices or ():
                    content = getattr(choice.delta, "content", None)
                    if isinstance(content, str) and content:
                        text.append(content)
                        told += len(content)
                        yield content
                    finish = choice.finish_reason or finish
                if told > request.max_tokens * CHARACTERS:
                    raise ServiceFailed(Failure.TOO_LONG)
        except Exception as exc:  # noqa: BLE001
            raise failure_of(exc) from None
        finally:
            await response.close()
        yield _finished("".join(text), finish, model, usage)

    async def complete(self, request: Request) -> Completion:
        """The whole answer; see `ChatModel.complete`."""
        try:
            answer: Any = await self._create(request, stream=False)
            choice = answer.choices[0]
            content = choice.message.content
            if not isinstance(content, str):
                raise ServiceFailed(Failure.FILTERED if getattr(choice.message, "refusal", None) else Failure.MALFORMED)
            return _finished(content, choice.finish_reason or "", answer.model or "", answer.usage)
        except Exception as exc:  # noqa: BLE001
            raise failure_of(exc) from None

    async def _create(self, request: Request, *, stream: bool) -> Any:
        """The call, made again without each optional parameter that the server refuses."""
        import openai

        client = self._connected()
        while True:
            given = {key: value for key, value in self._arguments(request, stream=stream).items() if value is not None}
            try:
                return cast("Any", await client.chat.completions.create(**given))  # pyright: ignore[reportUnknownVariableType]
            except (openai.BadRequestError, openai.UnprocessableEntityError) as exc:
                refused = _parameter_refused(exc, tuple(key for key in OPTIONAL if key in given))
                if refused is None or refused == "response_format":
                    raise
                self._refused.add(refused)

    def _arguments(self, request: Request, *, stream: bool) -> dict[str, Any]:
        """What is sent, without what was refused before."""
        limit = "max_completion_tokens" if not self.base_url or "max_tokens" in self._refused else "max_tokens"
        told: dict[str, Any] = {
            "temperature": request.temperature,
            "seed": request.seed,
            limit: request.max_tokens,
            "stream_options": {"include_usage": True} if stream else None,
            "response_format": _response_format(request),
        }
        return {
            "model": self.model,
            "messages": [{"role": m.role, "content": m.text} for m in request.messages],
            "stream": stream,
            **{key: value for key, value in told.items() if key not in self._refused},
        }

    def _connected(self) -> AsyncOpenAI:
        """The client of the running event loop: connections do not outlive theirs."""
        import openai

        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            key = self._key or (KEYLESS if self.base_url else None)
            patience = openai.Timeout(self.timeout, connect=min(CONNECT_S, self.timeout))
            try:
                self._client = openai.AsyncOpenAI(
                    api_key=key, base_url=self.base_url or None, max_retries=0, timeout=patience
                )
            except openai.OpenAIError:
                raise ServiceFailed(Failure.KEY) from None
            self._loop = loop
        return self._client


def _finished(text: str, finish: str, model: str, usage: Any) -> Completion:
    """The completion of an answer that says it is finished.

    Raises:
        ServiceFailed: it does not, or it was held back or cut at its limit.
    """
    if finish == "length":
        raise ServiceFailed(Failure.TOO_LONG)
    if finish == "content_filter":
        raise ServiceFailed(Failure.FILTERED)
    if not finish:
        raise ServiceFailed(Failure.CUT)
    return Completion(
        text=text, model=model, finish=finish,
        prompt_tokens=_count(usage, "prompt_tokens"), answer_tokens=_count(usage, "completion_tokens"),
    )  # fmt: skip


def _count(usage: Any, field: str) -> int | None:
    count = getattr(usage, field, None)
    return count if isinstance(count, int) and count >= 0 else None


def _response_format(request: Request) -> dict[str, Any] | None:
    shape = request.shape
    if shape is None or shape.form == "prompt":
        return None
    if shape.form == "json_object":
        return {"type": "json_object"}
    return {"type": "json_schema", "json_schema": {"name": shape.name, "schema": shape.schema, "strict": True}}


def _parameter_refused(exc: Any, given: tuple[str, ...]) -> str | None:
    """The optional parameter that a server's complaint names, or the first that servers often do not know."""
    named = str(getattr(exc, "param", "") or "")
    said = f"{named} {exc}".lower()
    for key in given:
        if key in said or (key == "response_format" and ("json_schema" in said or "grammar" in said)):
            return key
    return "stream_options" if "stream_options" in given else None


def failure_of(exc: BaseException) -> ServiceFailed:
    """The failure that an exception of the client stands for; its own text is dropped."""
    import openai

    if isinstance(exc, ServiceFailed):
        return exc
    if isinstance(exc, openai.APIStatusError):
        after = seconds_of(exc.response.headers.get("retry-after"))
        return of_status(exc.status_code, str(exc.code or ""), after)
    kind = type(exc).__name__
    if isinstance(exc, (openai.APITimeoutError, TimeoutError)) or "Timeout" in kind:
        return ServiceFailed(Failure.SLOW)
    if kind in {"RemoteProtocolError", "ReadError", "IncompleteRead"}:
        return ServiceFailed(Failure.CUT)
    if isinstance(exc, (openai.APIConnectionError, OSError)):
        return ServiceFailed(Failure.REFUSED)
    if isinstance(exc, openai.APIResponseValidationError):
        return ServiceFailed(Failure.MALFORMED)
    if isinstance(exc, openai.APIError):
        return of_status(500, str(exc.code or ""))
    return ServiceFailed(Failure.MALFORMED)
