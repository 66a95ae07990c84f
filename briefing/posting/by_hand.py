"""Wiring of sending by hand: freeze an edition's audience, look ahead, test copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from briefing.domain.audience import Frequency, MailFormat, SubscriberState
from briefing.domain.delivery import Broken, Delivery, Letter, Refused, Sent
from briefing.errors import InputError
from briefing.logic.addresses import readable_address
from briefing.logic.delivery_ids import copy_id, edition_delivery_id, seed_reader
from briefing.logic.issue_seeds import seed_rows
from briefing.logic.issues import MAIL, Issue, mail_of, place_of
from briefing.logic.profiles import DEFAULT
from briefing.mailing import Unsendable, freeze, freeze_correction
from briefing.mailing.freezing import newest_rows
from briefing.posting import Mailroom
from briefing.settings import Settings
from briefing.store import SqliteStore


@dataclass(frozen=True, slots=True)
class Frozen:
    """An issue whose audience was written down.

    Attributes:
        issue_id: which.
        edition_id: what everybody gets who chose nothing special.
        rows: new in the ledger.
    """

    issue_id: str
    edition_id: str
    rows: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """What sending an issue would do.

    Attributes:
        issue_id: which.
        new: readers who are not in the ledger yet.
        known: readers who are.
        due: of the new ones, how many letters would leave at once.
        first_due_at: when the next of the others would leave, None if there is none.
        editions: (edition id, revision, new readers), in text order.
    """

    issue_id: str
    new: int
    known: int
    due: int
    first_due_at: datetime | None
    editions: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A test copy; it stands in no ledger.

    Attributes:
        edition_id: of which edition.
        is_sent: the server took it.
        said: what it answered.
    """

    edition_id: str
    is_sent: bool
    said: str


def freeze_issue(
    chosen: Settings, room: Mailroom, day: date, now: datetime, *, corrects: bool
) -> tuple[Frozen, ...]:
    """Writes down who gets the editions of that day, daily and weekly; `corrects` adds
    who has an older revision. Raises InputError when nothing is published.
    """
    store = room.store
    found = []
    for issue in _issues(chosen, store, day):
        rows = _rows(chosen, room, issue, now)
        if corrects:
            again = [_corrected(one) for one in rows]
            count = freeze_correction(room.kit, issue.id, again, now)
        else:
            count = freeze(room.kit, issue.id, rows, now)
        found.append(Frozen(issue.id, _default_edition(issue), count))
    return tuple(found)


def look_ahead(
    chosen: Settings, room: Mailroom, day: date, now: datetime
) -> tuple[Ahead, ...]:
    """What `freeze_issue` and sending would do; writes nothing."""
    store = room.store
    found = []
    for issue in _issues(chosen, store, day):
        rows = _rows(chosen, room, issue, now)
        known = newest_rows(store, issue.id)
        new = [one for one in rows if (one.subscriber_id, one.channel) not in known]
        later = [one.due_at for one in new if one.due_at > now]
        editions = Counter((one.edition_id, one.revision) for one in new)
        found.append(
            Ahead(
                issue_id=issue.id,
                new=len(new),
                known=len(rows) - len(new),
                due=len(new) - len(later),
                first_due_at=min(later, default=None),
                editions=tuple((*key, editions[key]) for key in sorted(editions)),
            )
        )
    return tuple(found)


def send_copy(
    chosen: Settings, room: Mailroom, day: date | None, address: str, now: datetime
) -> Copy:
    """Sends one test copy of that day's edition, the newest without a day.

    Raises InputError for an address that is none, and when nothing is published.
    """
    readable = readable_address(address)
    if readable is None:
        raise InputError(
            f"{address!r} is no e-mail address", hint="Write it like you@mail.example."
        )
    store = room.store
    newest = store.editions(chosen.digest.id, limit=1)
    if day is not None:
        wanted = _default_edition(_issue(chosen, Frequency.DAILY, day))
        known = store.edition_ref(wanted)
        newest = (known,) if known else ()
    if not newest:
        raise _nothing(day)
    edition = newest[0]
    reader = seed_reader(readable, chosen.digest.id, now)
    reader = replace(
        reader, preferences=replace(reader.preferences, format=MailFormat.HTML)
    )
    mail = room.correspondence.edition(
        copy_id(readable, edition.id, now), edition.id, edition.revision, reader, now
    )
    if isinstance(mail, Unsendable):
        return Copy(edition.id, is_sent=False, said=mail.reason)
    with room.kit.channel.carrier() as carrier:
        answer = carrier.send(mail)
    return Copy(edition.id, is_sent=isinstance(answer, Sent), said=_said(answer))


def retry(
    chosen: Settings, store: SqliteStore, rows: Sequence[Delivery], now: datetime
) -> int:
    """Puts settled rows back to be sent now; how many."""
    return store.retry_deliveries(
        [one.id for one in rows],
        now=now,
        expires_at=now + timedelta(seconds=chosen.mail.ttl_s),
    )


def _issues(chosen: Settings, store: SqliteStore, day: date) -> tuple[Issue, ...]:
    """The issues of that day that have an edition."""
    all_issues = [_issue(chosen, one, day) for one in Frequency]
    found = tuple(one for one in all_issues if store.revisions(_default_edition(one)))
    if not found:
        raise _nothing(day)
    return found


def _issue(chosen: Settings, frequency: Frequency, day: date) -> Issue:
    return Issue(
        chosen.digest,
        frequency,
        day,
        chosen.schedule.at,
        timedelta(seconds=chosen.mail.ttl_s),
    )


def _rows(
    chosen: Settings, room: Mailroom, issue: Issue, now: datetime
) -> list[Delivery]:
    """A row for every reader and seed, of the newest revision."""
    store = room.store
    revisions: dict[str, int] = {}

    def newest(edition_id: str) -> int:
        if edition_id not in revisions:
            known = store.revisions(edition_id)
            revisions[edition_id] = known[-1][0] if known else 0
        return revisions[edition_id]

    def readers() -> Iterator[Delivery]:
        for one in store.subscribers(chosen.digest.id, state=SubscriberState.ACTIVE):
            place = place_of(issue, one, now)
            if place is None:
                continue
            row = mail_of(issue, one, place, now)
            # Whose own edition was not made reads everybody's.
            if not newest(row.edition_id):
                row = replace(row, edition_id=_default_edition(issue))
            yield replace(row, revision=newest(row.edition_id))

    default = _default_edition(issue)
    model = Delivery(
        id="",
        letter=Letter.EDITION,
        channel=MAIL,
        subscriber_id="",
        due_at=now,
        expires_at=now + issue.ttl,
        created_at=now,
        issue_id=issue.id,
        edition_id=default,
        revision=newest(default),
    )
    return [*readers(), *seed_rows(model, room.seeds, now)]


def _corrected(row: Delivery) -> Delivery:
    name = edition_delivery_id(
        row.issue_id, row.revision, row.subscriber_id, row.channel
    )
    return replace(row, id=name)


def _default_edition(issue: Issue) -> str:
    weekly = "-weekly" if issue.frequency is Frequency.WEEKLY else ""
    return f"{issue.digest.id}{weekly}-{DEFAULT}-{issue.day.isoformat()}"


def _nothing(day: date | None) -> InputError:
    said = f"no edition of {day} is published" if day else "no edition is published"
    return InputError(said, hint="Make one with `briefing run`.")


def _said(answer: Sent | Refused | Broken) -> str:
    if isinstance(answer, Sent):
        return answer.reply
    if isinstance(answer, Broken):
        return f"{answer.reason} {answer.text}".strip()
    return f"{answer.code} {answer.enhanced} {answer.text}".strip()
