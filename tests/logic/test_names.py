"""Names: what counts as one, and when two are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.logic.names import read_names, same_name


def names(text: str) -> list[str]:
    return [name.text for name in read_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Bank of Japan met in Tokyo on Wednesday.",
            ["Bank of Japan", "Tokyo"],
        ),
        (
            "Usage of DeepSeek-V4-Flash and GPT-4o rose.",
            ["DeepSeek-V4-Flash", "GPT-4o"],
        ),
        ("An A320neo and a Boeing 737 landed.", ["A320neo", "Boeing 737"]),
        ("Police said the U.S. Treasury's plan stands.", ["U.S. Treasury"]),
        ("In March the plant in Ghent reopened.", ["Ghent"]),
        ("Shares fell. OpenRouter's shares rose.", ["OpenRouter"]),
        (
            "Chinese models and American models differ.",
            ["Chinese", "American"],
        ),
        ("Officials met the President on Friday.", []),
        ("The office said: “Markets are calm.”", []),
        ("Procter & Gamble sold a unit.", ["Procter & Gamble"]),
        ("New York fell. New rules came.", ["New York"]),
        ("It cost RM1.6m.The Treasury paid.", ["Treasury"]),
        ("Premier League clubs met.", ["Premier League"]),
        ("", []),
        ("今天上海开市。", []),
    ],
)
def test_names_are_capitalised_runs_but_not_ordinary_first_words(
    text: str, expected: list[str]
) -> None:
    found = names(text)

    assert found == expected


def test_two_people_joined_by_and_are_two_names() -> None:
    found = names("Talks between Ankara and Athens failed.")

    assert found == ["Ankara", "Athens"]


def test_a_headline_in_capitals_gives_only_names_seen_elsewhere() -> None:
    text = "PLANT OPENS NEAR GHENT HARBOUR\n\nThe plant near Ghent opened."

    found = names(text)

    assert found == ["GHENT", "Ghent"]


def test_a_first_word_counts_when_the_text_has_it_inside_a_sentence() -> None:
    text = "Sterling fell. Traders sold Sterling all day."

    found = names(text)

    assert found == ["Sterling", "Sterling"]


@pytest.mark.parametrize(
    "word",
    [
        "Wages", "Markets", "Construction", "Consumer", "Services", "Shares",
        "Handling", "Inflation", "Companies", "Researchers", "Employment", "Capacity",
        "Output", "Borrowers",
    ],
)  # fmt: skip
def test_a_lone_first_word_that_looks_common_is_no_name(word: str) -> None:
    assert names(f"{word} rose in April. It said so.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Tidewell said so.",
        "Reuters reported it.",
        "Ukraine will vote.",
        "Siemens rose 4%.",
        "Boeing fell.",
        "OpenRouter said so.",
        "NASA said so.",
        "Wages said so. They asked Wages again.",
    ],
)
def test_a_lone_first_word_that_is_a_name_is_found(text: str) -> None:
    assert names(text)[0] == text.split()[0]


def test_a_common_first_word_belongs_to_the_name_that_goes_on() -> None:
    found = names("Labour Arbitration Board members met. Capacity Office staff left.")

    assert found == ["Labour Arbitration Board", "Capacity Office"]


def test_a_word_that_is_a_name_in_the_sources_is_one_alone() -> None:
    found = read_names("Richards rose to speak.", known={"richards"})

    assert [name.text for name in found] == ["Richards"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Bank of Japan", "BOJ"),
        ("United States", "U.S."),
        ("American", "US"),
        ("Chinese", "China"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("President Macron", "Emmanuel Macron"),
        ("Xi", "Xi Jinping"),
        ("Siemens AG", "Siemens"),
        ("GPT-4o", "GPT 4o"),
        ("Zürich", "Zurich"),
        ("Ledger’s", "Ledger"),
        ("E. Macron", "Emmanuel Macron"),
    ],
)
def test_aliases_of_one_bearer_are_the_same(a: str, b: str) -> None:
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("North Korea", "South Korea"),
        ("North Korea", "Korea"),
        ("New York", "York"),
        ("Bank of Japan", "Japan"),
        ("DeepSeek-V4-Flash", "DeepSeek-V3"),
        ("Manchester United", "Manchester City"),
        ("", "Ghent"),
    ],
)
def test_different_bearers_are_not_the_same(a: str, b: str) -> None:
    assert not same_name(a, b)
    assert not same_name(b, a)


@given(st.text(max_size=300))
def test_any_text_gives_names_that_stand_where_they_say(text: str) -> None:
    for name in read_names(text):
        assert text[name.span.start : name.span.end] == name.text
