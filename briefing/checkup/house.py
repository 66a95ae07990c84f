"""Looks at what is in this house: settings, files, store, schedule."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from briefing.checkup.asking import Look
from briefing.domain.checkup import Finding, bad, ok, warn
from briefing.domain.report import Report
from briefing.logic import health, slots
from briefing.logic.codec import from_json
from briefing.logic.staleness import stale_since
from briefing.posting import make_frame
from briefing.store import SqliteStore
from briefing.store.inspection import FileSeen, inspect


def settings(look: Look) -> tuple[Finding, ...]:
    """What was chosen, in one line."""
    chosen = look.chosen
    return (
        health.settings(
            title=chosen.digest.title,
            sources=len(chosen.sources),
            contact=chosen.http.contact,
            writer=chosen.model.name if chosen.model else "the sources' own sentences",
            channel=chosen.mail.channel,
        ),
    )


def letters(look: Look) -> tuple[Finding, ...]:
    """Whether sender, address of the site and further headers can stand in a letter.
    Raises SettingsError naming the one that cannot.
    """
    frame = make_frame(look.chosen)
    return (ok("letters", f"from {frame.sender}, list {frame.list_id}"),)


def database(look: Look) -> tuple[Finding, ...]:
    """The store's file."""
    path = look.chosen.store
    seen = inspect(path)
    if seen is None:
        return (ok("database", f"{path} is made by the first run"),)
    return (
        health.database(
            str(path),
            revision=seen.revision,
            head=seen.head,
            size_bytes=seen.size_bytes,
            faults=seen.faults,
            is_whole=seen.is_whole,
            mode=stat.S_IMODE(path.stat().st_mode),
        ),
    )


def disk(look: Look, free_bytes: Callable[[Path], int]) -> tuple[Finding, ...]:
    """Room where the store lies."""
    folder = _existing(look.chosen.store.parent)
    beside = (look.chosen.store, Path(f"{look.chosen.store}-wal"))
    size = sum(one.stat().st_size for one in beside if one.exists())
    free = free_bytes(folder)
    return (health.disk(str(folder), free_bytes=free, store_bytes=size),)


def output(look: Look) -> tuple[Finding, ...]:
    """Whether editions and the store can be written; tried with a file that goes."""
    found = []
    for folder in dict.fromkeys((look.chosen.output, look.chosen.store.parent)):
        place = _existing(folder)
        try:
            with tempfile.TemporaryFile(dir=place):
                pass
        except OSError as error:
            found.append(
                bad(
                    "output",
                    f"{place} cannot be written: {error.strerror}",
                    "Give the folder to the user that runs Briefing.",
                )
            )
    return tuple(found) or (ok("output", f"{look.chosen.output} can be written"),)


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there already."""
    for place in (folder.resolve(), *folder.resolve().parents):
        if place.is_dir():
            return place
    return Path("/")


def keys(look: Look, environment: Mapping[str, str]) -> tuple[Finding, ...]:
    """The file of secret keys, and those of the environment."""
    path = Path(f"{look.chosen.store}.keys")
    there = path.exists()
    return (
        health.secret_keys(
            [len(one.get_secret_value()) for one in look.chosen.secret_keys],
            file=str(path),
            mode=stat.S_IMODE(path.stat().st_mode) if there else None,
            is_readable=there and os.access(path, os.R_OK),
        ),
        *_files_of_secrets(environment),
    )


def _files_of_secrets(environment: Mapping[str, str]) -> list[Finding]:
    """Files named by BRIEFING_…_FILE that others may read."""
    found = []
    for name, value in sorted(environment.items()):
        if not (name.startswith("BRIEFING_") and name.endswith("_FILE") and value):
            continue
        path = Path(value)
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o007:
            found.append(
                warn(
                    "keys",
                    f"{path}, named by {name}, can be read by everybody on this "
                    "machine",
                    f"Run: chmod o-rwx {path}",
                )
            )
    return found


def webhooks(look: Look) -> tuple[Finding, ...]:
    """The chats' addresses, without printing or asking them."""
    found = []
    for one in look.chosen.webhooks:
        part = f"webhook {one.name}"
        if urlsplit(one.url.get_secret_value()).scheme == "https":
            found.append(ok(part, f"{one.kind}, its address is set"))
        else:
            found.append(
                warn(part, f"{one.kind}, its address is not https", "Use https.")
            )
    return tuple(found)


def zone(look: Look, zones: Callable[[], int]) -> tuple[Finding, ...]:
    """The digest's zone, and the rules of all."""
    name = look.chosen.digest.timezone
    return (health.zone(name, zones=zones(), now=look.moment),)


def schedule(look: Look) -> tuple[Finding, ...]:
    """When the next edition is made."""
    part, name = look.chosen.schedule, look.chosen.digest.timezone
    at = None
    if part.days:
        at = slots.next_day(look.moment, part.at, name, part.days)[1]
    return (health.next_run(at, zone_name=name, now=look.moment),)


def last_run(look: Look) -> tuple[Finding, ...]:
    """What became of the newest run."""
    if not _is_current(look):
        return ()
    with SqliteStore(look.chosen.store) as store:
        runs = store.last_runs(limit=1)
    if not runs:
        return (
            health.last_run(
                None, edition_id="", is_finished=False, failures=0, now=look.moment
            ),
        )
    (run,) = runs
    failures = len(from_json(Report, run.report).failures) if run.report else 0
    return (
        health.last_run(
            run.started_at,
            edition_id=run.edition_id,
            is_finished=run.finished_at is not None,
            failures=failures,
            now=look.moment,
        ),
    )


def rankings(look: Look) -> tuple[Finding, ...]:
    """Rankings that stand still, by the newest snapshot that is kept of each."""
    chosen = [one for one in look.chosen.sources if one.ranking is not None]
    if not chosen or not _is_current(look):
        return ()
    with SqliteStore(look.chosen.store) as store:
        kept = [store.snapshots(one.id, until=look.moment, limit=1) for one in chosen]
    since = {
        one.id: stale
        for one, held in zip(chosen, kept, strict=True)
        if (stale := stale_since(one, next(iter(held), None), look.moment))
    }
    return (health.rankings(len(chosen), since),)


def deliveries(look: Look) -> tuple[Finding, ...]:
    """What became of the newest issue."""
    if not _is_current(look):
        return ()
    with SqliteStore(look.chosen.store) as store:
        issues = store.issues(limit=1)
        tally = store.tally(issues[0]) if issues else None
    return (health.deliveries(tally),)


def _is_current(look: Look) -> bool:
    """Whether the store can be opened without being made, upgraded or tripped over."""
    seen: FileSeen | None = inspect(look.chosen.store, limit_s=0.0)
    return seen is not None and seen.revision == seen.head
