"""Chat models that speak OpenAI's chat protocol: OpenAI itself, Ollama, vLLM, LM Studio, llama.cpp, gateways."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from simpatient.llm.echoes import KeyWatch, finish_reason, model_name
from simpatient.llm.failures import Failure, ServiceFailed, of_status, seconds_of
from simpatient.llm.port import CHARACTERS, Completion, Json, Piece, Request, is_this_machine
from simpatient.llm.thoughts import Sieve, spoken

if TYPE_CHECKING:
    from openai import AsyncOpenAI

OPENAI = "https://api.openai.com/v1"
"""Where calls go without a base URL, whatever OPENAI_BASE_URL says: where text goes is told from our own settings."""
CONNECT_S = 5.0
"""Seconds a connection may take."""
KEYLESS = "none"
"""Sent as the key where a local server wants none; the client insists on one."""
OPTIONAL = ("stream_options", "seed", "temperature", "max_tokens", "max_completion_tokens")
"""What a server may refuse and can do without."""
MOST_TOKENS = 10**9
"""Tokens that a server may claim; more is no count."""
LONGEST_COMPLAINT = 4000
"""Characters of a server's complaint that are looked at."""
_refused: dict[tuple[str, str], set[str]] = {}
"""What each address and model refused, for the life of the process."""


class OpenAICompatible:
    """One model behind an OpenAI-compatible endpoint.

    Optional parameters that the server refuses by name are left out from then on.
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
        self._http: Any = None
        self._loop: object = None
        self._refused = _refused.setdefault((base_url, model), set())

    @property
    def name(self) -> str:
        """`openai:NAME`."""
        return f"openai:{self.model}"

    @property
    def place(self) -> str:
        """Host of the endpoint."""
        return urlsplit(self.base_url or OPENAI).netloc.rpartition("@")[2]

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        """The answer in parts; see `ChatModel.stream`.

        Raises:
            ServiceFailed: the service failed, or its answer ended without saying that it was finished.
        """
        text, sieve, most = list[str](), Sieve(), request.max_tokens * CHARACTERS
        told, finish, model, usage, refusal, response, chunk = 0, "", "", None, False, None, None
        try:
            response = await self._create(request, stream=True)
            watch = self._watch()
            async for chunk in response:
                usage = getattr(chunk, "usage", None) or usage
                model = model or getattr(chunk, "model", "")
                for choice in getattr(chunk, "choices", None) or ():
                    delta = getattr(choice, "delta", None)
                    content = getattr(delta, "content", None)
                    if isinstance(content, str) and content:
                        told += len(watch.read(content))
                        said = content if sieve.clear else sieve.feed(content)
                        if said:
                            text.append(said)
                            yield said
                    refusal = refusal or bool(getattr(delta, "refusal", None))
                    finish = getattr(choice, "finish_reason", None) or finish
                if told > most:
                    raise ServiceFailed(Failure.TOO_LONG)
            if rest := sieve.rest():
                text.append(rest)
                yield rest
            if chunk is None and "event-stream" not in response.response.headers.get("content-type", ""):
                raise ServiceFailed(Failure.MALFORMED)
            end = _finished("".join(text), finish, model, usage, refusal=refusal)
        except Exception as exc:  # noqa: BLE001  whatever a hostile server provokes is a failure of the service
            end = failure_of(exc, underway=response is not None)
        finally:
            if response is not None:
                with suppress(Exception):
                    await response.close()
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
            answer = json.loads(await self._create(request, stream=False))
            choice = answer["choices"][0]
            content, refusal = choice["message"].get("content"), bool(choice["message"].get("refusal"))
            if content is not None and not isinstance(content, str):
                raise ServiceFailed(Failure.MALFORMED)
            if content and len(content) > request.max_tokens * CHARACTERS:
                raise ServiceFailed(Failure.TOO_LONG)
            usage, finish = answer.get("usage"), choice.get("finish_reason")
            return _finished(
                spoken(self._watch().read(content or "")), finish, answer.get("model"), usage, refusal=refusal
            )
        except Exception as exc:  # noqa: BLE001
            failed = failure_of(exc)
        raise failed

    async def _create(self, request: Request, *, stream: bool) -> Any:
        """The call, made again without each optional parameter that the server names as refused."""
        import openai

        client = self._connected()
        while True:
            given = {key: value for key, value in self._arguments(request, stream=stream).items() if value is not None}
            try:
                if not stream:
                    return await _posted(client, self._http, given)
                return cast("Any", await client.chat.completions.create(**given))  # pyright: ignore[reportUnknownVariableType]
            except (openai.BadRequestError, openai.UnprocessableEntityError) as exc:
                refused = None if failure_of(exc).failure is not Failure.REJECTED else _named(exc, given)
                if refused is None:
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
        }
        grammar = request.shape is not None and request.shape.form == "json_schema"
        return {
            "model": self.model,
            "messages": [{"role": m.role, "content": m.text} for m in (request.messages if grammar else request.spelt)],
            "stream": stream,
            "response_format": _response_format(request, lengths=bool(self.base_url)),
            **{key: value for key, value in told.items() if key not in self._refused},
        }

    def _watch(self) -> KeyWatch:
        """Looks for the key that the client was made with, ours or that of the environment."""
        return KeyWatch(self._client.api_key if self._client is not None else self._key)

    def _connected(self) -> AsyncOpenAI:
        """The client of the running event loop: connections do not outlive theirs."""
        import openai

        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            key = self._key or (KEYLESS if self.base_url else None)
            patience = openai.Timeout(self.timeout, connect=min(CONNECT_S, self.timeout))
            http = openai.DefaultAsyncHttpxClient(follow_redirects=False, trust_env=not is_this_machine(self.place))
            try:
                self._client = openai.AsyncOpenAI(
                    api_key=key,
                    base_url=self.base_url or OPENAI,
                    max_retries=0,
                    timeout=patience,
                    # One of our own: the client's closes itself when it is forgotten, on whatever loop runs then.
                    # Words go where the operator was told, and nowhere else: no redirects, and no proxy on one's own machine.
                    http_client=http,
                )
            except openai.OpenAIError:
                raise ServiceFailed(Failure.KEY) from None
            self._loop, self._http = loop, http
        return self._client


async def _posted(client: AsyncOpenAI, http: Any, given: Mapping[str, Any]) -> str:
    """The answer to one call as text: the client's own writing and reading of calls costs more than the call itself.

    Raises:
        openai.APIError: as the client would.
    """
    import openai

    headers = {name: value for name, value in client.default_headers.items() if isinstance(value, str)}
    headers["Authorization"] = f"Bearer {client.api_key}"
    url = f"{str(client.base_url).rstrip('/')}/chat/completions"
    body = json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    request = http.build_request("POST", url, content=body, headers=headers, timeout=client.timeout)
    try:
        response = await http.send(request)
    except Exception as exc:
        if "Timeout" in type(exc).__name__:
            raise openai.APITimeoutError(request=request) from exc
        raise openai.APIConnectionError(request=request) from exc
    if response.status_code < 300:
        return response.text
    kinds = {400: openai.BadRequestError, 422: openai.UnprocessableEntityError}
    kind = kinds.get(response.status_code, openai.APIStatusError)
    complaint = _complaint(response.text)
    raise kind(f"{response.status_code}: {complaint}"[:LONGEST_COMPLAINT], response=response, body=complaint)


def _complaint(text: str) -> object:
    """What a server says is wrong, as its protocol has it, else its text."""
    try:
        told = whole = cast("object", json.loads(text))
    except ValueError:
        return text
    return cast("dict[str, object]", told).get("error", whole) if isinstance(told, dict) else whole


def _finished(text: str, finish: Any, model: Any, usage: Any, *, refusal: bool) -> Completion:
    """The completion of an answer that says it is finished, and says something.

    Raises:
        ServiceFailed: it does not, or it was held back or cut at its limit.
    """
    if finish == "length":
        raise ServiceFailed(Failure.TOO_LONG)
    if finish == "content_filter" or refusal:
        raise ServiceFailed(Failure.FILTERED)
    if not isinstance(finish, str) or not finish:
        raise ServiceFailed(Failure.CUT)
    if not text.strip():
        raise ServiceFailed(Failure.EMPTY)
    return Completion(
        text=text, model=model_name(model), finish=finish_reason(finish),
        prompt_tokens=_count(usage, "prompt_tokens"), answer_tokens=_count(usage, "completion_tokens"),
    )  # fmt: skip


def _count(usage: Any, field: str) -> int | None:
    found = cast("Mapping[str, object]", usage) if isinstance(usage, Mapping) else None
    count: object = found.get(field) if found is not None else getattr(cast("object", usage), field, None)
    return count if isinstance(count, int) and 0 <= count <= MOST_TOKENS else None


def _response_format(request: Request, *, lengths: bool) -> dict[str, Any] | None:
    """How the answer's shape is asked for; OpenAI's own grammar knows no lengths of texts, so there they are left out."""
    shape = request.shape
    if shape is None or shape.form == "prompt":
        return None
    if shape.form == "json_object":
        return {"type": "json_object"}
    schema = shape.schema if lengths else _without_lengths(shape.schema)
    return {"type": "json_schema", "json_schema": {"name": shape.name, "schema": schema, "strict": True}}


def _without_lengths(node: Json) -> Json:
    if isinstance(node, list):
        return [_without_lengths(item) for item in node]
    if not isinstance(node, Mapping):
        return node
    dropped = ("minLength", "maxLength")
    return {
        key: _without_lengths(value) for key, value in node.items() if key not in dropped or isinstance(value, Mapping)
    }


def _named(exc: Any, given: Mapping[str, Any]) -> str | None:
    """The optional parameter that a server's complaint names, in its own field or else in its text."""
    optional = [key for key in OPTIONAL if key in given]
    if exc.param in optional:
        return str(exc.param)
    return next((key for key in optional if re.search(rf"\b{key}\b", str(exc))), None)


