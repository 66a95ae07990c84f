"""The support score ranks wordings of one fact."""

from __future__ import annotations

import pytest

from briefing.domain.claim import Claim, ClaimKind
from briefing.logic.verification import support_score
from tests.builders import citation, claim, document
from tests.logic.verification.samples import PORT, USAGE

LOSS = "The Harbour Authority lost €4.2 million, and Antwerp gained 300 ships."


def score(text: str, words: str | None = None) -> float:
    return support_score(claim(text, citation(PORT, words)), {PORT.id: PORT})


def test_a_sentence_of_the_evidence_scores_one() -> None:
    assert score(LOSS, LOSS) == 1.0


def test_a_claim_without_evidence_scores_nothing() -> None:
    foreign = claim(LOSS, citation(PORT))

    assert support_score(foreign, {USAGE.id: USAGE}) == 0.0


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("The authority lost €4.2 million.", "The authority lost €5.2 million."),
        ("Antwerp gained 300 ships.", "Bruges gained 300 ships."),
        ("Antwerp gained 300 ships.", "Antwerp repaired 300 ships."),
        ("Antwerp gained 300 ships.", "Three hundred vessels went to Antwerp instead."),
        ("Trade fell because two cranes failed.", "Cranes fell because trade failed."),
    ],
)
def test_the_faithful_wording_scores_higher(better: str, worse: str) -> None:
    assert 0.0 < score(worse) < score(better) <= 1.0


def test_without_citations_the_documents_are_searched() -> None:
    sources = {PORT.id: PORT, USAGE.id: USAGE}

    near = support_score(
        Claim("Antwerp gained 300 ships.", ClaimKind.REPORTED), sources
    )
    far = support_score(Claim("Antwerp sank 12 ships.", ClaimKind.REPORTED), sources)

    assert 0.0 < far < near


def test_a_book_as_one_sentence_is_scored_at_once() -> None:
    source = document("The port of Ghent reopened.")
    text = "Ghent and Antwerp " * 5_000

    assert (
        0.0 <= support_score(claim(text, citation(source)), {source.id: source}) < 1.0
    )
