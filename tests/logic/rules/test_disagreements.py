from decimal import Decimal

import pytest

from briefing.domain.claim import Citation, Claim, ClaimKind, Conflict, Quantity
from briefing.domain.document import Document
from briefing.logic.conflicts import find_conflicts
from briefing.logic.quantities import read_quantities
from briefing.logic.rules.disagreements import dispute_verdict
from tests.builders import document
from tests.logic.rules.pages import page

WIRE = document(
    "Chinese models gained 19.89% week-over-week.",
    publisher="Meridian Wire (sample)",
    family="meridian",
    url="http://meridian.example/1",
)
METER = document(
    "Chinese models gained 19.89% month-over-month.",
    publisher="Tokenmeter (sample)",
    family="tokenmeter",
    url="http://tokenmeter.example/1",
)


def place(of: Document) -> Citation:
    return Citation(of.id, 0, len(of.text), of.text_hash)


def side(of: Document) -> tuple[Quantity, tuple[Citation, ...]]:
    [quantity] = read_quantities(of.text)
    return quantity, (place(of),)


DISPUTE = Conflict("the gain of Chinese models", (side(WIRE), side(METER)))
TEXT = page(documents=(WIRE, METER), conflicts=(DISPUTE,))


def verdict(text: str, *documents: Document):
    cited = tuple(map(place, documents or (WIRE, METER)))
    return dispute_verdict(TEXT, Claim(text, ClaimKind.REPORTED, cited))


def test_a_dispute_told_as_its_publishers_tell_it_is_supported():
    assert DISPUTE.sides[0][0].value == Decimal("19.89")
    made = verdict(
        "Meridian Wire calls 19.89% a change on the week; Tokenmeter calls it a change "
        "on the month."
    )

    assert made is not None
    assert [one.document_id for one in made.evidence] == [WIRE.id, METER.id]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tokenmeter calls 19.89%", "Meridian Wire calls it"),
        ("Meridian Wire calls 18.89%", "Tokenmeter calls it"),
        ("Meridian Wire calls 19.89%", "Zorblax calls it"),
        ("Meridian Wire calls the 19.89% of Zorblax", "Tokenmeter calls it"),
    ],
)
def test_a_dispute_told_otherwise_is_left_to_the_evidence(first, second):
    text = f"{first} a change on the week; {second} a change on the month."

    assert verdict(text) is None


def test_a_sentence_about_the_matter_itself_is_left_to_the_evidence():
    assert verdict("Chinese models gained 19.89%.") is None


def test_a_side_that_is_not_cited_is_left_to_the_evidence():
    text = "Meridian Wire says 19.89% on the week; Tokenmeter says 19.89% on the month."

    assert verdict(text, WIRE) is None


def test_the_conflicts_that_are_found_can_be_told():
    one = document(
        "The Elmsworth smelter cost €2 billion to build.",
        publisher="A One",
        family="a",
        url="http://a.example/1",
    )
    two = document(
        "The Elmsworth smelter cost €3 billion to build.",
        publisher="B Two",
        family="b",
        url="http://b.example/1",
    )
    found = find_conflicts((one, two))
    text = page(documents=(one, two), conflicts=found)
    told = Claim(
        "A One puts the cost of the smelter at €2 billion; B Two says €3 billion.",
        ClaimKind.REPORTED,
        (place(one), place(two)),
    )

    assert len(found) == 1
    assert dispute_verdict(text, told) is not None
