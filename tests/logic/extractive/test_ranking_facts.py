"""Streaks, records, gaps, shares and groups, as far as the snapshots reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from briefing.domain.brief import Brief, Draft, Item, Section, Shape
from briefing.domain.claim import Claim, Formula, Status
from briefing.domain.ranking import ChangeKind, RankingSnapshot, Window
from briefing.domain.story import Story
from briefing.logic.extractive import ranking, write
from briefing.logic.extractive.ranking_facts import answers, more_rows
from briefing.logic.verification.entry import index, verify
from briefing.pipeline.check import check
from briefing.pipeline.group import group
from tests.builders import snapshot, story
from tests.logic.extractive.test_write import DAY, PROFILE, SPECS

END = date(2026, 5, 24)
GROUP = (
    "The Northern models in the ranking add up to 1.18 trillion tokens, 1.7% less than "
    "the week before."
)
RECORD = (
    "Larkspur has its highest figure of the five weeks that this briefing has kept."
)
HOMES = {"Larkspur": "US models", "Kranich": "Northern models"}
HOMES |= {"Harrier": "Northern models", "Petrel": "US models"}


def week(back: int, *values: tuple[str, int], total: int = 0) -> RankingSnapshot:
    """The week that ended `back` weeks before 24 May 2026, in billions of tokens."""
    end = END - timedelta(days=7 * back)
    made = snapshot(
        *((name, value * 10**9) for name, value in values),
        window=Window(end - timedelta(days=6), end),
        taken_at=datetime(end.year, end.month, end.day, 2, tzinfo=UTC)
        + timedelta(days=1),
        total=Decimal(total * 10**9) if total else None,
    )
    rows = tuple(replace(row, group=HOMES.get(row.label)) for row in made.rows)
    return replace(made, rows=rows)


WEEKS = (
    week(5, ("Kranich", 900), ("Harrier", 300), ("Petrel", 200), total=2000),
    week(4, ("Kranich", 910), ("Harrier", 290), ("Larkspur", 280), total=1900),
    week(3, ("Kranich", 900), ("Larkspur", 400), ("Harrier", 300), total=2000),
    week(2, ("Kranich", 890), ("Larkspur", 550), ("Harrier", 310), total=2100),
    week(1, ("Kranich", 880), ("Larkspur", 700), ("Harrier", 320), total=2200),
    week(
        0,
        ("Larkspur", 1000),
        ("Kranich", 850),
        ("Harrier", 330),
        ("Petrel", 150),
        total=2600,
    ),
)


def told(snapshots: Sequence[RankingSnapshot] = WEEKS) -> ranking.Told:
    (alone,) = group([], snapshots=snapshots)
    made = ranking.told_ranking(alone)
    assert made is not None
    return made


def story_of(snapshots: Sequence[RankingSnapshot] = WEEKS) -> Story:
    (alone,) = group([], snapshots=snapshots)
    return alone


def sentences(held: ranking.Told) -> list[str]:
    return [claim.text for _, claims in answers(held) for claim in claims]


def test_every_computed_sentence_recomputes_from_what_it_cites() -> None:
    held = told()
    evidence = index({one.id: one for one in story_of().documents})
    claims = [claim for _, found in answers(held) for claim in found]

    assert sentences(held) == [
        RECORD,
        "Larkspur rose for at least the fourth week in a row.",
        "Larkspur alone accounts for 75% of the growth in all tokens.",
        "The total of all tokens rose for the fourth week in a row.",
        "Larkspur leads Kranich by 150 billion tokens.",
        "Larkspur overtook Kranich.",
        "Kranich had been first for at least five weeks in a row.",
        GROUP,
    ]
    assert {verify(one, evidence).status for one in claims} == {Status.SUPPORTED}


def test_key_numbers_hold_the_change_of_the_share_and_the_largest_group() -> None:
    cells = [(row.cells.value, row.cells.label) for row in more_rows(told())]

    assert cells == [
        ("+6.6 percentage points", "Larkspur, change of its share"),
        ("45.4%", "Northern models in the ranking, share of all tokens"),
        ("83.8%", "Top three, share of all tokens"),
    ]


def test_what_a_card_says_of_the_item_is_a_key_number() -> None:
    card = (
        "has a context window of 1,048,576 tokens",
        "costs $0.14 per million tokens",
    )
    rows = tuple(
        replace(row, facts=card) if row.label == "Larkspur" else row
        for row in WEEKS[-1].rows
    )
    about = story_of((*WEEKS[:-1], replace(WEEKS[-1], rows=rows)))

    brief = check(write(about, DAY, SPECS, PROFILE), specs=SPECS)

    assert isinstance(brief, Brief)
    (numbers,) = (one for one in brief.sections if one.name == "key_numbers")
    cells = {one.figure.value: one.figure.label for one in numbers.items if one.figure}
    assert cells["1,048,576 tokens"] == "Context window that Larkspur has"
    assert cells["$0.14 per million tokens"] == "Cost of Larkspur"


def test_a_streak_stops_at_a_gap() -> None:
    holed = [one for one in WEEKS if one is not WEEKS[3]]

    texts = sentences(told(holed))

    assert not any("rose for" in one for one in texts)
    assert "Kranich had been first for" not in " ".join(texts)


def test_a_lead_within_the_margin_of_error_is_nobodys() -> None:
    rows = tuple(
        replace(row, low=(row.value or 0) - 10**11, high=(row.value or 0) + 10**11)
        for row in WEEKS[-1].rows
    )
    exact = tuple(replace(row, low=row.value, high=row.value) for row in WEEKS[-2].rows)
    before, after = replace(WEEKS[-2], rows=exact), replace(WEEKS[-1], rows=rows)

    held = told((*WEEKS[:-2], before, after))

    assert held.change is not None
    assert held.change.kind is ChangeKind.TIED_FIRST
    assert "leads" not in " ".join(sentences(held))
    title = next(ranking.headlines(held)).text
    assert title.startswith("Larkspur ties for first on")


def test_a_change_that_nobody_wrote_about_is_a_brief() -> None:
    brief = check(write(story_of(), DAY, SPECS, PROFILE), specs=SPECS)

    assert isinstance(brief, Brief)
    assert brief.headline.text.startswith("Larkspur tops Usage Board")
    shapes = [one.shape for one in brief.sections]
    assert {Shape.RANKING, Shape.CHART} <= set(shapes)
    assert [one.rule for one in brief.violations if one.level.value == "E"] == []


def test_values_of_a_day_are_compared_with_the_same_weekday() -> None:
    def day(back: int, *values: tuple[str, int]) -> RankingSnapshot:
        end = END - timedelta(days=back)
        return snapshot(
            *values,
            window=Window(end, end),
            taken_at=datetime(end.year, end.month, end.day, 2, tzinfo=UTC),
        )

    usual = (("Alder", 90), ("Birch", 80), ("Cedar", 70), ("Elm", 60), ("Fir", 50))
    days = [day(back, *usual) for back in range(8, 0, -1)]
    newest = day(0, ("Fir", 200), *usual[:4])

    held = told([*days, newest])
    event = ranking.event(held)

    assert (held.before, held.base) == (days[-1], days[1])
    assert event is not None
    assert "300% more than the 50 tokens of the same day a week before" in event.text


def with_claim(claim: Claim) -> Draft:
    """The ranking's own draft with one more bullet."""
    draft = write(story_of(), DAY, SPECS, PROFILE)
    sections = tuple(
        replace(one, items=(*one.items, Item((claim,))))
        if one.name == "what_happened"
        else one
        for one in draft.sections
    )
    return replace(draft, sections=sections)


