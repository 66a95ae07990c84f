"""Wiring of the list: keys, links, the order of subscribing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from briefing import app
from briefing.deliver.outbox import FOLDER, Outbox
from briefing.domain.audience import Preferences
from briefing.readers import Readers
from briefing.settings import Settings
from briefing.store import SqliteStore
from briefing.tokens import Tokens, load_keys


def make_tokens(chosen: Settings) -> Tokens:
    """The links of this installation; its key file is made if it is missing."""
    configured = [one.get_secret_value() for one in chosen.secret_keys]
    keys = load_keys(chosen.store.with_name(f"{chosen.store.name}.keys"), configured)
    return Tokens(keys, chosen.digest.id)


def make_readers(
    chosen: Settings,
    store: SqliteStore,
    *,
    clock: Callable[[], datetime] = app.now,
    alert: Callable[[str], None] = lambda _line: None,
) -> Readers:
    """The list of the configured digest."""
    return Readers(
        store,
        chosen.digest,
        make_tokens(chosen),
        clock=clock,
        keeps_ip=chosen.site.keeps_ip,
        alert=alert,
        shred=Outbox(chosen.store.parent / FOLDER).shred,
    )


@contextmanager
def open_readers(
    chosen: Settings, *, clock: Callable[[], datetime] = app.now
) -> Iterator[tuple[Readers, SqliteStore]]:
    """The list with its store; closed at the end."""
    with SqliteStore(chosen.store) as store:
        yield make_readers(chosen, store, clock=clock), store


def first_preferences(chosen: Settings) -> Preferences:
    """What the form proposes to somebody new."""
    return Preferences(
        send_at=chosen.mail.send_at,
        weekday=chosen.mail.weekly_on,
        timezone=chosen.digest.timezone,
        language=chosen.digest.language,
    )
