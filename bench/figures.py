"""Figures of a benchmark, and how they are printed."""

from __future__ import annotations

import os
import platform
import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Score:
    """How well it was done, where that is a question too.

    Attributes:
        right: answers that were.
        misread: answers that were another number than the right one.
        of: answers in all; neither right nor misread are those that were not given.
    """

    right: int
    misread: int
    of: int


@dataclass(frozen=True)
class Figure:
    """One line: ours, or a peer's in the same run.

    Attributes:
        who: "briefing" or the peer in a few words.
        what: unit of `value`, more is better: "messages/s".
        value: measured.
        cpu_ms: CPU time of the process that did it, for one of them; None if it was
            not measured.
        score: how many of them were right; None where all must be.
    """

    who: str
    what: str
    value: float
    cpu_ms: float | None = None
    score: Score | None = None


@dataclass(frozen=True)
class Result:
    """A benchmark's figures.

    Attributes:
        name: of the benchmark.
        setting: what was done, how often, with what; one sentence.
        figures: pairs of ours and a peer's, ours first.
        notes: what the figures leave out, and which peer is missing.
    """

    name: str
    setting: str
    figures: tuple[tuple[Figure, Figure], ...]
    notes: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """For people."""
        yield f"{self.name}: {self.setting}"
        for pair in self.figures:
            for one in pair:
                yield f"  {one.who:<42}{one.value:10,.1f} {one.what}{_beside(one)}"
            yield f"  {'ratio':<42}{' '.join(_ratios(*pair))}"
        for note in self.notes:
            yield f"  {note}"

    def plain(self) -> dict[str, Any]:
        """For programs."""
        return {
            "name": self.name,
            "setting": self.setting,
            "figures": [[asdict(one) for one in pair] for pair in self.figures],
            "ratios": [pair[0].value / pair[1].value for pair in self.figures],
            "notes": list(self.notes),
        }


def _beside(one: Figure) -> str:
    said = ""
    if one.cpu_ms is not None:
        is_small = one.cpu_ms < 1
        said += f"{one.cpu_ms * 1000:9.1f} µs" if is_small else f"{one.cpu_ms:9.2f} ms"
        said += " CPU each"
    if one.score is not None:
        said += f"   {one.score.right} of {one.score.of} right, "
        said += f"{one.score.misread} misread"
    return said


def _ratios(ours: Figure, theirs: Figure) -> Iterator[str]:
    yield f"{ours.value / theirs.value:8.2f} x the peer's rate,"
    if ours.cpu_ms is not None and theirs.cpu_ms:
        yield f"{ours.cpu_ms / theirs.cpu_ms:.2f} x its CPU"


@dataclass
class Spent:
    """What a block took.

    Attributes:
        seconds: on the wall.
        cpu_s: of this process and the children that ended in the block.
    """

    seconds: float = 0.0
    cpu_s: float = 0.0


@contextmanager
def timed() -> Iterator[Spent]:
    """Fills its Spent at the end of the block."""
    spent = Spent()
    wall, cpu = time.perf_counter(), _cpu_s()
    yield spent
    spent.seconds = time.perf_counter() - wall
    spent.cpu_s = _cpu_s() - cpu


def _cpu_s() -> float:
    used = [
        resource.getrusage(who)
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return sum(one.ru_utime + one.ru_stime for one in used)


def cpu_of(pid: int) -> float:
    """CPU seconds of another process so far, where the system tells (Linux)."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    return {
        "cpu": _cpu_name(),
        "cores": str(len(os.sched_getaffinity(0))),
        "load": f"{os.getloadavg()[0]:.1f}",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def _cpu_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [one.partition(":")[2].strip() for one in lines if "model name" in one]
    return names[0] if names else platform.machine()
