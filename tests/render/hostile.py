"""Texts that try to become markup, and a brief that holds one wherever text can be."""

from __future__ import annotations

from dataclasses import replace

from briefing.domain.brief import Brief, Figure, Item, Section, Shape
from tests import builders as values
from tests.render import builders, openrouter

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style></main><h1>owned</h1>",
    "[click](javascript:alert(1))",
    "![](http://evil.example/pixel.png)",
    "[1]: http://evil.example/",
    "<http://evil.example/>",
    "see https://evil.example/path and www.evil.example",
    "`code` *bold* _it_ __un__ ~~gone~~ **x**",
    "# heading",
    "1. item",
    "- item",
    "+ item",
    "> quote",
    "=====",
    "| a | b |\n|---|---|\n| c | d |",
    "line one\n\n<div>\n\nline two",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &#60;b&#62; &amp;",
    "\u202egnp.exe\u2066 \x00\x08\u200b hidden",
    "\\[x\\](http://evil.example)",
    "```\nfenced\n```",
    "a" * 400,
)


def hostile_brief(text: str) -> Brief:
    """A brief with `text` as title, publisher, sentence, question, label and cell."""
    document = values.document(
        f"First {text}. {text} Last {text}.", title=text, publisher=text
    )
    claim = openrouter.said(text, (document, text))
    table = openrouter.ranking()
    line = replace(table.lines[0], label=text)
    hostile_table = replace(
        table,
        title=text,
        metric=text,
        lines=(line,),
        as_of=text,
        attribution=text,
        caveats=(text,),
    )
    figure = Figure(value=text, label=text, window=text, comparison=text)
    return builders.small_brief(
        slug="hostile",
        story=values.story(document),
        headline=claim,
        sections=(
            Section("one", text, Shape.PROSE, (Item((claim,)),)),
            Section("two", text, Shape.BULLETS, (Item((claim, claim)),)),
            Section("three", text, Shape.ANSWERS, (Item((claim,), text),)),
            Section("four", text, Shape.FIGURES, (Item((claim,), figure=figure),)),
            Section("five", text, Shape.RANKING, table=hostile_table),
        ),
        sources=(builders.source_ref(1, document),),
        # Long or short, a label must not change its form with the text under test.
        labels=(text[:28],),
    )
