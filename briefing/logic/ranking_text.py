"""A ranking in words: every row a sentence, so that a citation can point at it."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from itertools import islice

from briefing.domain.claim import Quantity, QuantityKind
from briefing.domain.document import Document, DocumentKind, Span
from briefing.domain.ranking import RankingRow, RankingSnapshot, Window
from briefing.logic.quantities import format_quantity, read_quantities
from briefing.logic.ranking_diff import by_key
from briefing.logic.ranking_groups import Group, groups

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_BETWEEN = "\n\n"
# Rows further down are data, and nobody's evidence (chosen).
MOST_ROWS = 300
# A brief is about the first, or about one that moved among the first (chosen).
_ROWS_WITH_FACTS = 50


def snapshot_document(
    snapshot: RankingSnapshot,
    *,
    topics: Sequence[str] = (),
    weight: float = 1.0,
) -> Document:
    """The snapshot as plain text, one paragraph a row, with the snapshot's id.

    The same snapshot gives the same text; numbers stand in full precision. Of a long
    ranking the first 300 rows stand in it.
    """
    return Document(
        id=snapshot.id,
        text=_BETWEEN.join(_paragraphs(snapshot)),
        title=snapshot.title,
        url=snapshot.url or None,
        publisher=snapshot.publisher,
        published_at=None if snapshot.as_of_is_ours else snapshot.taken_at,
        fetched_at=snapshot.fetched_at,
        language="en",
        source_id=snapshot.source_id,
        kind=DocumentKind.RANKING,
        topics=tuple(topics),
        weight=weight,
    )


def row_span(snapshot: RankingSnapshot, key: str) -> Span:
    """Where the row's sentence stands in the snapshot's text. Raises KeyError."""
    shown = _shown(snapshot)
    if key not in shown:
        raise KeyError(key)
    return _paragraph_span(snapshot, 1 + list(shown).index(key))


def total_span(snapshot: RankingSnapshot) -> Span | None:
    """Where the sentence about the total stands in its text, None without a total."""
    if snapshot.total is None:
        return None
    return _paragraph_span(snapshot, 1 + len(_shown(snapshot)))


def group_span(snapshot: RankingSnapshot, name: str) -> Span:
    """Where the sentence about a group stands in its text. Raises KeyError."""
    names = [one.name for one in groups(snapshot)]
    if name not in names:
        raise KeyError(name)
    index = 1 + len(_shown(snapshot)) + (snapshot.total is not None)
    return _paragraph_span(snapshot, index + names.index(name))


def fact_spans(snapshot: RankingSnapshot, key: str) -> tuple[Span, ...]:
    """Where the sentences about the item's facts stand in its text; few items have."""
    row = _shown(snapshot).get(key)
    if row is None:
        return ()
    paragraphs = _paragraphs(snapshot)
    wanted = {_fact_sentence(row, fact) for fact in row.facts}
    return tuple(
        _paragraph_span(snapshot, index)
        for index, text in enumerate(paragraphs)
        if text in wanted
    )


def as_of_line(snapshot: RankingSnapshot) -> str:
    """The line that dates a table: "Week of 18–24 May 2026, as of 25 May 2026."."""
    taken = day_text(snapshot.taken_at.date())
    seen = f"read on {taken}" if snapshot.as_of_is_ours else f"as of {taken}"
    phrase = (window_phrase(snapshot) or "").partition(" ")[2].removeprefix("the ")
    if not phrase:
        return f"{seen[0].upper()}{seen[1:]}."
    if phrase == taken and not snapshot.as_of_is_ours:
        # A daily list of its own day: the date once.
        return f"{phrase}."
    return f"{phrase[0].upper()}{phrase[1:]}, {seen}."


def compared_line(base: RankingSnapshot) -> str:
    """What changes are measured against: "Change on the week of 11–17 May 2026."."""
    phrase = window_phrase(base)
    if phrase is None:
        return f"Change on {day_text(base.taken_at.date())}."
    words = phrase.removeprefix("on ").removeprefix("in ")
    return f"Change on {words}."


def _paragraph_span(snapshot: RankingSnapshot, index: int) -> Span:
    paragraphs = _paragraphs(snapshot)
    start = sum(len(part) + len(_BETWEEN) for part in paragraphs[:index])
    return Span(start, start + len(paragraphs[index]))


def _shown(snapshot: RankingSnapshot) -> dict[str, RankingRow]:
    return dict(islice(by_key(snapshot).items(), MOST_ROWS))


# A brief asks for the places of a dozen rows of two or three snapshots.
@lru_cache(maxsize=8)
def _paragraphs(snapshot: RankingSnapshot) -> tuple[str, ...]:
    rows = _shown(snapshot)
    held = Counter(row.rank for row in by_key(snapshot).values())
    parts = [_opening(snapshot)]
    parts += [_row_sentence(snapshot, row, held[row.rank]) for row in rows.values()]
    if snapshot.total is not None:
        parts.append(
            "The total over all items, listed or not, was "
            f"{value_text(snapshot.unit, snapshot.total)}{_when(snapshot)}."
        )
    parts += [_group_sentence(snapshot, one) for one in groups(snapshot)]
    parts += _facts(snapshot)
    parts += [_closed(text) for text in (snapshot.attribution, *snapshot.caveats)]
    return tuple(part for part in parts if part)


