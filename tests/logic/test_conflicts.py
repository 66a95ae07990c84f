"""A conflict is one thing with two values from two houses, and nothing less."""

from datetime import UTC, datetime

from briefing.domain.claim import Conflict
from briefing.domain.document import Document
from briefing.logic.conflicts import find_conflicts
from tests.builders import document


def said(text: str, house: str, **changes: object) -> Document:
    return document(
        text,
        url=f"http://{house}.example/a",
        publisher=f"{house} (sample)",
        family=house,
        **changes,
    )


def values(conflicts: tuple[Conflict, ...]) -> list[list[str]]:
    return [[quantity.text for quantity, _ in one.sides] for one in conflicts]


def test_two_counts_of_one_thing_conflict() -> None:
    one = said("The outage affected 45,000 customers in all regions.", "ledger")
    other = said("The outage affected about 38,000 customers, it was said.", "wire")

    found = find_conflicts((one, other))

    assert values(found) == [["45,000 customers", "38,000 customers"]]


def test_one_change_with_two_base_periods_conflicts() -> None:
    one = said("Use of Chinese models rose 19.89% week-over-week.", "ledger")
    other = said("Use of Chinese models rose 19.89% month-over-month.", "wire")

    (found,) = find_conflicts((one, other))

    assert [quantity.base for quantity, _ in found.sides] == ["week", "month"]


def test_one_house_does_not_contradict_itself() -> None:
    one = said("The outage affected 45,000 customers in all regions.", "ledger")
    other = said("The outage affected 38,000 customers in all regions.", "ledger")

    assert find_conflicts((one, other)) == ()


def test_a_text_that_knows_both_figures_tells_a_development() -> None:
    one = said("The outage affected 45,000 customers. At noon 38,000 customers.", "a")
    other = said("The outage affected 38,000 customers in all regions.", "b")

    assert find_conflicts((one, other)) == ()


def test_figures_of_different_weeks_do_not_conflict() -> None:
    old = datetime(2026, 5, 11, tzinfo=UTC)
    one = said("Ranked models processed 9.2 trillion tokens.", "a", published_at=old)
    other = said("Ranked models processed 7.7 trillion tokens.", "b")

    assert find_conflicts((one, other)) == ()


def test_rounding_is_no_conflict() -> None:
    one = said("The plant will employ about 1,200 people in Calder.", "a")
    other = said("The plant will employ 1,190 people in Calder.", "b")

    assert find_conflicts((one, other)) == ()
