"""Where we read: a Source, what reading it gave (Harvest), what to remember of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from briefing.domain.document import Document
from briefing.domain.ranking import RankingSnapshot


class RankingFormat(StrEnum):
    """The forms in which a ranking is served."""

    JSON = "json"
    CSV = "csv"
    HTML = "html"
    TABLE = "table"
    LD_JSON = "ld_json"
    SCRIPT_JSON = "script_json"
    FLIGHT = "flight"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of an item that is not what is ranked: a price, a size.

    Attributes:
        value: selects the number; a row without one, or with less than zero, has no
            such fact.
        says: the sentence without its subject; holds `{value}`.
        times: what the number is multiplied with: 1000000 makes a price of a token one
            of a million.
    """

    value: str
    says: str
    times: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Join:
    """A second document, asked for once a poll, that says more about a ranking's rows.

    Attributes:
        url: its address; `{keys}` in it becomes the keys of the rows, with commas.
        rows: selects the list of its rows, as in RankingSpec.
        on: what equals a row's key; what is cut out of keys is cut out of it too.
        label: the name readers see, or None.
        group: vendor, country or the like, or None.
        format: the form of the document.
        has: keys of the objects that are looked for inside of a page's data.
        each: how one of `{keys}` is written; holds `{key}`.
        facts: what it says of an item beside.
    """

    url: str
    rows: str
    on: str
    label: str | None = None
    group: str | None = None
    format: RankingFormat = RankingFormat.JSON
    has: tuple[str, ...] = ()
    each: str = "{key}"
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class FanOut:
    """A ranking that is a list of ids, with one document an item.

    Attributes:
        url: of an item; holds `{id}`.
        limit: items that are asked for, from the top.
    """

    url: str
    limit: int = 30


