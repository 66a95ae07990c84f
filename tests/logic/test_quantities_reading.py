"""Quantities of running text are read as a careful reader reads them."""

from decimal import Decimal

import pytest

from briefing.domain.claim import QuantityKind as Kind
from briefing.logic.quantities import read_quantities


def read(text: str) -> list[tuple[str, Kind, str]]:
    """Value, kind and unit of each quantity, the value in plain digits."""
    return [
        (f"{quantity.value:,f}", quantity.kind, quantity.unit)
        for quantity in read_quantities(text)
    ]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("3.43T", "3,430,000,000,000"),
        ("284B", "284,000,000,000"),
        ("3.43 trillion", "3,430,000,000,000"),
        ("1,048,576", "1,048,576"),
        ("1.048.576", "1,048,576"),
        ("1 048 576", "1,048,576"),
        ("1\u202f048\u2009576", "1,048,576"),
        ("1'048'576", "1,048,576"),
        ("12,34,567", "1,234,567"),
        ("20 000", "20,000"),
        ("1.234,56", "1,234.56"),
        ("1,5 million", "1,500,000"),
        ("0.25", "0.25"),
        ("100k", "100,000"),
        ("1.2万", "12,000"),
        ("3亿", "300,000,000"),
        ("5 lakh", "500,000"),
        ("500 crore", "5,000,000,000"),
        ("three million", "3,000,000"),
        ("twenty-five", "25"),
        ("two hundred and twelve", "212"),
        ("five thousand two hundred", "5,200"),
        ("two and a half million", "2,500,000"),
        ("a dozen", "12"),
        ("two dozen", "24"),
        ("half a million", "500,000"),
        ("a quarter of a million", "250,000"),
        ("a hundred", "100"),
    ],
)
def test_a_numeral_is_read_in_any_of_its_forms(printed: str, value: str) -> None:
    found = read(f"They found {printed} there.")

    assert found == [(value, Kind.COUNT, "")]


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("$5bn", "5,000,000,000", "USD"),
        ("€1.2bn", "1,200,000,000", "EUR"),
        ("£3m", "3,000,000", "GBP"),
        ("US$ 4.5 million", "4,500,000", "USD"),
        ("U.S.$4.5 million", "4,500,000", "USD"),
        ("HK$20", "20", "HKD"),
        ("A$1,200", "1,200", "AUD"),
        ("5 billion dollars", "5,000,000,000", "USD"),
        ("5 million Canadian dollars", "5,000,000", "CAD"),
        ("EUR 5m", "5,000,000", "EUR"),
        ("12 million USD", "12,000,000", "USD"),
        ("¥500", "500", "JPY"),
        ("CN¥500", "500", "CNY"),
        ("5 billion yuan", "5,000,000,000", "CNY"),
        ("3.4亿元", "340,000,000", "CNY"),
        ("Rs 500 crore", "5,000,000,000", "INR"),
        ("₹5 lakh", "500,000", "INR"),
        ("3 million pounds", "3,000,000", "GBP"),
        ("50 cents", "0.5", "USD"),
        ("15p", "0.15", "GBP"),
        ("12,50 €", "12.5", "EUR"),
        ("tens of millions of pounds", "10,000,000", "GBP"),
        ("one to two billion dollars", "1,000,000,000", "USD"),
        ("$20 a month", "20", "USD/month"),
        ("$20/month", "20", "USD/month"),
        ("$0.14 per million tokens", "0.14", "USD/million token"),
        ("€7,000 per square metre", "7,000", "EUR/square m"),
    ],
)
def test_money_has_its_currency_and_what_it_is_per(
    printed: str, value: str, unit: str
) -> None:
    found = read(f"They asked for {printed}, it said.")

    assert found == [(value, Kind.MONEY, unit)]


