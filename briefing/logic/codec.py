"""Domain values as JSON and back: the public form written down in docs/formats.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from briefing.domain.document import Document
from briefing.errors import InputError

T = TypeVar("T")


# Building an adapter costs milliseconds and depends on the type alone.
_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def to_json(value: object) -> str:
    """One line of JSON; times are ISO 8601 in UTC, exact numbers are strings."""
    return _adapter(type(value)).dump_json(value).decode("utf-8")


def to_pretty(value: object) -> str:
    """The same over several lines, for files that people open; ends with a newline."""
    return json.dumps(to_plain(value), ensure_ascii=False, indent=1) + "\n"


def to_plain(value: object) -> Any:
    """The same as lists, dicts and scalars, for templates and reports."""
    return json.loads(to_json(value))


def from_json(kind: type[T], text: str | bytes) -> T:
    """The value that `to_json` printed. Raises InputError naming the first fault."""
    try:
        value: T = _adapter(kind).validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the line"
        raise InputError(
            f"not a {kind.__name__}: {place}: {first['msg']}",
            hint="Compare the line with docs/formats.md.",
        ) from error
    return value


def read_lines(kind: type[T], lines: Iterable[str]) -> Iterator[T]:
    """One value a line, blank lines skipped. Raises InputError naming the line."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield from_json(kind, line)
        except InputError as error:
            raise InputError(
                f"line {number}: {error.message}", hint=error.hint
            ) from error


def document_from(line: str) -> Document:
    """A Document as users write it: only `id` and `text` are required, the rest may be
    absent or null; a time without a zone is taken as UTC. Raises InputError.
    """
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"not JSON: {error}", hint="Write one JSON object a line."
        ) from error
    if not isinstance(raw, dict):
        raise InputError("not a JSON object", hint="Write one JSON object a line.")
    known = {key: value for key, value in raw.items() if value is not None}
    document = from_json(Document, json.dumps(known))
    return replace(
        document,
        published_at=_aware(document.published_at),
        fetched_at=_aware(document.fetched_at),
    )


def _aware(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None  # The first or last day of the calendar: absurd, so unknown.
