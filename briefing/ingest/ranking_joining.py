"""A second document beside a ranking: what it says about the rows, matched by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.domain.ranking import RankingRow
from briefing.domain.source import Join, RankingSpec
from briefing.ingest.ranking_documents import Served, read_document, wrong
from briefing.ingest.ranking_parsing import facts_of, kept_key, key_of, words

MAX_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class Named:
    """What the second document says of one key; "" for what it does not say."""

    label: str
    group: str
    facts: tuple[str, ...] = ()


def parse_names(body: bytes, spec: RankingSpec, join: Join) -> dict[str, Named]:
    """By key, as the ranking keeps it; of a repeated key the first counts. In a worker.

    A row without key is left out: catalogues hold more than a ranking needs. Raises
    ParseError.
    """
    own = replace(spec, rows=join.rows, format=join.format, has=join.has, drop=None)
    reading = read_document(Served(body), own)
    rows = reading.rows()
    if len(rows) > MAX_NAMES:
        raise wrong("no_rows", f"{len(rows)} names, at most {MAX_NAMES:,} are read")
    found: dict[str, Named] = {}
    for _, row in rows:
        key = kept_key(key_of(reading.field(row, join.on)), spec)
        if not key or key in found:
            continue
        label = words(reading.field(row, join.label)) if join.label else ""
        group = words(reading.field(row, join.group)) if join.group else ""
        found[key] = Named(label, group, facts_of(reading, row, join.facts))
    if not found:
        raise wrong("no_rows", f"{join.rows!r} has no row with {join.on!r}")
    return found


def joined(
    rows: Sequence[RankingRow], names: Mapping[str, Named]
) -> tuple[RankingRow, ...]:
    """The rows with what is known of them; the others as they were."""
    nothing = Named("", "")
    made = []
    for row in rows:
        said = names.get(row.key, nothing)
        label, group = said.label or row.label, said.group or row.group
        facts = (*row.facts, *said.facts)
        made.append(replace(row, label=label, group=group, facts=facts))
    return tuple(made)
