"""Work that all processes of one test run share: done by the first that needs it."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

Made = TypeVar("Made")


def once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]
) -> Made:
    """What `make` gave for a new folder; made once a test run, whoever asks first.

    The others wait for it, then read it back with pickle; files in the folder are for
    reading only. A `make` that raises is tried again by the next.
    """
    base = factory.getbasetemp()
    # Each worker of pytest-xdist has a folder of its own below that of the run.
    place = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    kept = place / f"{name}.pickle"
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            made = make(factory.mktemp(name))
            kept.write_bytes(pickle.dumps(made))
        return pickle.loads(kept.read_bytes())  # noqa: S301 - written by ourselves
