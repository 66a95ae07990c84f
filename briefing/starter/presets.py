"""Ready definitions of well-known rankings: a file each, a `[[sources]]` table as it is
added to briefing.toml, its traps and the month its shape was seen in the comments.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from briefing.errors import InputError

_SEEN = re.compile(r"Shape seen (20\d\d-(?:0[1-9]|1[0-2]))\.")
_FOLDER = Path(__file__).with_name("rankings")


@dataclass(frozen=True, slots=True)
class Preset:
    """One definition.

    Attributes:
        name: of its file, and id of the source.
        title: of the ranking.
        url: that it reads.
        about: what it ranks, and its traps.
        last_verified: the month in which its shape was seen, "2026-10".
        text: TOML, as it is added.
    """

    name: str
    title: str
    url: str
    about: str
    last_verified: str
    text: str


def presets() -> tuple[Preset, ...]:
    """All of them, by name."""
    return tuple(
        _read(path) for path in sorted(_FOLDER.glob("*.toml"), key=lambda one: one.stem)
    )


def preset(name: str) -> Preset:
    """The one of that name. Raises InputError naming those there are."""
    known = {one.name: one for one in presets()}
    if name not in known:
        raise InputError(
            f"there is no preset {name!r}", hint=f"Known: {', '.join(known)}."
        )
    return known[name]


def preset_for(url: str) -> Preset | None:
    """The one that reads this address, or the only one of its host; None for others."""
    fitting = [one for one in presets() if _same(urlsplit(one.url), urlsplit(url))]
    exact = [one for one in fitting if one.url == url]
    found = exact or fitting
    return found[0] if len(found) == 1 else None


def _same(one: SplitResult, other: SplitResult) -> bool:
    return bool(other.hostname) and one.hostname == other.hostname


def _read(path: Path) -> Preset:
    text = path.read_text(encoding="utf-8")
    (source,) = tomllib.loads(text)["sources"]
    said = (line[1:].strip() for line in text.splitlines() if line.startswith("#"))
    about = " ".join(said)
    seen = _SEEN.search(about)
    return Preset(
        name=path.stem,
        title=source["title"],
        url=source["url"],
        about=about,
        last_verified=seen[1] if seen else "",
        text=text,
    )
