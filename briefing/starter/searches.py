"""The search services that are known without being configured."""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).with_name("searches.toml")


def searches_text() -> str:
    """Their `[[sources]]` tables as TOML."""
    return _FILE.read_text(encoding="utf-8")
