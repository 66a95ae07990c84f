"""Any server that speaks OpenAI's chat completions, through the official client.

Config: [model] in briefing.toml; the key from the environment.
Raises: ModelError; `is_final` when asking again cannot help.
Source: https://platform.openai.com/docs/api-reference/chat (read 2026-11), and what
        llama.cpp, vLLM and Ollama answer to the same requests.
"""

from __future__ import annotations

import json
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from briefing.errors import ModelError
from briefing.ports import ModelAnswer, ModelRequest

if TYPE_CHECKING:
    from openai import APIStatusError
    from openai.types.chat import ChatCompletion

_MILLION = Decimal(1_000_000)
# The client waits between tries, as long as the server asks or 0.5 s doubled.
_TRIES_AFTER_THE_FIRST = 2


class OpenAiLlm:
    """Implements ports.Llm; retries 429, 5xx and lost connections, here and nowhere
    else. Thread-safe.
    """

    def __init__(
        self,
        *,
        base_url: str,
        name: str,
        api_key: str,
        timeout_s: float = 120.0,
        usd_per_million_in: Decimal | None = None,
        usd_per_million_out: Decimal | None = None,
        obeys_proxies: bool = True,
    ) -> None:
        """`obeys_proxies`: HTTP_PROXY and its kin count; they do not for a server that
        we started on this machine ourselves.
        """
        # Imported here: it takes half a second, and most commands ask no model.
        from openai import DefaultHttpxClient, OpenAI

        self._client = OpenAI(
            base_url=base_url,
            api_key=api_key,
            timeout=timeout_s,
            max_retries=_TRIES_AFTER_THE_FIRST,
            http_client=DefaultHttpxClient(trust_env=obeys_proxies),
        )
        self._base_url = base_url
        self._name = name
        self._prices = (usd_per_million_in, usd_per_million_out)
        # A server that refused a schema once is not asked for one again.
        self._takes_schema = True

    @property
    def name(self) -> str:
        """The model's name, as configured."""
        return self._name

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def complete(self, request: ModelRequest) -> ModelAnswer:
        """The answer to one question. Raises ModelError."""
        from openai import BadRequestError

        started = time.monotonic()
        has_schema = bool(request.schema) and self._takes_schema
        try:
            completion = self._ask(request, with_schema=has_schema)
        except BadRequestError as error:
            if not has_schema or _is_too_long(error):
                raise self._wrong(error, is_final=False) from error
            completion = self._ask_without_schema(request)
        return self._answer(completion, time.monotonic() - started)

    def _ask_without_schema(self, request: ModelRequest) -> ChatCompletion:
        """Only a server that answers now had refused the schema, not the question."""
        from openai import BadRequestError

        try:
            completion = self._ask(request, with_schema=False)
        except BadRequestError as error:
            raise self._wrong(error, is_final=False) from error
        self._takes_schema = False
        return completion

    def known_models(self, *, timeout_s: float) -> tuple[tuple[str, ...], str]:
        """Names that the server lists, and its Date header ("" without one); asked
        once. Raises ModelError.
        """
        from openai import APIConnectionError, APIError, APIStatusError

        once = self._client.with_options(timeout=timeout_s, max_retries=0)
        try:
            answer = once.models.with_raw_response.list()
            names = tuple(sorted(str(one.id) for one in answer.parse().data or ()))
        except APIStatusError as error:
            is_final = error.status_code in {401, 403}
            raise self._wrong(error, is_final=is_final) from error
        except APIConnectionError as error:
            raise ModelError(
                f"the model at {self._base_url} did not answer: {error}",
                hint="See whether the server runs, and check [model] base_url.",
                is_final=True,
            ) from error
        except (APIError, ValueError, AttributeError, TypeError) as error:
            # A server may list its models in another form, or not at all.
            raise ModelError(
                f"the model at {self._base_url} lists no models",
                hint="Check that base_url ends where the API begins, often in /v1.",
            ) from error
        return names, str(answer.headers.get("date", ""))

    def _ask(self, request: ModelRequest, *, with_schema: bool) -> ChatCompletion:
        from openai import (
            APIConnectionError,
            APIError,
            APIStatusError,
            AuthenticationError,
            BadRequestError,
            NotFoundError,
            PermissionDeniedError,
        )

        extra: dict[str, Any] = {}
        if with_schema:
            schema = {"name": "answer", "schema": json.loads(request.schema)}
            extra["response_format"] = {"type": "json_schema", "json_schema": schema}
        try:
            completion: ChatCompletion = self._client.chat.completions.create(
                model=self._name,
                messages=[
                    {"role": "system", "content": request.system},
                    {"role": "user", "content": request.user},
                ],
                temperature=request.temperature,
                max_tokens=request.max_tokens,
                **extra,
            )
        except BadRequestError:
            raise
        except (AuthenticationError, PermissionDeniedError, NotFoundError) as error:
            raise self._wrong(error, is_final=True) from error
        except APIStatusError as error:
            raise self._wrong(error, is_final=False) from error
        except APIConnectionError as error:
            raise ModelError(
                f"the model at {self._base_url} did not answer: {error}",
                hint="See whether the server runs, and raise [model] timeout_s.",
            ) from error
        except (APIError, ValueError) as error:
            # ValueError: a body that is not JSON although its header says so.
            raise ModelError(
                f"the model at {self._base_url} answered out of form: {error}",
                hint="Check that base_url ends where the API begins, often in /v1.",
            ) from error
        return completion

    def _wrong(self, error: Any, *, is_final: bool) -> ModelError:
        hints = {
            401: "Set BRIEFING_MODEL_API_KEY to a key this server knows.",
            403: "Use a key that may ask this model.",
            404: "Check [model] name and base_url.",
            429: "Wait, or lower [model] workers.",
        }
        status = error.status_code
        if status == 400 and _is_too_long(error):
            return ModelError(
                f"the question is too long for the model {self._name!r}",
                hint="Lower [model] context_tokens to what this model can hold.",
            )
        return ModelError(
            f"the model {self._name!r} refused: HTTP {status}",
            hint=hints.get(status, "Look into the model server's log."),
            is_final=is_final,
        )

    def _answer(self, completion: ChatCompletion, seconds: float) -> ModelAnswer:
        choices = getattr(completion, "choices", None)
        text = choices[0].message.content if choices else None
        if not text:
            raise ModelError(
                f"the model {self._name!r} gave an empty answer",
                hint="Raise [model] max_tokens or take another model.",
            )
        usage = completion.usage
        tokens_in = usage.prompt_tokens if usage else 0
        tokens_out = usage.completion_tokens if usage else 0
        return ModelAnswer(
            text=text,
            model=completion.model or self._name,
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            seconds=round(seconds, 3),
            cost_usd=self._cost(tokens_in, tokens_out),
        )

    def _cost(self, tokens_in: int, tokens_out: int) -> Decimal | None:
        price_in, price_out = self._prices
        if price_in is None or price_out is None:
            return None
        return (price_in * tokens_in + price_out * tokens_out) / _MILLION


def _is_too_long(error: APIStatusError) -> bool:
    """Whether a refusal is about length: llama.cpp's `exceed_context_size_error`,
    OpenAI's `context_length_exceeded`, vLLM's "maximum context length".
    """
    return "context" in str(error.body).lower()
