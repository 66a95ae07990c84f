"""What an issue is given, and what it tells at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from briefing.domain.audience import Subscriber
from briefing.domain.edition import Edition
from briefing.domain.report import Report
from briefing.domain.source import Problem
from briefing.kit import Kit, Made
from briefing.logic.issues import Issue
from briefing.pipeline.publish import publish
from briefing.ports import ArchiveStore, DeliveryStore, Renderer

# Every reader of the digest who may get mail, anew at each call, a few at a time.
Audience = Callable[[], Iterable[Subscriber]]


@dataclass(frozen=True, slots=True)
class IssueKit:
    """What an issue needs beside what a run does.

    Attributes:
        run: the kit of the default edition.
        archive: frozen editions.
        deliveries: the ledger.
        renderers: of editions that have no folder: what pages and mails are made from.
        at: when issues are made, local time in the digest's zone.
        ttl: so long after a reader's time mail is still sent.
        webhooks: names of the chats that get each daily issue.
    """

    run: Kit
    archive: ArchiveStore
    deliveries: DeliveryStore
    renderers: tuple[Renderer, ...]
    at: time
    ttl: timedelta
    webhooks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issued:
    """What was done for an issue.

    Attributes:
        issue: which.
        made: the default edition of the day; None for a weekly issue.
        editions: made now for other readers.
        rows: new in the ledger.
        problems: editions that could not be made, by edition id.
    """

    issue: Issue
    made: Made | None
    editions: int
    rows: int
    problems: tuple[Problem, ...]


def freeze_edition(
    kit: IssueKit, edition: Edition, report: Report, now: datetime
) -> None:
    """Publishes an edition that has no folder."""
    files = publish(edition, kit.renderers, report)
    kit.run.store.publish_edition(edition, files, now=now)
