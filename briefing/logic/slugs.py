"""Headlines as file names."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60


def slug(headline: str, fallback: str) -> str:
    """[a-z0-9-], at most 60 characters, cut between words.

    `fallback` (an id) stands in for a headline without a Latin letter or a digit.
    """
    folded = unicodedata.normalize("NFKD", headline.replace("’", "'"))
    plain = folded.encode("ascii", "ignore").decode().lower().replace("'", "")
    parts = re.findall(r"[a-z0-9]+", plain)
    made = ""
    for part in parts:
        longer = f"{made}-{part}" if made else part[:LONGEST]
        if len(longer) > LONGEST:
            break
        made = longer
    return made or re.sub(r"[^a-z0-9]+", "-", fallback.lower()).strip("-")[:LONGEST]
