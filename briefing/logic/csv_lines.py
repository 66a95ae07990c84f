"""Lines of CSV that any spreadsheet takes for text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

# A spreadsheet takes a cell that begins so for a formula (DELIVERY.md T11).
_FORMULA = ("=", "+", "-", "@")


def csv_line(cells: Iterable[str]) -> str:
    """One line with its end; no cell can be a formula or hold a line end."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerow([_harmless(cell) for cell in cells])
    return made.getvalue()


def _harmless(cell: str) -> str:
    # On one line: not every reader of CSV knows a quoted line end.
    line = " ".join(cell.split())
    return f"'{line}" if line.startswith(_FORMULA) else line
