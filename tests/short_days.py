"""The sample's settings with short editions, where briefs are not the matter."""

from __future__ import annotations

from briefing.sample import content

BRIEFS = 3


def settings_text(address: str) -> str:
    """A whole briefing.toml that reads the sample at "host:port"."""
    whole = content.settings_text(address)
    text = whole.replace("max_briefs = 8", f"max_briefs = {BRIEFS}")
    assert text != whole
    return text
