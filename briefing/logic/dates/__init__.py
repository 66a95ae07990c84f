"""Date expressions of running text: read, resolved honestly, made absolute.

The publication date is the only anchor for "on Tuesday" or "last week"; where it is
unknown nothing is guessed.
"""

from briefing.logic.dates.reading import read_dates
from briefing.logic.dates.rewriting import absolute

__all__ = ["absolute", "read_dates"]
