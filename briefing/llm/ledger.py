"""A model whose answers are kept: the same question is never paid for twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Protocol

from briefing.errors import ModelError
from briefing.ports import AnswerClaim, Llm, ModelAnswer, ModelRequest

# How often another process's answer is looked for, and how long at most.
_LOOK_EVERY_S = 1.0
_LOOKS = 600


class AnswerLedger(Protocol):
    """The part of the store that this needs."""

    def claim_answer(
        self, request_hash: str, *, now: datetime
    ) -> ModelAnswer | AnswerClaim:
        """The kept answer; else whether the question is now ours to ask."""
        ...

    def save_answer(self, request_hash: str, answer: ModelAnswer) -> None:
        """Keeps what was paid for."""
        ...

    def release_answer(self, request_hash: str) -> None:
        """Takes the mark away after a failure."""
        ...


class LedgerLlm:
    """Implements ports.Llm around another one; the key is the hash of everything that
    makes the answer: model and whole request.
    """

    def __init__(
        self,
        model: Llm,
        ledger: AnswerLedger,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
    ) -> None:
        self._model = model
        self._ledger = ledger
        self._clock = clock
        self._sleep = sleep

    @property
    def name(self) -> str:
        """The model's name, as configured."""
        return self._model.name

    def complete(self, request: ModelRequest) -> ModelAnswer:
        """The kept answer, or a new one that is kept. Raises ModelError."""
        request_hash = hash_of(self._model.name, request)
        for _ in range(_LOOKS):
            found = self._ledger.claim_answer(request_hash, now=self._clock())
            if isinstance(found, ModelAnswer):
                return replace(found, is_cached=True)
            if found is AnswerClaim.OURS:
                return self._ask(request_hash, request)
            self._sleep(_LOOK_EVERY_S)
        raise ModelError(
            "another process asked the same question and has no answer yet",
            hint="Run again when it is done.",
        )

    def _ask(self, request_hash: str, request: ModelRequest) -> ModelAnswer:
        try:
            answer = self._model.complete(request)
        except BaseException:
            # Whatever went wrong, the next one may ask; nothing was paid for.
            self._ledger.release_answer(request_hash)
            raise
        self._ledger.save_answer(request_hash, answer)
        return answer


def hash_of(model: str, request: ModelRequest) -> str:
    """sha256 over the model's name and every field of the request."""
    whole = json.dumps({"model": model, **asdict(request)}, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()
