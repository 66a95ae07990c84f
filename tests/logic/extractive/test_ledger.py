"""A sentence joins a brief only for what it adds; figures are compared as typed."""

from datetime import date

import pytest

from briefing.domain.claim import Quantity
from briefing.logic.extractive.candidates import candidates
from briefing.logic.extractive.ledger import Ledger
from briefing.logic.extractive.page import Page
from briefing.logic.extractive.what_happens_next import what_happens_next
from briefing.logic.rules.reading import read
from tests.builders import document, story

TOLD = (
    "Harrow Wind receives the site Long Sand with 1.4 gigawatts, Brack Energy the site "
    "Middle Ground with 700 megawatts."
)


def after(*told: str) -> Ledger:
    """A brief that has printed these sentences."""
    ledger = Ledger()
    for text in told:
        ledger.add(text, ())
    return ledger


@pytest.mark.parametrize(
    "again",
    [
        "Harrow Wind won the larger of the sites with 1.4 gigawatts.",
        "Brack Energy will build 700 megawatts on the site Middle Ground.",
    ],
)
def test_a_fact_in_other_words_is_not_told_again(again: str) -> None:
    assert not after(TOLD).admits(again, ())


@pytest.mark.parametrize(
    "more",
    [
        "Harrow Wind bid €54.30 per megawatt-hour for its 1.4 gigawatts.",
        "Harrow Wind has never built a farm in deep water and needs a partner for it.",
    ],
)
def test_a_sentence_that_adds_a_figure_or_many_words_is_told(more: str) -> None:
    assert after(TOLD).admits(more, ())


def test_a_figure_without_its_unit_is_the_figure_with_it() -> None:
    ledger = after("Corvid-2 processed 3.52 trillion tokens in a week.")

    (figure,) = [
        one
        for one in _figures("That is 41% more than the 3.52 trillion before.")
        if one.text.startswith("3.52")
    ]

    assert ledger.has_said(figure)


def test_a_rounded_figure_is_the_exact_one() -> None:
    ledger = after("The models added up to 8.417 trillion tokens.")

    (figure,) = _figures("The rows add up to 8.42 trillion tokens.")

    assert ledger.has_said(figure)


def test_a_price_is_known_with_and_without_what_it_is_paid_for() -> None:
    ledger = after("The average was €52.75 per megawatt-hour.")

    (figure,) = _figures("The average price of the auction was €52.75.")

    assert ledger.has_said(figure)


def test_what_we_computed_is_not_told_when_a_source_gave_all_its_figures() -> None:
    ledger = after(
        "Corvid-2 processed 3.52 trillion tokens between 1 and 7 June 2026, 41% more "
        "than the 2.49 trillion of the week before."
    )

    again = (
        "Corvid-2 came to 3.52 trillion tokens in the week of 1–7 June 2026, 41% more "
        "than the 2.49 trillion tokens of the week before."
    )
    more = "Corvid-2 leads Tern-1 by 810 billion tokens."

    assert not ledger.admits(again, (), is_ours=True)
    assert ledger.admits(more, (), is_ours=True)


def test_a_summary_must_say_more_than_the_headline() -> None:
    ledger = Ledger()
    ledger.head("Tallyhouse to publish an adjusted ranking on 8 June")

    again = "Tallyhouse plans to publish the adjusted ranking on 8 June 2026."
    more = "Tallyhouse will count 40,000 prompts anew for its ranking of 8 June 2026."

    assert not ledger.admits(again, (), is_summary=True)
    assert ledger.admits(more, (), is_summary=True)


def _figures(text: str) -> list[Quantity]:
    return list(read(text).quantities)


def test_one_appointment_is_told_once() -> None:
    held = story(
        document(
            "The regulator's ruling on complaints is due on 15 June 2026.\n\n"
            "The Quay Regulator said it would decide on 15 June 2026 whether the work "
            "can begin.\n\n"
            "The next tender, for 300 metres of pier, opens on 15 June 2026.",
            title="Regulator to rule on complaints about the quay tender",
            url="http://wire.example/quay",
        )
    )
    page = Page(story=held, pool=candidates(held), conflicts=(), title="Quay tender")

    told = [one.text for one in what_happens_next(page, date(2026, 5, 26), 25, 4)]

    assert sum("egulator" in one for one in told) == 1
    assert sum("tender" in one for one in told) == 1
