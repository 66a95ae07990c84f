"""From a kind to its module."""

from __future__ import annotations

import pytest

from briefing.errors import SettingsError
from briefing.ingest.feed import ingest
from briefing.plugins import ingester, kinds


def test_a_kind_is_the_name_of_its_module() -> None:
    assert ingester("feed") is ingest


def test_only_modules_that_ingest_are_kinds() -> None:
    assert kinds() == (
        "feed",
        "folder",
        "page",
        "ranking",
        "search",
        "sitemap",
    )


@pytest.mark.parametrize("kind", ["fed", "html_text", "", "../feed", "feed.x", "Feed"])
def test_a_kind_that_does_not_exist_names_those_that_do(kind: str) -> None:
    with pytest.raises(SettingsError) as caught:
        ingester(kind)

    assert "feed, folder, page, ranking, search, sitemap" in caught.value.hint
