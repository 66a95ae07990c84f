"""One amount retold in another form, and two that only look alike."""

from __future__ import annotations

import pytest

from briefing.domain.claim import Status
from tests.builders import document
from tests.logic.verification.samples import search

_TOLD = [
    ("Half of the wells in Skov are dry.", "50% of the wells in Skov are dry."),
    ("Two thirds of voters in Skov agree.", "67 per cent of voters in Skov agree."),
    ("The mill in Skov ran for 24 hours.", "The mill in Skov ran for one day."),
    ("The race in Skov is 1,000 metres.", "The race in Skov is one kilometre."),
    ("The mill in Skov saves 2m euros a year.", "The mill in Skov saves €2m yearly."),
    ("Both mills in Skov closed.", "The two mills in Skov closed."),
    ("Skov lost a third straight game.", "Skov lost three games in a row."),
    ("One in five wells in Skov is dry.", "20% of the wells in Skov are dry."),
    ("A miller of Skov (34) was hurt.", "A 34-year-old miller of Skov was hurt."),
    ("The miller of Skov, aged 34 then, left.", "The 34-year-old miller of Skov left."),
    ("In Skov a miller was hurt.", "One miller was hurt in Skov."),
    ("Skov won the seventh game of the cup.", "Skov won Game 7 of the cup."),
    ("Skov won game seven of the cup.", "Skov won the seventh game of the cup."),
    ("The mill in Skov is ranked fourth.", "The mill in Skov is number four."),
    ("The strike in Skov saw its third day.", "The strike in Skov is in day three."),
    ("The mill in Skov cost almost $95m (£62m).", "Skov's mill cost nearly £62m."),
    ("The mill in Skov had its maiden run.", "The mill in Skov had its first run."),
    ("Skov was the runner-up at the fair.", "Skov came second at the fair."),
    ("Skov took bronze at the fair.", "Skov finished third at the fair."),
    ("Skov had its third win at the fair.", "Skov has won three at the fair."),
]
_NOT_TOLD = [
    ("Half of the wells in Skov are dry.", "60% of the wells in Skov are dry."),
    ("The mill in Skov ran for 24 hours.", "The mill in Skov ran for two days."),
    ("The race in Skov is 1,000 metres.", "The race in Skov is ten kilometres."),
    ("The mill in Skov saves 2m euros a month.", "The mill in Skov saves €2m yearly."),
    ("Skov lost a third straight game.", "Skov lost four games in a row."),
    ("One in five wells in Skov is dry.", "25% of the wells in Skov are dry."),
    ("A miller of Skov (34) was hurt.", "A 43-year-old miller of Skov was hurt."),
    ("In Skov two millers were hurt.", "One miller was hurt in Skov."),
    ("Skov won the seventh game of the cup.", "Skov won Game 6 of the cup."),
    ("The mill in Skov is ranked fourth.", "The mill in Skov is number five."),
    ("The strike in Skov saw its third day.", "The strike in Skov hit three mills."),
    ("The mill in Skov cost almost $95m (£62m).", "Skov's mill cost over £62m."),
    ("The mill in Skov had its maiden run.", "The mill in Skov had its fourth run."),
    ("Skov was the runner-up at the fair.", "Skov came third at the fair."),
    ("Skov took silver at the fair.", "Skov finished third at the fair."),
    ("Skov sold a bronze mill.", "Skov sold a third mill."),
    ("Skov had its third win at the fair.", "Skov has won two at the fair."),
    ("Skov has 40 mills and 90 wells.", "Skov has 90 mills and 40 wells."),
]


@pytest.mark.parametrize(("source", "text"), _TOLD)
def test_an_amount_in_another_form_is_the_same(source: str, text: str) -> None:
    assert search(text, document(source)).status is Status.SUPPORTED


@pytest.mark.parametrize(("source", "text"), _NOT_TOLD)
def test_another_amount_is_refused(source: str, text: str) -> None:
    assert search(text, document(source)).status is not Status.SUPPORTED


def test_two_numbers_in_each_others_places_are_refuted() -> None:
    source = document("The storm in Skov killed two people and hurt eleven people.")

    verdict = search("The storm in Skov killed 11 people and hurt two people.", source)

    assert (verdict.status, verdict.rule) == (Status.REFUTED, "N4")


def test_the_printed_form_of_a_number_is_no_part_of_a_quotation() -> None:
    source = document('"We lost almost $2.4 billion in Skov," said the Port Authority.')

    verdict = search(
        '"We lost almost $2.4bn in Skov," said the Port Authority.', source
    )

    assert verdict.status is Status.SUPPORTED


def test_another_number_in_a_quotation_is_refuted() -> None:
    source = document('"We lost almost $2.4 billion in Skov," said the Port Authority.')

    verdict = search('"We lost almost $2.4m in Skov," said the Port Authority.', source)

    assert (verdict.status, verdict.rule) == (Status.REFUTED, "Q1")
