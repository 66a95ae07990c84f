"""Wiring of the list of sources: briefing.toml changed whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefing import app
from briefing.domain.source import Problem, Source
from briefing.errors import InputError, SettingsError
from briefing.ingest.autodiscovery import find_feed
from briefing.isolate import WorkerIsolate
from briefing.logic.opml import ListedFeed, read_opml
from briefing.logic.slugs import slug
from briefing.settings import Settings, load, parse
from briefing.starter.writing import source_table

if TYPE_CHECKING:
    from briefing.run import Progress

_HEADER = re.compile(r"^\s*\[")
_OF_SOURCE = re.compile(r"^\s*\[\[?\s*sources\s*\.")
_SOURCE = re.compile(r"^\s*\[\[\s*sources\s*\]\]")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """What one source gave when it was asked by hand.

    Attributes:
        source: which.
        documents: read.
        rows: of a ranking.
        problems: what was wrong.
    """

    source: Source
    documents: int
    rows: int
    problems: tuple[Problem, ...]


def check_sources(
    chosen: Settings, ids: Sequence[str], *, moment: datetime, progress: Progress
) -> tuple[SourceCheck, ...]:
    """Asks the named sources (all without names), keeping nothing."""
    from briefing import plugins, topic

    known = {one.id: one for one in chosen.sources}
    unknown = [one for one in ids if one not in known]
    if unknown:
        raise SettingsError(
            f"no source is called {unknown[0]!r}",
            hint="See the ids with `briefing sources list`.",
        )
    wanted = [known[one] for one in ids] or list(chosen.sources)
    with WorkerIsolate() as isolate, app.open_http(chosen) as http:
        found = topic.try_sources(
            wanted, plugins.ingester, http, isolate, moment, progress
        )
    return tuple(
        SourceCheck(
            source,
            len(harvest.documents),
            len(harvest.snapshot.rows) if harvest.snapshot else 0,
            harvest.problems,
        )
        for source, harvest in zip(wanted, found, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list.

    Attributes:
        added: ids of the new sources.
        known: feeds that were sources already.
        refused: addresses that cannot be a source, with the reason.
    """

    added: tuple[str, ...]
    known: int
    refused: tuple[tuple[str, str], ...]


def add_feed(
    path: Path,
    place: str,
    *,
    source_id: str | None = None,
    publisher: str | None = None,
    topics: Sequence[str] = (),
    moment: datetime,
) -> str:
    """Adds the feed at or behind `place`; its id. Raises SettingsError, InputError,
    FetchError.
    """
    chosen = load(path, os.environ)
    url = place if "://" in place else f"https://{place}"
    with WorkerIsolate() as isolate, app.open_http(chosen) as http:
        found = find_feed(url, http, isolate, moment)
    if known := next((one.id for one in chosen.sources if one.url == found.url), None):
        raise InputError(
            f"{found.url} is the source {known!r} already", hint="Keep it."
        )
    listed = ListedFeed(publisher or found.title, found.url)
    fields = _fields(listed, {one.id for one in chosen.sources}, source_id)
    if topics:
        fields["topics"] = list(topics)
    append(path, source_table(fields))
    return str(fields["id"])


def import_feeds(path: Path, body: bytes) -> Imported:
    """Adds every feed of an OPML list that is no source yet. Raises SettingsError,
    InputError.
    """
    chosen = load(path, os.environ)
    urls = {one.url for one in chosen.sources}
    ids = {one.id for one in chosen.sources}
    added: list[str] = []
    tables: list[str] = []
    refused: list[tuple[str, str]] = []
    known = 0
    for listed in read_opml(body):
        if listed.url in urls:
            known += 1
            continue
        fields = _fields(listed, ids, None)
        table = source_table(fields)
        try:
            parse(table, folder=chosen.folder, environment={})
        except SettingsError as error:
            refused.append((listed.url[:200], error.message))
            continue
        ids.add(str(fields["id"]))
        added.append(str(fields["id"]))
        tables.append(table)
    if tables:
        append(path, "".join(tables))
    return Imported(tuple(added), known, tuple(refused))


def append(path: Path, text: str) -> None:
    """Writes tables at the end of the settings file, which must be readable with them.

    Raises SettingsError.
    """
    before = path.read_text(encoding="utf-8").rstrip()
    _write(path, f"{before}\n\n{text.strip()}\n")


def remove(path: Path, source_id: str) -> Settings:
    """Takes the tables of one source out of the settings file; what is left is read.

    Raises InputError, SettingsError.
    """
    chosen = load(path, os.environ)
    if source_id not in {one.id for one in chosen.sources}:
        known = ", ".join(one.id for one in chosen.sources) or "none"
        raise InputError(f"{source_id!r} is no source", hint=f"Known: {known}.")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if _SOURCE.match(line)]
    for start in starts:
        end = _end_of(lines, start)
        if _id_of("".join(lines[start:end]), chosen.folder) == source_id:
            return _write(path, "".join([*lines[:start], *lines[end:]]))
    raise InputError(
        f"{source_id!r} is not written as a [[sources]] table of its own",
        hint=f"Take it out of {path.name} by hand.",
    )


def _end_of(lines: Sequence[str], start: int) -> int:
    """Where the next table begins; comments right above it are its own."""
    end = start + 1
    while end < len(lines) and (
        not _HEADER.match(lines[end]) or _OF_SOURCE.match(lines[end])
    ):
        end += 1
    if end < len(lines):
        while end > start + 1 and lines[end - 1].lstrip().startswith("#"):
            end -= 1
    return end


def _id_of(text: str, folder: Path) -> str:
    try:
        return parse(text, folder=folder, environment={}).sources[0].id
    except SettingsError:
        return ""


def _write(path: Path, text: str) -> Settings:
    made = parse(text, folder=path.parent, environment=os.environ)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    shutil.copymode(path, fresh)
    fresh.replace(path)
    return made


def _fields(
    listed: ListedFeed, taken: set[str], source_id: str | None
) -> dict[str, object]:
    host = (urlsplit(listed.url).hostname or "feed").removeprefix("www.")
    name = (listed.title or host)[:_LONGEST_NAME]
    made = source_id or _free(slug(name, host), taken)
    return {"id": made, "url": listed.url, "publisher": name}


def _free(name: str, taken: set[str]) -> str:
    made, number = name[:50], 2
    while made in taken:
        made, number = f"{name[:50]}-{number}", number + 1
    return made
