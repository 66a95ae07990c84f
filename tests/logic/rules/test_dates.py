from datetime import UTC, date, datetime

from briefing.domain.brief import Action, RankingTable, Section, Shape
from briefing.domain.ranking import Window
from briefing.logic.rules.dates import (
    posing_dates,
    relative_dates,
    stale_label,
    undated_rankings,
)
from tests.builders import document, snapshot
from tests.logic.rules.pages import bullets, cited, found, page

REPORT = document(
    "DeepSeek led the ranking for 18–24 May 2026.",
    published_at=datetime(2026, 5, 26, 5, 0, tzinfo=UTC),
)


def ranking(as_of: str) -> Section:
    table = RankingTable("r1", "r1", "Weekly usage", "tokens", "token", (), as_of)
    return Section("ranking", "The ranking", Shape.RANKING, table=table)


def test_a_publication_date_posing_as_the_events_is_found():
    posing = cited("On 26 May 2026 DeepSeek led the ranking.", REPORT)
    text = page(bullets(posing), documents=(REPORT,))

    assert found(posing_dates(text)) == [("D1", posing.text)]


def test_a_day_that_the_source_names_or_means_is_the_events():
    monday = document(
        "The plant opened on Monday.",
        published_at=datetime(2026, 5, 25, 5, 0, tzinfo=UTC),
    )
    text = page(
        bullets(
            cited("The ranking of 24 May 2026 has a new leader.", REPORT),
            cited("The plant opened on 25 May 2026.", monday),
            cited("The report was published on 26 May 2026.", REPORT),
        ),
        documents=(REPORT, monday),
    )

    assert posing_dates(text) == ()


def test_a_relative_date_outside_a_quotation_is_found():
    relative = "The plant opened on Tuesday."
    week = "It made 400 cars this week."
    text = page(bullets(relative, week, "“Today is a good day,” the office said."))

    assert found(relative_dates(text)) == [("D2", relative), ("D2", week)]


def test_the_first_date_needs_its_year_and_later_ones_do_not():
    first = "The plant opened on 24 May."
    text = page(bullets(first, "It closed on 3 June 2026.", "It burnt on 5 July."))

    assert found(relative_dates(text)) == [("D2", first)]


def test_a_length_of_time_needs_no_year():
    assert relative_dates(page(bullets("It was built in two years."))) == ()


def test_a_ranking_without_an_as_of_is_dropped():
    [violation] = undated_rankings(page(ranking("fresh from the source")))

    assert (violation.rule, violation.action) == ("D3", Action.SECTION_DROPPED)
    assert undated_rankings(page(ranking("18–24 May 2026"))) == ()


def test_figures_older_than_twice_their_window_get_a_banner():
    weekly = snapshot(("A", 3), window=Window(date(2026, 5, 18), date(2026, 5, 24)))
    used = cited("A led.", document(id=weekly.id))
    fresh = page(bullets(used), snapshots=(weekly,), edition_date=date(2026, 6, 7))
    stale = page(bullets(used), snapshots=(weekly,), edition_date=date(2026, 6, 8))

    assert stale_label(fresh) == ""
    assert stale_label(stale) == "figures of 2026-05-24, older than usual"
