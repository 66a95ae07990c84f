"""What one poll of a ranking fetches: the document, its items, the names beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from briefing.domain.ranking import RankingRow, Window
from briefing.domain.source import (
    FanOut,
    FetchState,
    Join,
    RankingFormat,
    RankingSpec,
    Source,
)
from briefing.errors import FetchError
from briefing.ingest.ranking_addresses import (
    asks_for_a_day,
    of_days,
    of_item,
    of_join,
)
from briefing.ingest.ranking_documents import Served
from briefing.ingest.ranking_joining import Named, parse_names
from briefing.ingest.ranking_parsing import parse_ids
from briefing.ports import Http, Isolate, Response

MAX_BYTES = 2_000_000  # INGEST 1.1; 607 rows of the richest feed are 0.4 MB
MAX_ITEM_BYTES = 200_000
MAX_JOIN_BYTES = 10_000_000
LIMIT_S = 5.0
# A server that refuses so many items one after another will refuse the others too.
_PATIENCE = 3
# Made for programs; pages are asked by the rules for robots.
_INTERFACES = frozenset({RankingFormat.JSON, RankingFormat.CSV})


@dataclass(frozen=True, slots=True)
class Fetched:
    """The documents of one poll.

    Attributes:
        response: of the ranking's own address; its hash covers the items too.
        served: what is parsed, None when nothing is new.
        missing: ids of items that could not be fetched.
    """

    response: Response
    served: Served | None
    missing: tuple[str, ...] = ()


def fetch(
    source: Source,
    spec: RankingSpec,
    state: FetchState,
    http: Http,
    isolate: Isolate,
    now: datetime,
) -> Fetched:
    """The ranking's document, or with `fan_out` the documents of its items.

    Raises FetchError, ParseError.
    """
    # Equal ids say nothing about the items behind them, so those are always asked for.
    known = None if spec.fan_out else state
    response, window = _document(source, spec, known, http, now)
    if known and (response.status == 304 or response.body_hash == known.body_hash):
        return Fetched(response, None)
    if spec.fan_out is None:
        return Fetched(response, Served(response.body, window=window))
    ids = isolate.run(parse_ids, response.body, spec, limit_s=LIMIT_S)
    items, missing = _items(spec.fan_out, ids, http)
    served = Served(response.body, items=items, window=window)
    whole = hashlib.sha256(b"\0".join([response.body, *(one for _, one in items)]))
    made = replace(response, etag=None, last_modified=None, body_hash=whole.hexdigest())
    if made.body_hash == state.body_hash:
        return Fetched(made, None)
    return Fetched(made, served, missing)


def names_for(
    rows: Sequence[RankingRow],
    spec: RankingSpec,
    join: Join,
    http: Http,
    isolate: Isolate,
) -> Mapping[str, Named]:
    """What the second document says of the rows. Raises FetchError, ParseError."""
    found: dict[str, Named] = {}
    for url in of_join(join, [row.key for row in rows]):
        response = http.get(
            url,
            obeys_robots=join.format not in _INTERFACES,
            max_bytes=MAX_JOIN_BYTES,
        )
        read = isolate.run(parse_names, response.body, spec, join, limit_s=LIMIT_S)
        found = {**read, **found}
    return found


def _document(
    source: Source,
    spec: RankingSpec,
    state: FetchState | None,
    http: Http,
    now: datetime,
) -> tuple[Response, Window | None]:
    is_daily = asks_for_a_day(source.url)

    def get(url: str) -> Response:
        return http.get(
            url,
            # Another day is another address: what we know of the last does not hold.
            state=None if is_daily else state,
            obeys_robots=spec.format not in _INTERFACES,
            max_bytes=MAX_BYTES,
        )

    if not is_daily:
        return get(source.url), None
    yesterday = now.astimezone(UTC).date() - timedelta(days=1)
    url, window = of_days(source.url, yesterday, spec.days)
    try:
        return get(url), window
    except FetchError as error:
        if error.status != 404:
            raise
    # Yesterday's figures are often out only around noon (INGEST 2.2).
    url, window = of_days(source.url, yesterday - timedelta(days=1), spec.days)
    return get(url), window


def _items(
    fan_out: FanOut, ids: Sequence[str], http: Http
) -> tuple[tuple[tuple[int, bytes], ...], tuple[str, ...]]:
    """(place, document) of each item that answered, and the ids of the others."""
    found: list[tuple[int, bytes]] = []
    missing: list[str] = []
    in_a_row = 0
    for place, item_id in enumerate(ids[: fan_out.limit], start=1):
        try:
            response = http.get(
                of_item(fan_out.url, item_id),
                obeys_robots=False,
                max_bytes=MAX_ITEM_BYTES,
            )
        except FetchError:
            missing.append(item_id)
            in_a_row += 1
            if in_a_row == _PATIENCE:
                raise
            continue
        in_a_row = 0
        found.append((place, response.body))
    return tuple(found), tuple(missing)
