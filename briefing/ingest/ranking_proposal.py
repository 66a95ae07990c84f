"""A definition for a document that nobody has described: the list in it that looks most
like a ranking, tried before it is told.

Config: none. Yields: the RankingSpec and what it reads. Raises: ParseError (reason
"no_ranking" where nothing reads as one, else those of the document's form).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from briefing.domain.source import RankingFormat, RankingSpec
from briefing.errors import ParseError
from briefing.ingest.ranking_candidates import Candidate, candidates
from briefing.ingest.ranking_columns import Roles, is_as_of, roles, words_of
from briefing.ingest.ranking_documents import Served
from briefing.ingest.ranking_parsing import ParsedRanking, parse_ranking
from briefing.ingest.timestamps import read_moment
from briefing.logic.quantities import read_quantities

_MOST_TRIED = 8
_QUERY = r"\?.*$"
_BY_NAME = frozenset({RankingFormat.TABLE, RankingFormat.CSV})
_MONEY = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_PARTS = frozenset(
    {"total", "sum", "num", "number", "count", "of", "the", "last", "in"}
)
_TEXT_BEFORE = {RankingFormat.HTML: -2.0, RankingFormat.TABLE: 2.0}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A definition and what it reads.

    Attributes:
        spec: how the rows are read.
        parsed: what came of it.
    """

    spec: RankingSpec
    parsed: ParsedRanking


def propose(body: bytes, now: datetime) -> Proposal:
    """The likeliest definition that reads the document. In a worker."""
    judged = [
        (told.score + _TEXT_BEFORE.get(one.format, 0.0), one, told)
        for one in candidates(body)
        if (told := roles(one)) is not None
    ]
    judged.sort(key=lambda one: -one[0])
    for _, candidate, told in judged[:_MOST_TRIED]:
        for spec in _specs(candidate, told, now):
            try:
                return Proposal(spec, parse_ranking(Served(body), spec, now))
            except ParseError:
                continue
    raise ParseError(
        "nothing in the document reads as a ranking",
        hint="Give the address that its data come from, or write [sources.ranking] "
        "by hand: docs/rankings.md.",
        reason="no_ranking",
    )


def _specs(candidate: Candidate, told: Roles, now: datetime) -> Iterator[RankingSpec]:
    """The whole definition first; then without what may not hold in every row."""
    words = _metric(told)
    rows = candidate.rows
    if candidate.format in _BY_NAME:
        used = (told.key, told.label, told.value, told.rank, told.group)
        names = dict.fromkeys(one.removesuffix("@href") for one in used if one)
        rows = "|".join(names)
    is_by_value = bool(told.value) and (told.is_sorted or told.sums)
    as_of = _as_of(candidate, now)
    for rank, group in ((told.rank, told.group), (None, None)):
        yield RankingSpec(
            rows=rows,
            key=told.key,
            label=told.label,
            value=told.value,
            metric=words or "place",
            unit=_unit(told, words),
            group=group,
            as_of=as_of,
            min_rows=max(3, candidate.count // 2),
            format=candidate.format,
            has=candidate.has,
            drop=candidate.drop,
            rank=rank,
            order="value" if rank or is_by_value or not told.value else "document",
            sums=told.sums,
            decimal=told.decimal,
            key_strip=_QUERY if _has_queries(candidate, told) else None,
        )


def _has_queries(candidate: Candidate, told: Roles) -> bool:
    """Whether keys are links that say where they stand on the page ("?ref=list_1")."""
    if not told.key.endswith("@href") or told.sums:
        return False
    (keys,) = (one.values for one in candidate.columns if one.expression == told.key)
    bare = {str(one).partition("?")[0] for one in keys}
    return len(bare) == len(keys) and all("?" in str(one) for one in keys)


def _as_of(candidate: Candidate, now: datetime) -> str | None:
    """What stands beside the list and names a moment that may be its own."""
    for expression, name, said in candidate.beside:
        if is_as_of(name) and read_moment(said, now) is not None:
            return expression
    return None


def _metric(told: Roles) -> str:
    said = [one for one in words_of(told.value_name) if not one.isdigit()]
    for one in told.sample:
        # "2,079 stars today": the cell says what is counted.
        tail = re.sub(r"^[^A-Za-z]*", "", one) if isinstance(one, str) else ""
        if 2 < len(tail) <= 40 and read_quantities(str(one)):
            return tail
    return " ".join(said)


def _unit(told: Roles, metric: str) -> str:
    for one in told.sample:
        sign = str(one).strip()[:1]
        if sign in _MONEY:
            return _MONEY[sign]
    if "cap" in metric.split():
        return "USD"
    said = [one for one in metric.split() if one.isalpha() and one not in _PARTS]
    if not told.value or not said:
        return ""
    plural = next((one for one in said if one.endswith("s") and len(one) > 3), said[-1])
    return plural.removesuffix("s") if not plural.endswith("ss") else plural