def _opening(snapshot: RankingSnapshot) -> str:
    taken = day_text(snapshot.taken_at.date())
    by = f" by {plain_line(snapshot.publisher)}" if snapshot.publisher else ""
    dated = f"was read on {taken}" if snapshot.as_of_is_ours else f"is as of {taken}"
    metric = f" and ranks by {plain_line(snapshot.metric)}" if snapshot.metric else ""
    return f"The ranking “{plain_line(snapshot.title)}”{by} {dated}{metric}."


def _row_sentence(snapshot: RankingSnapshot, row: RankingRow, sharing: int) -> str:
    group = f" ({plain_line(row.group)})" if row.group else ""
    verb = "tied for" if sharing > 1 else "ranked"
    worth = (
        f" with {value_text(snapshot.unit, row.value)}" if row.value is not None else ""
    )
    label = plain_line(row.label) or row.key
    return f"{label}{group} {verb} {ordinal(row.rank)}{worth}{_when(snapshot)}."


def _facts(snapshot: RankingSnapshot) -> list[str]:
    return [
        _fact_sentence(row, fact)
        for row in islice(_shown(snapshot).values(), _ROWS_WITH_FACTS)
        for fact in row.facts
    ]


def _fact_sentence(row: RankingRow, fact: str) -> str:
    return _closed(f"{plain_line(row.label)} {plain_line(fact)}")


def _group_sentence(snapshot: RankingSnapshot, group: Group) -> str:
    return (
        f"The {group.rows} rows of {plain_line(group.name)} add up to "
        f"{value_text(snapshot.unit, group.value)}{_when(snapshot)}."
    )


def ordinal(rank: int) -> str:
    """ "first" to "tenth", then "11th", "22nd"."""
    if 1 <= rank <= len(_ORDINALS):
        return _ORDINALS[rank - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{'th' if 10 < rank % 100 < 14 else ending}"


def cardinal(count: int) -> str:
    """ "two" to "nine", then "10": how running text has small counts."""
    return _CARDINALS[count] if 0 <= count < len(_CARDINALS) else f"{count}"


_CARDINALS = "zero one two three four five six seven eight nine".split()


def value_text(unit: str, value: Decimal) -> str:
    """The value in a snapshot's unit, exact, as `read_quantities` reads it back."""
    exponent = value.normalize().as_tuple().exponent
    return format_quantity(
        Quantity(
            value=value,
            kind=_kind(unit),
            unit=unit,
            precision=Decimal(1).scaleb(int(exponent)),
            text="",
            span=Span(0, 1),
        )
    )


def rounded_text(unit: str, value: Decimal) -> str:
    """The same with three significant digits: what a reader keeps."""
    if not value:
        return value_text(unit, value)
    step = Decimal(1).scaleb(value.adjusted() - 2)
    return value_text(unit, value.quantize(step, rounding=ROUND_HALF_EVEN))


@lru_cache(maxsize=64)
def _kind(unit: str) -> QuantityKind:
    """What the unit makes of a number, asked of the reader that will meet it again."""
    if re.fullmatch(r"[A-Z]{3}", unit):
        return QuantityKind.MONEY
    if unit in {"percent", "%"}:
        return QuantityKind.PERCENT
    if unit == "percentage_point":
        return QuantityKind.POINTS
    read = read_quantities(f"It had 5 {unit}.") if unit else ()
    return (
        QuantityKind.MEASURE
        if any(one.kind is QuantityKind.MEASURE for one in read)
        else QuantityKind.COUNT
    )


def _when(snapshot: RankingSnapshot) -> str:
    phrase = window_phrase(snapshot)
    if phrase:
        return f" {phrase}"
    if snapshot.as_of_is_ours:
        return f" when read on {day_text(snapshot.taken_at.date())}"
    return f" as of {day_text(snapshot.taken_at.date())}"


def window_phrase(snapshot: RankingSnapshot) -> str | None:
    """The days it measures, as a sentence says them: "in the week of 18–24 May 2026",
    "on 3 May 2026", "in May 2026"; None if it does not say.
    """
    return days_phrase(snapshot.window) if snapshot.window else None


def days_phrase(window: Window) -> str:
    """The same of a window."""
    start, end = window.start, window.end
    if start == end:
        return f"on {day_text(start)}"
    if (end - start).days == 6:
        return f"in the week of {_range(start, end)}"
    last = calendar.monthrange(start.year, start.month)[1]
    if start.day == 1 and end == start.replace(day=last):
        return f"in {calendar.month_name[start.month]} {start.year}"
    return f"in the period {_range(start, end)}"


def _range(start: date, end: date) -> str:
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_text(end)}"
    if start.year == end.year:
        return f"{start.day} {calendar.month_name[start.month]} – {day_text(end)}"
    return f"{day_text(start)} – {day_text(end)}"


def day_text(day: date) -> str:
    """ "24 May 2026"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def plain_line(text: str) -> str:
    """Without line ends and doubled spaces."""
    return " ".join(text.split())


def _closed(text: str) -> str:
    line = plain_line(text)
    return line if not line or line[-1] in ".!?" else line + "."
