"""The few files that pages load, under names that change with their bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from briefing.render.templates import Templates

# (name below /assets/, template or file in templates/, media type)
_FILES = (
    ("style.css", "site/style.css", "text/css; charset=utf-8"),
    ("icon.svg", "site/icon.svg", "image/svg+xml"),
    ("card.png", "site/card.png", "image/png"),
)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file.

    Attributes:
        path: below the site's root, with a part of the hash.
        media_type: as HTTP names it.
        body: the bytes.
    """

    path: str
    media_type: str
    body: bytes


@lru_cache(maxsize=4)
def assets(templates: Templates) -> dict[str, Asset]:
    """Every file by its plain name ("style.css")."""
    return {name: _asset(templates, name, *where) for name, *where in _FILES}


def _asset(templates: Templates, name: str, source: str, media_type: str) -> Asset:
    body = (
        templates.render(source).encode()
        if media_type.startswith("text/")
        else templates.data(source)
    )
    stem, _, ending = name.rpartition(".")
    mark = hashlib.sha256(body).hexdigest()[:12]
    return Asset(f"/assets/{stem}.{mark}.{ending}", media_type, body)
