"""The `folder` kind: text, Markdown, HTML and PDF files of a folder on this machine.

Config: `kind = "folder"`, `path` of the folder (from where briefing.toml is); the other
fields as in domain/source.py. PDF needs the extra "pdf".
Yields: a complete Document a file, the last changed first, at most `max_documents`;
nothing when no file was added, changed or taken away.
Raises: FetchError (reason "no_folder") when the folder cannot be listed. A file that
cannot be read costs only itself. Nothing outside of the folder is read: a link that
leads out of it is left out.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from briefing.domain.document import Document, DocumentKind
from briefing.domain.source import FetchState, Harvest, Problem, Source
from briefing.errors import BriefingError, FetchError, InputError
from briefing.ingest import page
from briefing.ingest.pdf_text import pdf_text
from briefing.logic.backoff import after_success
from briefing.logic.handed_text import decoded, text_document
from briefing.logic.language import detect_language
from briefing.ports import Http, Isolate

_TEXT = frozenset({".txt", ".md", ".markdown", ".text"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_PDF = frozenset({".pdf"})
_MAX_BYTES = 20_000_000
# Chosen: a folder with more is an archive, and its listing takes as long as a run.
_MOST_FILES = 20_000
_PDF_S = 20.0


def ingest(
    source: Source, state: FetchState, http: Http, isolate: Isolate, now: datetime
) -> Harvest:
    """The files of the folder as Documents, the last changed first."""
    root = Path(source.url)
    files = _files(root)
    seed = "\0".join(f"{one}\0{size}\0{changed}" for one, size, changed in files)
    listing = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()
    new_state = after_success(state, now, body_hash=listing)
    if listing == state.body_hash:
        return Harvest(source.id, new_state, is_unchanged=True)
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    newest = sorted(files, key=lambda one: (-one[2], one[0]))
    for path, _, _ in newest[: source.max_documents]:
        try:
            read = _read(path, isolate, now)
        except BriefingError as error:
            problems.append(_problem(path.name, error))
            continue
        documents.setdefault(read.id, _of_source(read, source, now))
    kept = tuple(documents.values())
    return Harvest(source.id, new_state, kept, None, tuple(problems))


def _files(root: Path) -> list[tuple[Path, int, int]]:
    """Path, bytes and moment of change (ns) of each file, by path."""
    known = _TEXT | _HTML | _PDF
    found: list[tuple[Path, int, int]] = []
    try:
        inside = root.resolve(strict=True)
        if not inside.is_dir():
            raise NotADirectoryError(20, "it is no folder")
        for path in sorted(inside.rglob("*")):
            if path.suffix.lower() not in known or not path.is_file():
                continue
            if not path.resolve().is_relative_to(inside):
                continue
            stat = path.stat()
            found.append((path, stat.st_size, stat.st_mtime_ns))
            if len(found) >= _MOST_FILES:
                break
    except OSError as error:
        raise FetchError(
            str(root),
            None,
            f"the folder cannot be read: {error.strerror or error}",
            hint="Check `path` of the source and the folder's rights.",
            reason="no_folder",
        ) from error
    return found


def _read(path: Path, isolate: Isolate, now: datetime) -> Document:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise InputError(
                f"{path.name} is larger than {_MAX_BYTES // 1_000_000} MB",
                hint="Split the file, or leave it out.",
            )
        body = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be read: {error.strerror}", hint="Check its rights."
        ) from error
    if path.suffix.lower() in _HTML:
        return page.from_file(body, path.stem, isolate, now)
    if path.suffix.lower() in _PDF:
        text = isolate.run(pdf_text, body, path.name, limit_s=_PDF_S)
        return text_document(text, path.stem)
    return text_document(decoded(body), path.stem)


def _of_source(document: Document, source: Source, now: datetime) -> Document:
    return replace(
        document,
        publisher=document.publisher or source.publisher,
        family=source.family or "",
        fetched_at=now,
        language=detect_language(document.text) or source.language,
        source_id=source.id,
        kind=DocumentKind.PRIMARY if source.is_primary else DocumentKind.REPORT,
        topics=source.topics,
        weight=source.weight,
    )


def _problem(name: str, error: BriefingError) -> Problem:
    return Problem(
        stage="gather",
        subject=name,
        reason=getattr(error, "reason", "unreadable"),
        message=error.message,
        hint=error.hint,
    )
