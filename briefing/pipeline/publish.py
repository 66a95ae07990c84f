"""An Edition into its files, and the audit that proves them years later."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.domain.delivery import Rendition
from briefing.domain.document import Document
from briefing.domain.edition import Edition
from briefing.domain.report import Report
from briefing.logic.codec import to_json, to_pretty
from briefing.ports import Renderer

AUDIT_FOLDER = "audit"
DOCUMENTS_FILE = f"{AUDIT_FOLDER}/documents.jsonl"
HASHES_FILE = f"{AUDIT_FOLDER}/sha256.txt"
REPORT_FILE = "report.json"


def publish(
    edition: Edition, renderers: Sequence[Renderer], report: Report
) -> tuple[Rendition, ...]:
    """Every file of the edition's folder: renditions, audit, report; by path."""
    files = [file for render in renderers for file in render(edition)]
    files.extend(_audit(edition))
    files.append(Rendition(REPORT_FILE, "application/json", to_pretty(report).encode()))
    return tuple(sorted(files, key=lambda file: file.path))


def _audit(edition: Edition) -> tuple[Rendition, ...]:
    """The stored texts: with them `briefing check` needs no network and no store."""
    documents: dict[str, Document] = {}
    for brief in edition.briefs:
        documents.update((one.id, one) for one in brief.story.documents)
    ordered = [documents[key] for key in sorted(documents)]
    lines = "".join(f"{to_json(one)}\n" for one in ordered)
    hashes = "".join(f"{one.text_hash}  {one.id}\n" for one in ordered)
    return (
        Rendition(DOCUMENTS_FILE, "application/jsonl", lines.encode()),
        Rendition(HASHES_FILE, "text/plain", hashes.encode()),
    )
