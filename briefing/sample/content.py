"""The sample days as files: which days there are, and what a server answers on each.

Layout: days.toml (the days), sources.toml and briefing.toml (the settings),
expected.json (the failures a run must report), days/<date>/<host>/<path> (bodies) and
days/<date>/responses.toml (statuses, headers and delays by address).
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

FOLDER = Path(__file__).resolve().parent

_TYPES = {
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".rdf": "application/rdf+xml",
    ".xml": "text/xml",
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_NOT_FOUND = b"<!doctype html><title>404</title><h1>Not found</h1>\n"
_OVERRIDES = {"url", "status", "headers", "delay_s"}


@dataclass(frozen=True, slots=True)
class SampleDay:
    """One day of the sample.

    Attributes:
        date: of its edition.
        now: aware UTC; when the run of that day takes place.
        has_edition: False where only the rankings are asked.
    """

    date: date
    now: datetime
    has_edition: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What the sample server says to a GET.

    Attributes:
        status: HTTP status.
        headers: in the order sent, without Content-Length and Date.
        body: as sent.
        delay_s: waited before the first byte.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class ExpectedFailure:
    """A failure that a run's report must show.

    Attributes:
        subject: id of a source, or the address of a page.
        reason: the stable word of `Problem.reason`.
    """

    subject: str
    reason: str


def sample_days(folder: Path = FOLDER) -> tuple[SampleDay, ...]:
    """The days that have an edition, in order."""
    return tuple(day for day in all_days(folder) if day.has_edition)


def all_days(folder: Path = FOLDER) -> tuple[SampleDay, ...]:
    """Every day in order, those of the rankings' history too."""
    table = tomllib.loads((folder / "days.toml").read_text(encoding="utf-8"))
    return tuple(
        SampleDay(day["date"], day["now"].astimezone(UTC), day.get("has_edition", True))
        for day in table["days"]
    )


def expected_failures(day: date, folder: Path = FOLDER) -> tuple[ExpectedFailure, ...]:
    """What must fail on `day`, and nothing else may."""
    table = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return tuple(ExpectedFailure(**one) for one in table[day.isoformat()])


def settings_text(address: str, folder: Path = FOLDER) -> str:
    """A whole briefing.toml that reads the sample from the server at "host:port"."""
    head = (folder / "briefing.toml").read_text(encoding="utf-8")
    sources = (folder / "sources.toml").read_text(encoding="utf-8")
    connect_to = f'[http.connect_to]\n"*.example" = "{address}"\n'
    return f"{head}\n{connect_to}\n{sources}"


class SampleWeb:
    """What every *.example host answers on one of the days."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._root = folder / "days"
        self._days = tuple(day.date for day in all_days(folder))
        self._overrides = {day: _overrides(self._root, day) for day in self._days}

    def answer(self, day: date, host: str, target: str) -> Answer:
        """The answer of `host` to `target` (path and query; the query is ignored).

        A file of the newest day up to `day` wins; the path may leave ".html" out.
        """
        path = unquote(urlsplit(target).path)
        override = self._override(day, f"http://{host}{path}")
        found = self._file(day, host, path)
        delay_s = float(override.get("delay_s", 0))
        if found is None or override.get("status") == 404:
            headers = (("Content-Type", "text/html; charset=utf-8"),)
            return Answer(404, headers, _NOT_FOUND, delay_s)
        file, since = found
        body = file.read_bytes()
        headers_by_name = {
            "Content-Type": _TYPES.get(file.suffix, "application/octet-stream"),
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"',
            "Last-Modified": _http_date(since),
            **override.get("headers", {}),
        }
        return Answer(
            int(override.get("status", 200)),
            tuple(headers_by_name.items()),
            body,
            delay_s,
        )

    def _override(self, day: date, url: str) -> Mapping[str, Any]:
        for one in reversed(self._days):
            if one <= day and url in self._overrides[one]:
                return self._overrides[one][url]
        return {}

    def _file(self, day: date, host: str, path: str) -> tuple[Path, date] | None:
        parts = PurePosixPath(path.lstrip("/")).parts
        if not parts or ".." in parts or "/" in host or host.startswith("."):
            return None
        for one in reversed(self._days):
            base = self._root.joinpath(one.isoformat(), host, *parts)
            for file in (base, base.with_name(f"{base.name}.html")):
                if one <= day and file.is_file():
                    return file, one
        return None


def _overrides(root: Path, day: date) -> dict[str, dict[str, Any]]:
    file = root / day.isoformat() / "responses.toml"
    if not file.exists():
        return {}
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    responses: list[dict[str, Any]] = table.get("responses", [])
    for one in responses:
        if unknown := sorted(set(one) - _OVERRIDES):
            raise ValueError(f"{file}: unknown keys {unknown}")
    return {one["url"]: one for one in responses}


def _http_date(day: date) -> str:
    # Two hours before the run: published in the night, as the pages themselves say.
    published = datetime.combine(day, time(4), tzinfo=UTC)
    return format_datetime(published, usegmt=True)
