"""What a user hands in: JSON Lines, text, Markdown and HTML files, folders, addresses.

Every piece becomes a Document; one bad line or file costs only itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from briefing.domain.document import Document
from briefing.domain.source import Problem
from briefing.errors import BriefingError, InputError
from briefing.logic.cleaning import clean_text, clean_title
from briefing.logic.codec import document_from
from briefing.logic.handed_text import decoded, text_document

_TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})
_MAX_BYTES = 50_000_000

PageOf = Callable[[bytes, str], Document]
Fetch = Callable[[str], Document]


def read(
    places: Sequence[str], *, fetch: Fetch, page_of: PageOf, now: datetime
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The documents in `places`, in order, and what could not be read.

    `fetch` reads an address, `page_of(bytes, name)` an HTML file.
    """
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for place in places:
        for read_one in _readers(place, fetch, page_of, problems):
            try:
                document = read_one()
            except BriefingError as error:
                problems.append(_problem(place, error))
                continue
            stamped = replace(document, fetched_at=document.fetched_at or now)
            documents.setdefault(stamped.id, stamped)
    return tuple(documents.values()), tuple(problems)


def _readers(
    place: str, fetch: Fetch, page_of: PageOf, problems: list[Problem]
) -> Iterator[Callable[[], Document]]:
    if place.startswith(("http://", "https://")):
        yield lambda: fetch(place)
        return
    for path in _files(place, problems):
        try:
            body = _bytes(path)
        except InputError as error:
            problems.append(_problem(str(path), error))
            continue
        if path.suffix.lower() in _HTML_SUFFIXES:
            yield _page_reader(body, path.name, page_of)
        elif path.suffix.lower() in _TEXT_SUFFIXES:
            yield _text_reader(body, path.stem)
        else:
            for number, line in enumerate(_lines(decoded(body)), start=1):
                if line.strip():
                    yield _line_reader(line, f"{path.name} line {number}")


def lines(text: str) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The documents of JSON Lines, and the lines that are none."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for number, line in enumerate(_lines(text), start=1):
        if not line.strip():
            continue
        try:
            documents.append(_line_reader(line, f"line {number}")())
        except InputError as error:
            problems.append(_problem(f"line {number}", error))
    return tuple(documents), tuple(problems)


def _files(place: str, problems: list[Problem]) -> tuple[Path, ...]:
    path = Path(place)
    if path.is_dir():
        known = _TEXT_SUFFIXES | _HTML_SUFFIXES | _LINES_SUFFIXES
        return tuple(
            one
            for one in sorted(path.rglob("*"))
            if one.is_file() and one.suffix.lower() in known
        )
    if path.is_file():
        return (path,)
    problems.append(
        _problem(
            place,
            InputError(
                f"{place} is no file, folder or address", hint="Check the spelling."
            ),
        )
    )
    return ()


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise InputError(
                f"{path.name} is larger than {_MAX_BYTES // 1_000_000} MB",
                hint="Split the file.",
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be read: {error.strerror}", hint="Check its rights."
        ) from error


def _lines(text: str) -> list[str]:
    """Lines as JSON Lines has them: JSON may hold U+2028, which splitlines cuts at."""
    return text.split("\n")


def _page_reader(body: bytes, name: str, page_of: PageOf) -> Callable[[], Document]:
    return lambda: page_of(body, name)


def _text_reader(body: bytes, name: str) -> Callable[[], Document]:
    return lambda: text_document(decoded(body), name)


def _line_reader(line: str, place: str) -> Callable[[], Document]:
    def read_line() -> Document:
        try:
            document = document_from(line)
        except InputError as error:
            raise InputError(f"{place}: {error.message}", hint=error.hint) from error
        return replace(
            document,
            text=clean_text(document.text),
            title=clean_title(document.title),
        )

    return read_line


def _problem(subject: str, error: BriefingError) -> Problem:
    return Problem(
        stage="gather",
        subject=subject,
        reason=getattr(error, "reason", "unreadable"),
        message=error.message,
        hint=error.hint,
    )
