"""One set of workers for all tests of this folder: starting them is what costs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from briefing.isolate import WorkerIsolate


@pytest.fixture(scope="session")
def isolate() -> Iterator[WorkerIsolate]:
    with WorkerIsolate(1) as workers:
        yield workers
