"""`verify`: one claim against its cited spans or against whole documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from briefing.domain.claim import Citation, Claim, ClaimKind, Status, Verdict
from briefing.domain.document import Document
from briefing.logic.text import plain_marks
from briefing.logic.verification.bearers import check_bearers
from briefing.logic.verification.closeness import closeness
from briefing.logic.verification.dated import check_dates, explain_dates
from briefing.logic.verification.derived import check_derivation
from briefing.logic.verification.elsewhere import widen
from briefing.logic.verification.findings import Finding, unproven
from briefing.logic.verification.loose import check_loose
from briefing.logic.verification.modality import check_modality
from briefing.logic.verification.named import check_names
from briefing.logic.verification.numbers import check_numbers, explain_numbers
from briefing.logic.verification.polarity import check_polarity
from briefing.logic.verification.quotations import check_quotations
from briefing.logic.verification.reading import Passage, Reading, whole
from briefing.logic.verification.roles import check_roles
from briefing.logic.verification.search import (
    Evidence,
    EvidenceIndex,
    gather,
    place,
)
from briefing.logic.verification.speakers import check_speakers
from briefing.logic.verification.superlatives import check_superlatives
from briefing.logic.verification.support import check_support

Rule = Callable[[Passage, Evidence], Finding | None]

# The longest sentence of news has a fifth of this; every mention of a claim is compared
# with every one of the evidence, so a whole book as one sentence must not begin.
_MOST_TOKENS = 400
# What a refused claim keeps of its score. Measured: docs/evidence.md.
_REFUSED = 0.9
_FACTS: tuple[Rule, ...] = (
    check_quotations,
    check_numbers,
    check_dates,
    check_loose,
    check_speakers,
    check_roles,
    check_names,
    check_bearers,
    check_superlatives,
)
# In the order of their reasons' worth to a reader: the first finding is reported.
_RULES: tuple[Rule, ...] = (*_FACTS, check_polarity, check_modality, check_support)


def index(documents: Mapping[str, Document]) -> EvidenceIndex:
    """The documents analysed once, to verify many claims against them."""
    return EvidenceIndex(documents)


def verify(claim: Claim, documents: Mapping[str, Document] | EvidenceIndex) -> Verdict:
    """What the evidence says of one claim; never raises on any text.

    With citations the evidence is the cited spans (the sentences before them and the
    title only say who "he" is); a citation of an unknown document proves nothing.
    Without, the best windows of 1-3 sentences of all documents. `Verdict.evidence` has
    exact offsets, best first. An inference is held to its facts only.
    """
    held = _indexed(documents)
    text, evidence = _read(claim, held)
    if not evidence.passages:
        return _without_evidence(claim, evidence)
    finding = _finding(claim, text, evidence)
    if finding is not None:
        return _refused(finding, evidence)
    return _supported(claim, text, evidence)


def support_score(
    claim: Claim, documents: Mapping[str, Document] | EvidenceIndex
) -> float:
    """0..1: how well the evidence bears a claim out, to compare wordings of one fact.

    A whole sentence of the evidence scores 1, a claim without evidence 0; one that
    `verify` refuses loses a tenth of what its words earn. It ranks and never decides:
    what may be published is `verify`'s alone.
    """
    held = _indexed(documents)
    text, evidence = _read(claim, held)
    if not evidence.passages:
        return 0.0
    finding = _finding(claim, text, evidence)
    if claim.derivation is not None:
        return float(finding is None)
    if _is_verbatim(claim.text, evidence):
        return 1.0
    return closeness(text, evidence) * (1.0 if finding is None else _REFUSED)


def _indexed(documents: Mapping[str, Document] | EvidenceIndex) -> EvidenceIndex:
    return (
        documents if isinstance(documents, EvidenceIndex) else EvidenceIndex(documents)
    )


def _read(claim: Claim, held: EvidenceIndex) -> tuple[Passage, Evidence]:
    text = whole(Reading(claim.text, known=held.name_words))
    cited = claim.citations
    if claim.derivation is not None:
        cited = (*cited, *claim.derivation.citations)
    evidence = gather(text, cited, held)
    if evidence.is_cited or len(text.tokens) > _MOST_TOKENS or not evidence.passages:
        return text, evidence
    if _is_verbatim(claim.text, evidence):
        return text, evidence
    return text, widen(text, evidence)


def _finding(claim: Claim, text: Passage, evidence: Evidence) -> Finding | None:
    """What the first rule that fails has against the claim."""
    if claim.derivation is None and _is_verbatim(claim.text, evidence):
        return None
    if len(text.tokens) > _MOST_TOKENS:
        return unproven("C3", "The sentence is too long to check.")
    if claim.derivation is not None:
        inputs = set(claim.derivation.citations)
        others = [one for one in claim.citations if one not in inputs]
        found = check_derivation(text, claim.derivation, evidence.index, others)
        return found or check_names(text, evidence)
    rules = _FACTS if claim.kind is ClaimKind.INFERENCE else _RULES
    findings = (rule(text, evidence) for rule in rules)
    return next((one for one in findings if one is not None), None)


def _supported(claim: Claim, text: Passage, evidence: Evidence) -> Verdict:
    """A verdict that says of what was worked out how it comes out."""
    said = ["The cited text says so."]
    if claim.derivation is None and not _is_verbatim(claim.text, evidence):
        said.extend(explain_numbers(text, evidence))
        said.extend(explain_dates(text, evidence))
    return Verdict(Status.SUPPORTED, "", " ".join(said), evidence.citations)


def _refused(finding: Finding, evidence: Evidence) -> Verdict:
    first = place(evidence.passages[finding.passage])
    rest = tuple(one for one in evidence.citations if one != first)
    return Verdict(finding.status, finding.rule, finding.reason, (first, *rest))


def _without_evidence(claim: Claim, evidence: Evidence) -> Verdict:
    if claim.kind is ClaimKind.INFERENCE and not claim.citations:
        return Verdict(Status.SUPPORTED, "", "An inference, labelled as ours.")
    if evidence.is_cited:
        reason = "The cited text is not among the sources."
        return _bare(unproven("C2", reason))
    return _bare(unproven("C3", "No sentence of the sources says anything like it."))


def _bare(finding: Finding) -> Verdict:
    evidence: tuple[Citation, ...] = ()
    return Verdict(finding.status, finding.rule, finding.reason, evidence)


def _is_verbatim(claim: str, evidence: Evidence) -> bool:
    """The claim is a whole sentence, or whole sentences, of one passage."""
    wanted = _plain(claim)
    if not wanted:
        return False
    for passage in evidence.passages:
        if _plain(passage.text) == wanted:
            return True
        spans = [
            span
            for span in passage.reading.spans
            if passage.start <= span.start and span.end <= passage.end
        ]
        text = passage.reading.text
        if any(_plain(text[span.start : span.end]) == wanted for span in spans):
            return True
    return False


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", plain_marks(text)).strip()
