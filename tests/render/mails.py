"""Reading a rendered mail back, and a linter for what mail readers understand."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from briefing.domain.edition import Edition
from briefing.render.email import email_renderer

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

_TAGS = frozenset(
    "html head meta title style body table tbody tr td th div p h1 h2 h3 h4 h5 h6 a b "
    "i em strong code br hr ul ol li span blockquote -text".split()
)
_ATTRIBUTES = frozenset(
    "lang dir charset name content class style role width cellpadding cellspacing "
    "border align href title scope rel".split()
)
_PROPERTIES = frozenset(
    "background-color color margin padding padding-top padding-bottom max-width width "
    "font-family font-size font-weight line-height text-align text-decoration "
    "vertical-align border-top border-bottom border-left border-collapse".split()
)


def raw(edition: Edition, **options: str) -> bytes:
    """The bytes of edition.eml."""
    (made,) = email_renderer([TEMPLATES], **options)(edition)
    return made.body


def parsed(edition: Edition, **options: str) -> EmailMessage:
    """The mail as a mail reader sees it."""
    message = BytesParser(policy=default).parsebytes(raw(edition, **options))
    assert isinstance(message, EmailMessage)
    return message


def bodies(edition: Edition, **options: str) -> tuple[str, str]:
    """Plain text and HTML."""
    text, html = parsed(edition, **options).iter_parts()
    return text.get_content(), html.get_content()


def faults(html: str) -> list[str]:
    """What some large mail reader drops or breaks (caniemail.com)."""
    tree = LexborHTMLParser(html)
    found = []
    for node in tree.css("*"):
        if node.tag not in _TAGS:
            found.append(f"tag {node.tag}")
        for name, value in node.attributes.items():
            if name not in _ATTRIBUTES:
                found.append(f"attribute {name}")
            if name == "style":
                found.extend(_style_faults(value or ""))
    found.extend(
        f"banned {word}"
        for word in ("url(", "var(", "@import", "data:", "position:", "rem;", "{{")
        if word in html
    )
    return sorted(set(found))


def _style_faults(style: str) -> list[str]:
    declarations = dict(part.split(":", 1) for part in style.split(";") if part.strip())
    found = [
        f"property {name.strip()}"
        for name in declarations
        if name.strip() not in _PROPERTIES
    ]
    for name, value in declarations.items():
        size = re.fullmatch(r"\s*(\d+)px\s*", value)
        if name.strip() == "font-size" and (size is None or int(size[1]) < 14):
            found.append(f"font-size {value}")
    return found


def urls_in_html(html: str) -> set[str]:
    """Addresses of all links."""
    return {str(one.attributes["href"]) for one in LexborHTMLParser(html).css("a")}


def urls_in_text(text: str) -> set[str]:
    """Addresses of the plain text."""
    return set(re.findall(r"https?://[^\s>]+", text))
