"""The minutes that a reader is told are its own, in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.domain.audience import Profile
from briefing.domain.edition import Edition
from briefing.logic.reporting import make_report
from briefing.render.html import html_renderer
from briefing.render.markdown import markdown_renderer
from tests.builders import NOW
from tests.render import builders
from tests.render.mails import bodies

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
BRIEF = builders.brief(scores=builders.scores(reading_time_s=170))


def _for(words_a_minute: int) -> Edition:
    return builders.edition(
        BRIEF,
        BRIEF,
        profile=Profile("p0", words_a_minute=words_a_minute),
    )


# The average pace, and half and twice of it.
@pytest.mark.parametrize(
    ("pace", "brief", "edition"), [(238, 3, 6), (119, 6, 12), (476, 2, 3)]
)
def test_brief_and_edition_tell_the_minutes_of_their_reader(
    pace: int, brief: int, edition: int
) -> None:
    told = _for(pace)

    pages = {one.path: one.body.decode() for one in html_renderer([TEMPLATES])(told)}
    words = markdown_renderer([TEMPLATES])(told)[0].body.decode()
    text, html = bodies(told)

    page = pages["deepseek-v4-flash-tops-openrouter.html"]
    assert f'<p class="facts">{brief} min read ·' in page
    assert f"· {edition} min read</p>" in pages["index.html"]
    for body in (words, text, html):
        assert f"{brief} min read · 4 sources" in body
        assert f"· 2 briefs · {edition} min read" in body


def test_the_report_of_a_run_counts_at_the_readers_pace() -> None:
    report = make_report(
        run_id="r",
        edition=_for(119),
        started_at=NOW,
        writer="extract",
        sources=(),
        choices=(),
        outcomes={},
        problems=(),
        documents=(),
    )

    assert [one.reading_time_s for one in report.stories] == [340, 340]
    assert (report.words_a_minute, report.reading_time_s) == (119, 680)
