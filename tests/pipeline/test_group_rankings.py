"""What moved in a ranking joins the story that reports on it, else it is a story."""

from datetime import UTC, date, datetime

from briefing.domain.document import Document, DocumentKind
from briefing.domain.ranking import ChangeKind, RankingSnapshot, Window
from briefing.pipeline.group import group
from tests.builders import document, snapshot


def week(first_day: int, *labels: str, **changes: object) -> RankingSnapshot:
    """A week of May 2026 that ends six days after its first day."""
    rows = [(label, 100 - place) for place, label in enumerate(labels)]
    return snapshot(
        *rows,
        window=Window(date(2026, 5, first_day), date(2026, 5, first_day + 6)),
        taken_at=datetime(2026, 5, first_day + 7, 2, tzinfo=UTC),
        **changes,
    )


OLD = week(11, "Old Model", "DeepSeek-V4-Flash", "Third")
NEW = week(18, "DeepSeek-V4-Flash", "Old Model", "Third")


def report(**changes: object) -> Document:
    base: dict[str, object] = {
        "text": "DeepSeek V4 Flash took first place on Usage Board in the week of "
        "18-24 May, ahead of Old Model. It is the first time that an open model "
        "leads the list.",
        "title": "DeepSeek tops the usage list",
        "url": "http://press.example/tops",
        "published_at": datetime(2026, 5, 25, 9, tzinfo=UTC),
    }
    return document(**{**base, **changes})


def test_a_move_joins_the_story_that_reports_on_it() -> None:
    (told,) = group([report()], snapshots=[NEW, OLD])

    assert [change.kind for change in told.changes] == [ChangeKind.TOOK_FIRST]
    assert told.snapshots == (NEW, OLD)
    (course,) = told.histories
    assert set(told.document_ids) == {report().id, NEW.id, OLD.id, course.id}
    assert set(told.new_document_ids) == set(told.document_ids) - {course.id}
    assert told.title == report().title


def test_a_move_that_nobody_reports_is_a_story_of_its_own() -> None:
    mill = document("The Harbour Mill in Eastport burned down.", title="Mill burns")

    stories = group([mill], snapshots=[OLD, NEW])

    (ranking,) = [one for one in stories if one.changes]
    assert ranking.title == "Weekly usage"
    assert {one.kind for one in ranking.documents} == {DocumentKind.RANKING}
    assert ranking.first_seen_at == NEW.fetched_at


def test_a_ranking_that_did_not_move_is_told_only_where_it_is_talked_about() -> None:
    still = week(18, "Old Model", "DeepSeek-V4-Flash", "Third")

    (told,) = group([report()], snapshots=[OLD, still])

    assert group([], snapshots=[OLD, still]) == ()
    assert (told.changes, told.snapshots) == ((), (still, OLD))


def test_the_same_snapshot_is_no_news_the_next_day() -> None:
    yesterday = group([], snapshots=[OLD, NEW])

    assert group([], known=yesterday, snapshots=[OLD, NEW]) == ()


def test_a_report_of_the_day_after_takes_over_the_lone_rankings_name() -> None:
    (yesterday,) = group([], snapshots=[OLD, NEW])
    late = report(fetched_at=datetime(2026, 5, 27, tzinfo=UTC))

    (today,) = group([late], known=[yesterday], snapshots=[OLD, NEW])

    assert today.id == yesterday.id
    assert today.title == late.title
    assert today.new_document_ids == (late.id,)
    assert today.snapshots == (NEW, OLD)


def test_a_snapshot_read_late_joins_yesterdays_report() -> None:
    (yesterday,) = group([report()])

    (today,) = group([], known=[yesterday], snapshots=[OLD, NEW])

    assert today.id == yesterday.id
    assert set(today.new_document_ids) == {NEW.id, OLD.id}


def test_last_weeks_report_does_not_take_in_this_weeks_ranking() -> None:
    early = report(published_at=datetime(2026, 5, 18, 9, tzinfo=UTC))
    yesterday = group([early])

    (today,) = group([], known=yesterday, snapshots=[OLD, NEW])

    assert today.id != yesterday[0].id


def test_a_text_that_names_the_item_but_not_the_ranking_is_left_alone() -> None:
    elsewhere = report(
        text="DeepSeek-V4-Flash was released on Monday. It leads in price.",
        title="A new model",
    )

    stories = group([elsewhere], snapshots=[OLD, NEW])

    assert sorted(len(one.snapshots) for one in stories) == [0, 2]


def test_snapshots_that_cannot_be_compared_give_no_change() -> None:
    monthly = snapshot(
        ("DeepSeek-V4-Flash", 9),
        ("Old Model", 8),
        ("Third", 7),
        window=Window(date(2026, 5, 1), date(2026, 5, 31)),
        taken_at=datetime(2026, 6, 1, tzinfo=UTC),
    )

    assert group([], snapshots=[OLD, monthly]) == ()


def test_a_restated_snapshot_counts_once_as_it_was_last_read() -> None:
    restated = week(
        18, "Third", "Old Model", "DeepSeek-V4-Flash",
        fetched_at=datetime(2026, 5, 27, tzinfo=UTC),
    )  # fmt: skip

    (told,) = group([], snapshots=[restated, OLD, NEW])

    assert [change.label for change in told.changes] == ["Third"]


def test_two_rankings_are_compared_each_with_itself() -> None:
    other_old = week(11, "Alpha", "Beta", "Gamma", source_id="other", title="Other")
    other_new = week(18, "Beta", "Alpha", "Gamma", source_id="other", title="Other")

    stories = group([], snapshots=[OLD, other_new, NEW, other_old])

    assert sorted(change.label for one in stories for change in one.changes) == [
        "Beta",
        "DeepSeek-V4-Flash",
    ]
