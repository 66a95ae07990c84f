"""docs/checker.md, "Ten sentences": each row is what the checker does today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.domain.brief import Brief
from briefing.domain.document import Document
from briefing.logic.verification import verify
from briefing.pipeline.check import check
from tests.builders import citation, claim, document, draft, section, story

DOC = Path(__file__).parents[2] / "docs" / "checker.md"
# Two sentences that stand, so that a struck third one does not hold the brief.
STANDING = (
    "The ferry line of Tarn carried 41,000 passengers in April 2026.",
    "Its newest ship, built in Norvale, has room for 620 of them.",
)
_ROW = re.compile(r"^\| \d+ \|(.*)\|$", re.MULTILINE)


def rows() -> Iterator[tuple[str, ...]]:
    """Written, source, rule and reason, printed."""
    for line in _ROW.findall(DOC.read_text(encoding="utf-8")):
        yield tuple(cell.strip() for cell in line.split(" | "))


def told(source: str) -> Document:
    return document(
        f"{source} {' '.join(STANDING)}",
        title="The ferry line of Tarn",
        published_at=datetime(2026, 5, 25, 9, tzinfo=UTC),
    )


def printed(written: str, source: str) -> str:
    """What stands in the place of the sentence; "(struck)" where nothing does."""
    held = told(source)
    made = check(
        draft(
            story(held),
            claim(STANDING[0], citation(held, STANDING[0])),
            section(
                "what_happened",
                *(claim(one, citation(held, one)) for one in STANDING),
                claim(written, citation(held, source)),
            ),
        )
    )
    assert isinstance(made, Brief)
    (happened,) = made.sections
    last = happened.items[-1].claims[0].text
    return "(struck)" if last == STANDING[1] else last


def test_there_are_ten() -> None:
    assert len(list(rows())) == 10


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row[0][:40])
def test_a_row_is_what_the_checker_does(row: tuple[str, ...]) -> None:
    written, source, verdict, outcome = row
    held = told(source)

    found = verify(claim(written, citation(held, source)), {held.id: held})

    assert f"{found.rule}: {found.reason}" == verdict
    assert printed(written, source) == (written if outcome == "(as it is)" else outcome)
