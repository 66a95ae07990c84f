"""What the answer's headers say about time and type; unreadable means "not said"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

DAY_S = 86_400.0


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds asked for by Retry-After (a number or a date), a day at most."""
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,12}(\.\d{1,9})?", value):
        return min(float(value), DAY_S)
    moment = _date(value)
    if moment is None:
        return None
    return min(max(0.0, (moment - _sent_at(headers, now)).total_seconds()), DAY_S)


def fresh_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds the server calls its answer fresh (Cache-Control, else Expires)."""
    control = headers.get("cache-control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return None
    match = re.search(r"\bmax-age\s*=\s*\"?(\d{1,10})", control)
    if match:
        age = headers.get("age", "0").strip()
        spent = float(age) if re.fullmatch(r"\d{1,10}", age) else 0.0
        return max(0.0, float(match.group(1)) - spent) or None
    expires = _date(headers.get("expires", ""))
    if expires is None:
        return None
    return max(0.0, (expires - _sent_at(headers, now)).total_seconds()) or None


def media_type(headers: Mapping[str, str]) -> tuple[str, str | None]:
    """Lower-case media type without parameters ("" if absent), and the charset."""
    value = headers.get("content-type", "")
    kind = value.partition(";")[0].strip().lower()
    match = re.search(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", value, re.IGNORECASE)
    return kind, match.group(1).lower() if match else None


def _sent_at(headers: Mapping[str, str], now: datetime) -> datetime:
    # The server's own clock where it says: its dates are meant against that one.
    return _date(headers.get("date", "")) or now


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value.strip())
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment
