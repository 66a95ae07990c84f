"""Who says something in the claim says it in the evidence."""

from __future__ import annotations

import pytest

from briefing.domain.claim import Status
from tests.builders import document
from tests.logic.verification.samples import judge, search

HEARING = document(
    "The north quay will stay shut until May, said Isle Varga, who runs the port. "
    "Tide Brink, head of the dockers' union, said that 40 jobs were lost in April. "
    "“Nobody asked us about the plan,” the mayor, Calder Oden, told reporters. "
    "According to Lowland Fisk, a buyer at Norvale, the cranes cost €6 million. "
    "The quay was built in 1961."
)


@pytest.mark.parametrize(
    "text",
    [
        "Isle Varga said the north quay will stay shut until May.",
        "Tide Brink said that 40 jobs were lost in April.",
        "According to Brink, 40 jobs were lost in April.",
        "“Nobody asked us about the plan,” said Calder Oden.",
        "Lowland Fisk said the cranes cost €6 million.",
        "The quay was built in 1961.",
    ],
)
def test_who_is_heard_in_the_source_may_say_it(text: str) -> None:
    assert judge(text, HEARING).status is Status.SUPPORTED
    assert search(text, HEARING).status is Status.SUPPORTED


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Tide Brink said the north quay will stay shut until May.", "Varga"),
        ("Calder Oden said that 40 jobs were lost in April.", "Brink"),
        ("According to Isle Varga, 40 jobs were lost in April.", "Brink"),
        ("Isle Varga said the cranes cost €6 million.", "Fisk"),
    ],
)
def test_what_one_says_is_not_put_in_anothers_mouth(text: str, speaker: str) -> None:
    verdict = judge(text, HEARING)

    assert verdict.status is Status.REFUTED
    assert speaker in verdict.reason


def test_whom_one_speaks_about_says_nothing() -> None:
    source = document(
        "Harbour Miller said Ostmark Baker had left the board of Norvale."
    )

    wrong = judge("Ostmark Baker said he had left the board of Norvale.", source)
    right = judge("Harbour Miller said he had left the board of Norvale.", source)

    assert (wrong.status, right.status) == (Status.REFUTED, Status.SUPPORTED)
    assert (
        wrong.reason == "In the cited text Harbour Miller says it, not Ostmark Baker."
    )


def test_a_speaker_where_nobody_is_heard_is_not_supported() -> None:
    source = document("Norvale closed its plant in Ghent. Ostmark Baker owns Norvale.")

    verdict = judge("Ostmark Baker said Norvale closed its plant in Ghent.", source)

    assert (verdict.status, verdict.rule) == (Status.NOT_ENOUGH_INFO, "C3")


@pytest.mark.parametrize(
    "source",
    [
        "Ostmark Baker leads Norvale. He said the firm closed its plant in Ghent.",
        "Norvale closed its plant in Ghent, its owner Ostmark Baker said on Monday.",
        "Norvale's Ostmark Baker later confirmed the firm closed its plant in Ghent.",
        "“We closed the plant in Ghent,” Baker, 61, said. Ostmark Baker owns the firm.",
    ],
)
def test_a_speaker_may_be_named_in_other_words(source: str) -> None:
    text = "Ostmark Baker said the firm closed its plant in Ghent."

    assert judge(text, document(source)).status is Status.SUPPORTED


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Norvale's ferry council warned of a late May.", Status.NOT_ENOUGH_INFO),
        ("The importers of Norvale warned of a late May.", Status.SUPPORTED),
        ("Norvale officials warned of a late May.", Status.SUPPORTED),
    ],
)
def test_an_office_that_nobody_speaks_of_is_not_the_nameless_one_who_speaks(
    text: str, status: Status
) -> None:
    source = document("The quay of Norvale is shut. Importers warned of a late May.")

    assert judge(text, source).status is status


def test_the_house_of_a_speaker_may_end_in_a_digit() -> None:
    source = document("KTAR9’s Isle Varga said police chased the man on Monday.")

    right = judge("Police chased the man, according to KTAR9's Isle Varga.", source)
    wrong = judge("Police chased the man, according to KTAR9's Tide Brink.", source)

    assert (right.status, wrong.rule) == (Status.SUPPORTED, "C3")


@pytest.mark.parametrize(
    "source",
    [
        "Isle Varga on Sunday, 28 January, said Mayor Calder Oden would leave.",
        "Isle Varga on Sunday said Mayor Calder Oden would leave.",
        "Isle Varga said on Sunday that Mayor Calder Oden would leave.",
    ],
)
def test_a_day_may_stand_between_the_speaker_and_the_verb(source: str) -> None:
    right = judge("Varga said Oden would leave.", document(source))
    wrong = judge("Oden said Varga would leave.", document(source))

    assert (right.status, wrong.rule) == (Status.SUPPORTED, "C3")
