"""Wiring of issues: what settings and a store give to editions.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from briefing import editions
from briefing.domain.audience import Subscriber, SubscriberState
from briefing.domain.delivery import Rendition
from briefing.domain.edition import Edition
from briefing.editions import Audience, IssueKit
from briefing.kit import Kit, Made
from briefing.ports import Renderer
from briefing.render.json import json_renderer
from briefing.settings import Settings
from briefing.store import SqliteStore


def issue_kit(chosen: Settings, kit: Kit, store: SqliteStore) -> IssueKit:
    """What an issue needs, from the settings."""
    return IssueKit(
        run=kit,
        archive=store,
        deliveries=store,
        renderers=(_data_alone(),),
        at=chosen.schedule.at,
        ttl=timedelta(seconds=chosen.mail.ttl_s),
        webhooks=tuple(one.name for one in chosen.webhooks),
    )


def audience_of(chosen: Settings, store: SqliteStore) -> Audience:
    """Everybody on the list who may get mail."""

    def active() -> Iterable[Subscriber]:
        return store.subscribers(chosen.digest.id, state=SubscriberState.ACTIVE)

    return active


def with_readers(
    chosen: Settings, kit: Kit, made: Made, day: date, moment: datetime
) -> Made:
    """The edition with what went wrong for readers whose editions are made now as well;
    an edition of another day is given as it is.
    """
    if day != moment.astimezone(chosen.timezone).date():
        return made
    with SqliteStore(chosen.store) as store:
        problems = editions.make_for_readers(
            issue_kit(chosen, kit, store), made, day, moment, audience_of(chosen, store)
        )
    report = replace(made.report, problems=made.report.problems + problems)
    return replace(made, report=report)


def _data_alone() -> Renderer:
    """edition.json: pages and mails of readers' editions are made from it."""
    render = json_renderer()

    def first(edition: Edition) -> tuple[Rendition, ...]:
        return render(edition)[:1]

    return first
