"""Answers that are made once: kept in memory, named by a strong ETag, told by 304.

A body is held plain and compressed, each with its own ETag, because a strong one names
bytes (RFC 9110, section 8.8.1).
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

# Enough for every page of a year of a daily edition (measured: 9 KB a page, both
# forms); older pages are made again when asked for.
MAX_BYTES = 64_000_000
# Below this the headers weigh more than what is saved (chosen).
_LEAST_GZIP = 600


@dataclass(frozen=True, slots=True)
class Printed:
    """A body as it goes out.

    Attributes:
        body: the bytes.
        zipped: the same compressed, b"" where that saves nothing.
        media_type: as HTTP names it.
        tag: of the bytes, without quotation marks.
        changed_at: when the content last changed, whole seconds.
        is_frozen: it can never change again.
    """

    body: bytes
    zipped: bytes
    media_type: str
    tag: str
    changed_at: datetime
    is_frozen: bool = False


def printed(
    body: bytes, media_type: str, changed_at: datetime, *, is_frozen: bool = False
) -> Printed:
    """The body, compressed and named; the same bytes in give the same bytes out."""
    is_text = not media_type.startswith("image/png")
    zipped = (
        gzip.compress(body, compresslevel=6, mtime=0)
        if is_text and len(body) >= _LEAST_GZIP
        else b""
    )
    return Printed(
        body=body,
        zipped=zipped if len(zipped) < len(body) else b"",
        media_type=media_type,
        tag=hashlib.sha256(body).hexdigest()[:32],
        changed_at=changed_at.replace(microsecond=0),
        is_frozen=is_frozen,
    )


class PageCache:
    """The pages asked for last, up to a number of bytes. Thread-safe."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._pages: OrderedDict[Hashable, Printed] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Printed | None:
        """The page, None if it must be made."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: Hashable, page: Printed) -> None:
        """Keeps it, and lets go of what nobody asked for longest."""
        with self._lock:
            old = self._pages.pop(key, None)
            self._pages[key] = page
            self._size += _weight(page) - (_weight(old) if old else 0)
            while self._size > self._max_bytes and self._pages:
                _, gone = self._pages.popitem(last=False)
                self._size -= _weight(gone)


def _weight(page: Printed) -> int:
    return len(page.body) + len(page.zipped)


def answer(request: Request, page: Printed, *, control: str, vary: str) -> Response:
    """200 with the page, or 304; HEAD gets the headers of its GET."""
    is_zipped = bool(page.zipped) and _takes_gzip(request)
    body = page.zipped if is_zipped else page.body
    tag = f'"{page.tag}-gz"' if is_zipped else f'"{page.tag}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(page.changed_at, usegmt=True),
        "Cache-Control": control,
        "Vary": vary,
    }
    if _is_held(request, tag, page.changed_at):
        return Response(status_code=304, headers=headers)
    if is_zipped:
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    content = b"" if request.method == "HEAD" else body
    return Response(content, headers=headers, media_type=page.media_type)


def _takes_gzip(request: Request) -> bool:
    for part in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, parameters = part.partition(";")
        if name.strip() in ("gzip", "*"):
            quality = parameters.replace(" ", "").removeprefix("q=")
            return quality not in ("0", "0.0", "0.00", "0.000")
    return False


def _is_held(request: Request, tag: str, changed_at: datetime) -> bool:
    asked = request.headers.get("if-none-match")
    if asked is not None:
        held = [one.strip().removeprefix("W/") for one in asked.split(",")]
        return "*" in held or tag in held
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return changed_at <= moment
