"""A fact in another form stands; one with a figure, day or name exchanged does not."""

from __future__ import annotations

import pytest

from briefing.domain.claim import Status
from tests.builders import document
from tests.logic.verification.samples import judge, search

WATCH = document(
    "The auction on 'Grey Thursday' in Ghent sold a Harbour 42 clock. On July 9 and 10 "
    "the hall stood shut. Norvale paid 3.5m for the archive and found 870 known copies."
)


@pytest.mark.parametrize(
    "text",
    [
        "The auction in Ghent sold a Harbour 42 clock.",
        "The hall stood shut on July 9 and ten.",
        "Norvale paid 3.5 million for the archive.",
        "The 'Grey Thursday' auction in Ghent sold a clock.",
    ],
)
def test_a_figure_may_be_printed_in_another_way(text: str) -> None:
    assert judge(text, WATCH).status is Status.SUPPORTED


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The auction in Ghent sold a Harbour 59 clock.", "N1"),
        ("The 'Grey Sunday' auction in Ghent sold a clock.", "D1"),
        ("Norvale paid 3.5 billion for the archive.", "N1"),
        ("Norvale found 870 unknown copies.", "C3"),
    ],
)
def test_another_figure_day_or_sense_is_not_supported(text: str, rule: str) -> None:
    cited, found = judge(text, WATCH), search(text, WATCH)

    assert cited.status is not Status.SUPPORTED
    assert found.status is not Status.SUPPORTED
    assert cited.rule == rule


VISIT = document(
    "The lawmakers met the Lurian Chief Prosecutor Isle Varga on Tuesday. The fleet of "
    "the Sultanate of Omber is open to the visitors of Norvale. Nobody else came."
)


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Affairs lawmakers met the Lurian chief prosecutor on Tuesday.",
        "Omber is open to the visitors of Norvale.",
    ],
)
def test_a_bearer_told_in_other_words_is_no_other_name(text: str) -> None:
    reason = judge(text, VISIT).reason

    assert not reason.startswith("The cited text names")


def test_a_name_from_elsewhere_does_not_fill_the_place_of_another() -> None:
    source = document(
        "Calder Oden, 25, has impressed in his first season in the Coast League since "
        "he left Ghent.\n\nThey also want Tide Brink and Jade Roos for the quota."
    )

    verdict = search(
        "Calder Oden has impressed in his debut season in Tide Brink.", source
    )

    assert verdict.status is Status.REFUTED
    assert "Coast League" in verdict.reason


@pytest.mark.parametrize(
    ("report", "claim", "false"),
    [
        (
            "The Norvale fund is missing $2 billion, the auditors said.",
            "The Norvale fund is missing $2B, the auditors said.",
            "The Norvale fund is missing $3B, the auditors said.",
        ),
        (
            "The ferry drifted 2,000 kilometers from Norvale before it was found.",
            "The ferry drifted 2000 kilometers from Norvale before it was found.",
            "The ferry drifted 2010 kilometers from Norvale before it was found.",
        ),
        (
            "The office granted the fund 273,328 Class C shares in Norvale Harbour.",
            "The office granted the fund 273328 Class C shares in Norvale Harbour.",
            "The office granted the fund 273329 Class C shares in Norvale Harbour.",
        ),
        (
            "More than 2 million people saw the bridge of Norvale in a year.",
            "More than 2M people saw the bridge of Norvale in a year.",
            "More than 3M people saw the bridge of Norvale in a year.",
        ),
        (
            "The strike costs Norvale $780 million to $1 billion each year.",
            "The strike costs Norvale $780,000,000 to $1 billion each year.",
            "The strike costs Norvale $790,000,000 to $1 billion each year.",
        ),
        (
            "The road joins the country's two most populous cities, Norvale said.",
            "The road joins the country's 2 most populous cities, Norvale said.",
            "The road joins the country's 3 most populous cities, Norvale said.",
        ),
    ],
)
def test_another_printed_form_of_a_figure_is_the_same_figure(
    report: str, claim: str, false: str
) -> None:
    assert search(claim, document(report)).status is Status.SUPPORTED
    assert search(false, document(report)).status is not Status.SUPPORTED


YARD = document(
    "In the ’90s and early ’00s, orders made the yard of Lorne rich. Its dry dock "
    "opened in ’95. The seventies were quiet, and in the 1980s it nearly closed."
)


@pytest.mark.parametrize(
    "text",
    [
        "In the 1990s and early 2000s, orders made the yard of Lorne rich.",
        "The dry dock of Lorne opened in 1995.",
        "In the 1970s the yard was quiet.",
        "In the ’80s the yard nearly closed.",
    ],
)
def test_a_decade_or_year_may_lack_its_century(text: str) -> None:
    assert search(text, YARD).status is Status.SUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        "In the 1960s, orders made the yard of Lorne rich.",
        "The dry dock of Lorne opened in 1996.",
        "In the ’60s the yard nearly closed.",
        "In the ’70s, orders made the yard of Lorne rich.",
    ],
)
def test_another_decade_or_year_is_not_supported(text: str) -> None:
    assert search(text, YARD).rule == "D1"


def test_a_value_that_went_the_other_way_is_named_with_both_ways() -> None:
    source = document("The yard handled 5.2 million tonnes, 3.1% fewer than in 2024.")

    verdict = judge("The yard handled 3.1% more than in 2024.", source)

    assert verdict.reason == "The cited text tells 3.1% as a fall, not as a rise."


def test_a_value_of_something_else_is_not_told_as_its_own_opposite() -> None:
    source = document("The yard has 5,200 berths, some 280-50 of them for ships.")

    verdict = judge("The yard has 280 to 50 years.", source)

    assert verdict.reason == "The cited text has 280 of something else."
