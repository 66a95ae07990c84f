"""What an answer adds to the provenance of a brief."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from briefing.domain.brief import Provenance
from briefing.ports import ModelAnswer


def paid(before: Provenance, said: ModelAnswer, prompt: tuple[str, str]) -> Provenance:
    """With the answer's tokens, cost and time, and its `prompt` (file, sha256)."""
    costs = [one for one in (before.cost_usd, said.cost_usd) if one is not None]
    return replace(
        before,
        prompt_hashes=tuple(dict.fromkeys((*before.prompt_hashes, prompt))),
        requests=before.requests + 1,
        cached_requests=before.cached_requests + int(said.is_cached),
        tokens_in=before.tokens_in + said.tokens_in,
        tokens_out=before.tokens_out + said.tokens_out,
        cost_usd=sum(costs, Decimal(0)) if costs else None,
        seconds=round(before.seconds + (0 if said.is_cached else said.seconds), 3),
    )
