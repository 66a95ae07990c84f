"""The workers, by the name that the tests of this folder know them by."""

from __future__ import annotations

import pytest

from briefing.isolate import WorkerIsolate
from tests.parsers import parsers


@pytest.fixture(scope="session")
def isolate() -> WorkerIsolate:
    return parsers()
