"""A land in a claim that its text names as a part of something else."""

from __future__ import annotations

import pytest

from briefing.domain.claim import Status
from tests.builders import document
from tests.logic.verification.samples import judge, search

_AUTHORITY = (
    "In the kingdom of Norway the Coastal Authority said that its ports are open for "
    "all ferries that meet the rules."
)
_BORDER = "The Norway-Sweden border was closed for a day by snow."


@pytest.mark.parametrize(
    ("report", "claim"),
    [
        # What its authority does, a land does.
        (_AUTHORITY, "Norway opened its ports for all ferries that meet the rules."),
        # Two lands with a hyphen are two lands.
        (_BORDER, "Swedish snow closed the border for a day."),
        (_BORDER, "Snow closed the border of Norway for a day."),
    ],
)
def test_a_land_may_stand_for_what_is_its(report: str, claim: str) -> None:
    assert search(claim, document(report)).status is Status.SUPPORTED


@pytest.mark.parametrize(
    ("report", "claim"),
    [
        (_AUTHORITY, "Sweden opened its ports for all ferries that meet the rules."),
        # Where the text names two lands, the authority is of one of them only.
        (
            "Norway's Coastal Authority said that its ports let in ferries of Sweden.",
            "Sweden said that its ports let in ferries.",
        ),
        (_BORDER, "Finnish snow closed the border for a day."),
    ],
)
def test_another_land_is_refused(report: str, claim: str) -> None:
    assert search(claim, document(report)).status is not Status.SUPPORTED


def test_a_shortened_word_of_a_name_is_that_word() -> None:
    source = document("Skov Utd sold its stadium to the town.")

    right = search("Skov United sold its stadium to the town.", source)
    wrong = search("Skov City sold its stadium to the town.", source)

    assert right.status is Status.SUPPORTED
    assert wrong.status is not Status.SUPPORTED


def test_a_name_in_another_sentence_of_the_text_is_taken_into_the_evidence() -> None:
    source = document(
        "The ferry line of Skov sold three oak boats with sails, nets and two spare "
        "engines to a museum in spring. Visitors came in large numbers. The council "
        "thanked them. The mill was closed for a day. The harbour dues will rise. With "
        "sails, nets and two spare engines the ferry line sold oak boats to Norvale. "
        "The Tarn Fair begins in May."
    )
    claim = (
        "The ferry line of Skov sold three oak boats with sails, nets and two spare "
        "engines to {} in spring."
    )

    assert search(claim.format("Norvale"), source).status is Status.SUPPORTED
    assert search(claim.format("Tarn"), source).status is not Status.SUPPORTED


def test_a_people_in_front_of_a_family_name_is_a_people() -> None:
    source = document("The Mexican-American Oden family lives in Sinby.")

    right = judge("The Oden family, a Mexican-American one, lives in Sinby.", source)
    wrong = judge("The Oden family, a Mexican-Canadian one, lives in Sinby.", source)

    assert (right.status, wrong.rule) == (Status.SUPPORTED, "C3")
