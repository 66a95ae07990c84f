"""Quantities under ids: what a model is shown, and what its ids print."""

from __future__ import annotations

import pytest

from briefing.logic.rules.form import leak
from briefing.pipeline.quantity_ledger import Filled, Listed, filled, ledger, marked

PORT = "The port handled 4.2 million tonnes in May 2026, 7.5% more than in April."
CRANE = "A crane cost €1.2bn, and the director said “about 900 ships” had come."
LISTED = (Listed("4.2 million tonnes", 1), Listed("7.5%", 1), Listed("€1.2bn", 2))


def test_every_quantity_gets_an_id_but_dates_and_what_is_quoted() -> None:
    assert ledger([PORT, CRANE]) == LISTED


def test_a_sentence_shows_its_quantities_with_their_ids() -> None:
    assert marked(PORT, 1) == (
        "The port handled {q1: 4.2 million tonnes} in May 2026, {q2: 7.5%} more than "
        "in April."
    )
    assert marked(CRANE, 3) == (
        "A crane cost {q3: €1.2bn}, and the director said “about 900 ships” had come."
    )


def test_a_quantity_is_listed_to_the_end_of_its_last_word() -> None:
    price = "The ceiling was €78 per megawatt-hour in May 2026."

    assert (
        marked(price, 1) == "The ceiling was {q1: €78 per megawatt-hour} in May 2026."
    )
    assert ledger([price]) == (Listed("€78 per megawatt-hour", 1),)


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("It took {q1}.", "It took 4.2 million tonnes."),
        ("It took { Q1 }.", "It took 4.2 million tonnes."),
        ("It took {q1: 9.9 million tonnes}.", "It took 4.2 million tonnes."),
        ("It took {q1} tonnes in May.", "It took 4.2 million tonnes in May."),
        ("It took {q1} million tonnes.", "It took 4.2 million tonnes."),
        ("It took {q1} tonnesmen.", "It took 4.2 million tonnes tonnesmen."),
        ("It took 4.2 million tonnes {q1}.", "It took 4.2 million tonnes."),
        ("It rose {q2}%.", "It rose 7.5%."),
        ("It rose {q2} per cent.", "It rose 7.5%."),
        ("It cost €{q3} in all.", "It cost €1.2bn in all."),
    ],
)
def test_an_id_prints_its_quantity_once(said: str, printed: str) -> None:
    assert filled(said, LISTED).text == printed


def test_a_range_prints_its_far_end_once() -> None:
    listed = (Listed("20% to 45%", 1),)

    assert filled("It fell {q1} to 45% in May.", listed).text == (
        "It fell 20% to 45% in May."
    )


def test_the_sentences_of_the_quantities_are_named_once_each() -> None:
    made = filled("{q3}, {q1} and {q2}", LISTED)

    assert made == Filled("€1.2bn, 4.2 million tonnes and 7.5%", (2, 1))


@pytest.mark.parametrize(
    "said", ["It took {q0}.", "It took {q4}.", "It took {q999: 5}."]
)
def test_an_id_that_does_not_exist_stays_and_breaks_f1(said: str) -> None:
    made = filled(said, LISTED)

    assert made == Filled(said, ())
    assert "the id of a quantity" in leak(made.text)


def test_words_without_ids_stay_as_they_are() -> None:
    said = "Quarter Q3 had a set {a, b} and 4.2 million tonnes."

    assert filled(said, LISTED) == Filled(said, ())
    assert leak(said) == ""
