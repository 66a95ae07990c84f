"""What stands around every page of the site, and the page put into it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from briefing.render.templates import Templates


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names in its head.

    Attributes:
        title: as feed readers show it.
        name: of its form ("Atom").
        path: below the site's root.
        media_type: of the feed.
    """

    title: str
    name: str
    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The site around a page; `site` in the templates.

    Attributes:
        title: of the digest.
        language: ISO 639-1.
        direction: "ltr" or "rtl".
        base_url: public address without a trailing slash.
        root: path part of it, "" or "/news"; begins every link inside the site.
        style: path of the style sheet below the root.
        icon: path of the icon.
        card: path of the picture for link previews.
        has_archive: there are pages of editions that somebody may read.
        is_open: everybody may read them; only then are there feeds.
        feeds: of the whole digest; empty unless open.
    """

    title: str
    language: str
    direction: str
    base_url: str
    root: str
    style: str
    icon: str
    card: str
    has_archive: bool
    is_open: bool
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself; `head` in the templates.

    Attributes:
        title: of the page, without the site's name.
        description: one or two sentences for search engines and link previews.
        path: permanent address below the root, "" for a page that has none.
        place: the part of the site that is marked in the navigation: "today", "days",
            "topics", "sources", "search", "subscribe", or "".
        kind: OpenGraph's type.
        is_indexed: search engines may list the page.
        data: JSON-LD, escaped for a script element, None for none.
        feeds: further ones than the site's own.
        published: ISO 8601, of an article.
        modified: ISO 8601, of an article.
    """

    title: str
    description: str = ""
    path: str = ""
    place: str = ""
    kind: str = "website"
    is_indexed: bool = True
    data: Markup | None = None
    feeds: tuple[FeedLink, ...] = ()
    published: str = ""
    modified: str = ""


def print_page(
    templates: Templates, name: str, frame: Frame, head: Head, **values: object
) -> bytes:
    """The bytes of template `name`, which extends site/page.html."""
    text = templates.render(name, site=frame, head=head, **values)
    # Templates leave lines blank where a block printed nothing.
    lines = (line.strip() for line in text.splitlines())
    return ("\n".join(line for line in lines if line) + "\n").encode()
