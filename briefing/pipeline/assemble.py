"""Briefs into an Edition: order, unique names, the reader's time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from briefing.domain.audience import Digest, Profile
from briefing.domain.brief import Brief
from briefing.domain.edition import Edition, LookedAt
from briefing.logic.reading_time import at_pace


def assemble(
    briefs: Sequence[Brief],
    *,
    digest: Digest,
    profile: Profile,
    edition_date: date,
    built_at: datetime,
    looked_at: LookedAt,
    note: str = "",
) -> Edition:
    """The edition of the day; `briefs` come in reading order and keep it.

    Briefs that would go beyond the digest's count or, at the reader's pace, its time
    are left out, the first one never. Equal slugs get a number. No brief at all is a
    quiet day.
    """
    kept: list[Brief] = []
    slugs: set[str] = set()
    spent_s = 0
    for brief in briefs:
        spent_s += at_pace(brief.scores.reading_time_s, profile.words_a_minute)
        is_over = spent_s > digest.reading_time_s or len(kept) >= digest.max_briefs
        if kept and is_over:
            break
        slug = _unique(brief.slug, slugs)
        slugs.add(slug)
        kept.append(replace(brief, slug=slug))
    return Edition(
        digest=digest,
        profile=profile,
        edition_date=edition_date,
        built_at=built_at,
        briefs=tuple(kept),
        looked_at=looked_at,
        note=note,
    )


def _unique(slug: str, taken: set[str]) -> str:
    # The edition's own page and its JSON are called so.
    taken = taken | {"index", "edition", "report"}
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
