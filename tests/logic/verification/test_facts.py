"""Numbers, dates, names and quotations of a claim against its evidence."""

from __future__ import annotations

import pytest

from briefing.domain.claim import Status
from briefing.domain.document import Document
from tests.builders import document
from tests.logic.verification.samples import PORT, USAGE, judge, search


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("DeepSeek-V4-Flash processed 3.43T tokens.", USAGE),
        ("The platform handled 28.9 trillion tokens, up 7.4 percent.", USAGE),
        ("Chinese models rose 19.89% to 9.223 trillion tokens.", USAGE),
        ("The port of Ghent reopened on March 12, 2026.", PORT),
        ("The Harbour Authority lost €4,200,000.", PORT),
        ('"We expect a slow return ..." the Harbour Authority said.', PORT),
        ("Trade fell because two cranes failed.", PORT),
    ],
)
def test_a_reformatted_or_shortened_sentence_is_supported(
    text: str, source: Document
) -> None:
    verdict = judge(text, source)

    assert (verdict.status, verdict.rule) == (Status.SUPPORTED, "")


@pytest.mark.parametrize(
    ("text", "source", "status", "rules"),
    [
        (
            "DeepSeek-V4-Flash processed 3.43 billion tokens, OpenRouter said.",
            USAGE,
            Status.REFUTED,
            {"N1", "N3"},
        ),
        (
            "DeepSeek-V4-Flash processed 3.434 trillion tokens, OpenRouter said.",
            USAGE,
            Status.REFUTED,
            {"N2"},
        ),
        (
            "DeepSeek-V4-Flash processed 28.9 trillion tokens in the week.",
            USAGE,
            Status.REFUTED,
            {"N4"},
        ),
        (
            "The platform handled 28.9 trillion tokens, up 7.4 percentage points.",
            USAGE,
            Status.REFUTED,
            {"N3"},
        ),
        ("The Harbour Authority lost $4.2 million.", PORT, Status.REFUTED, {"N3"}),
        ("The port of Ghent reopened on 14 March 2026.", PORT, Status.REFUTED, {"D1"}),
        (
            "The port of Rotterdam reopened after a strike of nine days.",
            PORT,
            Status.REFUTED,
            {"C3"},
        ),
        (
            "Antwerp lost €4.2 million, and the Harbour Authority gained 300 ships.",
            PORT,
            Status.REFUTED,
            {"C3"},
        ),
        (
            '"We expect a quick return to normal traffic," the Harbour Authority said.',
            PORT,
            Status.REFUTED,
            {"Q1"},
        ),
    ],
)
def test_a_changed_fact_is_refuted_under_its_rule(
    text: str, source: Document, status: Status, rules: set[str]
) -> None:
    verdict = judge(text, source)

    assert verdict.status is status
    assert verdict.rule in rules


def test_a_number_that_no_source_has_is_not_enough_information() -> None:
    verdict = judge("Some 4,512 lorries were held up.", PORT)

    assert verdict.status is Status.NOT_ENOUGH_INFO
    assert "4,512" in verdict.reason


def test_a_number_outside_the_cited_span_proves_nothing() -> None:
    cited = "Trade fell because two cranes failed."

    verdict = judge("The Harbour Authority lost €4.2 million.", PORT, cited)

    assert verdict.status is not Status.SUPPORTED


def test_the_sentence_before_may_name_the_subject() -> None:
    text = "The Dockers' Union said the closure was the first since 1998."
    cited = "It was the port's first closure since 1998."

    verdict = judge(text, PORT, cited)

    assert verdict.status is Status.SUPPORTED


def test_a_quotation_may_leave_words_out_once_and_insert_in_brackets() -> None:
    text = '"We expect a [very] slow return ... this spring," the authority said.'

    verdict = judge(text, PORT)

    assert verdict.status is Status.SUPPORTED


def test_without_citations_the_best_window_is_found_in_any_document() -> None:
    verdict = search("US models rose 16.27% to 4.93 trillion tokens.", PORT, USAGE)

    best = verdict.evidence[0]
    assert verdict.status is Status.SUPPORTED
    assert best.document_id == USAGE.id
    assert "4.93 trillion" in USAGE.text[best.start : best.end]
    assert best.text_hash == USAGE.text_hash


def test_a_date_in_another_sentence_of_the_story_is_taken_into_the_evidence() -> None:
    source = document(
        "The port of Ghent reopened after a strike. Ships came back at once.\n\n"
        "Nobody was hurt.\n\nGhent reopened its port on 12 March 2026, it said."
    )

    verdict = search("The port of Ghent reopened on 12 March 2026.", source)

    cited = [source.text[one.start : one.end] for one in verdict.evidence]
    assert verdict.status is Status.SUPPORTED
    assert any("12 March 2026" in words for words in cited)


def test_a_first_word_that_the_sources_have_as_a_name_is_checked() -> None:
    source = document("The shares of Richards fell. The shares of Foxes rose.")

    assert search("Foxes fell.", source).status is not Status.SUPPORTED
    assert search("Richards fell.", source).status is Status.SUPPORTED
