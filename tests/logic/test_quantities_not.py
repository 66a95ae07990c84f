"""What looks like a number but is a date, a name or a mark is no quantity."""

import pytest

from briefing.logic.quantities import read_quantities


@pytest.mark.parametrize(
    "text",
    [
        "It covers 18-24 May and 25 May 2026.",
        "It was founded in 1998 and sold in 2026.",
        "The 2016 elections and the 1990s were calm.",
        "Results for the first quarter of 2026 and Q2 2026.",
        "The third-quarter results and fiscal 2025.",
        "Doors open at 5 p.m., 10:30, 7.30am and 18:45 GMT.",
        "DeepSeek-V4-Flash, GPT-4o and Qwen3-235B-A22B are models.",
        "COVID-19, H5N1, mRNA-1345 and an AK-47.",
        "The Boeing 737, the F-16 and the A350.",
        "It runs Windows 11 and Llama 3.1 here.",
        "Under Article 5 and Section 230 of it.",
        "The G7, the G20 and 5G and Formula 1.",
        "A category 4 storm and type 2 diabetes.",
        "As reported [3] and elsewhere [1, 2].",
        "Call +1 555 123 4567 or 555-123-4567 or 0800 056 0154.",
        "See https://a.example/2026/page-12 or mail box12@a.example now.",
        "One of the men said that no one saw the one behind another one.",
        "One day they will love one another.",
        "At first it was a split second, and a few seconds later it ended.",
        "It doubled down on the plan, doubling as a guide.",
        "The 20th century and the 21st-century city.",
        "First, the First Amendment and the Second World War.",
        "Open 24/7 since 9/11.",
        "Photo 3/8 shows the street.",
        "The company 3M makes a 4K screen.",
        "It fixed version 1.2.3 and v4.1.",
        "It may march on, the office of May said.",
        "People in their late-30s and the '90s.",
        "Number 12345678901234567890 is an account.",
        "Agent 007 is back.",
        "Rain eases as one heads south.",
        "It was on sale for 6,5000 there.",
    ],
)
def test_it_is_no_quantity(text: str) -> None:
    assert read_quantities(text) == ()


def test_the_number_of_a_list_item_is_none() -> None:
    text = "1. Rates fell.\n2. Prices rose.\n3) Wages stood."

    assert read_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("It hired 2000 people.", ["2000 people"]),
        ("On 25 May 2026 12 people met.", ["12 people"]),
        ("One officer was hurt.", ["One officer"]),
        ("Boeing sold 737 jets.", ["737 jets"]),
        ("It raised $2026.", ["$2026"]),
        ("Israel Kills 12 in Strike on Town", ["12"]),
        ("A five-day week for 3 in 10.", ["five-day", "3", "10"]),
    ],
)
def test_a_number_beside_such_a_thing_still_counts(
    text: str, printed: list[str]
) -> None:
    found = [quantity.text for quantity in read_quantities(text)]

    assert found == printed
