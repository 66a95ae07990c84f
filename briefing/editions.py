"""THE ORDER of an issue: one day's editions for all readers, and the rows of its mail.

    make_issue(kit, day, now, audience):
        the default edition        run.make_edition: gather, group, choose, write, ...
        who wants what             equal preferences share one edition
        every other edition        choose among the day's stories; write only what no
                                   edition of the day has; assemble, publish, freeze
        a row a reader             at the reader's time; known rows stay as they are

    make_weekly(kit, day, now, audience):
        the week's briefs          the newest of each story, from frozen editions
        every weekly edition       choose among them; nothing is written
        a row a reader

Both may be called again: what is frozen is not made twice, and who has joined since
gets a row. A reader's edition that fails costs that edition alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from briefing import day as days
from briefing import run
from briefing.domain.audience import Digest, Frequency, Profile, Subscriber
from briefing.domain.brief import Brief, Held
from briefing.domain.delivery import Delivery
from briefing.domain.edition import Edition, LookedAt
from briefing.domain.report import Report
from briefing.domain.source import Problem
from briefing.domain.story import Choice, Outcome, Story
from briefing.errors import BriefingError
from briefing.kit import Kit, Made
from briefing.logic.frozen import edition_of
from briefing.logic.issues import Issue, Place, mail_of, place_of, post_of
from briefing.logic.profiles import DEFAULT, edition_id, weekly
from briefing.logic.reporting import make_report
from briefing.logic.selection import Reading
from briefing.pipeline.assemble import assemble
from briefing.pipeline.choose import choose
from briefing.pipeline.publish import publish
from briefing.ports import ArchiveStore, DeliveryStore, Renderer

_WEEK_DAYS = 7
# Rows frozen in one transaction; a longer one would keep service letters waiting.
_ROWS_AT_ONCE = 5000


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


# Makes and freezes one edition; raises BriefingError.
_Make = Callable[[Profile, Digest], None]


def make_issue(
    kit: IssueKit,
    day: date,
    now: datetime,
    audience: Audience,
    *,
    note: str = "",
    since: datetime | None = None,
) -> Issued:
    """The daily issue of that day. `since` leaves out readers who joined before it and
    have their rows already.
    """
    made = run.make_edition(kit.run, day, now, note=note)
    desk = _Desk(kit, made, now)
    issue = Issue(kit.run.digest, Frequency.DAILY, day, kit.at, kit.ttl)
    readers = _since(audience, since)
    count, problems = _others(kit, _wanted(issue, readers, now), desk.make)
    rows = _freeze(kit, issue, readers, now)
    posts = [post_of(issue, one, desk.edition_id, now) for one in kit.webhooks]
    if posts:
        kit.deliveries.freeze_audience(posts, now=now)
    return Issued(issue, made, count, rows, problems)


def make_weekly(
    kit: IssueKit,
    day: date,
    now: datetime,
    audience: Audience,
    *,
    since: datetime | None = None,
) -> Issued:
    """The weekly issue that readers get whose weekday that day is."""
    issue = Issue(kit.run.digest, Frequency.WEEKLY, day, kit.at, kit.ttl)
    readers = _since(audience, since)

    def make(profile: Profile, digest: Digest) -> None:
        _make_week(kit, day, now, profile, digest)

    wanted = _wanted(issue, readers, now)
    if wanted:
        # Pages and copies for the house show everybody's.
        everybody = weekly(kit.run.digest)
        name = edition_id(everybody, kit.run.profile, day)
        wanted.setdefault(name, Place(kit.run.profile, everybody, name, now))
    count, problems = _others(kit, wanted, make)
    return Issued(issue, None, count, _freeze(kit, issue, readers, now), problems)


def wants_weekly(kit: IssueKit, day: date, now: datetime, audience: Audience) -> bool:
    """Whether anybody gets a weekly issue of that day."""
    issue = Issue(kit.run.digest, Frequency.WEEKLY, day, kit.at, kit.ttl)
    return any(place_of(issue, one, now) for one in audience())


def _since(audience: Audience, since: datetime | None) -> Audience:
    if since is None:
        return audience
    moment = since

    def joined() -> Iterator[Subscriber]:
        for one in audience():
            if (one.confirmed_at or one.created_at) >= moment:
                yield one

    return joined


def _wanted(issue: Issue, audience: Audience, now: datetime) -> dict[str, Place]:
    """Every edition that a reader wants, by id."""
    wanted: dict[str, Place] = {}
    for reader in audience():
        place = place_of(issue, reader, now)
        if place is not None:
            wanted.setdefault(place.edition_id, place)
    return wanted


def _others(
    kit: IssueKit, wanted: Mapping[str, Place], make: _Make
) -> tuple[int, tuple[Problem, ...]]:
    """Makes every wanted edition that is not frozen yet: how many, and what failed."""
    missing = [wanted[one] for one in sorted(wanted) if not kit.archive.revisions(one)]
    problems: list[Problem] = []
    for number, place in enumerate(missing, start=1):
        profile = kit.run.profile if place.profile.id == DEFAULT else place.profile
        try:
            make(profile, place.digest)
        except BriefingError as error:
            problems.append(
                Problem(
                    "edition", place.edition_id, "failed", error.message, error.hint
                )
            )
        kit.run.progress("editions", number, len(missing))
    return len(missing) - len(problems), tuple(problems)


def _freeze(kit: IssueKit, issue: Issue, audience: Audience, now: datetime) -> int:
    """How many rows are new; a reader whose edition could not be made gets none yet."""
    is_frozen: dict[str, bool] = {}

    def rows() -> Iterator[Delivery]:
        for reader in audience():
            place = place_of(issue, reader, now)
            if place is None:
                continue
            if place.edition_id not in is_frozen:
                found = bool(kit.archive.revisions(place.edition_id))
                is_frozen[place.edition_id] = found
            if is_frozen[place.edition_id]:
                yield mail_of(issue, reader, place, now)

    count = 0
    todo = rows()
    while batch := list(islice(todo, _ROWS_AT_ONCE)):
        count += kit.deliveries.freeze_audience(batch, now=now)
    return count


class _Desk:
    """Makes the editions of one day; a story is written for the first that wants it."""

    def __init__(self, kit: IssueKit, made: Made, now: datetime) -> None:
        self._kit = kit
        self._now = now
        self._report = made.report
        self._files = made.files
        self._edition: Edition | None = None
        self._stories: tuple[Story, ...] = ()
        self._outcomes: dict[str, Brief | Held] = {}
        self._readings: dict[str, Reading] = {}
        self.edition_id = made.report.edition_id

    def make(self, profile: Profile, digest: Digest) -> None:
        """Freezes the edition of this reader. Raises BriefingError."""
        default = self._default()
        # By the clock of the default edition: who joins at noon reads the same.
        choices = choose(
            self._stories,
            digest,
            profile,
            default.built_at,
            read_story=self._read,
        )
        told, problems = self._written(choices, default.edition_date)
        edition = assemble(
            [one for one in told.values() if isinstance(one, Brief)],
            digest=digest,
            profile=profile,
            edition_date=default.edition_date,
            built_at=self._now,
            looked_at=replace(
                default.looked_at,
                stories=len(self._stories),
                held=sum(isinstance(one, Held) for one in told.values()),
            ),
            note=default.note,
        )
        report = make_report(
            run_id=self._report.run_id,
            edition=edition,
            started_at=self._now,
            writer=self._kit.run.writer_name,
            sources=self._report.sources,
            choices=choices,
            outcomes=told,
            problems=problems,
            documents=(),
        )
        foreign = self._report.documents_in_other_languages
        report = replace(
            report,
            documents_new=self._report.documents_new,
            documents_in_other_languages=foreign,
        )
        _publish(self._kit, edition, report, self._now)

    def _read(self, story: Story, language: str) -> Reading:
        if story.id not in self._readings:
            self._readings[story.id] = Reading(story, language)
        return self._readings[story.id]

    def _default(self) -> Edition:
        if self._edition is None:
            self._edition = edition_of(self._files)
            day = self._edition.edition_date
            kept = days.load(self._kit.run, day)
            if kept is None:
                # Made by an earlier version: its own briefs are all there is to tell.
                self._outcomes = {one.story.id: one for one in self._edition.briefs}
                kept = tuple(one.story for one in self._edition.briefs)
            self._stories = kept
        return self._edition

    def _written(
        self, choices: Sequence[Choice], day: date
    ) -> tuple[dict[str, Brief | Held], tuple[Problem, ...]]:
        chosen = [one for one in choices if one.outcome is Outcome.CHOSEN]
        todo = [one for one in chosen if one.story.id not in self._outcomes]
        new, problems = run.write_and_check(self._kit.run, todo, day)
        self._outcomes.update(new)
        told = {
            one.story.id: self._outcomes[one.story.id]
            for one in chosen
            if one.story.id in self._outcomes
        }
        if problems and not told:
            raise BriefingError(problems[0].message, hint=problems[0].hint)
        return told, problems


def _make_week(
    kit: IssueKit, day: date, now: datetime, profile: Profile, digest: Digest
) -> None:
    """Freezes one weekly edition."""
    editions = _week(kit, day, profile)
    newest: dict[str, Brief] = {}
    for edition in editions:
        newest.update((brief.story.id, brief) for brief in edition.briefs)
    stories = [brief.story for brief in newest.values()]
    choices = choose(stories, digest, profile, now)
    told = {
        one.story.id: newest[one.story.id]
        for one in choices
        if one.outcome is Outcome.CHOSEN
    }
    week = assemble(
        tuple(told.values()),
        digest=digest,
        profile=profile,
        edition_date=day,
        built_at=now,
        looked_at=_looked_at(
            # A reader's own edition was made of what everybody's was.
            [one.looked_at for one in editions if one.profile.id == kit.run.profile.id]
        ),
    )
    report = make_report(
        run_id=week.id,
        edition=week,
        started_at=now,
        writer=kit.run.writer_name,
        sources=(),
        choices=choices,
        outcomes=told,
        problems=(),
        documents=(),
    )
    _publish(kit, week, report, now)


def _week(kit: IssueKit, day: date, profile: Profile) -> tuple[Edition, ...]:
    """What this reader could read in the seven days up to `day`, oldest first; of one
    day the edition of everybody before the reader's own.
    """
    found = []
    for back in reversed(range(_WEEK_DAYS)):
        earlier = day - timedelta(days=back)
        for reader in dict.fromkeys((kit.run.profile.id, profile.id)):
            one = edition_id(kit.run.digest, Profile(reader), earlier)
            if files := kit.run.store.frozen_files(one):
                found.append(edition_of(files))
    return tuple(found)


def _looked_at(seen: Sequence[LookedAt]) -> LookedAt:
    return LookedAt(
        sources=max((one.sources for one in seen), default=0),
        sources_failed=max((one.sources_failed for one in seen), default=0),
        documents=sum(one.documents for one in seen),
        stories=sum(one.stories for one in seen),
        held=sum(one.held for one in seen),
    )


def _publish(kit: IssueKit, edition: Edition, report: Report, now: datetime) -> None:
    files = publish(edition, kit.renderers, report)
    kit.run.store.publish_edition(edition, files, now=now)
