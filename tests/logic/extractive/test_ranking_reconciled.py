"""What articles state of a ranking, held against its snapshots and its history."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.domain.claim import Claim, Status
from briefing.domain.story import Story
from briefing.logic.extractive import ranking
from briefing.logic.extractive.ranking_reconciled import reconciled
from briefing.logic.rules.streaks import wrong_streaks
from briefing.logic.verification.entry import index, verify
from tests.builders import document
from tests.logic.extractive.test_ranking_facts import story_of, week
from tests.logic.rules.pages import disagreement, page

TOO_MUCH = (
    "The Courier gives Northern models more than 60% of all tokens; by the ranking it "
    "is 45.4%."
)


def report(text: str) -> Story:
    held = story_of()
    said = document(text, publisher="The Courier (sample)")
    return replace(held, documents=(*held.documents, said))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Northern models carry more than 60% of all tokens on the board.",
            TOO_MUCH,
        ),
        (
            "Larkspur makes up 52% of total traffic.",
            "The Courier gives Larkspur 52% of all tokens; by the ranking it is 38.5%.",
        ),
        (
            "Traffic is up 18.18% month-over-month.",
            "By the ranking, 18.18% is the change of all tokens on the week.",
        ),
        (
            "Larkspur came to 1.12 trillion tokens on Usage Board in the week.",
            (
                "The Courier gives 1.12 trillion tokens for Larkspur; the ranking has "
                "1 trillion tokens."
            ),
        ),
        (
            "On Usage Board Kranich had 960 billion tokens in the week before.",
            (
                "The Courier gives 960 billion tokens for Kranich in the week before; "
                "the ranking has 880 billion tokens."
            ),
        ),
        (
            "Usage Board counted 2.8 trillion tokens altogether.",
            (
                "The Courier gives 2.8 trillion tokens for all tokens; the ranking has "
                "2.6 trillion tokens."
            ),
        ),
        (
            "Kranich rose 12% on the week on Usage Board.",
            (
                "The Courier gives 12% for the change of Kranich on the week; by the "
                "ranking it is a fall of 3.4%."
            ),
        ),
        ("Larkspur came to about 1.12 trillion tokens on Usage Board.", None),
        ("Larkspur came to 1.12 trillion tokens on its own servers.", None),
        ("Larkspur gained 280 billion tokens on Usage Board.", None),
        ("Larkspur is 150 billion tokens ahead of Kranich on Usage Board.", None),
        ("Kranich had 880 billion tokens a week before on Usage Board.", None),
        ("Larkspur has 1.12 trillion parameters, says Usage Board.", None),
        ("Larkspur could reach 1.12 trillion tokens on Usage Board.", None),
        ("Larkspur and Kranich had 1.12 trillion tokens on Usage Board.", None),
        ("Kranich fell 3% on the week on Usage Board.", None),
        ("Larkspur makes up over 35% of all tokens.", None),
        ("Larkspur makes up about 38% of the traffic.", None),
        ("Larkspur could make up 52% of all tokens.", None),
        ("Larkspur makes up 52% of all tokens in the listed models.", None),
        ("Larkspur makes up 52% of its maker's revenue.", None),
        ("Traffic is up 18.18% on the week.", None),
        ("Traffic is up 18% on the month.", None),
    ],
)
def test_a_stated_figure_is_held_against_the_ranking(
    text: str, expected: str | None
) -> None:
    about = report(text)
    held = ranking.told_ranking(about)
    assert held is not None

    found = reconciled(about, held)

    assert [one.text for one in found] == ([expected] if expected else [])
    evidence = index({one.id: one for one in about.documents})
    assert all(verify(one, evidence).status is Status.SUPPORTED for one in found)


LED = tuple(
    week(
        back,
        ("Kranich", 900 - back),
        *(() if back else (("Larkspur", 350),)),
        ("Harrier", 300),
        ("Petrel", 200),
        total=2000,
    )
    for back in range(4, -1, -1)
)
FIRST = "Kranich is first for at least the fifth week in a row."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kranich leads Usage Board for the third week in a row.",
            f"The Courier counts the third week in a row; by the ranking, {FIRST}",
        ),
        (
            "Kranich has led Usage Board for three consecutive weeks.",
            f"The Courier counts three consecutive weeks; by the ranking, {FIRST}",
        ),
        ("Kranich leads Usage Board for the fifth week in a row.", None),
        # It may have led before the first snapshot that was kept.
        ("Kranich leads Usage Board for the ninth week in a row.", None),
        ("Kranich sells on Usage Board for the third week in a row.", None),
        ("Kranich leads the charts of games for the third week in a row.", None),
    ],
)
def test_a_stated_streak_is_held_against_the_history(
    text: str, expected: str | None
) -> None:
    held = story_of(LED)
    said = document(text, publisher="The Courier (sample)", title="On models")
    about = replace(held, documents=(*held.documents, said))
    told_of = ranking.told_ranking(about)
    assert told_of is not None

    found = reconciled(about, told_of)

    assert [one.text for one in found] == ([expected] if expected else [])
    evidence = index({one.id: one for one in about.documents})
    assert all(verify(one, evidence).status is Status.SUPPORTED for one in found)


def test_the_checker_makes_our_half_of_a_streaks_sentence_anew() -> None:
    held = story_of(LED)
    text = "Kranich leads Usage Board for the third week in a row."
    said = document(text, publisher="The Courier (sample)", title="On models")
    about = replace(held, documents=(*held.documents, said))
    told_of = ranking.told_ranking(about)
    assert told_of is not None
    (claim,) = reconciled(about, told_of)
    longer = replace(claim, text=claim.text.replace("fifth", "sixth"))

    kept, struck = (streak_faults(about, one) for one in (claim, longer))

    assert kept == ()
    assert struck == ("N7",)


def streak_faults(about: Story, claim: Claim) -> tuple[str, ...]:
    """Rules about streaks that the sentence breaks under Where sources disagree."""
    told = disagreement(claim)
    held = page(told, documents=about.documents, histories=about.histories)
    return tuple(one.rule for one in wrong_streaks(held))
