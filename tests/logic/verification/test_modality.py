"""What is planned, possible, charged or denied is not told as done."""

from __future__ import annotations

import pytest

from briefing.domain.claim import Status
from tests.builders import document
from tests.logic.verification.samples import judge, search

TOO_SURE = [
    (
        "Norvale Motors plans to open a battery plant in Ghent next spring.",
        "Norvale Motors opened a battery plant in Ghent.",
    ),
    (
        "The ferry line will cut 40 jobs in Ostend by the summer, it said.",
        "The ferry line has cut 40 jobs in Ostend.",
    ),
    (
        "The central bank is expected to raise its key rate by half a point.",
        "The central bank raised its key rate by half a point.",
    ),
    (
        "The regulator may fine Brightwell for the leak of customer data.",
        "The regulator fined Brightwell for the leak of customer data.",
    ),
    (
        "The regulator could fine Brightwell for the leak of customer data.",
        "The regulator will fine Brightwell for the leak of customer data.",
    ),
    (
        "The city of Holm denied taking money from the building firm.",
        "The city of Holm took money from the building firm.",
    ),
    (
        "Brightwell is considering selling its cloud unit to Norvale.",
        "Brightwell sold its cloud unit to Norvale.",
    ),
    (
        "The minister proposed to ban petrol scooters in the old town.",
        "The minister banned petrol scooters in the old town.",
    ),
    (
        "Lawmakers were asked to approve the harbour budget of €4 million.",
        "Lawmakers approved the harbour budget of €4 million.",
    ),
    (
        "The two clerks are accused of stealing files from the archive.",
        "The two clerks stole files from the archive.",
    ),
    (
        "Brightwell agreed to buy the map maker Carto Lane for $90 million.",
        "Brightwell bought the map maker Carto Lane for $90 million.",
    ),
    (
        "The tunnel is due to be reopened after repairs in late autumn.",
        "The tunnel was reopened after repairs.",
    ),
    (
        "The museum failed to sell the painting at the spring auction in Lyon.",
        "The museum sold the painting at the spring auction in Lyon.",
    ),
    (
        "The bank is likely to cut its growth forecast for the region.",
        "The bank cuts its growth forecast for the region.",
    ),
]

AS_SURE = [
    (
        "Norvale Motors plans to open a battery plant in Ghent next spring.",
        "Norvale Motors intends to open a battery plant in Ghent.",
    ),
    (
        "Norvale Motors plans to open a battery plant in Ghent next spring.",
        "A battery plant is to be opened in Ghent by Norvale Motors.",
    ),
    (
        "The central bank is expected to raise its key rate by half a point.",
        "The central bank is likely to raise its key rate by half a point.",
    ),
    (
        "Brightwell plans to hire 60 people. It hired 40 people in Ghent in May.",
        "Brightwell hired 40 people in Ghent in May.",
    ),
    (
        "After it managed to sell the painting, the museum closed its doors.",
        "The museum sold the painting.",
    ),
    (
        "The ferry line had to cut 40 jobs in Ostend.",
        "The ferry line cut 40 jobs in Ostend.",
    ),
    (
        "The minister, who may resign in June, opened the bridge on Monday.",
        "The minister opened the bridge on Monday.",
    ),
    (
        "Norvale Motors will open a battery plant in Ghent, it announced.",
        "Norvale Motors announced a battery plant in Ghent, which will open.",
    ),
    (
        "The city of Holm denied taking money from the building firm.",
        "The city of Holm denied that it took money from the building firm.",
    ),
    (
        "The two clerks are accused of stealing files from the archive.",
        "The two clerks allegedly stole files from the archive.",
    ),
    (
        "The council is expected to approve the planned closure of the depot.",
        "The council is expected to approve the closure of the depot.",
    ),
]


@pytest.mark.parametrize(("source", "text"), TOO_SURE)
def test_what_did_not_happen_yet_is_not_told_as_a_fact(source: str, text: str) -> None:
    held = document(source)

    verdict = judge(text, held)

    assert (verdict.status, verdict.rule) == (Status.REFUTED, "C3")
    assert search(text, held).status is Status.REFUTED


@pytest.mark.parametrize(("source", "text"), AS_SURE)
def test_what_is_told_as_surely_as_in_the_source_stands(source: str, text: str) -> None:
    held = document(source)

    assert judge(text, held).status is Status.SUPPORTED
    assert search(text, held).status is Status.SUPPORTED


@pytest.mark.parametrize("said", ["will open", "plans to open"])
def test_what_happened_is_not_told_as_still_to_come(said: str) -> None:
    source = document("Norvale Motors opened a battery plant in Ghent on Monday.")

    verdict = judge(f"Norvale Motors {said} a battery plant in Ghent.", source)

    assert verdict.status is Status.REFUTED
    assert "as done (“opened”)" in verdict.reason


def test_the_reason_shows_both_sides() -> None:
    source = document("Norvale Motors plans to open a battery plant in Ghent.")

    verdict = judge("Norvale Motors opened a battery plant in Ghent.", source)

    assert verdict.reason == (
        "The cited text tells this only as planned or expected (“plans to open”), "
        "not as “opened”."
    )


def test_another_sentence_of_the_document_that_tells_it_as_done_is_enough() -> None:
    source = document(
        "Norvale Motors plans to open a battery plant in Ghent and a second in Lyon, "
        "its head said in March.\n\nNobody else spoke.\n\nOn Monday Norvale opened it."
    )

    verdict = search("Norvale Motors opened a battery plant in Ghent.", source)

    assert verdict.status is Status.SUPPORTED
