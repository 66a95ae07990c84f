"""Forms of readers, read into preferences or into words on what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from zoneinfo import available_timezones

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from briefing.domain.audience import (
    FAST_WORDS_A_MINUTE,
    SLOW_WORDS_A_MINUTE,
    WORDS_A_MINUTE,
    Digest,
    Frequency,
    MailFormat,
    Preferences,
)

_Kind = TypeVar("_Kind", bound=StrEnum)

_MOST_FIELDS = 80
_MOST_INTERESTS = 20
_LONGEST = 80
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::\d\d)?")
PACES = (SLOW_WORDS_A_MINUTE, WORDS_A_MINUTE, FAST_WORDS_A_MINUTE)
_REGIONS = (
    "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific"
).split()
WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in.

    Attributes:
        preferences: with the default in place of what could not be read.
        faults: field to what is wrong with it.
    """

    preferences: Preferences
    faults: Mapping[str, str] = field(default_factory=dict)


async def sent(request: Request) -> FormData:
    """The fields that were posted, in either encoding. Raises HTTPException(400)."""
    # Starlette itself answers 400 for too many fields, or for bytes it cannot read.
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
    if any(not isinstance(value, str) for value in form.values()):
        raise HTTPException(400)
    return form


def text(form: FormData, name: str) -> str:
    """One field on one line, "" if it was not sent."""
    value = form.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""


# Walks through a thousand files.
_known_zones = lru_cache(maxsize=1)(available_timezones)


def zones() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(region, zones) for a list to choose from; all that people live in, and UTC."""
    found: dict[str, list[str]] = {}
    for name in sorted(_known_zones()):
        region, _, place = name.partition("/")
        if place and region in _REGIONS:
            found.setdefault(region, []).append(name)
    return (("UTC", ("UTC",)), *((region, tuple(found[region])) for region in found))


def filled(form: FormData, digest: Digest, before: Preferences) -> Filled:
    """The preferences that were sent; what is missing stays as it was `before`."""
    faults: dict[str, str] = {}
    known = _known_zones()
    zone = text(form, "timezone") or before.timezone
    if zone not in known:
        faults["timezone"] = "Choose a time zone from the list."
        zone = before.timezone
    clock = _clock(text(form, "send_at"))
    if clock is None and text(form, "send_at"):
        faults["send_at"] = "Write a time of day like 07:00."
    try:
        said = text(form, "paused_until")
        paused = date.fromisoformat(said) if said else None
    except ValueError:
        faults["paused_until"] = "Write a date like 2026-08-31, or leave it empty."
        paused = before.paused_until
    weekday = text(form, "weekday")
    return Filled(
        replace(
            before,
            topics=_topics(form, digest),
            interests=_interests(form),
            role=text(form, "role")[:_LONGEST],
            industry=text(form, "industry")[:_LONGEST],
            frequency=_choice(Frequency, text(form, "frequency"), before.frequency),
            weekday=int(weekday) if weekday in set("0123456") else before.weekday,
            send_at=clock or before.send_at,
            timezone=zone,
            format=_choice(MailFormat, text(form, "format"), before.format),
            paused_until=paused,
            words_a_minute=_pace(text(form, "pace"), before.words_a_minute),
        ),
        faults,
    )


def fields(preferences: Preferences) -> tuple[tuple[str, str], ...]:
    """The preferences as the form sends them; `filled` reads them back."""
    return (
        *(("topic", one) for one in preferences.topics),
        ("interests", ", ".join(preferences.interests)),
        ("role", preferences.role),
        ("industry", preferences.industry),
        ("frequency", preferences.frequency.value),
        ("weekday", str(preferences.weekday)),
        ("send_at", f"{preferences.send_at:%H:%M}"),
        ("timezone", preferences.timezone),
        ("format", preferences.format.value),
        ("pace", str(preferences.words_a_minute)),
        (
            "paused_until",
            preferences.paused_until.isoformat() if preferences.paused_until else "",
        ),
    )


def _topics(form: FormData, digest: Digest) -> tuple[str, ...]:
    wanted = {value for value in form.getlist("topic") if isinstance(value, str)}
    chosen = tuple(one for one in digest.topics if one in wanted)
    # All of them is no choice: topics that are added later shall come too.
    return () if len(chosen) == len(digest.topics) else chosen


def _interests(form: FormData) -> tuple[str, ...]:
    value = form.get("interests")
    parts = re.split(r"[,;\n]", value) if isinstance(value, str) else []
    tidy = (" ".join(part.split())[:_LONGEST].strip() for part in parts)
    return tuple(dict.fromkeys(one for one in tidy if one))[:_MOST_INTERESTS]


def _pace(said: str, other: int) -> int:
    """One of those to choose from; each pace more is an edition more to make."""
    return next((pace for pace in PACES if str(pace) == said), other)


def _clock(said: str) -> time | None:
    found = _CLOCK.fullmatch(said)
    return time(int(found[1]), int(found[2])) if found else None


def _choice(kind: type[_Kind], said: str, other: _Kind) -> _Kind:
    try:
        return kind(said)
    except ValueError:
        return other
