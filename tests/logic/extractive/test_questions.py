"""What is left is asked by its subject; a gap is a gap, a cause the sentence's own."""

import pytest

from briefing.domain.document import Document
from briefing.logic.extractive.asking import what_if, why
from briefing.logic.extractive.candidates import candidates
from briefing.logic.extractive.clauses import parse
from briefing.logic.extractive.page import Page
from briefing.logic.extractive.the_rest import ask
from briefing.logic.extractive.why_it_matters import why_it_matters
from tests.builders import document, story

PORT = document(
    "The Calder Port Authority closed two of its five terminals on 24 May 2026.\n\n"
    "The terminals handled 2.4 million containers in 2025.\n\n"
    "A storm damaged nine cranes, and repairs will take three weeks.\n\n"
    "Ships wait outside the harbour, 14 of them with food from Elmsworth.\n\n"
    "The Calder Port Authority employs 11,300 people at three harbours.\n\n"
    "The Calder Port Authority borrowed €640 million in 2024 for a new quay.\n\n"
    "Insurers put the damage at €31 million.\n\n"
    "The harbour master did not comment on the repairs.\n\n"
    "The Calder Port Authority was founded in 1911 by merchants of Elmsworth.",
    title="Storm closes two terminals at the Port of Calder",
    url="http://ledger.example/storm",
)


def answers(*documents: Document) -> dict[str, list[str]]:
    """Why it matters of a brief that has printed nothing yet."""
    held = story(*documents)
    page = Page(story=held, pool=candidates(held), conflicts=())
    made = why_it_matters(page, 80, 5)
    return {one.question or "": [claim.text for claim in one.claims] for one in made}


def test_what_is_left_is_asked_by_the_name_that_it_is_about() -> None:
    made = answers(PORT)

    told = made["What else is known about the Calder Port Authority?"]
    assert "Calder Port Authority" in told[0]
    assert all("Calder Port Authority" in one or one.startswith("It ") for one in told)


def test_what_makes_no_question_and_has_no_name_is_asked_for_as_figures() -> None:
    text = (
        "Outside, with food for the whole coast, lie 38 ships.\n\n"
        "Insurers put the damage at the quays and the cranes at €31 million."
    )

    made = answers(document(text))

    assert list(made)[-1] == "What else was reported?"
    assert len(made) == 2


def test_the_rest_is_asked_by_what_it_says() -> None:
    made = answers(PORT)

    assert made["How many people does the Calder Port Authority employ?"] == [
        "The Calder Port Authority employs 11,300 people at three harbours."
    ]
    assert "What else was reported?" not in made


def test_a_refusal_to_comment_is_no_gap_in_what_is_known() -> None:
    assert "What is not known yet?" not in answers(PORT)


@pytest.mark.parametrize(
    ("name", "text", "question"),
    [
        (
            "Tidal Bank",
            "The Tidal Bank rose.",
            "What else is known about the Tidal Bank?",
        ),
        ("Mira Hale", "Mira Hale spoke.", "What else is known about Mira Hale?"),
        ("Norwegian", "The Norwegian, a ship, sank.", None),
        ("St", "The church of St. Olav burned.", None),
        ("Tidal", "A Tidal mill stood there.", None),
    ],
)
def test_only_a_thing_with_a_name_is_asked_about(
    name: str, text: str, question: str | None
) -> None:
    assert ask(name, [document(text)]) == question


def test_the_cause_of_a_side_clause_is_not_the_cause_of_the_sentence() -> None:
    clause = parse(
        "The crew was a team of divers who left the yard because of its wages."
    )

    assert clause is not None
    assert why(clause) is None


def test_a_condition_that_nobody_waits_for_is_not_asked_about() -> None:
    text = "If a ferry could ever be perfect, the yard of Elmsworth built it in 2011."

    assert what_if(text) is None


def test_words_that_say_nothing_are_no_answer_to_what_somebody_says() -> None:
    text = (
        "Mira Hale said to cheers. Mira Hale warned that the quay of Elmsworth will "
        "need five years of repairs."
    )

    made = answers(document(text))

    assert made["What does Mira Hale say?"] == [
        "Mira Hale warned that the quay of Elmsworth will need five years of repairs."
    ]
