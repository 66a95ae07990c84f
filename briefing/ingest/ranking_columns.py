"""What the columns of a list mean: which is the rank, the key, the name, the figure.

Guesses by a column's name and by what its cells hold; whoever reads the proposal
decides. Runs in a worker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from briefing.ingest.ranking_candidates import Candidate, Column
from briefing.logic.printed_numbers import Mark, decimal_mark, read_printed

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}|\w{3}, \d{1,2} \w{3} \d{4}")
_PLACE = re.compile(r"#?[1-9]\d{0,5}\.?")

_RANKS = frozenset({"rank", "position", "place", "pos", "no", "nr", "td"})
_KEYS = ("permaslug", "slug", "key", "id", "appid", "symbol", "code", "href")
_LABELS = (
    "display", "name", "title", "titleline", "label", "project", "model", "release",
    "article", "film", "movie", "item", "team", "player", "company", "country",
    "language", "permaslug", "slug", "id", "h2", "h3",
)  # fmt: skip
_VALUES = (
    "views", "downloads", "download", "tokens", "votes", "peak", "score", "points",
    "rating", "index", "gross", "daily", "cap", "total", "value", "sales", "players",
    "likes", "stars", "followers", "population", "revenue", "context", "count",
)  # fmt: skip
_NO_VALUES = frozenset(
    "id ids appid rank upper lower created updated date time timestamp at week last "
    "year month day price parameters ath change days weeks avg theaters item".split()
)
_GROUPS = frozenset(
    "author artist vendor organization organisation developer maker publisher owner "
    "country licence license studio distributor company".split()
)
_AS_OF = frozenset(
    "asof as updated update rollup date cutoff generated timestamp modified".split()
)


@dataclass(frozen=True, slots=True)
class Roles:
    """Which column is what, by expression.

    Attributes:
        key: what stays the same.
        label: the name.
        label_name: what the document calls it.
        value: the figure, "" for none.
        value_name: what the document calls it.
        rank: the stated place, or None.
        group: or None.
        decimal: "," where the figure's cells have it before decimals, else None.
        sums: a key stands in several rows.
        is_sorted: the rows come by value, biggest first.
        sample: a few of the figure's cells.
        score: how much this looks like a ranking; more is better.
    """

    key: str
    label: str
    label_name: str
    value: str
    value_name: str
    rank: str | None
    group: str | None
    decimal: Mark | None
    sums: bool
    is_sorted: bool
    sample: tuple[str | int | float | None, ...]
    score: float


def words_of(name: str) -> list[str]:
    """A column's name in lower-case words: "totalVotes" -> total, votes."""
    return [one.lower() for one in _WORDS.findall(name)]


def is_as_of(name: str) -> bool:
    """Whether something of this name may say when the list was made."""
    return bool(_AS_OF.intersection(words_of(name)))


def roles(candidate: Candidate) -> Roles | None:
    """The likeliest reading of the list, None if nothing in it has a name."""
    columns = candidate.columns
    rank = _rank(columns)
    label = _best(
        [one for one in columns if _is_text(one) and one is not rank], _LABELS, -1
    )
    key = _key(columns, label, rank)
    label = label or key
    # A link or an attribute is nothing that readers are shown.
    if label is None or key is None or "@" in label.expression:
        return None
    figures = {
        one.expression: found
        for one in columns
        if one not in (rank, key, label) and (found := _figures(one)) is not None
    }
    value, summed = _value(columns, figures)
    is_sorted = bool(value) and _falls(figures[value.expression]) if value else False
    repeats = len(set(key.values)) < len(key.values)
    if repeats and value is None:
        return None
    group = next(
        (
            one
            for one in columns
            if one not in (label, key, rank)
            and _is_text(one)
            and _GROUPS.intersection(words_of(one.name))
        ),
        None,
    )
    score = min(candidate.count, 100) / 10 + 3 * (label is not key)
    score += 4 * (rank is not None) + 4 * (value is not None) + 5 * is_sorted
    score += 3 * _hinted(label, _LABELS) - 4 * repeats
    score += 2 * _hinted(value, _VALUES) if value else 0
    return Roles(
        key=key.expression,
        label=label.expression,
        label_name=label.name,
        value=summed or (value.expression if value else ""),
        value_name=value.name if value else "",
        rank=rank.expression if rank and not repeats else None,
        group=group.expression if group else None,
        decimal="," if value and column_mark(value) == "," else None,
        sums=repeats,
        is_sorted=is_sorted,
        sample=value.values[:20] if value else (),
        score=score,
    )


def _rank(columns: Sequence[Column]) -> Column | None:
    fitting = [one for one in columns if _counts_up(one.values)]
    named = [one for one in fitting if _RANKS.intersection(words_of(one.name)[-1:])]
    exact = [one for one in named if one.name.lower() in _RANKS]
    unnamed = [one for one in fitting if one.name in {"#", ""}]
    return next(iter((*exact, *named, *unnamed)), None)


def _counts_up(values: Sequence[str | int | float | None]) -> bool:
    """1, 2, 3 … with ties (1, 1, 3) and holes, every row having one."""
    places: list[int] = []
    for value in values:
        text = str(value).strip()
        if isinstance(value, float) or not _PLACE.fullmatch(text):
            return False
        places.append(int(text.strip("#.")))
    if not places or places[0] != 1 or places[-1] == 1:
        return False
    return places == sorted(places) and places[-1] <= len(places) * 2


