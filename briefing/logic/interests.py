"""What a reader cares about, found in a story's words."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.domain.audience import Profile
from briefing.domain.story import Story
from briefing.logic.text import content_words, words

# Ranks and duties say nothing of a field: every industry has managers.
_DUTIES = frozenset(
    "manager managers head lead leader director officer chief senior junior vice "
    "president founder owner partner analyst engineer consultant executive assistant "
    "specialist staff member team company firm business industry sector "
    "services".split()
)
_EARLY_WORDS = 120
IN_TITLE, EARLY, IN_TEXT = 1.0, 0.7, 0.35


@dataclass(frozen=True, slots=True)
class Match:
    """How well a story meets a reader's interests.

    Attributes:
        strength: 0 for not at all; an interest named in a title is worth 1.
        named: the interests that were met, as the profile writes them.
    """

    strength: float
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where words of a story stand, whoever looks for them.

    Attributes:
        topics: of its documents, lower case.
        titles: spaced lower-case words.
        leads: the same, of the openings.
        texts: the same, of the whole texts.
    """

    topics: frozenset[str]
    titles: str
    leads: str
    texts: str


def match(places: Places, profile: Profile) -> Match:
    """A story against interests (in full), then role and industry (by half)."""
    strength = 0.0
    named = []
    for interest, worth in _wanted(profile):
        phrase = f" {' '.join(words(interest))} "
        if not phrase.strip():
            continue
        found = max(
            IN_TITLE
            if phrase in places.titles or interest.lower() in places.topics
            else 0.0,
            EARLY if phrase in places.leads else 0.0,
            IN_TEXT if phrase in places.texts else 0.0,
        )
        if found:
            strength += found * worth
            named.append(interest)
    return Match(strength, tuple(named))


def _wanted(profile: Profile) -> list[tuple[str, float]]:
    wanted = [(interest, 1.0) for interest in dict.fromkeys(profile.interests)]
    own = dict.fromkeys(
        (*content_words(profile.industry), *content_words(profile.role))
    )
    wanted += [(word, 0.5) for word in own if len(word) > 1 and word not in _DUTIES]
    return wanted


def places(story: Story) -> Places:
    """Its words, read once for all readers."""
    titles, leads, texts = [], [], []
    for one in story.documents:
        tokens = words(one.text)
        titles.append(" ".join(words(one.title)))
        leads.append(" ".join(tokens[:_EARLY_WORDS]))
        texts.append(" ".join(tokens))
    topics = frozenset(topic.lower() for one in story.documents for topic in one.topics)
    return Places(topics, _joined(titles), _joined(leads), _joined(texts))


def _joined(parts: list[str]) -> str:
    # "|" keeps a phrase from being found across two documents.
    return f" {' | '.join(parts)} "
