"""Terms that a text uses and does not explain."""

from __future__ import annotations

import pytest

from briefing.logic.glossary import Term, Use, first_use, is_explained, used

POINT = Term("basis point", "a hundredth of a percentage point", ("basis points",))
RATE = Term("rate", "a price of money")
KEY_RATE = Term("key rate", "the rate that a central bank sets")
API = Term("API", "an interface", ("APIs",))


def names(*texts: str) -> list[str]:
    return [one.term.name for one in used(texts, (RATE, POINT, KEY_RATE, API))]


def test_terms_come_in_the_order_of_their_first_use() -> None:
    texts = ("The bank cut by 25 basis points.", "It sells an API.", "The API is old.")

    assert names(*texts) == ["basis point", "API"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Basis points count.", ["basis point"]),
        ("A basis point is a hundredth of a point.", []),
        ("They speak of basis points (hundredths of a point).", []),
        ("A basis point is cut.", ["basis point"]),
        ("The key rate stays.", ["key rate"]),
        ("The rate stays.", ["rate"]),
        ("Rates stay.", []),
        ("The api of bees is old.", []),
        ("The pro-rate clause stays.", []),
    ],
)
def test_a_term_counts_as_a_whole_word_that_nobody_explains(
    text: str, expected: list[str]
) -> None:
    assert names(text) == expected


def test_what_a_later_sentence_explains_is_left_out() -> None:
    texts = ("The API is slow.", "An API is the interface of a program.")

    assert names(*texts) == []


def test_four_terms_are_enough() -> None:
    glossary = [Term(word, "something") for word in ("ant", "bee", "cow", "dog", "eel")]

    found = used(("An ant, a bee, a cow, a dog and an eel met.",), glossary)

    assert [one.term.name for one in found] == ["ant", "bee", "cow", "dog"]


def test_a_term_of_many_meanings_counts_only_beside_its_own_words() -> None:
    token = Term("token", "a piece of text", ("tokens",), beside=("model", "models"))

    assert used(("The coin has a token.",), (token,)) == ()
    assert used(("It read 5 tokens.", "The model is new."), (token,)) == (
        Use(token, 0, 10, 16),
    )


def test_a_first_use_is_named_by_sentence_and_character() -> None:
    texts = ("The bank met.", "It cut by 25 basis points.", "Basis points count.")

    assert first_use(("basis point", "basis points"), texts) == (1, 13, 25)
    assert first_use(("tender",), texts) is None


@pytest.mark.parametrize(
    "text",
    [
        "Calder Pumps, a maker of pumps, opened.",
        "Calder Pumps, which makes pumps, opened.",
        "Calder Pumps (a maker of pumps) opened.",
        "Calder Pumps is a maker of pumps.",
    ],
)
def test_a_sentence_that_says_what_it_is_explains_it(text: str) -> None:
    assert is_explained(("Calder Pumps",), ("It rained.", text))
    assert not is_explained(("Calder Pumps",), ("Calder Pumps, on Monday, opened.",))
