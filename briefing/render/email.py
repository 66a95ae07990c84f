"""An edition as one mail: edition.eml, plain text first, then HTML, from one model.

It is addressed to nobody; whoever sends it puts the recipient's own headers in. Facts
about mail readers come from caniemail.com. Local anchors are dead in several of them,
so a mark leads straight to the cited page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import css_inline

from briefing.domain.delivery import Rendition
from briefing.domain.edition import Edition
from briefing.ports import Renderer
from briefing.render.escaping import cut, one_line, web_url
from briefing.render.pages import EditionPage, edition_page
from briefing.render.templates import Templates, tidy
from briefing.render.view import BriefPage

# Gmail cuts a mail off at about 102 KB. BRIEF.md F4 allows 100,000 bytes; the rest is
# for the footer that a sender adds for each recipient.
MAX_HTML_BYTES = 96_000
MAX_SUBJECT = 78
# Longer than most mail lists show, short enough to read as a line (DELIVERY.md E8).
MAX_PREHEADER = 130


@dataclass(frozen=True, slots=True)
class Story:
    """A brief's place in the mail.

    Attributes:
        brief: what is told.
        is_whole: told in full; else headline, one line and the link.
        link: the brief in the archive, else the first source's page, else None.
    """

    brief: BriefPage
    is_whole: bool
    link: str | None


@dataclass(frozen=True, slots=True)
class _Bodies:
    text: str
    html: str

    @property
    def fits(self) -> bool:
        return len(self.html.encode("utf-8")) <= MAX_HTML_BYTES


def email_renderer(
    template_folders: Sequence[Path],
    *,
    sender: str = "briefing@localhost",
    archive_url: str | None = None,
) -> Renderer:
    """A renderer of mails; the first folder that holds a template wins.

    `sender` is the address after the digest's name in From; the default cannot leave
    the machine, so that an edition that nobody set up to be sent stays at home.
    `archive_url` is the public address of the editions' folder of this date, if any.
    """
    letter = _Letter(Templates(template_folders), sender, web_url(archive_url))

    def render(edition: Edition) -> tuple[Rendition, ...]:
        return (Rendition("edition.eml", "message/rfc822", letter.write(edition)),)

    return render


class _Letter:
    """Writes mails with one set of templates."""

    def __init__(
        self, templates: Templates, sender: str, archive_url: str | None
    ) -> None:
        self._templates = templates
        self._sender = sender
        self._archive = archive_url.rstrip("/") + "/" if archive_url else None
        self._inliner = css_inline.CSSInliner(
            keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False
        )

    def write(self, edition: Edition) -> bytes:
        page = edition_page(edition)
        bodies = self._fitting(page)
        name, _, domain = self._sender.rpartition("@")
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(one_line(page.title), name, domain)
        message["To"] = "undisclosed-recipients:;"
        message["Date"] = edition.built_at
        message["Message-ID"] = _message_id(edition, domain)
        message["Auto-Submitted"] = "auto-generated"
        # Quoted-printable throughout: readable raw, and its lines stay under 76.
        message.set_content(bodies.text, cte="quoted-printable")
        message.add_alternative(bodies.html, subtype="html", cte="quoted-printable")
        message.set_boundary(_boundary(edition))
        message["Content-Language"] = page.language
        return _subject_line(self._subject(page)) + message.as_bytes()

    def _subject(self, page: EditionPage) -> str:
        return cut(
            self._templates.render("email/subject.txt", edition=page), MAX_SUBJECT
        )

    def _fitting(self, page: EditionPage) -> _Bodies:
        """As many briefs in full as fit, then as many headlines as fit."""
        count = len(page.briefs)
        bodies = self._bodies(page, whole=count, listed=count)
        if bodies.fits:
            return bodies
        headlines = self._bodies(page, whole=0, listed=count)
        if headlines.fits:
            return _most(
                headlines,
                count,
                lambda whole: self._bodies(page, whole=whole, listed=count),
            )
        return _most(
            self._bodies(page, whole=0, listed=0),
            count,
            lambda listed: self._bodies(page, whole=0, listed=listed),
        )

    def _bodies(self, page: EditionPage, *, whole: int, listed: int) -> _Bodies:
        values = {
            "edition": page,
            "stories": tuple(
                Story(brief, is_whole=position < whole, link=self._link(brief))
                for position, brief in enumerate(page.briefs[:listed])
            ),
            "left_out": len(page.briefs) - listed,
            "preheader": cut(
                self._templates.render("email/preheader.txt", edition=page),
                MAX_PREHEADER,
            ),
            "archive_url": self._archive,
        }
        html = self._templates.render("email/body.html", **values)
        return _Bodies(
            text=tidy(self._templates.render("email/body.txt", **values)),
            html=_plain_lines(self._inliner.inline(html)),
        )

    def _link(self, brief: BriefPage) -> str | None:
        if self._archive:
            return f"{self._archive}{brief.stem}.html"
        return next((source.url for source in brief.sources if source.url), None)


def _most(least: _Bodies, count: int, attempt: Callable[[int], _Bodies]) -> _Bodies:
    """The largest mail that fits, of `least` and `attempt(1)` to `attempt(count - 1)`;
    found by halving, because each is larger than the one before.
    """
    best, low, high = least, 1, count - 1
    while low <= high:
        middle = (low + high) // 2
        bodies = attempt(middle)
        if bodies.fits:
            best, low = bodies, middle + 1
        else:
            high = middle - 1
    return best


def _plain_lines(html: str) -> str:
    lines = (line.strip() for line in html.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def _subject_line(subject: str) -> bytes:
    """The header as the older API writes it. EmailMessage folds some subjects wrong: a
    space doubled before a word that is not ASCII (measured on Python 3.11), none
    between encoded words (https://github.com/python/cpython/issues/144156).
    """
    if subject.isascii():
        return f"Subject: {subject}\r\n".encode("ascii")
    # 75 is the longest encoded word (RFC 2047, section 2).
    header = Header(subject, "utf-8", maxlinelen=75, header_name="Subject")
    return b"Subject: " + header.encode(linesep="\r\n").encode("ascii") + b"\r\n"


def _message_id(edition: Edition, domain: str) -> str:
    # The same edition keeps its id, so that a second copy can be recognised.
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", edition.id).strip(".-") or "edition"
    return f"<{name}.{edition.revision}@{domain}>"


def _boundary(edition: Edition) -> str:
    # Python draws one at random; this one is fixed, and "=_" cannot stand in
    # quoted-printable text (RFC 2045, section 6.7).
    seed = f"{edition.id}\0{edition.revision}".encode()
    return "=_" + hashlib.blake2b(seed, digest_size=16).hexdigest()