def _key(
    columns: Sequence[Column], label: Column | None, rank: Column | None
) -> Column | None:
    whole = [
        one
        for one in columns
        if None not in one.values and one is not rank and not _is_amount(one)
    ]
    unique = [one for one in whole if len(set(one.values)) == len(one.values)]
    # A link that belongs to the name, where a table or a list has no other key.
    linked = [
        one for one in unique if label and one.expression == f"{label.expression}@href"
    ]
    named = [one for one in unique if _hinted(one, _KEYS)]
    named = [one for one in named if not one.expression.endswith("@href")]
    if named:
        return _best(named, _KEYS, 0)
    if linked:
        return linked[0]
    if label in unique:
        return label
    repeated = [one for one in whole if _hinted(one, _KEYS)]
    return _best(repeated, _KEYS, 0) or (label if label in whole else None)


def _value(
    columns: Sequence[Column], figures: dict[str, list[Decimal | None]]
) -> tuple[Column | None, str]:
    """The column of figures, and the sum of two where input and output stand apart."""
    fitting = [
        one
        for one in columns
        if one.expression in figures
        and len(set(figures[one.expression])) > 1
        and not _NO_VALUES.intersection(words_of(one.name))
    ]
    if not fitting:
        return None, ""

    def order(one: Column) -> tuple[bool, int, int]:
        hint = _place_of_hint(one, _VALUES)
        return (not _falls(figures[one.expression]), hint, fitting.index(one))

    best = min(fitting, key=order)
    names = {one.name: one for one in columns}
    for ours, theirs in (("prompt", "completion"), ("input", "output"), ("in", "out")):
        pair = [
            names.get(re.sub(rf"(?<![a-z])({ours}|{theirs})(?![a-z])", one, best.name))
            for one in (ours, theirs)
        ]
        both = [one.expression for one in pair if one and one.expression in figures]
        if len(set(both)) == 2:
            return best, f"sum([{', '.join(both)}])"
    return best, ""


def column_mark(column: Column) -> Mark:
    """What stands before decimals in its cells; a point where none shows it."""
    try:
        return decimal_mark(one for one in column.values if isinstance(one, str)) or "."
    except ValueError:
        return "."


def _figures(column: Column) -> list[Decimal | None] | None:
    """Its numbers, None if it holds other things too, or hardly any."""
    mark = column_mark(column)
    found: list[Decimal | None] = []
    try:
        for value in column.values:
            found.append(_figure(value, mark))
    except ValueError:
        return None
    held = [one for one in found if one is not None]
    if len(held) * 2 < len(found) or any(one < 0 for one in held) or _are_times(held):
        return None
    return found


def _figure(value: str | int | float | None, mark: Mark) -> Decimal | None:
    """None for a cell that states no figure. Raises ValueError for other things."""
    if value is None:
        return None
    if isinstance(value, bool):
        raise ValueError("yes or no is no figure")  # noqa: TRY004 - a cell, no argument
    if isinstance(value, (int, float)):
        return Decimal(str(value))
    text = value.strip()
    if _MOMENT.match(text) or text.endswith("%"):
        raise ValueError("a moment or a share is no figure to rank by")
    return read_printed(text, mark)


def _are_times(numbers: Sequence[Decimal]) -> bool:
    """Seconds since 1970, of the years 2001 to 2050."""
    return (
        bool(numbers)
        and all(Decimal("1e9") < one < Decimal("2.53e9") for one in numbers)
        and len(set(numbers)) > 1
        and _near(numbers)
    )


def _near(numbers: Sequence[Decimal]) -> bool:
    return max(numbers) - min(numbers) < Decimal("2e8") and not _falls(numbers)


def _falls(numbers: Sequence[Decimal | None]) -> bool:
    held = [one for one in numbers if one is not None]
    return len(set(held)) > 1 and all(one >= two for one, two in pairwise(held))


def _is_text(column: Column) -> bool:
    """Mostly names: letters, no addresses, no dates, hardly a cell empty."""
    texts = [one for one in column.values if isinstance(one, str) and one.strip()]
    if len(texts) * 10 < len(column.values) * 9 or "@" in column.expression:
        return False
    like = sum(
        any(letter.isalpha() for letter in one)
        and not one.startswith(("http://", "https://", "/"))
        and not _MOMENT.match(one)
        and len(one) <= 200
        for one in texts
    )
    return like * 10 >= len(texts) * 9 and _figures(column) is None


def _is_amount(column: Column) -> bool:
    return any(isinstance(one, float) for one in column.values)


def _place_of_hint(column: Column, hints: Sequence[str]) -> int:
    said = words_of(column.name)
    places = [hints.index(one) for one in said if one in hints]
    return min(places, default=len(hints))


def _hinted(column: Column, hints: Sequence[str]) -> bool:
    return _place_of_hint(column, hints) < len(hints)


def _best(columns: Sequence[Column], hints: Sequence[str], bias: int) -> Column | None:
    """The best named; among equals the most varied, then the shortest, then the first:
    the name in a heading, not the heading.
    """
    if not columns:
        return None

    def order(one: Column) -> tuple[int, int, int]:
        length = sum(len(str(value)) for value in one.values)
        return (_place_of_hint(one, hints), bias * len(set(one.values)), length)

    return min(columns, key=order)
