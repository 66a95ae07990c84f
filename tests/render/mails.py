"""Reading a rendered mail back."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from briefing.domain.edition import Edition
from briefing.logic.mail_lint import lint_mail
from briefing.render.email import email_renderer

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


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


def faults(edition: Edition, **options: str) -> list[str]:
    """What the linter finds."""
    return [str(one) for one in lint_mail(raw(edition, **options))]


def urls_in_html(html: str) -> set[str]:
    """Addresses of all links."""
    return {str(one.attributes["href"]) for one in LexborHTMLParser(html).css("a")}


def urls_in_text(text: str) -> set[str]:
    """Addresses of the plain text."""
    return set(re.findall(r"https?://[^\s>]+", text))
