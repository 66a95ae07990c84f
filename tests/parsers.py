"""The parsing workers of a test process: one set for all of its tests."""

from __future__ import annotations

import atexit
from functools import lru_cache

from briefing.isolate import WorkerIsolate


@lru_cache(maxsize=1)
def parsers() -> WorkerIsolate:
    """Started when first asked for; starting them is what costs."""
    made = WorkerIsolate(1)
    atexit.register(made.close)
    return made
