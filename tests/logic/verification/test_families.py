"""Word families, near synonyms and negations of the evidence check."""

from __future__ import annotations

import pytest

from briefing.logic.verification.families import family
from briefing.logic.verification.negation import are_opposites, denied_word
from briefing.logic.verification.reading import Reading, stem, whole
from briefing.logic.verification.seats import stands_for
from briefing.logic.verification.synonyms import PHRASES, SYNONYM_GROUPS


@pytest.mark.parametrize(
    "words",
    [
        "acquire acquisition acquirer",
        "regulate regulation regulator regulatory",
        "resign resignation",
        "complain complaint",
        "propose proposal proposition",
        "expel expulsion",
        "detain detention detainee",
        "inspect inspection inspector",
        "explore exploration explorer",
        "compete competition competitor competitive",
    ],
)
def test_the_words_of_one_family_share_a_root(words: str) -> None:
    roots = {family(stem(word)) for word in words.split()}

    assert len(roots) == 1


@pytest.mark.parametrize(
    "words", ["former form", "counter count", "general generate", "party part"]
)
def test_words_that_only_look_alike_are_no_family(words: str) -> None:
    left, right = words.split()

    assert family(stem(left)) != family(stem(right))


def test_no_two_near_synonyms_are_opposites() -> None:
    read = {
        word: whole(Reading(f"to {word}")).tokens[-1]
        for group in SYNONYM_GROUPS
        for word in group
        if word.isalpha()
    }

    assert [
        (left, right)
        for group in SYNONYM_GROUPS
        for left in group
        for right in group
        if left in read and right in read and are_opposites(read[left], read[right])
    ] == []


def test_a_phrasal_verb_has_one_meaning() -> None:
    phrases = [(first, second) for first, second, _ in PHRASES]

    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The court did not immediately reject the plan.", "reject"),
        ("No evidence was found.", "evidence"),
        ("It was not only the court.", None),
        ("No fewer than 40 people came.", None),
        ("It was never at Marlow.", None),
    ],
)
def test_a_negator_denies_the_next_content_word(text: str, word: str | None) -> None:
    tokens = whole(Reading(text)).tokens
    negator = next(i for i, t in enumerate(tokens) if t.word in {"not", "no", "never"})

    place = denied_word(tokens, negator)

    assert (None if place is None else tokens[place].word) == word


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Brussels", "European Commission"),
        ("Washington", "United States"),
        ("Sarvian", "Sarvia"),
        ("Omani", "Oman"),
    ],
)
def test_a_seat_stands_for_its_government_and_a_people_for_its_land(
    name: str, other: str
) -> None:
    assert stands_for(name, other)
    assert stands_for(other, name)


def test_two_names_that_begin_alike_are_not_one() -> None:
    assert not stands_for("Marlow", "Marston")
    assert not stands_for("Brussels", "China")
