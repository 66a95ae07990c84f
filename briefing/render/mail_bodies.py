"""Both bodies of an edition's mail from one model, no larger than mail readers show."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import css_inline

from briefing.domain.audience import MailFormat
from briefing.render.escaping import cut
from briefing.render.mail_message import Bodies
from briefing.render.pages import EditionPage
from briefing.render.templates import Templates, tidy
from briefing.render.view import BriefPage, SourceLine

# Gmail cuts a mail off at about 102 KB, counted on the decoded HTML; beyond 90 KB the
# linter warns (DELIVERY.md E1).
MAX_HTML_BYTES = 90_000
# Most editions have no more briefs, and are written once to see that they fit.
_FIRST_TRY = 16
MAX_SUBJECT = 78
# Longer than most mail lists show, short enough to read as a line (DELIVERY.md E8).
MAX_PREHEADER = 130
# A tag up to the end of its style. The serialiser writes every other "<" as an entity.
_STYLED = re.compile(r'(<[a-z0-9]+(?: [a-z-]+="[^"]*")*? style=")([^"]*)"')


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

    @property
    def lead_sources(self) -> tuple[SourceLine, ...]:
        """What the lines under the headline cite, by number."""
        lead = self.brief.standfirst
        entries = lead.entries if lead else ()
        cited = {
            source.number: source
            for entry in entries
            for sentence in entry.sentences
            for source in sentence.sources
        }
        return tuple(cited[number] for number in sorted(cited))


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands at the foot for the reader that a mail is addressed to.

    Attributes:
        list_title: what was subscribed to.
        reason: how the address came onto the list, one line.
        unsubscribe_url: ends it.
        preferences_url: changes it.
        subscribe_url: for somebody it was forwarded to.
        postal_lines: the sender's address, () without one.
    """

    list_title: str
    reason: str
    unsubscribe_url: str
    preferences_url: str
    subscribe_url: str
    postal_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """How much of an edition its mail tells.

    Attributes:
        whole: briefs in full.
        listed: briefs with at least their headline.
    """

    whole: int
    listed: int


class MailWriter:
    """Writes the bodies of mails with one set of templates."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._inliner = css_inline.CSSInliner(
            keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False
        )

    def subject(self, page: EditionPage) -> str:
        """One line of at most 78 characters."""
        return cut(
            self._templates.render("email/subject.txt", edition=page), MAX_SUBJECT
        )

    def fit(
        self, page: EditionPage, *, read_url: str | None, footer: Footer | None
    ) -> Fit:
        """As many briefs in full as fit, then as many headlines as fit."""
        count = len(page.briefs)

        def fits(attempt: Fit) -> bool:
            html = self._html(page, attempt, read_url, footer)
            # A line end is two octets on the wire.
            return len(html.encode("utf-8")) + html.count("\n") <= MAX_HTML_BYTES

        whole = _most(count, lambda number: fits(Fit(number, number)))
        if whole == count:
            return Fit(count, count)
        listed = _most(count, lambda number: fits(Fit(0, number)))
        if listed < count:
            return Fit(0, listed)
        return Fit(_most(whole, lambda number: fits(Fit(number, count))), count)

    def bodies(
        self,
        page: EditionPage,
        fit: Fit,
        kind: MailFormat,
        *,
        read_url: str | None,
        footer: Footer | None,
        pictures: Mapping[str, bytes],
    ) -> Bodies:
        """Plain text and, where it is wanted, HTML; both tell the same. Of `pictures`
        those go along that the HTML shows.
        """
        text = self._templates.render(
            "email/body.txt", **self._values(page, fit, read_url, footer)
        )
        html = None
        if kind is MailFormat.HTML:
            html = self._html(page, fit, read_url, footer)
        shown = tuple(
            (name, drawn)
            for name, drawn in pictures.items()
            if html is not None and f'"cid:{name}@briefing"' in html
        )
        return Bodies(tidy(text), html, shown)

    def service(self, values: dict[str, object]) -> Bodies:
        """Both bodies of a short letter about the subscription itself."""
        return Bodies(
            tidy(self._templates.render("email/service.txt", **values)),
            self.inlined(self._templates.render("email/service.html", **values)),
        )

    def inlined(self, html: str) -> str:
        """`html` with its style sheet written into the tags, one line a line."""
        lines = (line.strip() for line in self._inliner.inline(html).splitlines())
        whole = "\n".join(line for line in lines if line) + "\n"
        return _STYLED.sub(lambda tag: tag[1] + _short_style(tag[2]) + '"', whole)

    def _html(
        self, page: EditionPage, fit: Fit, read_url: str | None, footer: Footer | None
    ) -> str:
        values = self._values(page, fit, read_url, footer)
        return self.inlined(self._templates.render("email/body.html", **values))

    def _values(
        self, page: EditionPage, fit: Fit, read_url: str | None, footer: Footer | None
    ) -> dict[str, object]:
        return {
            "edition": page,
            "stories": _stories(page.briefs[: fit.listed], fit.whole, read_url),
            "left_out": len(page.briefs) - fit.listed,
            "preheader": cut(
                self._templates.render("email/preheader.txt", edition=page),
                MAX_PREHEADER,
            ),
            "read_url": read_url,
            "footer": footer,
        }


def _stories(
    briefs: Sequence[BriefPage], whole: int, read_url: str | None
) -> tuple[Story, ...]:
    return tuple(
        Story(brief, is_whole=position < whole, link=_link(brief, read_url))
        for position, brief in enumerate(briefs)
    )


def _link(brief: BriefPage, read_url: str | None) -> str | None:
    if read_url:
        return f"{read_url}{brief.stem}"
    return next((source.url for source in brief.sources if source.url), None)


def _short_style(style: str) -> str:
    """Without the spaces that nobody needs: a tenth of the styles, half of the mail."""
    return re.sub(r"\s*([;:,])\s*", r"\1", style).strip("; ")


def _most(count: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `count` that fits; each mail is larger than the one
    before, and 0 always fits.

    Found by doubling, then halving: no mail is written that is much over the limit,
    however large the edition is.
    """
    best, high = 0, min(count, _FIRST_TRY)
    while best < high and fits(high):
        best, high = high, min(count, 2 * high)
    low, high = best + 1, high - 1
    while low <= high:
        middle = (low + high) // 2
        if fits(middle):
            best, low = middle, middle + 1
        else:
            high = middle - 1
    return best
