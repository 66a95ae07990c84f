"""What `briefing doctor` says: one line a thing, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """BAD leaves a reader out, today or soon; WARN works, but not for long or all."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line.

    Attributes:
        part: short stable word: "settings", "database", "spf" …
        health: of it.
        says: what was seen, one sentence without a secret.
        todo: one imperative sentence, "" where nothing is to do.
        paste: a record or setting ready to be pasted, "" if there is none.
    """

    part: str
    health: Health
    says: str
    todo: str = ""
    paste: str = ""


def ok(part: str, says: str, todo: str = "") -> Finding:
    """Nothing must be done; `todo` may say what could be."""
    return Finding(part, Health.OK, says, todo)


def warn(part: str, says: str, todo: str, paste: str = "") -> Finding:
    """Should be looked at."""
    return Finding(part, Health.WARN, says, todo, paste)


def bad(part: str, says: str, todo: str, paste: str = "") -> Finding:
    """Must be mended."""
    return Finding(part, Health.BAD, says, todo, paste)
