"""The day's stories -> which are told, in which order, and why the others are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from briefing.domain.audience import Digest, Profile
from briefing.domain.story import Choice, Outcome, Story
from briefing.logic.selection import Reading, Weighed, obstacle, weigh

# Each story already chosen of a topic makes the next one of it worth this much less;
# chosen by us, so that the third of one topic must clearly beat the first of another.
_TOPIC_FATIGUE = 0.85


def choose(
    stories: Sequence[Story],
    digest: Digest,
    profile: Profile,
    now: datetime,
    *,
    read_story: Callable[[Story, str], Reading] = Reading,
) -> tuple[Choice, ...]:
    """Every story's fate: the chosen in reading order, then the dropped, best first.

    A story is dropped when it holds nothing new, is in another language, of another
    topic, too thin or too old, or when better ones filled the edition (`max_briefs`,
    `reading_time_s`). The first story is told whatever its length. Who chooses for many
    readers hands in a `read_story` that reads each story once.
    """
    open_: list[Weighed] = []
    dropped: list[Choice] = []
    for story in stories:
        reading = read_story(story, digest.language)
        reason = obstacle(reading, digest, now)
        if reason is None:
            open_.append(weigh(reading, digest, profile, now))
        else:
            dropped.append(Choice(story, Outcome.DROPPED, reason, 0.0))
    chosen: list[Choice] = []
    told: Counter[str] = Counter()
    seconds = 0
    while open_:
        best = max(open_, key=lambda one: (_worth(one, told), one.story.id))
        open_.remove(best)
        reason = _no_room(best, len(chosen), seconds, digest)
        worth = _worth(best, told)
        if reason:
            dropped.append(Choice(best.story, Outcome.DROPPED, reason, worth))
            continue
        chosen.append(Choice(best.story, Outcome.CHOSEN, best.reason, worth))
        seconds += best.seconds
        told[best.topic] += 1
    dropped.sort(key=lambda choice: (-choice.score, choice.story.id))
    return (*chosen, *dropped)


def _worth(weighed: Weighed, told: Counter[str]) -> float:
    before = told[weighed.topic] if weighed.topic else 0
    # A score can be below zero (a source of little weight); fatigue must not lift it.
    fatigue = _TOPIC_FATIGUE**before if weighed.score > 0 else 1.0
    return round(weighed.score * fatigue, 4)


def _no_room(weighed: Weighed, chosen: int, seconds: int, digest: Digest) -> str | None:
    if chosen >= digest.max_briefs:
        told = f"{chosen} better {'story' if chosen == 1 else 'stories'}"
        return f"no room after {told} ({weighed.reason})"
    if chosen and seconds + weighed.seconds > digest.reading_time_s:
        minutes = digest.reading_time_s // 60
        return f"no time left in {minutes} minutes of reading ({weighed.reason})"
    return None
