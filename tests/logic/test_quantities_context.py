"""The words around a number say which way, how nearly and against what."""

import pytest

from briefing.domain.claim import Approximation as Approx
from briefing.domain.claim import Direction
from briefing.logic.quantities import read_quantities

UP, DOWN, NONE = Direction.UP, Direction.DOWN, Direction.NONE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sales rose 5% to $10m.", [UP, NONE]),
        ("Sales rose to $10m.", [NONE]),
        ("Sales fell by about 12 percent.", [DOWN]),
        ("Profit fell to £3m from £4m.", [NONE, NONE]),
        ("Usage was up 7.4% on the week.", [UP]),
        ("The total: +7.4%.", [UP]),
        ("The total: -3% and −3 %.", [DOWN, DOWN]),
        ("A 5% weekly rise and a 3% drop.", [UP, DOWN]),
        ("An increase of 5% and a decline of 3%.", [UP, DOWN]),
        ("Prices are 5% higher, wages 3% lower.", [UP, DOWN]),
        ("It cut its workforce by 5% and raised prices by 3%.", [DOWN, UP]),
        ("The rate was cut by 25 basis points.", [DOWN]),
        ("The lead narrowed by 2 percentage points.", [DOWN]),
        ("Sales rose 5% and 3%.", [UP, UP]),
        ("It raised $5m.", [NONE]),
        ("It holds up to 5% of shares.", [NONE]),
        ("It is higher than 5%.", [NONE]),
        ("Revenue doubled while costs halved.", [UP, DOWN]),
        ("5% of voters stayed home.", [NONE]),
    ],
)
def test_a_move_has_a_direction_and_a_level_has_none(
    text: str, expected: list[Direction]
) -> None:
    found = [quantity.direction for quantity in read_quantities(text)]

    assert found == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("about", Approx.ABOUT),
        ("some", Approx.ABOUT),
        ("roughly", Approx.ABOUT),
        ("an estimated", Approx.ABOUT),
        ("more than", Approx.OVER),
        ("over", Approx.OVER),
        ("nearly", Approx.UNDER),
        ("almost", Approx.UNDER),
        ("fewer than", Approx.UNDER),
        ("at least", Approx.AT_LEAST),
        ("no fewer than", Approx.AT_LEAST),
        ("up to", Approx.AT_MOST),
        ("no more than", Approx.AT_MOST),
        ("as many as", Approx.AT_MOST),
        ("exactly", Approx.EXACT),
    ],
)
def test_the_words_in_front_say_how_nearly(words: str, expected: Approx) -> None:
    found = read_quantities(f"It hired {words} 4,200 people.")

    assert [one.approximation for one in found] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened 500+ shops.", Approx.AT_LEAST),
        ("It takes 500 or more.", Approx.AT_LEAST),
        ("It takes 500 or so.", Approx.ABOUT),
        ("It lasted over five years.", Approx.EXACT),
        ("Thousands of jobs went.", Approx.ABOUT),
    ],
)
def test_the_words_behind_count_too(text: str, expected: Approx) -> None:
    found = read_quantities(text)

    assert [one.approximation for one in found] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose 19.89% week-over-week.", "week"),
        ("It rose 19.89% month-over-month.", "month"),
        ("It rose 7.4% on the week.", "week"),
        ("It rose 5% from a year earlier.", "year"),
        ("It rose 5% year on year.", "year"),
        ("It rose 5% compared with the previous week.", "week"),
        ("It rose 5% to $10m from a year ago.", "year"),
        ("It posted a 5% annual rise.", "year"),
        ("It rose 5% (MoM).", "month"),
        ("It rose 5%.", ""),
    ],
)
def test_the_base_of_a_change_is_read(text: str, expected: str) -> None:
    found = read_quantities(text)

    assert found[0].base == expected


def test_each_of_two_changes_has_its_own_base() -> None:
    found = read_quantities("It rose 2% on the month and fell 5% on the year.")

    assert [one.base for one in found] == ["month", "year"]


@pytest.mark.parametrize(
    ("text", "subject", "metric"),
    [
        ("Revenue at Acme rose 5%.", "Acme", "revenue"),
        ("In May, Acme Corp hired 300 people.", "Acme Corp", "people"),
        ("Inflation rose to 5%.", "", "inflation"),
        ("It won 5% of sales.", "", "sales"),
        ("Acme said it used 3T weekly tokens.", "Acme", "weekly tokens"),
    ],
)
def test_subject_and_metric_are_read_where_it_is_safe(
    text: str, subject: str, metric: str
) -> None:
    found = read_quantities(text)

    assert (found[0].subject, found[0].metric) == (subject, metric)


def test_to_add_up_to_a_figure_is_no_limit() -> None:
    (total,) = read_quantities("The models added up to 9.2 trillion tokens.")
    (limit,) = read_quantities("Fines are up to 9.2 trillion tokens.")

    assert total.approximation is Approx.EXACT
    assert limit.approximation is Approx.AT_MOST
