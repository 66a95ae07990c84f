"""A first briefing.toml, commented, from the starter list."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

from briefing.errors import InputError

_HEAD = """\
# Briefing's settings. Every key that is commented out shows its default.
# After a change: briefing sources check

[digest]
title = {title}
topics = {topics}
# The zone whose calendar day an edition belongs to.
timezone = {timezone}
# Seconds of reading that one edition may take, and stories at most.
# reading_time_s = 900
# max_briefs = 8

# The reader. Changes which stories come and in which order, never the facts.
[profile]
# role = "product manager"
# industry = "fintech"
# interests = ["open models", "chips"]

[http]
# Goes into the User-Agent, so that a server's owner can reach you; needed for
# scheduled runs.
contact = {contact}
# timeout_s = 30
# spacing_s = 1.0                    # between two requests to one site
# allow_hosts = ["rsshub.lan"]       # private hosts that may be read

# A model is optional: without this table briefs are written from the sources' own
# sentences. Any OpenAI-compatible server will do. The key is read from
# BRIEFING_MODEL_API_KEY (or the file named by BRIEFING_MODEL_API_KEY_FILE).
# [model]
# base_url = "http://127.0.0.1:11434/v1"
# name = "qwen2.5:7b"
# context_tokens = 16000
# usd_per_million_in = 0.14
# usd_per_million_out = 0.28
# max_tokens_a_run = 500000          # beyond it briefs are written without the model
# max_usd_a_run = 0.50

[place]
# store = "briefing.db"
# output = "output"

# Sources: kind is "feed" (the default), "page" or "json_ranking". A `family` makes
# publishers of one house count as one; `primary` marks who reports on itself;
# `enabled = false` switches a source off.
"""


def _starter() -> list[dict[str, Any]]:
    text = files("briefing.starter").joinpath("sources.toml").read_text("utf-8")
    sources: list[dict[str, Any]] = tomllib.loads(text)["sources"]
    return sources


def topics() -> tuple[str, ...]:
    """Every topic of the starter list, in its order."""
    found = dict.fromkeys(one for source in _starter() for one in source["topics"])
    return tuple(found)


def settings_text(*, wanted: Sequence[str], contact: str, timezone: str) -> str:
    """A briefing.toml for these topics. Raises InputError for an unknown topic."""
    known = topics()
    unknown = [one for one in wanted if one not in known]
    if unknown or not wanted:
        raise InputError(
            f"the starter list has no topic {unknown[0]!r}"
            if unknown
            else "no topic was named",
            hint=f"Choose from {', '.join(known)}.",
        )
    head = _HEAD.format(
        title=_toml("Briefing"),
        topics=_toml(list(wanted)),
        timezone=_toml(timezone),
        contact=_toml(contact),
    )
    chosen = [one for one in _starter() if set(one["topics"]) & set(wanted)]
    return head + "".join(_table(one) for one in chosen)


def _table(source: dict[str, Any]) -> str:
    lines = [f"{key} = {_toml(value)}" for key, value in source.items()]
    return "\n[[sources]]\n" + "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    """Strings, numbers, booleans, lists and flat tables as TOML writes them."""
    if isinstance(value, dict):
        inner = ", ".join(f"{key} = {_toml(part)}" for key, part in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return _list(value)
    # JSON's strings, numbers and booleans are written alike in TOML.
    return json.dumps(value, ensure_ascii=False)


def _list(values: Iterable[object]) -> str:
    return "[" + ", ".join(_toml(one) for one in values) + "]"
