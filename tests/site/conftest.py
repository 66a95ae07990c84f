"""A filled store, made once and only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from briefing.store import SqliteStore
from tests.site.published import many_days, opened


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    with opened(tmp_path_factory.mktemp("site")) as store:
        yield store


@pytest.fixture(scope="session")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """34 days of two briefs each, of which one is on AI."""
    with SqliteStore(tmp_path_factory.mktemp("long") / "briefing.db") as store:
        many_days(store, 34)
        yield store
