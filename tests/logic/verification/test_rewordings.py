"""What a report bears out in other words is supported, what changes a fact is not.

The reports and both sorts of sentences were written for this test, beside the rules and
not from any data set: `rewordings.txt`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.domain.claim import Status
from tests.builders import document
from tests.logic.verification.samples import search

_FILE = Path(__file__).with_name("rewordings.txt")


def _rows(mark: str) -> Iterator[tuple[str, str]]:
    report = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{mark} "):
            yield report, line[2:]
        elif line[:2] not in {"", "# ", "+ ", "- "}:
            report = line


@pytest.mark.parametrize(("report", "sentence"), [*_rows("+")])
def test_a_faithful_rewording_is_supported(report: str, sentence: str) -> None:
    verdict = search(sentence, document(report))

    assert (verdict.status, verdict.reason) == (
        Status.SUPPORTED,
        "The cited text says so.",
    )


@pytest.mark.parametrize(("report", "sentence"), [*_rows("-")])
def test_an_edit_that_changes_a_fact_is_not_supported(
    report: str, sentence: str
) -> None:
    verdict = search(sentence, document(report))

    assert verdict.status is not Status.SUPPORTED
