"""A filled store, made once and only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from briefing.store import SqliteStore
from tests.site.published import opened


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    with opened(tmp_path_factory.mktemp("site")) as store:
        yield store
