"""A story written by a scripted server, the real client and the real checker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from briefing import app
from briefing.domain.audience import Profile
from briefing.domain.brief import Brief, Draft, Held
from briefing.domain.story import Story
from briefing.llm.openai import OpenAiLlm
from briefing.pipeline.check import check
from briefing.pipeline.model_writer import ModelWriter
from briefing.pipeline.write import write
from briefing.ports import Llm
from briefing.writers import model_writer as prompted
from tests.builders import NOW
from tests.model_server import ModelServer, Script
from tests.pipeline.scripted import plant

SPECS = app.specs()


@dataclass(frozen=True)
class Written:
    """A draft, what was asked for it, and what the checker made of it."""

    draft: Draft
    requests: list[dict[str, Any]]

    @property
    def outcome(self) -> Brief | Held:
        return check(self.draft, specs=SPECS, filler=app.filler())

    @property
    def brief(self) -> Brief:
        outcome = self.outcome
        assert isinstance(outcome, Brief), outcome.reason
        return outcome


def model_writer(llm: Llm, context_tokens: int = 16_000) -> ModelWriter:
    return prompted(llm, context_tokens, 2_000)


def written(
    script: Script,
    about: Story | None = None,
    *,
    timeout_s: float = 5.0,
    context_tokens: int = 16_000,
) -> Written:
    with ModelServer(script) as server:
        llm = OpenAiLlm(
            base_url=server.base_url,
            name="small",
            api_key="k",
            timeout_s=timeout_s,
            usd_per_million_in=Decimal("0.10"),
            usd_per_million_out=Decimal("0.40"),
        )
        try:
            draft = write(
                about or plant(),
                NOW.date(),
                SPECS,
                Profile(),
                model=model_writer(llm, context_tokens),
            )
        finally:
            llm.close()
        return Written(draft, server.requests)


def plain(about: Story | None = None) -> Draft:
    return write(about or plant(), NOW.date(), SPECS, Profile())


def without_provenance(draft: Draft) -> Draft:
    return replace(draft, provenance=plain().provenance)
