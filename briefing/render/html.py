"""An edition as pages: index.html, a page a brief, and one style sheet beside them.

A ranking's history is a picture of its own beside the page that shows it.

The pages need no script, no server and no network: evidence opens by `:target`, links
are relative, so they work from a folder, from an archive and behind a strict
Content-Security-Policy (`style-src 'self'`, no inline style anywhere).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing.domain.delivery import Rendition
from briefing.domain.edition import Edition
from briefing.ports import Renderer
from briefing.render import chart
from briefing.render.escaping import cut
from briefing.render.pages import EditionPage, drawn_charts, edition_page, read_through
from briefing.render.templates import Templates
from briefing.render.view import BriefPage

# What search engines and link previews show before they cut (chosen).
_DESCRIPTION_LENGTH = 200


def html_renderer(template_folders: Sequence[Path]) -> Renderer:
    """A renderer of pages; the first folder that holds a template wins."""
    templates = Templates(template_folders)

    def render(edition: Edition) -> tuple[Rendition, ...]:
        pictures = drawn_charts(edition, chart.svg)
        page = edition_page(edition, pictures=pictures, glossary=templates.glossary())
        index = templates.render(
            "html/edition.html",
            edition=read_through(page),
            description=_edition_words(page),
        )
        files = [_html("index.html", index)]
        files += [
            Rendition(f"{name}.svg", "image/svg+xml", drawn)
            for name, drawn in pictures.items()
        ]
        neighbours = (None, *page.briefs, None)
        for position, brief in enumerate(page.briefs):
            text = templates.render(
                "html/brief.html",
                edition=page,
                brief=brief,
                before=neighbours[position],
                after=neighbours[position + 2],
                description=_brief_words(brief),
            )
            files.append(_html(f"{brief.stem}.html", text))
        css = templates.render("html/style.css")
        files.append(Rendition("style.css", "text/css; charset=utf-8", css.encode()))
        return tuple(files)

    return render


def _html(path: str, text: str) -> Rendition:
    # Templates leave lines blank where a block printed nothing.
    lines = (line.strip() for line in text.splitlines())
    body = "\n".join(line for line in lines if line) + "\n"
    return Rendition(path, "text/html; charset=utf-8", body.encode())


def _edition_words(page: EditionPage) -> str:
    headlines = "; ".join(brief.headline for brief in page.briefs)
    return cut(headlines or f"{page.title}, {page.day}", _DESCRIPTION_LENGTH)


def _brief_words(brief: BriefPage) -> str:
    entries = brief.standfirst.entries if brief.standfirst else ()
    told = " ".join(one.text for entry in entries for one in entry.sentences)
    return cut(told or brief.headline, _DESCRIPTION_LENGTH)
