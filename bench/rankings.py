"""A long ranking read and compared with the day before, against json and two dicts.

Both read the same documents, shaped as a list of packages with their downloads, and
say who entered, left, rose or fell by three places. Ours parses in a worker process
with limits, holds every row to its rules, cleans its words, keeps exact decimals and
ties, and tells only what the other list is long enough to know.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bench.figures import Figure, Result, timed
from bench.pages import NOW
from briefing.domain.source import RankingSpec, Source
from briefing.ingest.ranking import from_file
from briefing.isolate import WorkerIsolate
from briefing.logic.ranking_diff import diff

_LEFT_OUT = (
    "json and dicts leave out: a process of its own with limits, rules of rows, "
    "cleaning of words, exact decimals, ties, as-of and window, "
    "what the other list cannot know; they compare all rows, briefing the first 1,000."
)


@dataclass(frozen=True)
class Size:
    """How much is read.

    Attributes:
        rows: of a document.
        days: documents, each compared with the one before.
    """

    rows: int = 15_000
    days: int = 6


TINY = Size(rows=60, days=2)


def run(size: Size | None = None) -> Result:
    """Rows a second, from the bytes to what moved."""
    size = size or Size()
    bodies = [document(size.rows, day) for day in range(size.days)]
    rows = size.rows * size.days
    with timed() as plain:
        theirs = _plain(bodies)
    with timed() as ours:
        moved = _ours(bodies)
    assert min(theirs, moved) > 0, f"{moved} moved for us, {theirs} for the peer"
    return Result(
        "rankings",
        f"{size.days} days of {size.rows:,} rows, {len(bodies[0]) // 1000} KB each; "
        f"each compared with the day before",
        (
            (
                _figure("briefing, in a worker", rows, ours.seconds, ours.cpu_s),
                _figure("json.loads + two dicts", rows, plain.seconds, plain.cpu_s),
            ),
        ),
        (_LEFT_OUT,),
    )


def _figure(who: str, rows: int, seconds: float, cpu_s: float) -> Figure:
    return Figure(who, "rows/s", rows / seconds, cpu_s * 1000 / rows)


def document(rows: int, day: int) -> bytes:
    """A list of packages as it stood on that day; same size and day, same bytes."""
    listed: list[tuple[int, str]] = []
    for place in range(rows):
        # Late packages are new ones, so that every day some enter and some leave.
        number = place + (day * 7 if place * 10 > rows * 9 else 0)
        noise = (number * 7919 + day * 104_729) % 997
        count = 1_500_000_000 * (50_000 + noise) // (50_000 * (place + 9))
        listed.append((count, f"package-{number:05}"))
    listed.sort(reverse=True)
    moment = (NOW - timedelta(days=30 - day)).strftime("%Y-%m-%d %H:%M:%S")
    rows_said = [{"download_count": count, "project": key} for count, key in listed]
    said = {"last_update": moment, "rows": rows_said}
    return json.dumps(said, separators=(",", ":")).encode()


def _plain(bodies: Sequence[bytes]) -> int:
    moved = 0
    before: dict[str, int] = {}
    for body in bodies:
        rows = json.loads(body)["rows"]
        rows.sort(key=lambda row: -row["download_count"])
        after = {row["project"]: rank for rank, row in enumerate(rows, 1)}
        if before:
            moved += sum(abs(before.get(key, 0) - at) > 2 for key, at in after.items())
            moved += len(before.keys() - after.keys())
        before = after
    return moved


def _ours(bodies: Sequence[bytes]) -> int:
    source = Source(
        id="packages",
        kind="ranking",
        url="https://packages.example/top.json",
        title="Top packages",
        publisher="Packages",
        ranking=RankingSpec(
            rows="rows",
            key="project",
            label="project",
            value="download_count",
            metric="downloads in thirty days",
            unit="download",
            as_of="last_update",
        ),
    )
    moved = 0
    with WorkerIsolate() as isolate:
        before, _ = from_file(bodies[0], source, isolate, NOW)
        for body in bodies[1:]:
            after, _ = from_file(body, source, isolate, NOW)
            moved += len(diff(before, after))
            before = after
    return moved
