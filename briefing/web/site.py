"""The site as its pages know it: what is served, to whom, with which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from briefing.domain.audience import Digest, Preferences, Visibility
from briefing.logic import site_paths
from briefing.ports import ArchiveStore
from briefing.readers import Readers
from briefing.render import numbers, words
from briefing.render.site import FeedLink, Frame, Head, print_page
from briefing.render.templates import Templates
from briefing.tokens import Tokens
from briefing.web.assets import assets

FEED_TYPES = (
    ("atom", "Atom", "application/atom+xml"),
    ("rss", "RSS", "application/rss+xml"),
    ("json", "JSON Feed", "application/feed+json"),
)


_NOTHING_CHOSEN = Preferences()


def _nobody(_request: Request) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that the pages need; made by the wiring, changed by nobody.

    Attributes:
        digest: what is published.
        base_url: public address without a trailing slash.
        visibility: who may read the archive.
        store: frozen editions.
        templates: words and shapes.
        clock: now, aware UTC.
        admits: whether this visitor may read an archive for subscribers.
        readers: the order of subscribing, None where nobody can subscribe.
        tokens: makes and reads the links of readers.
        first: preferences that the form proposes.
        trusted_proxies: networks whose X-Forwarded-For is believed.
        keeps_ip: the consent log keeps addresses of readers.
    """

    digest: Digest
    base_url: str
    visibility: Visibility
    store: ArchiveStore
    templates: Templates
    clock: Callable[[], datetime]
    admits: Callable[[Request], bool] = _nobody
    readers: Readers | None = None
    tokens: Tokens | None = None
    first: Preferences = _NOTHING_CHOSEN
    trusted_proxies: tuple[str, ...] = ()
    keeps_ip: bool = False

    @property
    def is_secure(self) -> bool:
        """Readers come by https, so cookies may say Secure."""
        return self.base_url.startswith("https://")

    @property
    def root(self) -> str:
        """Begins every link inside the site: "" or "/news"."""
        return site_paths.root_of(self.base_url)

    @property
    def is_open(self) -> bool:
        """Everybody may read the archive."""
        return self.visibility is Visibility.PUBLIC

    def may_read(self, request: Request) -> bool:
        """Whether this visitor may read the archive."""
        if self.visibility is Visibility.SUBSCRIBERS:
            return self.admits(request)
        return self.is_open

    @property
    def frame(self) -> Frame:
        """What stands around every page."""
        files = assets(self.templates)
        language = self.digest.language or "en"
        return Frame(
            title=self.digest.title,
            language=language,
            direction=numbers.locale(language).text_direction,
            base_url=self.base_url,
            root=self.root,
            style=files["style.css"].path,
            icon=files["icon.svg"].path,
            card=files["card.png"].path,
            has_archive=self.visibility is not Visibility.OFF,
            is_open=self.is_open,
            feeds=self.feeds() if self.is_open else (),
        )

    def feeds(self, topic: str = "") -> tuple[FeedLink, ...]:
        """The feeds of everything, or of one topic."""
        about = (
            f"{self.digest.title}: {words.topic(topic)}" if topic else self.digest.title
        )
        return tuple(
            FeedLink(
                f"{about} ({name})", name, site_paths.feed(form, topic), media_type
            )
            for form, name, media_type in FEED_TYPES
        )

    def page(self, name: str, head: Head, **values: object) -> bytes:
        """The bytes of template `name`, which extends site/page.html."""
        return print_page(self.templates, name, self.frame, head, **values)
