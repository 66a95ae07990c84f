"""An edition as data: edition.json with everything but the sources' texts.

The form is the public one of docs/formats.md, so `codec.from_json` reads it back.
"""

from __future__ import annotations

import json
from dataclasses import replace

from briefing.domain.brief import Brief
from briefing.domain.delivery import Rendition
from briefing.domain.edition import Edition
from briefing.logic import codec
from briefing.ports import Renderer
from briefing.render.view import stem


def json_renderer() -> Renderer:
    """A renderer of JSON; it needs no templates."""

    def render(edition: Edition) -> tuple[Rendition, ...]:
        told = replace(edition, briefs=tuple(map(_without_texts, edition.briefs)))
        briefs = (_file(f"{stem(brief.slug)}.json", brief) for brief in told.briefs)
        return (_file("edition.json", told), *briefs)

    return render


def _without_texts(brief: Brief) -> Brief:
    """These files may be served; whole texts of others stay in audit/."""
    documents = tuple(replace(one, text="") for one in brief.story.documents)
    return replace(brief, story=replace(brief.story, documents=documents))


def _file(path: str, value: object) -> Rendition:
    # The codec's own order of keys, which is that of the domain types.
    text = json.dumps(codec.to_plain(value), indent=2, ensure_ascii=False)
    return Rendition(path, "application/json", f"{text}\n".encode())