@dataclass(frozen=True, slots=True)
class RankingSpec:
    """How to read a ranking. Expressions are JMESPath for data and feeds, CSS values
    for `html`, names of columns for `table` and `csv` (ingest/ranking_documents.py).

    Attributes:
        rows: selects the list of rows; of tables the columns that must be there: "A|B".
        key: the stable identity of a row (never its label).
        label: the name readers see; "" if only `join` has names: then most must have
            one there, and the others show their keys.
        value: a number, or a string that holds one.
        group: vendor, country or the like, or None.
        as_of: the document's own date or time, or None: then the fetch time, flagged.
        window_start: first day of what is measured, or None when not stated.
        window_end: last day of what is measured, or None when not stated.
        total: the total over all items, listed or not, or None.
        metric: what is counted, as a noun phrase ("tokens processed").
        unit: canonical unit of `value` ("token").
        attribution: the licence line the source asks for; may hold `{as_of}`.
        caveats: the source's own warnings, printed with every figure.
        min_rows: fewer rows than this is a failed read, never a short ranking.
        format: the form of the document.
        has: keys of the objects that are looked for inside of a page's data.
        drop: selects rows of `html` that are no items (advertisements).
        rank: the document's own rank, or None: then by value or as listed.
        order: "value", biggest first, or "document" for the order of the list.
        sums: rows of one key are added up; without it a repeated key is a failure.
        exclude: a regular expression; items whose key or label it finds do not count,
            and those below move up.
        key_strip: a regular expression that is cut out of keys: a date, a version.
        aliases: (key as served, key as kept) of items that were renamed.
        low: the lower end of the value's confidence interval, or None.
        high: its upper end; set exactly when `low` is.
        facts: what the document says of an item beside.
        groups: (group as served, name that readers see): "CN", "Chinese models".
        max_unknown: 0..1: a list with a larger share of items that it never held before
            has changed its keys, and is not taken.
        join: where names or groups come from, or None.
        fan_out: `rows` selects ids, each with a document of its own; or None.
        days: how many days an address with days in it asks for.
        day: a row's own day in a list of several days, or None; an item that misses
            one of them has a figure that is a lower bound, and is named so.
        blanks: characters that stand for a blank in labels ("_").
        decimal: the mark before decimals in printed values; None: as the column shows,
            a point where it does not.
    """

    rows: str
    key: str
    label: str
    value: str
    metric: str
    unit: str
    group: str | None = None
    as_of: str | None = None
    window_start: str | None = None
    window_end: str | None = None
    total: str | None = None
    attribution: str = ""
    caveats: tuple[str, ...] = ()
    min_rows: int = 3
    format: RankingFormat = RankingFormat.JSON
    has: tuple[str, ...] = ()
    drop: str | None = None
    rank: str | None = None
    order: Literal["value", "document"] = "value"
    sums: bool = False
    exclude: str | None = None
    key_strip: str | None = None
    aliases: tuple[tuple[str, str], ...] = ()
    low: str | None = None
    high: str | None = None
    groups: tuple[tuple[str, str], ...] = ()
    facts: tuple[Fact, ...] = ()
    max_unknown: float = 0.6
    join: Join | None = None
    fan_out: FanOut | None = None
    days: int = 1
    day: str | None = None
    blanks: str = ""
    decimal: Literal[".", ","] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One configured place to read; `kind` is the name of its ingester's module.

    Attributes:
        id: unique slug, as written in briefing.toml.
        kind: "feed", "page" or "ranking".
        url: where to ask first; a ranking's may hold yesterday: {yyyy}, {mm}, {dd} or
            {day}, and {first_day} of several.
        title: what readers see.
        publisher: who speaks, as printed under a brief.
        family: publishers of one house share a family; None means the publisher alone.
        topics: topics this source belongs to.
        weight: 0..10, 1 is ordinary; used when stories are chosen.
        language: ISO 639-1 code that the source writes in, or None if unknown.
        is_primary: the publisher reports on itself (agency, company, regulator).
        cadence: how often the source speaks; older than twice this is stale.
        max_documents: newest entries that are kept from one poll.
        reads_pages: whether the page behind a short feed entry is fetched.
        ranking: for ranking kinds: how rows are read; else None.
        fallback: rankings of the same figures that are asked, in this order, when this
            one cannot be read.
    """

    id: str
    kind: str
    url: str
    title: str
    publisher: str
    family: str | None = None
    topics: tuple[str, ...] = ()
    weight: float = 1.0
    language: str | None = None
    is_primary: bool = False
    cadence: timedelta = timedelta(days=1)
    max_documents: int = 50
    reads_pages: bool = True
    ranking: RankingSpec | None = None
    fallback: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class FetchState:
    """What we remember of an address between runs; validators are opaque strings.

    Attributes:
        source_id: whose state this is.
        etag: ETag exactly as served, or None.
        last_modified: Last-Modified exactly as served, or None.
        body_hash: of the last body that was parsed; equal bytes are not parsed again.
        next_poll_at: not to be asked before this time, or None.
        failures: consecutive failed polls.
        last_ok_at: last poll that worked, or None.
        last_error: message of the last failure, or None after a success.
        moved_to: target of a permanent redirect, seen on the last poll, or None.
        configured: the address that `address` and `is_gone` belong to; another one in
            the settings makes both void.
        address: where the source is asked instead, since it moved for good, or None.
        is_gone: the server said that nothing is there any more; it is not asked again.
    """

    source_id: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    next_poll_at: datetime | None = None
    failures: int = 0
    last_ok_at: datetime | None = None
    last_error: str | None = None
    moved_to: str | None = None
    configured: str | None = None
    address: str | None = None
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong and cost only itself; it appears in the run's report.

    Attributes:
        stage: "gather", "group", "write", "check", "render" or "note".
        subject: id or address of the thing that failed.
        reason: short stable word ("http_404", "robots", "bad_xml", "timeout").
        message: what happened, for a person.
        hint: what to do next, or "" if nothing.
        is_failure: False for a warning (a repaired feed, a text in another language).
    """

    stage: str
    subject: str
    reason: str
    message: str
    hint: str = ""
    is_failure: bool = True


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one source gave at one poll.

    Attributes:
        source_id: the source that was read.
        state: what to remember for the next poll.
        documents: newest first; a feed's are excerpts until their page is read.
        snapshot: for ranking sources: what the page said, else None.
        problems: what was dropped or repaired on the way.
        is_unchanged: the server or the bytes said that nothing is new.
    """

    source_id: str
    state: FetchState
    documents: tuple[Document, ...] = ()
    snapshot: RankingSnapshot | None = None
    problems: tuple[Problem, ...] = field(default=())
    is_unchanged: bool = False