def lies(claim: Claim) -> list[Claim]:
    made = claim.derivation
    assert made is not None
    return [
        replace(claim, text=claim.text.replace("at least ", "")),
        replace(claim, text=claim.text.replace("fourth", "fifth")),
        replace(
            claim,
            text=claim.text.replace("fourth", "third"),
            derivation=replace(
                made,
                inputs=made.inputs[:-1],
                citations=made.citations[:-1],
                result=made.result - 1,
            ),
        ),
    ]


def test_a_streak_that_the_history_does_not_give_is_struck() -> None:
    (truth,) = (
        claim
        for _, claims in answers(told())
        for claim in claims
        if claim.derivation is not None
        and claim.derivation.formula is Formula.RISES
        and claim.text.startswith("Larkspur")
    )

    for lie in lies(truth):
        outcome = check(with_claim(lie), specs=SPECS)

        assert isinstance(outcome, Brief)
        printed = [
            claim.text
            for section in outcome.sections
            for item in section.items
            for claim in item.claims
        ]
        assert lie.text not in printed


def test_a_streak_says_it_of_the_item_that_begins_its_answer_only() -> None:
    draft = write(story_of(), DAY, SPECS, PROFILE)
    (unusual,) = (
        item
        for part in draft.sections
        for item in part.items
        if item.question == "How unusual is this?"
    )
    rose = unusual.claims[1]

    def printed(*claims: Claim) -> list[str]:
        sections = tuple(
            replace(
                part,
                items=tuple(
                    replace(item, claims=claims) if item is unusual else item
                    for item in part.items
                ),
            )
            for part in draft.sections
        )
        outcome = check(replace(draft, sections=sections), specs=SPECS)
        assert isinstance(outcome, Brief)
        held = (part.items for part in outcome.sections)
        return [one.text for items in held for item in items for one in item.claims]

    assert rose.text.startswith("It rose for at least the fourth week")
    assert rose.text in printed(*unusual.claims)
    assert rose.text not in printed(rose)


def test_a_chart_of_another_history_is_dropped() -> None:
    draft = write(story_of(), DAY, SPECS, PROFILE)
    (course,) = (one.chart for one in draft.sections if one.chart)
    other = replace(course, title="Another")
    sections: tuple[Section, ...] = tuple(
        replace(one, chart=other) if one.chart else one for one in draft.sections
    )

    outcome = check(replace(draft, sections=sections), specs=SPECS)

    assert isinstance(outcome, Brief)
    assert [one.rule for one in outcome.violations if "history" in one.message] == [
        "K3"
    ]
    assert all(one.chart is None for one in outcome.sections)


def test_a_story_without_snapshots_has_nothing_to_tell() -> None:
    assert ranking.told_ranking(story()) is None
