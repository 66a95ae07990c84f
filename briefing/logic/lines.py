"""The lines that stages print: values as JSON, with what is derived from them."""

from __future__ import annotations

import json
from typing import Any

from briefing.domain.brief import Brief, Held
from briefing.domain.story import Story
from briefing.errors import InputError
from briefing.logic.codec import from_json, to_plain
from briefing.logic.quantities import read_quantities


def story_line(story: Story) -> str:
    """A Story with its `document_ids` beside the documents."""
    plain = to_plain(story)
    plain["document_ids"] = list(story.document_ids)
    return _line(plain)


def outcome_line(outcome: Brief | Held) -> str:
    """A Brief or a Held with its `kind`, and the typed quantities of each claim."""
    plain = outcome_plain(outcome)
    return _line(plain)


def outcome_plain(outcome: Brief | Held) -> dict[str, Any]:
    """The same as `outcome_line`, as a dictionary."""
    plain: dict[str, Any] = {
        "kind": "brief" if isinstance(outcome, Brief) else "held",
        **to_plain(outcome),
    }
    written = plain if isinstance(outcome, Brief) else plain["draft"]
    for claim in _claims(written):
        claim["quantities"] = to_plain(read_quantities(claim["text"]))
    return plain


def outcome_from(line: str) -> Brief | Held:
    """What `outcome_line` printed. Raises InputError."""
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"not JSON: {error}", hint="Write one JSON object a line."
        ) from error
    is_held = isinstance(raw, dict) and raw.get("kind") == "held"
    return from_json(Held, line) if is_held else from_json(Brief, line)


def _claims(written: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        written["headline"],
        *(
            claim
            for section in written["sections"]
            for item in section["items"]
            for claim in item["claims"]
        ),
    ]


def _line(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False)
