"""What a story is worth to a digest and its reader, and why some are not told."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from briefing.domain.audience import Digest, Profile
from briefing.domain.document import Document, DocumentKind
from briefing.domain.ranking import ChangeKind
from briefing.domain.story import Story
from briefing.logic.copies import independent_houses
from briefing.logic.interests import Match, Places, match, places
from briefing.logic.quantities import read_quantities
from briefing.logic.text import words

# The weights below are chosen by us: a story that four houses tell beats one interest
# met, an interest met beats a day of age, a new first place is news by itself.
_HOUSES_WORTH = 2.0
_RECENCY_WORTH = 2.0
_RECENCY_HOURS = 36.0
_INTEREST_WORTH = 2.0
_INTEREST_CAP = 3.0
_FIRST_PLACE_WORTH = 3.0
_MOVE_WORTH = 0.5
_MOVES_CAP = 2.0
_NUMBERS_FOR_FULL = 8
_WORDS_FOR_FULL = 400
# A brief needs a headline and two sentences (BRIEF.md section 3): about 60 words of
# evidence, where one house speaks alone.
LEAST_WORDS = 60
# A feed that is read for the first time brings its archive along.
OLDEST = timedelta(days=14)
_LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish",
    "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "tr": "Turkish",
    "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighed:
    """A story with its worth.

    Attributes:
        story: what was weighed.
        score: higher is earlier.
        reason: what speaks for it, one clause.
        topic: what it counts as when topics are spread, "" if unknown.
        seconds: estimated reading time of its brief.
    """

    story: Story
    score: float
    reason: str
    topic: str
    seconds: int


class Reading:
    """What a story holds, whoever it is for. Each answer is found when it is asked for
    and kept, because it is costly and many readers ask.
    """

    def __init__(self, story: Story, language: str) -> None:
        self.story = story
        self._known = {None, language}
        self._readable = [one for one in story.documents if one.language in self._known]
        self._own = _originals(story, self._readable)

    @cached_property
    def foreign(self) -> str:
        """The language of a story that has no readable text, else ""."""
        texts = _texts(self.story)
        is_readable = any(one.language in self._known for one in texts)
        return _language(texts[0]) if texts and not is_readable else ""

    @cached_property
    def houses(self) -> int:
        """Independent publishers."""
        return independent_houses(self._readable, self.story.copies)

    @cached_property
    def speaking_houses(self) -> int:
        """Those of them who say something and do not only rank."""
        spoken = [one for one in self._readable if one.kind is not DocumentKind.RANKING]
        return independent_houses(spoken, self.story.copies)

    @cached_property
    def words(self) -> int:
        """Of its original texts."""
        return sum(len(words(one.text)) for one in self._own)

    @cached_property
    def numbers(self) -> int:
        """Distinct quantities in their openings."""
        return _numbers(self._own)

    @cached_property
    def weight(self) -> float:
        """Of its weightiest source."""
        return max((one.weight for one in self._readable), default=1.0)

    @cached_property
    def places(self) -> Places:
        """Where its words stand."""
        return places(self.story)


def obstacle(reading: Reading, digest: Digest, now: datetime) -> str | None:
    """Why the story cannot be told, one clause; None if nothing stands against it."""
    story = reading.story
    if not story.new_document_ids:
        return "nothing new since it was last told"
    if reading.foreign and not story.changes:
        return f"written in {reading.foreign}, not in {_name(digest.language)}"
    if _is_off_topic(story, digest):
        return f"outside the topics of this digest ({', '.join(digest.topics)})"
    if story.documents and all(one.weight <= 0 for one in story.documents):
        return "its sources are weighted 0"
    if story.changes:
        return None
    if reading.speaking_houses < 2 and reading.words < LEAST_WORDS:
        return f"only {reading.words} words of evidence"
    published = _newest(story)
    if published is not None and now - published > OLDEST:
        return f"its newest document is {(now - published).days} days old"
    return None


def weigh(reading: Reading, digest: Digest, profile: Profile, now: datetime) -> Weighed:
    """The story's worth: publishers, moves, interests, age, weight, facts."""
    story = reading.story
    found = match(reading.places, profile)
    published = _newest(story)
    score = (
        _HOUSES_WORTH * math.log2(1 + reading.houses)
        + _recency(published, now)
        + _moves(story)
        + _INTEREST_WORTH * min(found.strength, _INTEREST_CAP)
        + math.log2(reading.weight or 0.1)
        + min(1.0, reading.numbers / _NUMBERS_FOR_FULL)
        + min(1.0, reading.words / _WORDS_FOR_FULL)
    )
    return Weighed(
        story=story,
        score=round(score, 4),
        reason=_reason(story, reading.houses, found, published, now),
        topic=_topic(story, digest),
        seconds=_seconds(reading.words, profile.words_a_minute),
    )


