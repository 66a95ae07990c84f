"""What writing and rendering need: a model, a writer, the formats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from briefing.domain.brief import Draft
from briefing.domain.delivery import Rendition
from briefing.domain.edition import Edition
from briefing.domain.story import Story


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One question to a model; its whole content is hashed for the answer ledger.

    Attributes:
        system: instructions.
        user: the task, with fetched text between marks.
        schema: JSON schema of the wanted answer, as JSON text; "" for free text.
        max_tokens: of the answer.
        temperature: 0 for the steadiest answer.
    """

    system: str
    user: str
    schema: str = ""
    max_tokens: int = 2000
    temperature: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What the model said.

    Attributes:
        text: raw answer.
        model: as the server names itself.
        tokens_in: as counted by the server, 0 if it does not say.
        tokens_out: same.
        seconds: waited.
        cost_usd: None when no price is configured.
        is_cached: answered from the ledger, nothing was paid.
    """

    text: str
    model: str
    tokens_in: int
    tokens_out: int
    seconds: float
    cost_usd: Decimal | None = None
    is_cached: bool = False


class AnswerClaim(StrEnum):
    """Whose a question without an answer is; claimed before the call, so that two
    processes do not pay twice.
    """

    OURS = "ours"
    BUSY = "busy"


class Llm(Protocol):
    """A model behind an endpoint; raises ModelError and nothing else."""

    @property
    def name(self) -> str:
        """The model's name, as configured."""
        ...

    def complete(self, request: ModelRequest) -> ModelAnswer:
        """The answer; retried inside for 429 and 5xx, never for a bad key."""
        ...


class Renderer(Protocol):
    """An edition in one format; changes no word."""

    def __call__(self, edition: Edition) -> tuple[Rendition, ...]:
        """Files relative to the edition's folder, in a fixed order."""
        ...


class Writer(Protocol):
    """Writes a story up; the one without a model and the one with it are alike."""

    def __call__(self, story: Story, edition_date: date) -> Draft:
        """Unchecked words with citations."""
        ...
