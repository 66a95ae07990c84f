"""A model with a hard budget a run: the most it could cost is counted beforehand."""

from __future__ import annotations

import threading
from decimal import Decimal

from briefing.errors import ModelError
from briefing.ports import Llm, ModelAnswer, ModelRequest

# Chosen: fewer characters a token than English prose has (about four), so that a
# question is not counted too low.
_CHARS_PER_TOKEN = 3
_MILLION = Decimal(1_000_000)


class BudgetLlm:
    """Implements ports.Llm around another one. Thread-safe: what is being asked counts
    in full until its answer says what it was.
    """

    def __init__(
        self,
        model: Llm,
        *,
        max_tokens: int | None = None,
        max_usd: Decimal | None = None,
        usd_per_million_in: Decimal | None = None,
        usd_per_million_out: Decimal | None = None,
    ) -> None:
        """`max_tokens` (in and out) and `max_usd` hold for the life of this object;
        None means no limit. Money is limited only where both prices are known.
        """
        self._model = model
        self._max_tokens = max_tokens
        self._max_usd = max_usd
        self._price_in = usd_per_million_in or Decimal(0)
        self._price_out = usd_per_million_out or Decimal(0)
        self._lock = threading.Lock()
        self._tokens = 0
        self._usd = Decimal(0)

    @property
    def name(self) -> str:
        """The model's name, as configured."""
        return self._model.name

    def complete(self, request: ModelRequest) -> ModelAnswer:
        """The answer. Raises ModelError without asking when the most that it could
        need is more than what is left.
        """
        size = len(request.system) + len(request.user) + len(request.schema)
        most_in, most_out = size // _CHARS_PER_TOKEN + 1, request.max_tokens
        self._reserve(most_in, most_out)
        try:
            answer = self._model.complete(request)
        except BaseException:
            self._settle(most_in, most_out, 0, 0)
            raise
        self._settle(most_in, most_out, answer.tokens_in, answer.tokens_out)
        return answer

    def _reserve(self, tokens_in: int, tokens_out: int) -> None:
        usd = self._price(tokens_in, tokens_out)
        with self._lock:
            tokens = self._tokens + tokens_in + tokens_out
            if self._max_tokens is not None and tokens > self._max_tokens:
                raise _used_up(f"{self._max_tokens:,} tokens", "max_tokens_a_run")
            if self._max_usd is not None and self._usd + usd > self._max_usd:
                raise _used_up(f"{self._max_usd} US dollars", "max_usd_a_run")
            self._tokens = tokens
            self._usd += usd

    def _settle(self, most_in: int, most_out: int, was_in: int, was_out: int) -> None:
        with self._lock:
            self._tokens += was_in + was_out - most_in - most_out
            self._usd += self._price(was_in, was_out) - self._price(most_in, most_out)

    def _price(self, tokens_in: int, tokens_out: int) -> Decimal:
        return (self._price_in * tokens_in + self._price_out * tokens_out) / _MILLION


def _used_up(limit: str, key: str) -> ModelError:
    return ModelError(
        f"the run's budget of {limit} would be exceeded",
        hint=f"Raise [model] {key}, or write fewer briefs.",
    )