def _texts(story: Story) -> list[Document]:
    return [one for one in story.documents if one.kind is not DocumentKind.RANKING]


def _originals(story: Story, documents: list[Document]) -> list[Document]:
    present = {one.id for one in documents}
    copies = {copy for copy, original in story.copies if original in present}
    return [
        one
        for one in documents
        if one.id not in copies and one.kind is not DocumentKind.RANKING
    ]


def _is_off_topic(story: Story, digest: Digest) -> bool:
    topics = {topic for one in story.documents for topic in one.topics}
    # Text handed in, and a source without topics, may belong anywhere.
    return bool(digest.topics and topics) and topics.isdisjoint(digest.topics)


def _topic(story: Story, digest: Digest) -> str:
    """The topic that the digest names first, else the one most documents have."""
    counts: dict[str, int] = {}
    for one in story.documents:
        for topic in one.topics:
            counts[topic] = counts.get(topic, 0) + 1
    wanted = {topic: place for place, topic in enumerate(digest.topics)}
    order = sorted(
        counts, key=lambda topic: (wanted.get(topic, 99), -counts[topic], topic)
    )
    return order[0] if order else ""


def _newest(story: Story) -> datetime | None:
    """When the newest of the new documents was published, as far as they say."""
    new = set(story.new_document_ids)
    return max(
        (
            one.published_at
            for one in story.documents
            if one.published_at and one.id in new
        ),
        default=None,
    )


def _recency(published: datetime | None, now: datetime) -> float:
    if published is None:
        return _RECENCY_WORTH / 2
    hours = max(0.0, (now - published).total_seconds() / 3600)
    return _RECENCY_WORTH * math.exp(-hours / _RECENCY_HOURS)


def _moves(story: Story) -> float:
    took = any(change.kind is ChangeKind.TOOK_FIRST for change in story.changes)
    others = min(_MOVES_CAP, _MOVE_WORTH * len(story.changes))
    return (_FIRST_PLACE_WORTH if took else 0.0) + others


def _numbers(documents: list[Document]) -> int:
    """Distinct quantities in the openings of the three longest texts."""
    longest = sorted(documents, key=lambda one: (-len(one.text), one.id))[:3]
    return len(
        {
            (quantity.value, quantity.kind, quantity.unit)
            for one in longest
            for quantity in read_quantities(one.text[:1500])
        }
    )


def _seconds(count: int, words_a_minute: int) -> int:
    """A brief has 480 words at most (rule F2), and few with less than half of its
    evidence.
    """
    return round(max(120, min(480, count // 2)) / words_a_minute * 60)


def _reason(
    story: Story, houses: int, found: Match, published: datetime | None, now: datetime
) -> str:
    parts = [f"{houses} publisher{'' if houses == 1 else 's'}"]
    took = [one for one in story.changes if one.kind is ChangeKind.TOOK_FIRST]
    if took:
        parts.append(f"{took[0].label} took first place")
    elif story.changes:
        moves = len(story.changes)
        parts.append(f"{moves} move{'' if moves == 1 else 's'} in a ranking")
    if found.named:
        parts.append(f"matches {', '.join(found.named[:3])}")
    if published is not None:
        parts.append(_age(now - published))
    return ", ".join(parts)


def _age(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return "published within the hour"
    if hours < 48:
        return f"published {hours} hour{'' if hours == 1 else 's'} ago"
    return f"published {hours // 24} days ago"


def _language(document: Document) -> str:
    return _name(document.language or "an unknown language")


def _name(code: str) -> str:
    return _LANGUAGES.get(code, code)
