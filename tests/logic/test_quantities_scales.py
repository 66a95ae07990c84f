"""One amount in two units of one dimension is one amount, and nothing else is."""

import pytest

from briefing.domain.claim import Quantity
from briefing.logic.quantities import equal, read_quantities, same_amount


def quantity(text: str) -> Quantity:
    """The only quantity of a text."""
    (found,) = read_quantities(text)
    return found


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1.4 GW", "1,400 megawatts"),
        ("3 TWh", "3,000 GWh"),
        ("12 km", "12,000 metres"),
        ("5 tonnes", "5,000 kg"),
        ("200 hectares", "2 square kilometres"),
        ("48 hours", "two days"),
        ("24 months", "two years"),
        ("a quarter of the fee", "25% of the fee"),
        ("half of the water", "50% of the water"),
        ("9,000 litres a day", "9 cubic metres a day"),
    ],
)
def test_other_units_of_one_dimension_give_one_amount(left: str, right: str) -> None:
    assert same_amount(quantity(left), quantity(right))
    assert same_amount(quantity(right), quantity(left))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1.4 GW", "1,500 megawatts"),
        ("1.4 GW", "1.4 MW"),
        ("1.4 GW", "1,400 MWh"),
        ("30 days", "1 month"),
        ("5 tonnes", "5 tons"),
        ("rose 25%", "fell 25%"),
        ("0.25 percentage points", "25%"),
        ("9,000 litres a day", "9 cubic metres a year"),
    ],
)
def test_other_amounts_and_other_dimensions_stay_apart(left: str, right: str) -> None:
    assert not same_amount(quantity(left), quantity(right))


def test_the_checker_still_holds_a_unit_to_its_evidence() -> None:
    assert not equal(quantity("1.4 GW"), quantity("1,400 megawatts"))


@pytest.mark.parametrize("about", ["strike", "row", "dispute", "protests"])
def test_what_people_quarrel_over_is_no_lower_limit(about: str) -> None:
    assert equal(quantity(f"a {about} over €640 million"), quantity("€640 million"))
    assert not equal(quantity("over €640 million"), quantity("€640 million"))
