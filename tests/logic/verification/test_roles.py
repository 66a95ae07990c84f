"""Who did what to whom, and what is the largest, as the evidence has it."""

from __future__ import annotations

import pytest

from briefing.domain.claim import Status
from tests.builders import document
from tests.logic.verification.samples import judge, search

DEAL = "Norvale bought its smaller rival Brightwell for €90 million on Monday."
GAME = "Kestrel lost to Norvale in the last game of the season on Sunday."
COURT = "Carto Lane was sued by Brightwell over a map of Ghent."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (DEAL, "Brightwell bought Norvale for €90 million."),
        (DEAL, "Norvale was acquired by Brightwell for €90 million."),
        (GAME, "Norvale lost to Kestrel in the last game."),
        (COURT, "Carto Lane sued Brightwell over a map of Ghent."),
        (COURT, "Brightwell was sued by Carto Lane."),
    ],
)
def test_exchanged_roles_are_refuted(source: str, text: str) -> None:
    verdict = judge(text, document(source))

    assert (verdict.status, verdict.rule) == (Status.REFUTED, "C3")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (DEAL, "Norvale acquired Brightwell for €90 million."),
        (DEAL, "Brightwell was bought by Norvale for €90 million."),
        (GAME, "Kestrel lost to Norvale in the last game."),
        (COURT, "Brightwell sued Carto Lane over a map of Ghent."),
        (
            "Isle Varga met Calder Oden in Ghent.",
            "Calder Oden met Isle Varga in Ghent.",
        ),
    ],
)
def test_active_and_passive_of_one_act_agree(source: str, text: str) -> None:
    assert judge(text, document(source)).status is Status.SUPPORTED


PORTS = (
    "Ghent is the second-largest port of the coast, and Ostend is one of the oldest. "
    "The deadliest storm came in 1953. Norvale tops the list of shipping lines."
)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ghent is the largest port of the coast.", Status.REFUTED),
        ("Ghent is the third-largest port of the coast.", Status.REFUTED),
        ("Ostend is the oldest port of the coast.", Status.REFUTED),
        ("Ghent is the busiest port of the coast.", Status.NOT_ENOUGH_INFO),
        ("Ghent is the second-biggest port of the coast.", Status.SUPPORTED),
        ("Ostend is among the oldest ports of the coast.", Status.SUPPORTED),
        ("The deadliest storm came in 1953.", Status.SUPPORTED),
        ("Norvale is the largest on the list of shipping lines.", Status.SUPPORTED),
    ],
)
def test_a_superlative_is_the_sources_own(text: str, status: Status) -> None:
    cited = None if "Norvale" not in text else PORTS.rpartition("1953. ")[2]

    assert judge(text, document(PORTS), cited).status is status


MATCH = (
    "Isle Varga started Norvale's heavy 4-1 defeat at Ostmark on Saturday despite an "
    "injury. Tidewell's takeover of Brightwater was agreed in May. Tarn's win over "
    "Lorne was its third."
)


@pytest.mark.parametrize(
    "text",
    [
        "Ostmark beat Norvale 4-1 on Saturday.",
        "Norvale lost 4-1 to Ostmark on Saturday.",
        "Tidewell bought Brightwater.",
        "Tarn beat Lorne.",
        "Lorne's defeat by Tarn came too.",
    ],
)
def test_what_a_noun_tells_a_verb_may_tell(text: str) -> None:
    assert search(text, document(MATCH)).status is Status.SUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        "Norvale beat Ostmark 4-1 on Saturday.",
        "Ostmark lost 4-1 to Norvale on Saturday.",
        "Brightwater acquired Tidewell.",
        "Lorne defeated Tarn.",
        "Isle Varga beat Norvale 4-1 on Saturday.",
        "Tidewell beat Lorne.",
    ],
)
def test_what_a_noun_tells_is_not_exchanged_nor_anothers(text: str) -> None:
    verdict = search(text, document(MATCH))

    assert (verdict.status, verdict.rule) == (Status.REFUTED, "C3")


def test_a_seat_may_stand_for_who_sits_there() -> None:
    source = document("The European Commission fined Norvale on Monday.")

    assert judge("Brussels fined Norvale.", source).status is Status.SUPPORTED
