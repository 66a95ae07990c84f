"""Addresses with places to fill: yesterday's date, an item's id, the keys of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote

from briefing.domain.ranking import Window
from briefing.domain.source import Join
from briefing.logic.urls import MAX_LENGTH

_PARTS = ("{yyyy}", "{mm}", "{dd}", "{day}")
_KEYS = "{keys}"
# Few enough that nobody is asked twenty questions for the names of one list.
_MOST_REQUESTS = 10


def asks_for_a_day(url: str) -> bool:
    """Whether the address holds a day."""
    return any(part in url for part in _PARTS)


def of_days(url: str, last: date, days: int) -> tuple[str, Window]:
    """The address that asks for `days` days up to `last`, and those days."""
    first = last - timedelta(days=days - 1)
    filled = (
        url.replace("{yyyy}", f"{last:%Y}")
        .replace("{mm}", f"{last:%m}")
        .replace("{dd}", f"{last:%d}")
        .replace("{day}", last.isoformat())
        .replace("{first_day}", first.isoformat())
    )
    return filled, Window(first, last)


def end_of(window: Window) -> datetime:
    """The last second of the window, in UTC."""
    return datetime.combine(window.end, time(23, 59, 59), tzinfo=UTC)


def of_item(url: str, item_id: str) -> str:
    """The address of one item; whatever its id holds, it stays one part of it."""
    return url.replace("{id}", quote(item_id, safe=""))


def of_join(join: Join, keys: Sequence[str]) -> Iterator[str]:
    """The address, or those that the keys are spread over: each has its longest."""
    if _KEYS not in join.url:
        yield join.url
        return
    asked: list[str] = []
    made = 0
    for key in keys:
        one = join.each.replace("{key}", quote(key, safe=""))
        if asked and len(_with(join, [*asked, one])) > MAX_LENGTH:
            yield _with(join, asked)
            made, asked = made + 1, []
            if made == _MOST_REQUESTS:
                return
        asked.append(one)
    yield _with(join, asked)


def _with(join: Join, asked: Sequence[str]) -> str:
    return join.url.replace(_KEYS, "%2C".join(asked))
