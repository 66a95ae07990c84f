"""A store with a few days of stories, and the kit that makes issues of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from briefing import app, settings
from briefing.domain.audience import (
    Digest,
    Frequency,
    Preferences,
    Subscriber,
    SubscriberState,
)
from briefing.domain.brief import Draft
from briefing.domain.delivery import Delivery
from briefing.domain.document import Document
from briefing.domain.edition import Edition
from briefing.domain.source import FetchState, Harvest
from briefing.domain.story import Story
from briefing.editions import IssueKit
from briefing.logic.codec import to_json
from briefing.logic.frozen import edition_of
from briefing.ports import Change
from briefing.render.json import json_renderer
from briefing.store import SqliteStore
from tests.blank import blank
from tests.builders import document
from tests.conftest import quiet

DAY = date(2026, 5, 26)
NOW = datetime(2026, 5, 26, 4, 0, tzinfo=UTC)
DIGEST = Digest("daily", "Morning", timezone="Europe/Berlin")
# Subject, topic, place, and the numbers that make two reports of it one story.
SUBJECTS = {
    "Halvard Chips": ("chips", "Tessin", "34", "1,200", "wafer"),
    "Orrin Energy": ("energy", "Calder", "61", "870", "turbine"),
    "Tidewater Bank": ("business", "Norwick", "19", "2,450", "mortgage"),
    "Lumen Robotics": ("ai", "Arcady", "77", "315", "warehouse robot"),
}


class Watched:
    """A writer that counts what it writes.

    Without a model the same story comes out the same to the byte
    (tests.order.test_sample_days), so it is written once for all tests of a process.
    """

    def __init__(
        self, write: Callable[[Story, date], Draft], known: dict[str, Draft]
    ) -> None:
        self._write = write
        self._known = known
        self.written: list[str] = []

    def __call__(self, story: Story, edition_date: date) -> Draft:
        self.written.append(story.title)
        key = f"{edition_date} {to_json(story)}"
        if key not in self._known:
            self._known[key] = self._write(story, edition_date)
        return self._known[key]


_written: defaultdict[str, dict[str, Draft]] = defaultdict(dict)


def reports(subject: str, now: datetime, *, step: str = "opened") -> list[Document]:
    """Two publishers on one event."""
    topic, place, share, jobs, thing = SUBJECTS[subject]
    day = f"{now.day} {now:%B %Y}"
    ledger = (
        f"{subject} {step} its {thing} plant in {place} on {day}, the company said. "
        f"The {thing} plant in {place} will employ {jobs} people, according to "
        f"{subject}. Output of the {thing} line rises by {share} percent a year from "
        f"the plant in {place}, the company said. The regional council of {place} "
        f"said on {day} that it granted {subject} a permit for ten years."
    )
    courier = (
        f"The {thing} plant of {subject} in {place} {step} on {day}. It employs "
        f"{jobs} people, the regional council of {place} said. {subject} said that "
        f"the {thing} line lifts output by {share} percent a year. The trade chamber "
        f"of {place} expects that suppliers of {subject} follow within two years."
    )
    return [
        document(
            text,
            title=f"{subject} {step} {thing} plant in {place}",
            url=f"http://{name}.example/{topic}/{step}-{now:%m%d}",
            publisher=f"The {name.title()} (sample)",
            family=name,
            published_at=now - timedelta(hours=2),
            fetched_at=now - timedelta(minutes=1),
            source_id=name,
            topics=(topic,),
        )
        for name, text in (("ledger", ledger), ("courier", courier))
    ]


@contextmanager
def issue_kit(
    folder: Path,
    *,
    digest: Digest = DIGEST,
    at: time = time(6, 0),
    settings_text: str = "",
) -> Iterator[tuple[IssueKit, SqliteStore, Watched]]:
    """A kit without sources over the store in `folder`, its writer watched."""
    read = settings.parse(settings_text, folder=folder, environment={})
    chosen = replace(read, digest=digest)
    blank(chosen.store)
    with app.open_kit(chosen, quiet) as kit:
        store = kit.store
        assert isinstance(store, SqliteStore)
        known = {} if chosen.model else _written[settings_text]
        watched = Watched(kit.write, known)
        made = IssueKit(
            run=replace(kit, write=watched),
            archive=store,
            deliveries=store,
            renderers=(json_renderer(),),
            at=at,
            ttl=timedelta(hours=12),
        )
        yield made, store, watched


def tell(store: SqliteStore, *documents: Document) -> None:
    """Puts documents into the store as if a source had given them."""
    for one in documents:
        name = one.source_id or ""
        store.save_harvest(Harvest(name, FetchState(name), (one,)))


def tell_all(
    store: SqliteStore,
    now: datetime = NOW,
    *,
    step: str = "opened",
    subjects: Iterable[str] = tuple(SUBJECTS),
) -> None:
    """Two reports of every subject."""
    for subject in subjects:
        tell(store, *reports(subject, now, step=step))


def reader(number: int, **wishes: object) -> Subscriber:
    """An active reader in Berlin who wants mail at seven."""
    base = Preferences(timezone="Europe/Berlin", send_at=time(7, 0))
    return Subscriber(
        id=f"reader{number:05}",
        digest_id=DIGEST.id,
        address=f"reader{number}@paper.example",
        state=SubscriberState.ACTIVE,
        preferences=replace(base, **wishes),  # type: ignore[arg-type]
        created_at=NOW - timedelta(days=30),
        confirmed_at=NOW - timedelta(days=30),
    )


def weekly_reader(number: int, weekday: int, **wishes: object) -> Subscriber:
    return reader(number, frequency=Frequency.WEEKLY, weekday=weekday, **wishes)


def enlist(store: SqliteStore, *readers: Subscriber) -> None:
    """Puts readers on the list."""
    for one in readers:
        store.change_by_address(
            one.digest_id,
            one.address,
            f"key of {one.id}",
            lambda _row, _held, one=one: Change(subscriber=one),
        )


def active(store: SqliteStore) -> Callable[[], Iterator[Subscriber]]:
    """The audience as the wiring gives it."""
    return lambda: store.subscribers(DIGEST.id, state=SubscriberState.ACTIVE)


def edition(store: SqliteStore, edition_id: str) -> Edition:
    return edition_of(store.frozen_files(edition_id))


def rows(store: SqliteStore, issue_id: str) -> dict[str, Delivery]:
    """The ledger of an issue by reader."""
    found = store.deliveries(issue_id=issue_id, limit=10_000)
    return {one.subscriber_id or one.channel: one for one in found}
