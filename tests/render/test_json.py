"""JSON: everything, readable, and the same values when read back."""

from __future__ import annotations

from dataclasses import replace

from briefing.domain.brief import Brief
from briefing.domain.edition import Edition
from briefing.logic import codec
from briefing.render.json import json_renderer
from tests.render import builders, openrouter


def _without_texts(brief: Brief) -> Brief:
    documents = tuple(replace(one, text="") for one in brief.story.documents)
    return replace(brief, story=replace(brief.story, documents=documents))


def test_an_edition_comes_back_as_it_was_but_for_the_texts_of_others() -> None:
    edition = builders.edition()

    files = json_renderer()(edition)

    told = tuple(_without_texts(one) for one in edition.briefs)
    assert [one.path for one in files] == [
        "edition.json",
        "deepseek-v4-flash-tops-openrouter.json",
        "plant-opens.json",
    ]
    assert codec.from_json(Edition, files[0].body) == replace(edition, briefs=told)
    assert codec.from_json(Brief, files[1].body) == told[0]
    assert openrouter.HERALD.text.encode() not in files[0].body


def test_json_is_indented_and_keeps_letters() -> None:
    text = json_renderer()(builders.edition())[0].body.decode()

    assert text.startswith('{\n  "digest": {\n    "id": "daily",')
    assert "€41 million" in text
    assert text.endswith("}\n")
