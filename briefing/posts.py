"""THE ORDER of a post to a chat: claim its row, make it of the frozen edition, post it,
keep what came of it. A webhook that fails costs only its own row.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.domain.delivery import Delivery, DeliveryState
from briefing.errors import InputError
from briefing.logic.frozen import edition_of
from briefing.logic.post_replies import after_answer, unpostable
from briefing.logic.webhook_text import notice, post
from briefing.ports import ArchiveStore, DeliveryStore
from briefing.ports.posting import Poster

# Longer than any request may take, shorter than anybody waits for news.
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class PostKit:
    """What posts need.

    Attributes:
        ledger: the rows.
        archive: the frozen editions.
        posters: chats by the name of their webhook.
        base_url: of the site, without a slash at its end.
        holds: what may have arrived is not posted again.
        clock: aware UTC.
    """

    ledger: DeliveryStore
    archive: ArchiveStore
    posters: Mapping[str, Poster]
    base_url: str
    holds: bool
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class PostReport:
    """What became of the posts that were due.

    Attributes:
        sent: (webhook, issue) that were taken.
        failed: (webhook, issue, reason) that are given up.
        waiting: (webhook, issue, reason) that are tried again.
    """

    sent: tuple[tuple[str, str], ...] = ()
    failed: tuple[tuple[str, str, str], ...] = ()
    waiting: tuple[tuple[str, str, str], ...] = ()


def post_due(kit: PostKit, *, stop: threading.Event | None = None) -> PostReport:
    """Posts everything that is due, one after another."""
    done: list[Delivery] = []
    while stop is None or not stop.is_set():
        now = kit.clock()
        row = kit.ledger.claim_post(now=now, lease_until=now + LEASE)
        if row is None:
            break
        done.append(_posted(kit, row))
        kit.ledger.finish_delivery(done[-1])
    return _report(done)


def _posted(kit: PostKit, row: Delivery) -> Delivery:
    poster = kit.posters.get(row.channel)
    if poster is None:
        return unpostable(row, "no_such_webhook", kit.clock())
    files = kit.archive.edition_files(row.edition_id, row.revision)
    if not files:
        return unpostable(row, "no_edition", kit.clock())
    try:
        edition = edition_of(files)
    except InputError:
        return unpostable(row, "no_edition", kit.clock())
    answer = poster.post(post(poster.kind, notice(edition, kit.base_url)))
    return after_answer(row, answer, holds=kit.holds, now=kit.clock())


def _report(done: list[Delivery]) -> PostReport:
    def told(state: DeliveryState) -> tuple[tuple[str, str, str], ...]:
        return tuple(
            (one.channel, one.issue_id, one.reason)
            for one in done
            if one.state is state
        )

    return PostReport(
        sent=tuple((name, issue) for name, issue, _ in told(DeliveryState.SENT)),
        failed=told(DeliveryState.FAILED) + told(DeliveryState.UNCERTAIN),
        waiting=told(DeliveryState.PENDING),
    )
