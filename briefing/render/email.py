"""An edition as one mail: edition.eml, plain text first, then HTML, from one model.

It is addressed to nobody, so it says nothing of a subscription; `letters.py` writes the
same mail to a reader. Facts about mail readers come from caniemail.com. Local anchors
are dead in several of them, so a mark leads straight to the cited page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.headerregistry import Address
from pathlib import Path

from briefing.domain.audience import MailFormat
from briefing.domain.delivery import Rendition
from briefing.domain.edition import Edition
from briefing.ports import Renderer
from briefing.render import chart
from briefing.render.escaping import one_line, web_url
from briefing.render.mail_bodies import MailWriter
from briefing.render.mail_message import boundary_of, mail_bytes
from briefing.render.pages import drawn_charts, edition_page, read_through
from briefing.render.templates import Templates


def email_renderer(
    template_folders: Sequence[Path],
    *,
    sender: str = "briefing@localhost",
    read_url: str | None = None,
) -> Renderer:
    """A renderer of mails; the first folder that holds a template wins.

    `sender` is the address after the digest's name in From; the default cannot leave
    the machine, so that an edition that nobody set up to be sent stays at home.
    `read_url` is the public address of the edition, if any; its briefs stand below it.
    """
    templates = Templates(template_folders)
    writer = MailWriter(templates)
    name, _, host = sender.rpartition("@")

    def render(edition: Edition) -> tuple[Rendition, ...]:
        pictures = drawn_charts(edition, chart.png)
        page = read_through(
            edition_page(edition, pictures=pictures, glossary=templates.glossary())
        )
        place = folder_url(read_url)
        fit = writer.fit(page, read_url=place, footer=None)
        body = mail_bytes(
            (
                ("From", Address(one_line(page.title), name, host)),
                ("To", "undisclosed-recipients:;"),
                ("Subject", writer.subject(page)),
                ("Date", edition.built_at),
                ("Message-ID", _message_id(edition, host)),
                ("Auto-Submitted", "auto-generated"),
            ),
            writer.bodies(
                page,
                fit,
                MailFormat.HTML,
                read_url=place,
                footer=None,
                pictures=pictures,
            ),
            language=page.language,
            boundary=boundary_of(edition.id, edition.revision),
        )
        return (Rendition("edition.eml", "message/rfc822", body),)

    return render


def folder_url(url: str | None) -> str | None:
    """`url` with a slash at its end, None if no browser may be sent there."""
    checked = web_url(url)
    return checked.rstrip("/") + "/" if checked else None


def _message_id(edition: Edition, host: str) -> str:
    # The same edition keeps its id, so that a second copy can be recognised.
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", edition.id).strip(".-") or "edition"
    return f"<{name}.{edition.revision}@{host}>"
