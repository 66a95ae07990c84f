"""Numbers, dates, names and quotations of a claim against its evidence."""

from __future__ import annotations

from datetime import UTC, datetime

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


METER = document(
    "Usage rose 7.4% to 28.9 trillion tokens, OpenRouter said. About 140 services are "
    "affected. DeepSeek-V4-Flash moved up from third place to take first place in the "
    "week of 18-24 May 2026. It had handled 2.07 trillion tokens in the week before. "
    "Baihe led until April, so the new leader is 1.28 trillion ahead of second place.",
    title="OpenRouter's weekly ranking",
    publisher="Token Meter (sample)",
    published_at=datetime(2026, 5, 25, tzinfo=UTC),
)


@pytest.mark.parametrize(
    "text",
    [
        "Token Meter reports that usage rose 7.4%.",
        "About 140 services are affected, by Token Meter's count.",
        "According to Token Meter, usage rose to 28.9 trillion tokens.",
        "DeepSeek-V4-Flash rose from third to first in the ranking for 18-24 May 2026.",
        "It had handled 2.07 trillion a week earlier.",
        "The lead over second place is 1.28 trillion.",
    ],
)
def test_what_a_cited_publisher_says_may_be_told_in_other_words(text: str) -> None:
    assert judge(text, METER).status is Status.SUPPORTED
    assert search(text, METER).status is Status.SUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        "Gauge Weekly reports that usage rose 7.4%.",
        "About 140 services are affected, by Gauge Weekly's count.",
        "The lead over third place is 1.28 trillion.",
        "DeepSeek-V4-Flash rose from fourth to first in the ranking.",
    ],
)
def test_a_publisher_that_is_not_cited_is_a_foreign_name(text: str) -> None:
    assert judge(text, METER).status is not Status.SUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        "Size: 284 billion parameters",
        "Amount: €4.2 million",
        "Total: 300 ships",
        "Water needed: 16,000 cubic metres a day",
        "Yearly traffic: 4.1 million containers a year",
    ],
)
def test_a_row_of_key_numbers_is_held_to_its_number(text: str) -> None:
    source = document(
        "The yard paid €4.2 million and gained 300 ships. It needs 16,000 cubic metres "
        "of water a day. Traffic comes to 4.1 million containers a year. The model has "
        "284 billion parameters."
    )

    assert judge(text, source).status is Status.SUPPORTED


def test_a_person_of_the_sources_is_no_organisation() -> None:
    source = document(
        "The agency Skyward Orvane tests an airspace tool, says Brightwater Lorne, "
        "head of the programme. The tool is ready."
    )

    wrong = search("The agency Brightwater Lorne tests an airspace tool.", source)
    right = search("The agency Skyward Orvane tests an airspace tool.", source)

    assert (wrong.status, right.status) == (Status.REFUTED, Status.SUPPORTED)