def failure_of(exc: BaseException, *, underway: bool = False) -> ServiceFailed:
    """The failure that an exception of the client stands for; its own text is dropped.

    Args:
        exc: what the client raised.
        underway: whether the answer had begun.
    """
    import openai

    if isinstance(exc, ServiceFailed):
        return exc
    if isinstance(exc, openai.APIStatusError):
        after = seconds_of(exc.response.headers.get("retry-after"))
        return of_status(exc.status_code, (exc.code, exc.type), after, said=str(exc))
    cause = type(exc.__cause__).__name__
    if cause in {"ConnectError", "ConnectTimeout", "UnsupportedProtocol", "InvalidURL"}:
        return ServiceFailed(Failure.REFUSED)
    if isinstance(exc, (openai.APITimeoutError, TimeoutError)) or "Timeout" in type(exc).__name__:
        return ServiceFailed(Failure.SLOW)
    if isinstance(exc, (openai.APIConnectionError, OSError)):
        return ServiceFailed(Failure.CUT)
    if isinstance(exc, openai.APIResponseValidationError):
        return ServiceFailed(Failure.MALFORMED)
    if isinstance(exc, openai.APIError):
        return of_status(500, (exc.code, exc.type))
    # A part of a stream that is no JSON has lost something on its way; a whole answer that is none never was any.
    return ServiceFailed(Failure.CUT if underway and isinstance(exc, ValueError) else Failure.MALFORMED)
