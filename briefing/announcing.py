"""Wiring of posts to chats: the webhooks of the settings, by one guarded client."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from briefing import app
from briefing.deliver.webhook import Webhook
from briefing.http import GuardedPoster, HttpSettings
from briefing.posts import PostKit
from briefing.settings import Settings
from briefing.store import SqliteStore


@contextmanager
def open_posts(chosen: Settings, store: SqliteStore) -> Iterator[PostKit]:
    """What `post_due` needs; the client is closed at the end."""
    settings = HttpSettings(
        contact=chosen.http.contact,
        total_s=chosen.http.timeout_s,
        connect_to=chosen.http.connect_to,
        allow_hosts=chosen.http.allow_hosts,
    )
    with GuardedPoster(settings) as http:
        yield PostKit(
            ledger=store,
            archive=store,
            posters={
                one.name: Webhook(
                    name=one.name,
                    kind=one.kind,
                    url=one.url.get_secret_value(),
                    http=http,
                )
                for one in chosen.webhooks
            },
            base_url=chosen.site.base_url,
            holds=chosen.mail.on_uncertain == "hold",
            clock=app.now,
        )
