"""What two snapshots of a ranking show is told with the arithmetic that it rests on."""

from datetime import UTC, date, datetime
from decimal import Decimal

from briefing.domain.brief import Brief, Shape
from briefing.domain.claim import ClaimKind
from briefing.domain.ranking import Window
from briefing.domain.story import Story
from briefing.logic.extractive import write
from briefing.logic.ranking_diff import diff
from briefing.logic.ranking_text import snapshot_document
from briefing.pipeline.check import check
from tests.builders import document, snapshot, story
from tests.logic.extractive.test_write import DAY, PROFILE, SPECS

BEFORE = snapshot(
    ("Kranich-K4", 2_310_000_000_000),
    ("Larkspur-R3", 2_070_000_000_000),
    ("Harrier-H2", 900_000_000_000),
    taken_at=datetime(2026, 5, 18, 2, 0, tzinfo=UTC),
    window=Window(date(2026, 5, 11), date(2026, 5, 17)),
)
AFTER = snapshot(
    ("Larkspur-R3", 3_430_000_000_000),
    ("Kranich-K4", 2_150_000_000_000),
    ("Harrier-H2", 910_000_000_000),
    total=Decimal(28_900_000_000_000),
)
REPORT = document(
    "Larkspur-R3 took first place in the weekly usage ranking on Monday.\n\n"
    "Larkspur-R3 is a language model that costs $0.14 per million tokens.\n\n"
    "Kranich-K4 had been first since early April, and its makers in Calder said "
    "that they would answer with a new version by 30 June 2026.",
    title="Larkspur-R3 takes first place",
)


def about_the_ranking(**changes: object) -> Story:
    old, new = snapshot_document(BEFORE), snapshot_document(AFTER)
    return story(
        old,
        new,
        REPORT,
        snapshots=(AFTER, BEFORE),
        changes=diff(BEFORE, AFTER),
        **changes,
    )


def test_the_lead_is_computed_and_passes_the_checker() -> None:
    brief = check(write(about_the_ranking(), DAY, SPECS, PROFILE), specs=SPECS)

    assert isinstance(brief, Brief)
    assert "3.43 trillion tokens" in brief.headline.text
    assert "66%" in brief.headline.text
    happened = next(one for one in brief.sections if one.name == "what_happened")
    first = happened.items[0].claims[0]
    assert first.kind is ClaimKind.DERIVED
    assert first.derivation is not None


def test_the_table_is_the_snapshot_s_own() -> None:
    draft = write(about_the_ranking(), DAY, SPECS, PROFILE)

    (section,) = [one for one in draft.sections if one.shape is Shape.RANKING]
    assert section.table is not None
    assert section.table.lines[0].label == "Larkspur-R3"
    assert section.table.lines[0].rank_before == 2


def test_a_snapshot_that_was_told_before_does_not_lead_again() -> None:
    draft = write(about_the_ranking(new_document_ids=(REPORT.id,)), DAY, SPECS, PROFILE)

    happened = next(one for one in draft.sections if one.name == "what_happened")
    kinds = {one.claims[0].kind for one in happened.items}
    assert ClaimKind.DERIVED not in kinds
