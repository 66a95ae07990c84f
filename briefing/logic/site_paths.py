"""Addresses of the site, below its base URL; they never change once published."""

from __future__ import annotations

import re
from datetime import date

WEEKLY_SUFFIX = "-weekly"
DEFAULT_PROFILE = "default"


def edition(
    edition_date: date,
    *,
    profile_id: str = DEFAULT_PROFILE,
    is_weekly: bool = False,
    revision: int | None = None,
) -> str:
    """ "/2026-05-26/"; a brief of it stands at this path and its slug.

    `revision` names an old one; without it the address shows the newest.
    """
    week = "/week" if is_weekly else ""
    reader = "" if profile_id == DEFAULT_PROFILE else f"for/{profile_id}/"
    old = "" if revision is None else f"r{revision}/"
    return f"{week}/{edition_date.isoformat()}/{reader}{old}"


def month(day: date) -> str:
    """ "/days/2026-05/"."""
    return f"/days/{day.year:04}-{day.month:02}/"


def topic(name: str) -> str:
    """ "/topics/energy/"."""
    return f"/topics/{name}/"


def publisher(slug: str) -> str:
    """ "/sources/the-ledger/"."""
    return f"/sources/{slug}/"


def feed(form: str, topic_name: str = "") -> str:
    """ "/feeds/all.atom", "/feeds/topics/energy.json"; `form` is atom, rss or json."""
    return f"/feeds/topics/{topic_name}.{form}" if topic_name else f"/feeds/all.{form}"


def host_of(base_url: str) -> str:
    """The host name alone, lower case."""
    return re.sub(r"^https?://(\[[^\]]+\]|[^/:]+).*$", r"\1", base_url).lower()


def root_of(base_url: str) -> str:
    """What stands before every path: "" or "/news", without a slash at the end."""
    found = re.fullmatch(r"https?://[^/?#]+(/[^?#]*)?", base_url)
    return (found[1] or "").rstrip("/") if found else ""
