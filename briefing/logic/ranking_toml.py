"""A ranking's definition as it stands in briefing.toml."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields

from briefing.domain.source import RankingSpec

# Tables of their own; nothing that is proposed has them.
_TABLES = frozenset({"aliases", "groups", "join", "fan_out"})


def source_toml(source_id: str, url: str, publisher: str, spec: RankingSpec) -> str:
    """A `[[sources]]` table that can be pasted; what is as usual is left out."""
    lines = [
        "[[sources]]",
        f"id = {_text(source_id)}",
        'kind = "ranking"',
        f"url = {_text(url)}",
        f"publisher = {_text(publisher)}",
        "",
        "[sources.ranking]",
    ]
    for field in fields(spec):
        value = getattr(spec, field.name)
        is_usual = field.default is not MISSING and value == field.default
        if not is_usual and field.name not in _TABLES:
            lines.append(f"{field.name} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_text(str(one)) for one in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float)) else _text(str(value))


def _text(text: str) -> str:
    # A JSON string is a basic string of TOML, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
