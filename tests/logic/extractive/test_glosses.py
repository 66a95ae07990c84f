"""What sources say that a term is: found, proven, and left alone where in doubt."""

from __future__ import annotations

import pytest

from briefing.domain.brief import Gloss
from briefing.logic.extractive.glosses import glosses
from tests.builders import citation, claim, document, draft, section, story

USES = (
    "Calder Marine won the tender for the north quay on Tuesday.",
    "The tokenizer of the model was changed, and heat pumps sold well.",
)


def found(
    *sentences: str, uses: tuple[str, ...] = USES, **options
) -> tuple[Gloss, ...]:
    """What a source of these sentences gives for a brief that prints `uses`."""
    source = document(" ".join((*sentences, "It rained on the harbour all day long.")))
    claims = [claim(one, citation(source)) for one in uses]
    made = draft(story(source), claims[0], section("what_happened", *claims))
    return glosses(made, **options)


def told(*sentences: str, **options) -> list[tuple[str, str]]:
    return [(one.term, one.meaning) for one in found(*sentences, **options)]


@pytest.mark.parametrize(
    ("sentence", "term", "meaning"),
    [
        (
            "Calder Marine, a builder and operator of quays, won the tender.",
            "Calder Marine",
            "a builder and operator of quays",
        ),
        (
            "The tender was won by Calder Marine, a company from Orvane.",
            "Calder Marine",
            "a company from Orvane",
        ),
        (
            "Calder Marine is a family company that builds quays.",
            "Calder Marine",
            "a family company that builds quays",
        ),
        (
            "A tokenizer is a program that cuts text into small pieces.",
            "tokenizer",
            "a program that cuts text into small pieces",
        ),
        (
            "Heat pumps are devices that move heat from outside into a house.",
            "heat pumps",
            "devices that move heat from outside into a house",
        ),
    ],
)
def test_an_apposition_or_a_definition_explains_a_term(
    sentence: str, term: str, meaning: str
) -> None:
    assert told(sentence) == [(term, meaning)]


@pytest.mark.parametrize(
    "sentence",
    [
        # An adverbial, a clause, a list, an opinion, a person, a quotation, a figure.
        "In Calder Marine, a company court ruled against the port.",
        "Calder Marine, a bank manager said, won the tender for the quay.",
        "Calder Marine, a bank, and a broker won the tender for the quay.",
        "Calder Marine is a success of the company policy of the port.",
        "Calder Marine, a former engineer of the port, won the tender.",
        "Critics said “Calder Marine, a company of crooks, won the tender”.",
        "Calder Marine, a company with 900 workers, won the tender.",
        "Calder Marine, a company that he founded there, won the tender.",
        "A tokenizer is a matter of taste for the engineers of the port.",
        "But there are heat pumps that nobody in the town has ever seen.",
    ],
)
def test_what_is_no_explanation_explains_nothing(sentence: str) -> None:
    assert told(sentence) == []


def test_the_claim_is_borne_out_by_the_sentence_that_it_cites() -> None:
    sentence = "Calder Marine, a builder and operator of quays, won the tender."

    (gloss,) = found("The port was busy on that day.", sentence)
    (place,) = gloss.claim.citations

    assert gloss.claim.text == "Calder Marine is a builder and operator of quays."
    assert place.end - place.start == len(sentence)


def test_a_term_that_the_brief_does_not_use_is_not_explained() -> None:
    assert told("Orvane Water, a supplier of water, won the tender.") == []


def test_what_the_brief_explains_itself_needs_no_gloss() -> None:
    sentence = "Calder Marine, a builder and operator of quays, won the tender."

    assert told(sentence, uses=(sentence,)) == []
    assert told(sentence, uses=("The builder Calder Marine won the tender.",)) == []


def test_a_glossary_that_explains_it_comes_first() -> None:
    sentence = "A tokenizer is a program that cuts text into small pieces."

    assert told(sentence, explained={"tokenizer"}) == []


def test_a_part_of_a_name_is_not_explained_beside_the_whole_name() -> None:
    made = told(
        "Calder Marine, a builder and operator of quays, won the tender.",
        "Marine, a company from the far north, lost the tender there.",
    )

    assert [term for term, _ in made] == ["Calder Marine"]


def test_two_are_enough_and_come_by_their_first_use() -> None:
    made = told(
        "Heat pumps are devices that move heat from outside into a house.",
        "A tokenizer is a program that cuts text into small pieces.",
        "Calder Marine, a builder and operator of quays, won the tender.",
    )

    assert [term for term, _ in made] == ["Calder Marine", "tokenizer"]
