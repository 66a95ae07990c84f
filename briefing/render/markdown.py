"""An edition as Markdown: edition.md with every brief in full, and a file a brief.

A mark is a plain `[3]`, which the definitions at the end of the file turn into a link
to the page it cites; so it reads well raw and leads somewhere when rendered. Marks are
parted by a space, because `[1][2]` is one link. Definitions hold for a whole file: in
edition.md sources are numbered through all briefs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing.domain.delivery import Rendition
from briefing.domain.edition import Edition
from briefing.ports import Renderer
from briefing.render.pages import edition_page, read_through
from briefing.render.templates import Templates, tidy


def markdown_renderer(template_folders: Sequence[Path]) -> Renderer:
    """A renderer of Markdown; the first folder that holds a template wins."""
    templates = Templates(template_folders)

    def render(edition: Edition) -> tuple[Rendition, ...]:
        glossary = templates.glossary()
        whole = read_through(
            edition_page(edition, numbers_sources_through=True, glossary=glossary)
        )
        files = [_file("edition.md", templates.render("md/edition.md", edition=whole))]
        page = edition_page(edition, glossary=glossary)
        for brief in page.briefs:
            text = templates.render("md/brief.md", edition=page, brief=brief)
            files.append(_file(f"{brief.stem}.md", text))
        return tuple(files)

    return render


def _file(path: str, text: str) -> Rendition:
    return Rendition(path, "text/markdown; charset=utf-8", tidy(text).encode())
