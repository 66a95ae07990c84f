"""A question is made from the sentence that answers it, and is grammatical."""

import pytest

from briefing.logic.extractive.asking_what import asked_of
from briefing.logic.extractive.clauses import parse
from briefing.logic.rules.questions import grammar_fault
from tests.builders import document
from tests.logic.extractive.test_questions import answers


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Harrow Wind bid €52.30 per megawatt-hour, the lowest price of all.",
            "How much did Harrow Wind bid?",
        ),
        (
            "A ferry spends 14 hours at the quay in Lindham on average, against 9.",
            "How long does a ferry spend at the quay in Lindham?",
        ),
        (
            "The Council of the Isles adopted a law on 4 May 2026 that bars nets.",
            "What did the Council of the Isles decide?",
        ),
        (
            "Ostrel has sold 70% of the packs in advance.",
            "What share of the packs has Ostrel sold in advance?",
        ),
        (
            "The larger quay would have cost €41 million and taken until 2031.",
            "How much would the larger quay have cost?",
        ),
        (
            "The flood in 2025 raised the price of a typical roof by 18%.",
            "How much did the flood raise the price of a typical roof?",
        ),
        (
            "The premium on cargo through Lindham fell from 0.8% to 0.5% of its value.",
            "How far did the premium on cargo through Lindham fall?",
        ),
        (
            "The Growers' Union put the loss from the first frost at €12 million.",
            "How high did the Growers' Union put the loss from the first frost?",
        ),
        (
            "Protection against fever that needs a doctor was 81.4%.",
            "How high was protection against fever that needs a doctor?",
        ),
        ("The plant needs 90 megawatts of power.", "What does the plant need?"),
        ("Winners receive the price of their bid.", "What do winners receive?"),
        ("Projects must deliver power or pay.", "What must projects do?"),
        (
            "The survey recorded just 61 nests of the little tern.",
            "How many nests of the little tern did the survey record?",
        ),
    ],
)
def test_the_question_asks_for_what_the_sentence_says(text: str, question: str) -> None:
    assert next(asked_of(text)) == question
    assert grammar_fault(question) == ""


@pytest.mark.parametrize(
    "text",
    [
        "The law passed the assembly on 4 May 2026.",
        "Ostrel has sold 70% of its packs in advance.",
        "Harrow Wind is the owner of two farms.",
        "Open sales forecast tools are many.",
        "The series incorporates the five units found at Lindham in 70% of cases.",
    ],
)
def test_where_the_answer_is_not_sure_nothing_is_asked(text: str) -> None:
    asked = list(asked_of(text))

    told = ("decide", "share", "Where")
    assert not [one for one in asked if any(word in one for word in told)]


def test_a_plural_subject_has_a_plain_verb() -> None:
    clause = parse("Winners receive the price of their bid.")

    assert clause is not None
    assert (clause.subject, clause.verb) == ("Winners", "receive")


def test_what_is_left_is_asked_by_what_it_says() -> None:
    found = answers(
        document(
            "Ostrel Motors chose Lindham for its plant on 4 May 2026.\n\n"
            "Ostrel has sold 70% of the packs in advance.\n\n"
            "The larger quay would have cost €41 million and taken until 2031.",
            title="Ostrel Motors chooses Lindham for its plant",
            url="http://wire.example/ostrel",
        )
    )

    assert not [one for one in found if one.startswith("What else is known")]


def test_a_caution_is_asked_for_as_a_caveat_and_is_no_exception() -> None:
    found = answers(
        document(
            "Corvid-2 tops the list with 3.52 trillion tokens in May 2026.\n\n"
            "One caution applies to each figure here: a lead of 9% in tokens need not "
            "be a lead of 9% in work done.",
            title="Corvid-2 tops the list with 3.52 trillion tokens",
            url="http://wire.example/corvid",
        )
    )

    assert "Are there any exceptions?" not in found
