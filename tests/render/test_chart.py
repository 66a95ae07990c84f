"""The picture of a history: the same bytes, safe whatever a label holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from lxml import etree

from briefing.domain.ranking import (
    HistoryLine,
    HistoryPoint,
    HistoryStep,
    RankingHistory,
)
from briefing.render import chart
from briefing.render.history import chart as chart_block

START = datetime(2026, 4, 19, tzinfo=UTC)


def line(label: str, *values: int | None) -> HistoryLine:
    points = tuple(
        HistoryPoint(1, True, Decimal(one)) if one else HistoryPoint(None, False, None)
        for one in values
    )
    return HistoryLine(label.lower(), label, points)


def history(*lines: HistoryLine, gap_at: int = 0) -> RankingHistory:
    return RankingHistory(
        source_id="usage",
        title="Weekly usage",
        publisher="Usage Board (sample)",
        url="http://usage.example/",
        metric="tokens processed",
        unit="token",
        stride_days=7,
        steps=tuple(
            HistoryStep(f"r{n}", START + timedelta(days=7 * n), None, None, n == gap_at)
            for n in range(len(lines[0].points))
        ),
        lines=lines,
        fetched_at=START,
    )


TOLD = history(line("Alder", 10, 20, 30, 45), line("Birch", 40, None, 35, 30))


def test_the_same_history_is_the_same_picture() -> None:
    assert chart.svg(TOLD, "en") == chart.svg(TOLD, "en")
    assert chart.png(TOLD, "en") == chart.png(TOLD, "en")


def test_the_picture_names_its_lines_and_days_and_follows_dark_mode() -> None:
    drawn = chart.svg(TOLD, "de").decode()

    assert all(word in drawn for word in ("Alder", "Birch", "19. Apr", "10. Mai"))
    assert "prefers-color-scheme:dark" in drawn
    assert "var(--ink)" in drawn
    assert "http://www.w3.org/Graphics" not in drawn


@pytest.mark.parametrize(
    "label",
    ["<script>alert(1)</script>", "a $\\frac{$ b", "]]>&amp;", "x" * 500, "阿里 Qwen"],
)
def test_a_label_is_data_in_a_picture(label: str) -> None:
    drawn = chart.svg(history(line(label, 1, 2, 3), line("Birch", 3, 2, 1)), "en")

    tree = etree.fromstring(drawn)
    names = {etree.QName(one).localname for one in tree.iter() if one.tag != "comment"}
    assert "script" not in names
    words = [one.text or "" for one in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert any(word and label.startswith(word.rstrip("…")) for word in words)


def test_ranks_are_drawn_where_no_values_are_stated() -> None:
    points = tuple(HistoryPoint(n, True, None) for n in (3, 2, 1))
    told = history(HistoryLine("a", "Alder", points))

    assert b"Alder" in chart.svg(told, "en")
    assert chart_block(told, None, "en", "").rows == (("Alder", ("#3", "#2", "#1")),)


def test_a_line_has_a_hole_where_a_step_is_missing() -> None:
    whole = history(line("Alder", 10, 20, 30))
    holed = history(line("Alder", 10, 20, 30), gap_at=1)

    assert chart.svg(whole, "en") != chart.svg(holed, "en")


def test_what_the_picture_shows_is_said_in_words() -> None:
    block = chart_block(TOLD, 3, "en", "alder-chart")

    assert block.alt == (
        "Line chart of tokens processed, 19 April 2026 to 10 May 2026. "
        "Alder from 10 to 45; Birch from 40 to 30."
    )
    assert block.columns == ("19 Apr", "26 Apr", "3 May", "10 May")
    assert block.rows[1] == ("Birch", ("40", "–", "35", "30"))


def test_axes_are_in_english_where_the_font_lacks_the_locales_letters() -> None:
    assert chart.svg(TOLD, "ja") == chart.svg(TOLD, "en")
    assert chart.png(TOLD, "hi") == chart.png(TOLD, "en")
    assert chart.svg(TOLD, "ar") != chart.svg(TOLD, "en")
