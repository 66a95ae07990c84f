"""Wiring of mail: settings become a channel, letters and a kit that sends them."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import FrameType
from typing import TYPE_CHECKING

from briefing import app, prompts
from briefing.deliver.outbox import FOLDER, Outbox
from briefing.deliver.smtp import Smtp, SmtpServer
from briefing.domain.audience import Subscriber
from briefing.domain.delivery import Delivery
from briefing.logic.delivery_ids import seed_reader
from briefing.logic.issue_seeds import seed_rows
from briefing.mailing import MailKit, Policy
from briefing.membership import make_tokens
from briefing.ports import Channel
from briefing.render.letter_headers import LetterFrame, list_id
from briefing.settings import Settings
from briefing.store import SqliteStore

if TYPE_CHECKING:
    from briefing.posting.composing import Correspondence

# Replies of one transaction, the connection's included (RFC 5321, 4954, 3207): a lease
# must outlive them all.
_REPLIES = 12

Say = Callable[[str], None]
Progress = Callable[[str, int, int], None]


def _silent(_line: str) -> None:
    """Nobody listens."""


def _unseen(_stage: str, _done: int, _total: int) -> None:
    """Nobody looks."""


@dataclass(frozen=True, slots=True)
class Mailroom:
    """What sends, and what writes a letter by hand.

    Attributes:
        store: everything that is kept.
        kit: for `mailing.send_due`.
        correspondence: makes letters.
        seeds: stand-ins for the addresses of the house.
    """

    store: SqliteStore
    kit: MailKit
    correspondence: Correspondence
    seeds: tuple[Subscriber, ...]


def make_channel(chosen: Settings) -> Channel:
    """The outbox, or the configured mail server."""
    if chosen.mail.channel == "outbox":
        return Outbox(chosen.store.parent / FOLDER)
    part = chosen.smtp
    return Smtp(
        SmtpServer(
            host=part.host,
            port=part.port,
            security=part.security,
            username=part.username,
            password=part.password.get_secret_value(),
            connections=part.connections,
            messages_a_connection=part.messages_a_connection,
            timeout_s=part.timeout_s,
        )
    )


def make_policy(chosen: Settings, *, patience: timedelta | None) -> Policy:
    """How fast and how careful; the outbox is exact and knows no limit. With a
    `patience` somebody waits, who may just have mended the server.
    """
    is_by_hand = patience is not None
    if chosen.mail.channel == "outbox":
        return Policy(patience=patience, minds_old_trouble=not is_by_hand)
    part = chosen.smtp
    return Policy(
        resends=chosen.mail.on_uncertain == "resend",
        a_second=part.messages_a_second,
        a_second_a_domain=part.messages_a_second_a_domain,
        lease=timedelta(seconds=_REPLIES * part.timeout_s + 60),
        patience=patience,
        minds_old_trouble=not is_by_hand,
    )


def make_frame(chosen: Settings) -> LetterFrame:
    """What all letters share. Raises SettingsError for what cannot stand in one."""
    return LetterFrame(
        list_title=chosen.digest.title,
        list_id=list_id(chosen.digest.id, chosen.site.base_url),
        base_url=chosen.site.base_url,
        sender=chosen.mail.sender,
        reply_to=chosen.mail.reply_to,
        postal_address=chosen.mail.postal_address,
        help=chosen.mail.help,
        headers=chosen.mail.headers,
        zone=chosen.timezone,
    )


def make_mailroom(
    chosen: Settings,
    store: SqliteStore,
    *,
    say: Say = _silent,
    progress: Progress = _unseen,
    clock: Callable[[], datetime] = app.now,
    sleep: Callable[[float], None] = time.sleep,
    patience: timedelta | None = None,
) -> Mailroom:
    """Everything that sends for these settings; `patience` as in mailing.Policy."""
    from briefing.posting.composing import Correspondence
    from briefing.render.letters import Letters

    tokens = make_tokens(chosen)
    folders = prompts.data_folders("templates", user_folder=chosen.folder)
    seeds = tuple(
        seed_reader(one, chosen.digest.id, clock()) for one in chosen.mail.seeds
    )
    correspondence = Correspondence(
        Letters(folders, make_frame(chosen)),
        tokens,
        store,
        visibility=chosen.site.visibility,
        seeds={one.id: one for one in seeds},
    )

    def seeds_of(row: Delivery, now: datetime) -> Sequence[Delivery]:
        return seed_rows(row, seeds, now)

    kit = MailKit(
        store=store,
        channel=make_channel(chosen),
        compose=correspondence,
        policy=make_policy(chosen, patience=patience),
        suppression_key_of=tokens.suppression_key,
        clock=clock,
        sleep=sleep,
        seeds=frozenset(one.id for one in seeds),
        seed_rows=seeds_of,
        progress=progress,
        say=say,
    )
    return Mailroom(store, kit, correspondence, seeds)


@contextmanager
def open_mailroom(
    chosen: Settings,
    *,
    store: SqliteStore | None = None,
    say: Say = _silent,
    progress: Progress = _unseen,
    clock: Callable[[], datetime] = app.now,
) -> Iterator[MailKit]:
    """The kit for `send_due` of a process that stays; a store that is opened here is
    closed at the end.
    """
    with ExitStack() as stack:
        held = store or stack.enter_context(SqliteStore(chosen.store))
        yield make_mailroom(chosen, held, say=say, progress=progress, clock=clock).kit


@contextmanager
def ended_by_signals() -> Iterator[threading.Event]:
    """Set by SIGTERM and Ctrl-C: what is in flight ends, nothing new is begun."""
    stop = threading.Event()

    def asked(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {one: signal.signal(one, asked) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
