"""Subscribers as CSV: read from anybody's file, written for any spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from briefing.domain.audience import Subscriber
from briefing.logic.csv_lines import csv_line

COLUMNS = (
    "address",
    "state",
    "topics",
    "interests",
    "role",
    "industry",
    "frequency",
    "send_at",
    "timezone",
    "format",
    "words_a_minute",
    "confirmed_at",
)
_NAMES = frozenset({"address", "email", "e-mail", "mail", "email address"})


def written(subscribers: Iterable[Subscriber]) -> Iterator[str]:
    """Lines of CSV, the header first; no cell can be a formula."""
    yield csv_line(COLUMNS)
    for one in subscribers:
        chosen = one.preferences
        yield csv_line(
            (
                one.address,
                one.state.value,
                " ".join(chosen.topics),
                ", ".join(chosen.interests),
                chosen.role,
                chosen.industry,
                chosen.frequency.value,
                f"{chosen.send_at:%H:%M}",
                chosen.timezone,
                chosen.format.value,
                str(chosen.words_a_minute),
                one.confirmed_at.isoformat() if one.confirmed_at else "",
            )
        )


def addresses(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """(line number from 1, what stands for an address) of a CSV file or of plain lines.

    With a header that names a column "address" or "email", of that column; without one
    the first cell that holds an @, else the first cell.
    """
    column: int | None = None
    for number, row in enumerate(csv.reader(lines), start=1):
        cells = [cell.strip().lstrip("'\ufeff") for cell in row]
        if not any(cells):
            continue
        if number == 1:
            named = [i for i, cell in enumerate(cells) if cell.casefold() in _NAMES]
            if named:
                column = named[0]
                continue
        if column is not None:
            yield number, cells[column] if column < len(cells) else ""
            continue
        yield number, next((cell for cell in cells if "@" in cell), cells[0])
