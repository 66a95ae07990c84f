"""Quantities of running text are read as a careful reader reads them."""

import pytest

from briefing.logic.quantities import format_quantity, read_quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It used 3.43T tokens.", ["3.43 trillion tokens"]),
        ("It raised $5bn and €1.2bn.", ["$5 billion", "€1.2 billion"]),
        ("A 1,048,576-token context.", ["1,048,576 tokens"]),
        ("Half a million users left.", ["500,000 users"]),
        ("It was cut by 25 basis points.", ["0.25 percentage points"]),
    ],
)  # fmt: skip
def test_a_number_is_read_with_its_scale_and_unit(
    text: str, expected: list[str]
) -> None:
    found = [format_quantity(quantity) for quantity in read_quantities(text)]

    assert found == expected