@pytest.mark.parametrize(
    ("printed", "value", "kind", "unit"),
    [
        ("12 percent", "12", Kind.PERCENT, "percent"),
        ("12 per cent", "12", Kind.PERCENT, "percent"),
        ("7.4 %", "7.4", Kind.PERCENT, "percent"),
        ("1.5 percentage points", "1.5", Kind.POINTS, "percentage_point"),
        ("25 basis points", "0.25", Kind.POINTS, "percentage_point"),
        ("25bp", "0.25", Kind.POINTS, "percentage_point"),
        ("half a percentage point", "0.5", Kind.POINTS, "percentage_point"),
        ("12 km", "12", Kind.MEASURE, "km"),
        ("12 kilometres", "12", Kind.MEASURE, "km"),
        ("12km", "12", Kind.MEASURE, "km"),
        ("400 megawatts", "400", Kind.MEASURE, "MW"),
        ("400 megawatt-hours", "400", Kind.MEASURE, "MWh"),
        ("400 MW hours", "400", Kind.MEASURE, "MWh"),
        ("150 watt-hours", "150", Kind.MEASURE, "Wh"),
        ("100m", "100", Kind.MEASURE, "m"),
        ("60 km/h", "60", Kind.MEASURE, "km/h"),
        ("60 kilometres per hour", "60", Kind.MEASURE, "km/h"),
        ("300 MW", "300", Kind.MEASURE, "MW"),
        ("5 tonnes", "5", Kind.MEASURE, "tonne"),
        ("-3 °C", "-3", Kind.MEASURE, "°C"),
        ("minus 3 degrees Celsius", "-3", Kind.MEASURE, "°C"),
        ("a 16-year-old", "16", Kind.MEASURE, "year"),
        ("half an hour", "0.5", Kind.MEASURE, "hour"),
        ("12 square miles", "12", Kind.MEASURE, "square mile"),
        ("18st", "18", Kind.MEASURE, "stone"),
        ("a third of them", "0.333333", Kind.MULTIPLE, ""),
        ("two-thirds", "0.666667", Kind.MULTIPLE, ""),
        ("three quarters of it", "0.75", Kind.MULTIPLE, ""),
        ("3x", "3", Kind.MULTIPLE, ""),
        ("a threefold gain", "3", Kind.MULTIPLE, ""),
        ("three times as many", "3", Kind.MULTIPLE, ""),
        ("twice the size", "2", Kind.MULTIPLE, ""),
        ("the third week in a row", "3", Kind.ORDINAL, "week"),
        ("the fifth straight month", "5", Kind.ORDINAL, "month"),
        ("the 21st place", "21", Kind.ORDINAL, ""),
        ("No. 1", "1", Kind.ORDINAL, ""),
        ("number one", "1", Kind.ORDINAL, ""),
    ],
)
def test_a_number_has_its_kind_and_unit(
    printed: str, value: str, kind: Kind, unit: str
) -> None:
    found = read(f"It was {printed}.")

    assert found == [(value, kind, unit)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It cut 4,200 jobs.", "job"),
        ("It cut 4,200 new jobs.", "job"),
        ("It used 28.9 trillion weekly tokens.", "token"),
        ("A 1,048,576-token context.", "token"),
        ("There were 12 cabinet ministers.", "minister"),
        ("Some 300 people left.", "person"),
        ("They are two materials scientists.", "scientist"),
        ("It is the 10-placed side.", ""),
        ("About 12 children fell ill.", "child"),
        ("Thousands of residents left.", "resident"),
        ("It opened 500+ shops.", "shop"),
        ("It pumps 100,000 barrels a day.", "barrel/day"),
        ("It killed 15 and hurt others.", ""),
        ("It has 13B active.", ""),
    ],
)
def test_what_is_counted_is_the_unit(text: str, unit: str) -> None:
    found = [quantity.unit for quantity in read_quantities(text)]

    assert found == [unit]


def test_the_text_of_a_quantity_ends_before_words_that_are_not_part_of_it() -> None:
    near, apart = "It cut 4,200 jobs.", "It cut 4,200 new jobs."

    found = [read_quantities(text)[0].text for text in (near, apart)]

    assert found == ["4,200 jobs", "4,200"]


@pytest.mark.parametrize(
    ("text", "value", "upper", "printed"),
    [
        ("It has 3 to 5 million users.", 3_000_000, 5_000_000, "3 to 5 million users"),
        ("It rose 3-5% there.", 3, 5, "3-5%"),
        ("It needs between 10 and 20 jobs.", 10, 20, "10 and 20 jobs"),
        ("It costs $3-5 billion.", 3 * 10**9, 5 * 10**9, "$3-5 billion"),
        ("It costs $3bn to $5bn.", 3 * 10**9, 5 * 10**9, "$3bn to $5bn"),
        ("It took two or three weeks.", 2, 3, "two or three weeks"),
        ("It took eight to 10 seconds.", 8, 10, "eight to 10 seconds"),
    ],
)
def test_a_range_is_one_quantity_with_two_ends(
    text: str, value: int, upper: int, printed: str
) -> None:
    found = read_quantities(text)

    assert [(one.value, one.upper, one.text) for one in found] == [
        (Decimal(value), Decimal(upper), printed)
    ]


def test_from_and_to_are_two_levels_and_no_range() -> None:
    found = read_quantities("Profit rose from £3m to £4m.")

    assert [(one.value, one.upper) for one in found] == [
        (Decimal(3_000_000), None),
        (Decimal(4_000_000), None),
    ]


def test_a_score_is_two_counts() -> None:
    found = read("The club won 3-1 at home and drew 0-0 away.")

    assert found == [(goals, Kind.COUNT, "") for goals in ("3", "1", "0", "0")]


def test_two_prices_share_what_is_printed_once() -> None:
    found = read("It costs $0.14 / $0.28 per million tokens in / out.")

    assert found == [
        ("0.14", Kind.MONEY, "USD/million token"),
        ("0.28", Kind.MONEY, "USD/million token"),
    ]


def test_brackets_in_a_table_are_a_minus_and_in_prose_are_not() -> None:
    table = read("| Net result | (1,234) | 5,678 |")
    prose = read("The town (1,234) is small.")

    assert table == [("-1,234", Kind.COUNT, ""), ("5,678", Kind.COUNT, "")]
    assert prose == [("1,234", Kind.COUNT, "")]


def test_a_ranking_row_gives_its_rank_and_its_value() -> None:
    text = "DeepSeek-V4-Flash ranked 1 with 3.43 trillion tokens, 18-24 May 2026."

    found = read_quantities(text)

    assert [(one.kind, one.unit, one.subject) for one in found] == [
        (Kind.ORDINAL, "", "DeepSeek-V4-Flash"),
        (Kind.COUNT, "token", "DeepSeek-V4-Flash"),
    ]
    assert found[1].window is not None
    assert found[1].window.start.isoformat() == "2026-05-18"


@pytest.mark.parametrize(
    ("printed", "precision"),
    [
        ("3.43T", "1E+10"),
        ("3.4T", "1E+11"),
        ("three million", "1E+6"),
        ("twelve", "1"),
        ("1,048,576", "1"),
        ("7.40%", "0.01"),
        ("half a million", "1E+5"),
    ],
)
def test_precision_is_the_worth_of_the_last_printed_digit(
    printed: str, precision: str
) -> None:
    found = read_quantities(f"They saw {printed} there.")

    assert [one.precision for one in found] == [Decimal(precision)]
