"""By what the archive finds a brief."""

from __future__ import annotations

from dataclasses import replace

from briefing.domain.brief import Brief
from briefing.logic import catalogue
from tests.builders import document, story
from tests.render.builders import brief, small_brief, source_ref


def citing(*topics: tuple[str, ...]) -> Brief:
    """A brief that cites a document for each tuple of topics."""
    documents = [
        document(f"Text {n}.", url=f"http://a.example/{n}", topics=one)
        for n, one in enumerate(topics)
    ]
    sources = tuple(source_ref(n, one) for n, one in enumerate(documents, start=1))
    return replace(small_brief(), story=story(*documents), sources=sources)


def test_a_source_on_everything_does_not_put_a_brief_under_everything() -> None:
    wire = ("world", "business", "ai", "energy", "science")

    assert catalogue.topics(citing(("energy",), wire, ("energy", "climate"))) == (
        "energy",
    )


def test_a_brief_may_belong_to_more_than_one_topic_but_not_to_many() -> None:
    found = catalogue.topics(citing(("law", "ai", "world", "trade")))

    assert found == ("ai", "law", "trade")


def test_a_topic_that_cannot_be_an_address_is_left_out() -> None:
    assert catalogue.topics(citing(("Climate change", "../x", "energy"))) == ("energy",)
    assert catalogue.topics(citing(())) == ()


def test_the_lead_is_the_first_sentence_of_the_first_paragraph() -> None:
    assert catalogue.lead(small_brief()) == "It cost 41 million euros."
    assert catalogue.lead(replace(small_brief(), sections=())) == ""


def test_a_publisher_is_named_once_by_a_part_of_an_address() -> None:
    found = catalogue.publishers(brief())

    assert len({slug for slug, _ in found}) == len(found)
    assert catalogue.publisher_slug("The Ledger (sample)") == "the-ledger-sample"
    assert catalogue.publisher_slug("新聞") != catalogue.publisher_slug("日報")


def test_questions_and_ranked_names_are_searched_too() -> None:
    told = catalogue.words_of(brief())

    questions = [
        item.question
        for section in brief().sections
        for item in section.items
        if item.question
    ]
    labels = [
        line.label
        for section in brief().sections
        if section.table
        for line in section.table.lines
    ]
    assert questions
    assert labels
    assert all(one in told for one in (*questions, *labels))
