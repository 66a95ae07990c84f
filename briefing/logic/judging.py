"""A second opinion on claims that passed: who is asked about, and what it changes.

It can only lower a verdict. What it says is kept apart from the evidence check, so that
a published brief holds against its stored texts without asking anybody again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from briefing.domain.brief import Brief, Held, Shape
from briefing.domain.claim import Citation, Claim, ClaimKind, Status, Verdict
from briefing.domain.document import Document
from briefing.domain.source import Problem
from briefing.logic.rules.page import DISAGREEMENTS, HEADLINE, PROSE, TERMS
from briefing.logic.text import normalise, sentences

RULE = "J1"
# Ours by arithmetic or by name; no source says them, so none can be asked.
_NOT_ASKED = frozenset({ClaimKind.DERIVED, ClaimKind.INFERENCE})
_SAYS = {
    Status.REFUTED: "A second reader found that its source says otherwise",
    Status.NOT_ENOUGH_INFO: "A second reader did not find it in its source",
}

Key = tuple[str, tuple[Citation, ...]]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the judge said of one claim.

    Attributes:
        status: supported, refuted, or not enough information.
        reason: its own words, one line; "" if it gave none.
    """

    status: Status
    reason: str


Opinions = Mapping[Key, Opinion]


def key_of(claim: Claim) -> Key:
    """What an opinion is about: these words on this evidence."""
    return claim.text, claim.citations


def asked_about(brief: Brief) -> tuple[Claim, ...]:
    """Claims that a second reader could find wrong, in reading order, each once.

    Left out is what we computed, what only names two sides, rows of figures, and what
    is a whole sentence of its evidence, word for word.
    """
    texts = {one.id: one for one in brief.story.documents}
    found: dict[Key, Claim] = {}
    for section, shape, claim in _claims(brief):
        if shape not in PROSE or section == DISAGREEMENTS:
            continue
        if claim.kind in _NOT_ASKED or claim.derivation or not claim.citations:
            continue
        if not _is_verbatim(claim, texts):
            found.setdefault(key_of(claim), claim)
    return tuple(found.values())


def _claims(brief: Brief) -> list[tuple[str, Shape, Claim]]:
    body = [
        (section.name, section.shape, claim)
        for section in brief.sections
        for item in section.items
        for claim in item.claims
    ]
    terms = [(TERMS, Shape.BULLETS, one.claim) for one in brief.glosses]
    return [(HEADLINE, Shape.PROSE, brief.headline), *body, *terms]


def _is_verbatim(claim: Claim, texts: Mapping[str, Document]) -> bool:
    """Only a whole sentence counts: one cut short may have lost its "unless"."""
    said = normalise(claim.text)
    return any(
        said == normalise(words[one.start : one.end])
        for _, words in spans(claim, texts)
        for one in sentences(words)
    )


def spans(
    claim: Claim, texts: Mapping[str, Document]
) -> tuple[tuple[Document, str], ...]:
    """The cited words of a claim with the document of each, in the order cited."""
    return tuple(
        (texts[one.document_id], texts[one.document_id].text[one.start : one.end])
        for one in claim.citations
        if one.document_id in texts
    )


def lowered(verdict: Verdict, opinion: Opinion | None) -> Verdict:
    """The verdict, or a worse one where a supported claim was refused."""
    if verdict.status is not Status.SUPPORTED or opinion is None:
        return verdict
    if opinion.status is Status.SUPPORTED:
        return verdict
    says = _SAYS[opinion.status]
    reason = f"{says}: {opinion.reason}" if opinion.reason else f"{says}."
    return replace(verdict, status=opinion.status, rule=RULE, reason=reason)


def disagreements(outcomes: Mapping[str, Brief | Held]) -> tuple[Problem, ...]:
    """One line a story of which a claim was refused, for the run's report."""
    found = []
    for story_id, outcome in outcomes.items():
        refused = [one for one in outcome.violations if one.rule == RULE and one.text]
        if refused:
            found.append(
                Problem(
                    stage="check",
                    subject=story_id,
                    reason="judged",
                    message=f"the judge refused {len(refused)}, among them "
                    f"“{refused[0].text}” ({refused[0].message})",
                    is_failure=False,
                )
            )
    return tuple(found)
