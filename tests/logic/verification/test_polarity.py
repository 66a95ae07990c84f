"""Reverses, denials and concessions put in by a claim, and what only seems so."""

from __future__ import annotations

import pytest

from briefing.domain.claim import Status
from tests.builders import document
from tests.logic.verification.samples import judge


@pytest.mark.parametrize(
    ("report", "claim"),
    [
        # "In spite of" for "because of", and where nothing is set against anything.
        (
            "The mill closed its gates following a complaint of the river board.",
            "The mill closed its gates despite a complaint of the river board.",
        ),
        (
            "The river board granted the mill a licence and praised its filters.",
            "The river board granted the mill a licence despite its filters.",
        ),
        # One of each, and another unit of time.
        (
            "The gates of the mill opened a week after the repair of the dam.",
            "The gates of the mill opened a month after the repair of the dam.",
        ),
        # The text denies, but nothing that the claim speaks of.
        (
            "The river board plans a new lock at Norvale. No ferry is in its budget.",
            "The river board is not planning to build a new lock at the town Norvale.",
        ),
        # "Not only" denies nothing.
        (
            "The river board plans a new lock, not only at Norvale but downstream.",
            "The river board has never had plans of a new lock downstream.",
        ),
        # Reverses of the table.
        (
            "The council ordered the owners to remove the cameras from the quay.",
            "The council ordered the owners to install the cameras on the quay.",
        ),
        (
            "The provincial government lent the mill €2 million for its filters.",
            "The federal government lent the mill €2 million for its filters.",
        ),
        (
            "The appeal court upheld the fine of the mill for its spills.",
            "The appeal court overturned the fine of the mill for its spills.",
        ),
    ],
)
def test_what_turns_the_sense_is_not_supported(report: str, claim: str) -> None:
    assert judge(claim, document(report)).status is not Status.SUPPORTED


@pytest.mark.parametrize(
    ("report", "claim"),
    [
        (
            "The mill opened its gates, but the river board had complained.",
            "The mill opened its gates although the river board had complained.",
        ),
        (
            "The mill opened its gates; even so the river board complained of noise.",
            "Despite noise of which the river board complained, the mill opened.",
        ),
        # A rate is no span: its reverse is not that of the noun.
        (
            "After weeks of rain the monthly tide reports of the board drew readers.",
            "The tide reports of the board drew readers after weeks of rain.",
        ),
        (
            "For a month of rain the river board closed the lock at Norvale.",
            "In weeks of rain the river board closed the lock at Norvale.",
        ),
        # A short claim shares one word with the sentence that denies.
        (
            "No leaks have been found at the dam, the river board said.",
            "There are no known leaks.",
        ),
        # Another word for what is denied.
        (
            "The board said that no offence had been committed by the mill.",
            "The board said no crime was committed by the mill.",
        ),
    ],
)
def test_what_only_seems_to_turn_the_sense_stands(report: str, claim: str) -> None:
    assert judge(claim, document(report)).status is Status.SUPPORTED


def test_a_place_may_be_told_as_the_land_in_a_longer_name() -> None:
    source = document(
        "The ferry line used to run to Heron Island, on the Texas Gulf Coast, twice a "
        "day in summer."
    )

    right = judge("The ferry line used to run to Texas in summer.", source)
    wrong = judge("The ferry line used to run to Florida in summer.", source)

    assert right.status is Status.SUPPORTED
    assert wrong.status is not Status.SUPPORTED
