"""Two articles about one ranking, held against the documents of the sample days."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from briefing import prompts
from briefing.domain.claim import Status
from briefing.domain.document import Document
from briefing.logic.codec import document_from
from briefing.logic.prose_reader import read_prose
from briefing.pipeline.check_prose import ProseFindings, check_prose
from tests.conftest import Demo

GOLDEN = Path(__file__).parents[1] / "golden"
SUBJECTS = ("DeepSeek", "OpenRouter")


@pytest.fixture(scope="module")
def documents(demo: Demo) -> tuple[Document, ...]:
    """What the edition of 25 May 2026 cites about the ranking."""
    lines = demo.files("2026-05-25")["audit/documents.jsonl"].decode().splitlines()
    found = (document_from(line) for line in lines)
    return tuple(one for one in found if any(name in one.title for name in SUBJECTS))


def check(name: str, documents: tuple[Document, ...]) -> ProseFindings:
    folders = prompts.data_folders("prompts")
    specs = prompts.sections(folders)
    prose = read_prose((GOLDEN / name).read_text(encoding="utf-8"), specs)
    return check_prose(prose, documents, specs=specs, filler=prompts.filler(folders))


def refused(findings: ProseFindings) -> Mapping[str, str]:
    return {
        text: verdict.reason
        for text, verdict in findings.claims
        if verdict.status is not Status.SUPPORTED
    }


def test_every_claim_of_the_good_article_is_found_in_the_sources(
    documents: tuple[Document, ...],
) -> None:
    findings = check("good_article.md", documents)

    assert len(findings.claims) >= 15
    assert refused(findings) == {}
    assert findings.is_clean


def test_the_good_article_with_one_wrong_number_is_refused(
    documents: tuple[Document, ...],
) -> None:
    folders = prompts.data_folders("prompts")
    text = (GOLDEN / "good_article.md").read_text(encoding="utf-8")
    wrong = text.replace("1.28 trillion", "1.82 trillion")
    prose = read_prose(wrong, prompts.sections(folders))

    findings = check_prose(prose, documents)

    (claim,) = refused(findings)
    assert "1.82 trillion" in claim
