"""A claim's quantity is borne out or not, as rules N2 and N3 say."""

import pytest

from briefing.domain.claim import Quantity
from briefing.logic.quantities import equal, read_quantities, same_thing


def quantity(text: str) -> Quantity:
    """The only quantity of a text."""
    (found,) = read_quantities(text)
    return found


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("3.4T", "3.43T"),
        ("3.43 trillion", "3,430,000,000,000"),
        ("3,430,000,000,000", "3.43T"),
        ("about 3.4T", "3.43T"),
        ("about 3T", "3.43T"),
        ("about 500 people", "512 people"),
        ("more than 3T", "3.43T"),
        ("more than 3T", "more than 3T"),
        ("at least 3T", "more than 3T"),
        ("at least 300 people", "300 people"),
        ("nearly 4 million", "3.9 million"),
        ("up to 5 million", "3 to 5 million"),
        ("3 to 5 million users", "3 million to 5 million users"),
        ("thousands of people", "4,200 people"),
        ("1,000", "1k"),
        ("1000", "one thousand"),
        ("three ministers", "3 ministers"),
        ("the third", "the 3rd"),
        ("ranked 1", "No. 1"),
        ("$5 billion", "5 billion dollars"),
        ("US$5bn", "$5,000,000,000"),
        ("$5.00", "$5"),
        ("12%", "12 per cent"),
        ("7%", "7.4%"),
        ("25 basis points", "0.25 percentage points"),
        ("12 people", "12 soldiers"),
        ("12 were hurt", "12 people"),
        ("4,200 new jobs", "4,200 jobs"),
        ("12 km", "12 kilometres"),
        ("aged 16", "a 16-year-old"),
        ("rose 12%", "12%"),
        ("rose 12%", "+12%"),
        ("fell 12%", "-12%"),
        ("1,048,576 tokens", "a 1,048,576-token context"),
    ],
)
def test_the_evidence_bears_the_claim_out(claim: str, evidence: str) -> None:
    assert equal(quantity(claim), quantity(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("3.431T", "3.43T"),
        ("3.430T", "3.43T"),
        ("3.5T", "3.43T"),
        ("3.43T", "3.43B"),
        ("3.43T", "3.4T"),
        ("more than 3.5T", "3.43T"),
        ("more than 2T", "3.43T"),
        ("3T", "more than 3T"),
        ("3T", "nearly 3T"),
        ("nearly 3 million", "3.1 million"),
        ("5 million", "3 to 5 million"),
        ("3 to 5 million", "4 million"),
        ("hundreds of people", "4,200 people"),
        ("12%", "12 percentage points"),
        ("12%", "12"),
        ("rose 12%", "fell 12%"),
        ("rose 12%", "-12%"),
        ("3 °C", "-3 °C"),
        ("$5", "€5"),
        ("$5 billion", "5 billion"),
        ("$0.14 per million tokens", "$0.14"),
        ("$20 a month", "$20 a year"),
        ("12 ministers", "12 jobs"),
        ("12 soldiers", "12 people"),
        ("12 km", "12 miles"),
        ("third", "3"),
        ("the third week in a row", "the third month in a row"),
        ("rose 5% on the week", "rose 5% on the month"),
        ("3x", "3"),
        ("100,000 barrels", "100,000 barrels a day"),
    ],
)
def test_the_evidence_does_not_bear_the_claim_out(claim: str, evidence: str) -> None:
    assert not equal(quantity(claim), quantity(evidence))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("3.43T tokens", "3.43 trillion tokens", True),
        ("about 12%", "12.0%", True),
        ("fell 12%", "rose 12%", False),
        ("$5", "€5", False),
        ("3 to 5 km", "3 km", False),
        ("12 people", "12", False),
    ],
)
def test_one_thing_is_one_whatever_its_printed_form(
    left: str, right: str, expected: bool
) -> None:
    assert same_thing(quantity(left), quantity(right)) is expected
