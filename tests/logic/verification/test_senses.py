"""Negation, direction, causes and support of a claim against its evidence."""

from __future__ import annotations

import pytest

from briefing.domain.claim import Claim, ClaimKind, Status, Verdict
from briefing.domain.document import Document
from briefing.logic.verification import verify
from tests.builders import citation, claim, document
from tests.logic.verification.samples import PORT, USAGE, judge, search


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("OpenRouter does compare tokens of different providers directly.", USAGE),
        ("The port of Ghent has not reopened after a strike of nine days.", PORT),
        ("Chinese models fell 19.89% to 9.223 trillion tokens.", USAGE),
        ("Antwerp lost 300 ships.", PORT),
        ("The Dockers' Union confirmed that the strike had damaged trade.", PORT),
    ],
)
def test_a_turned_sense_is_not_supported(text: str, source: Document) -> None:
    verdict = judge(text, source)

    assert verdict.status is not Status.SUPPORTED


def test_a_cause_that_the_source_does_not_state_needs_evidence() -> None:
    source = document("Prices fell in May. The plant in Ghent closed in May.")

    verdict = judge("Prices fell in May because the plant in Ghent closed.", source)

    assert (verdict.status, verdict.rule) == (Status.NOT_ENOUGH_INFO, "H1")


def test_a_record_needs_a_span_that_says_so() -> None:
    source = document("Sales of the shop in Ghent came to 12 million euros.")

    verdict = judge("Sales of the shop in Ghent came to a record.", source)

    assert (verdict.status, verdict.rule) == (Status.NOT_ENOUGH_INFO, "N7")


def test_a_first_time_of_the_source_is_no_record_of_ours() -> None:
    source = document("The shop in Ghent made a profit for the first time in 13 years.")

    verdict = judge("The shop in Ghent made a profit for the first time.", source)

    assert verdict.status is Status.SUPPORTED


def test_words_that_no_sentence_holds_are_not_supported() -> None:
    verdict = search("Farmers welcomed a generous harvest of barley.", PORT, USAGE)

    assert verdict.status is Status.NOT_ENOUGH_INFO


def test_an_inference_without_citations_is_ours() -> None:
    ours = Claim(text="We read this as a recovery.", kind=ClaimKind.INFERENCE)

    verdict = verify(ours, {})

    assert verdict.status is Status.SUPPORTED


def test_a_citation_of_an_unknown_document_proves_nothing() -> None:
    verdict = verify(claim(PORT.text[:72], citation(PORT)), {USAGE.id: USAGE})

    assert (verdict.status, verdict.rule) == (Status.NOT_ENOUGH_INFO, "C2")


LAW = document(
    "The law requires large online services to label images and voices that a machine "
    "made. It takes effect on 1 January 2027, and the Assembly passed it by 318 votes "
    "to 204. Small services may apply for a delay of one year because they have few "
    "staff."
)


LABELS = "The law requires large online services to label images and voices"
PASSED = "The Assembly passed the law by 318 votes to 204"


def judged(text: str) -> Verdict:
    made = Claim(text, ClaimKind.REPORTED, (citation(LAW),))
    return verify(made, {LAW.id: LAW})


@pytest.mark.parametrize(
    ("start", "added"),
    [
        (LABELS, "which could impact product managers by increasing their workload"),
        (PASSED, "signalling a broader shift in how regulators treat the industry"),
        (LABELS, "and advertisers may have to rethink their creative budgets"),
    ],
)
def test_what_is_added_behind_a_true_sentence_needs_evidence_too(
    start: str, added: str
) -> None:
    verdict = judged(f"{start}, {added}.")

    assert judged(f"{start}.").status is Status.SUPPORTED
    assert (verdict.status, verdict.rule) == (Status.NOT_ENOUGH_INFO, "C3")


@pytest.mark.parametrize(
    "text",
    [
        f"{PASSED}, and it takes effect on 1 January 2027.",
        "Small services may apply for a delay, because they have few staff.",
        f"{LABELS}, which a machine made, and takes effect on 1 January 2027.",
    ],
)
def test_clauses_that_the_text_holds_stand(text: str) -> None:
    assert judged(text).status is Status.SUPPORTED
