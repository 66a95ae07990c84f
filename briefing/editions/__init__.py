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

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice

from briefing import run
from briefing.domain.audience import Digest, Frequency, Profile, Subscriber
from briefing.domain.delivery import Delivery
from briefing.domain.source import Problem
from briefing.editions.desk import Desk
from briefing.editions.kit import Audience, Issued, IssueKit
from briefing.editions.week import make_week
from briefing.errors import BriefingError
from briefing.kit import Made
from briefing.logic.issues import Issue, Place, mail_of, place_of, post_of
from briefing.logic.profiles import DEFAULT, edition_id, weekly

__all__ = [
    "Audience",
    "IssueKit",
    "Issued",
    "make_for_readers",
    "make_issue",
    "make_weekly",
]

# Rows frozen in one transaction; a longer one would keep service letters waiting.
_ROWS_AT_ONCE = 5000

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
    issue = _issue(kit, Frequency.DAILY, day)
    readers = _since(audience, since)
    count, problems = _daily_editions(kit, issue, made, readers, now)
    rows = _freeze(kit, issue, readers, now)
    default = made.report.edition_id
    posts = [post_of(issue, one, default, now) for one in kit.webhooks]
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
    issue = _issue(kit, Frequency.WEEKLY, day)
    readers = _since(audience, since)
    count, problems = _weekly_editions(kit, issue, readers, now)
    return Issued(issue, None, count, _freeze(kit, issue, readers, now), problems)


def make_for_readers(
    kit: IssueKit, made: Made, day: date, now: datetime, audience: Audience
) -> tuple[Problem, ...]:
    """The day's editions of all readers, daily and weekly, without a row for anybody;
    which could not be made.
    """
    daily, week = (_issue(kit, one, day) for one in (Frequency.DAILY, Frequency.WEEKLY))
    _, problems = _daily_editions(kit, daily, made, audience, now)
    _, more = _weekly_editions(kit, week, audience, now)
    return problems + more


def _issue(kit: IssueKit, frequency: Frequency, day: date) -> Issue:
    return Issue(kit.run.digest, frequency, day, kit.at, kit.ttl)


def _daily_editions(
    kit: IssueKit, issue: Issue, made: Made, audience: Audience, now: datetime
) -> tuple[int, tuple[Problem, ...]]:
    desk = Desk(kit, made, now)
    return _others(kit, _wanted(issue, audience, now), desk.make)


def _weekly_editions(
    kit: IssueKit, issue: Issue, audience: Audience, now: datetime
) -> tuple[int, tuple[Problem, ...]]:
    def make(profile: Profile, digest: Digest) -> None:
        make_week(kit, issue.day, now, profile, digest)

    wanted = _wanted(issue, audience, now)
    if wanted:
        # Pages and copies for the house show everybody's.
        everybody = weekly(kit.run.digest)
        name = edition_id(everybody, kit.run.profile, issue.day)
        wanted.setdefault(name, Place(kit.run.profile, everybody, name, now))
    return _others(kit, wanted, make)


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
