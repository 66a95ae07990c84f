"""A Finding: what one rule family holds against a claim."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.domain.claim import Status


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why a claim does not stand.

    Attributes:
        status: REFUTED or NOT_ENOUGH_INFO.
        rule: id of the rule in BRIEF.md.
        reason: one sentence that a reader understands.
        passage: index of the passage that shows it; the first when none does.
    """

    status: Status
    rule: str
    reason: str
    passage: int = 0


def refuted(rule: str, reason: str, passage: int = 0) -> Finding:
    """The evidence says otherwise."""
    return Finding(Status.REFUTED, rule, reason, passage)


def unproven(rule: str, reason: str, passage: int = 0) -> Finding:
    """The evidence does not say it."""
    return Finding(Status.NOT_ENOUGH_INFO, rule, reason, passage)
