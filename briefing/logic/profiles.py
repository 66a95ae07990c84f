"""What readers chose, as the profile and digest that an edition is made for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from briefing.domain.audience import (
    WORDS_A_MINUTE,
    Digest,
    Frequency,
    Preferences,
    Profile,
)

DEFAULT = "default"
WEEKLY_SUFFIX = "-weekly"
# Chosen: a weekly mail is read in one sitting too, but seven days have more to tell.
_WEEKLY_TIMES = 2
_MOST_READING_S = 7200
_MOST_BRIEFS = 40


def profile_of(preferences: Preferences) -> Profile:
    """The reader that these preferences describe.

    "default" when nothing was chosen that changes choice or order; else an id that
    equal preferences share, whatever their order, capitals and spaces. A pace of one's
    own changes how much fits into the time.
    """
    topics = _words(preferences.topics)
    interests = _words(preferences.interests)
    role, industry = _word(preferences.role), _word(preferences.industry)
    pace = preferences.words_a_minute
    own_pace = () if pace == WORDS_A_MINUTE else (pace,)
    if not (topics or interests or role or industry or own_pace):
        return Profile(DEFAULT)
    said = [
        [one.casefold() for one in topics],
        [one.casefold() for one in interests],
        role.casefold(),
        industry.casefold(),
        # Only where it is said: readers who say nothing of it keep their editions' ids.
        *own_pace,
    ]
    key = hashlib.blake2b(json.dumps(said).encode(), digest_size=5).hexdigest()
    return Profile(f"p{key}", role, industry, interests, pace)


def digest_for(digest: Digest, preferences: Preferences) -> Digest:
    """The product as this reader gets it: its topics, daily or weekly.

    Topics keep the digest's order. A reader whose topics the digest no longer has
    gets all of them, rather than a quiet day for ever.
    """
    chosen = digest_of(digest, preferences.topics)
    return weekly(chosen) if preferences.frequency is Frequency.WEEKLY else chosen


def edition_for(digest: Digest, preferences: Preferences) -> tuple[Profile, Digest]:
    """Whose edition this reader shares: profile and product.

    Who named all topics of the digest, or only some that it no longer has, named none.
    """
    product = digest_for(digest, preferences)
    if product.topics == digest.topics:
        preferences = replace(preferences, topics=())
    return profile_of(preferences), product


def edition_id(digest: Digest, profile: Profile, day: date) -> str:
    """The id that `Edition.id` will have."""
    return f"{digest.id}-{profile.id}-{day.isoformat()}"


def digest_of(digest: Digest, topics: Iterable[str]) -> Digest:
    """The digest narrowed to these topics, () for all."""
    wanted = _words(topics)
    if not wanted:
        return digest
    if not digest.topics:
        return replace(digest, topics=wanted)
    held = {one.casefold() for one in wanted}
    kept = tuple(one for one in digest.topics if one.casefold() in held)
    return replace(digest, topics=kept or digest.topics)


def weekly(digest: Digest) -> Digest:
    """The digest of a week: an id and title of its own, twice the reading."""
    return replace(
        digest,
        id=f"{digest.id}{WEEKLY_SUFFIX}",
        title=f"{digest.title}: the week",
        reading_time_s=min(_MOST_READING_S, _WEEKLY_TIMES * digest.reading_time_s),
        max_briefs=min(_MOST_BRIEFS, _WEEKLY_TIMES * digest.max_briefs),
    )


def _words(many: Iterable[str]) -> tuple[str, ...]:
    """Each once, spaces tidied, in one order for everybody."""
    kept: dict[str, str] = {}
    for one in many:
        text = _word(one)
        if text:
            kept.setdefault(text.casefold(), text)
    return tuple(kept[key] for key in sorted(kept))


def _word(text: str) -> str:
    return " ".join(text.split())
