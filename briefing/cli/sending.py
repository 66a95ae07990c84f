"""send and deliveries: letters leave, and what became of each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from briefing import app as wiring
from briefing import posting
from briefing.cli.console import Exit, err, out, print_json, progress, table
from briefing.cli.options import Config, Json, Now, day_of, moment_of
from briefing.domain.delivery import Delivery, DeliveryState, Tally
from briefing.errors import InputError
from briefing.logic.codec import to_pretty
from briefing.mailing import SendReport, lift_pause, paused_issues, send_due
from briefing.posting import by_hand
from briefing.posting.by_hand import Ahead, Copy
from briefing.settings import Settings
from briefing.store import SqliteStore

# Somebody waits at the terminal; the rest stays in the ledger for the next try.
_PATIENCE = timedelta(minutes=15)
_MOST_ROWS = 100_000
_COLUMNS = ("Frozen", "Sent", "Waiting", "Failed", "Skipped", "Expired", "Uncertain")
_NEEDS_A_LOOK = (DeliveryState.FAILED, DeliveryState.UNCERTAIN, DeliveryState.EXPIRED)


def add_to(app: typer.Typer) -> None:
    """Registers the commands of this file."""
    app.command(name="send")(send)
    app.command(name="deliveries")(deliveries)


def send(
    edition: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            help="First write down who gets the editions of that day.",
            show_default=False,
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Send one test copy there and nothing else.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent; send nothing.")
    ] = False,
    correction: Annotated[
        bool,
        typer.Option(
            "--correction",
            help="Also mail a newer revision to who got an older one.",
        ),
    ] = False,
    config: Config = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Sends what is due: service letters first, then editions.

    Chats are posted to by `briefing serve` and `briefing schedule` alone.
    Whose own time has not come yet waits for it; `briefing serve` or the next
    `briefing send` goes on. A letter goes once, however often this is called or killed.
    """
    chosen = wiring.load_settings(config)
    day = _day(edition)
    _refuse_nonsense(day, to, dry_run=dry_run, correction=correction)
    clock = _clock(now)
    with ExitStack() as stack:
        store = stack.enter_context(SqliteStore(chosen.store))
        show = stack.enter_context(progress(quiet=as_json))
        room = posting.make_mailroom(
            chosen, store, say=_say, progress=show, clock=clock, patience=_PATIENCE
        )
        if to is not None:
            copy = by_hand.send_copy(chosen, room, day, to, clock())
            raise typer.Exit(_told_copy(copy, to, as_json=as_json))
        if dry_run:
            _told_ahead(chosen, room, day, clock(), as_json=as_json)
            return
        if day is not None:
            frozen = by_hand.freeze_issue(
                chosen, room, day, clock(), corrects=correction
            )
            for one in frozen:
                err.print(f"{one.issue_id}: {one.rows} new in the ledger", markup=False)
        stop = stack.enter_context(posting.ended_by_signals())
        report = send_due(room.kit, stop=stop)
    _told_report(report, as_json=as_json)
    raise typer.Exit(_exit_of(report))


def deliveries(
    issue: Annotated[
        str | None,
        typer.Argument(help="Such as daily-2026-05-26; all if left out."),
    ] = None,
    who: Annotated[
        DeliveryState | None,
        typer.Option(help="List the rows of that state.", show_default=False),
    ] = None,
    retry: Annotated[
        bool,
        typer.Option(
            "--retry",
            help="Put failed, expired and uncertain rows (of --who only those) back, "
            "and go on with a paused issue.",
        ),
    ] = False,
    config: Config = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Shows what became of every letter: frozen is the sum of all others."""
    chosen = wiring.load_settings(config)
    moment = _clock(now)()
    with SqliteStore(chosen.store) as store:
        issues = _wanted(store, issue)
        if retry:
            _retry(chosen, store, issue, who, moment)
        found = _Standing(
            tuple(store.tally(one) for one in issues),
            tuple(sorted(paused_issues(store).items())),
            _rows(store, issue, (who,)) if who else (),
            store.next_due(now=moment),
        )
        names = {one.id: _name(store, one) for one in found.rows}
    if as_json:
        print_json(to_pretty(found))
    else:
        _told_standing(found, names)
    is_whole = all(_sum(one) == one.frozen for one in found.issues)
    raise typer.Exit(Exit.DONE if is_whole else Exit.PARTLY)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What `deliveries` prints.

    Attributes:
        issues: newest first.
        paused: (issue, reason).
        rows: that were asked for.
        next_at: when the next waiting row may go.
    """

    issues: tuple[Tally, ...]
    paused: tuple[tuple[str, str], ...]
    rows: tuple[Delivery, ...]
    next_at: datetime | None


def _clock(now: str | None) -> Callable[[], datetime]:
    """The time, or one that began at `--now` and goes on from there."""
    start = wiring.now()
    moment = moment_of(now, start)
    return lambda: moment + (wiring.now() - start)


def _day(text: str | None) -> date | None:
    try:
        return day_of(text)
    except InputError as error:
        raise InputError(
            f"--edition {text!r} is no day", hint="Write it like 2026-05-26."
        ) from error


def _refuse_nonsense(
    day: date | None, to: str | None, *, dry_run: bool, correction: bool
) -> None:
    if correction and day is None:
        raise InputError(
            "--correction without --edition", hint="Name the day that was corrected."
        )
    if to is not None and (dry_run or correction):
        raise InputError(
            "--to sends a test copy and nothing else",
            hint="Leave --dry-run and --correction out.",
        )


def _say(line: str) -> None:
    err.print(line, style="yellow", markup=False)


def _told_copy(copy: Copy, address: str, *, as_json: bool) -> Exit:
    if as_json:
        print_json(to_pretty(copy))
    else:
        how = "sent" if copy.is_sent else "not sent"
        out.print(
            f"Test copy of {copy.edition_id} to {address}: {how} ({copy.said}). "
            "It stands in no ledger.",
            markup=False,
        )
    return Exit.DONE if copy.is_sent else Exit.NOTHING


def _told_ahead(
    chosen: Settings,
    room: posting.Mailroom,
    day: date | None,
    now: datetime,
    *,
    as_json: bool,
) -> None:
    found = by_hand.look_ahead(chosen, room, day, now) if day else ()
    waiting = room.store.pending_deliveries()
    if as_json:
        print_json(to_pretty(_Preview(found, waiting, room.kit.channel.name)))
        return
    for one in found:
        at = one.first_due_at
        later = f", the others from {at:%H:%M} UTC on" if at else ""
        out.print(
            f"{one.issue_id}: {one.new} readers would be added ({one.known} are in the "
            f"ledger already); {one.due} would leave at once{later}",
            markup=False,
        )
        for name, revision, count in one.editions:
            out.print(f"  {name} revision {revision}: {count}", markup=False)
    out.print(
        f"{waiting} letters wait in the ledger; by {room.kit.channel.name}. "
        "Nothing was written or sent.",
        markup=False,
    )


@dataclass(frozen=True, slots=True)
class _Preview:
    """What `send --dry-run --json` prints.

    Attributes:
        issues: of the day that was named.
        waiting: rows that are in the ledger already and not settled.
        channel: that would carry them.
    """

    issues: tuple[Ahead, ...]
    waiting: int
    channel: str


def _told_report(report: SendReport, *, as_json: bool) -> None:
    if as_json:
        print_json(to_pretty(report))
        return
    out.print(
        f"{report.sent} sent, {report.failed} failed, {report.deferred} to be tried "
        f"again, {report.waiting} waiting"
        + (f", next at {report.next_at:%Y-%m-%d %H:%M} UTC" if report.next_at else "")
    )
    if report.tallies:
        out.print(_tallies(report.tallies))
    for one in report.uncertain:
        _say(f"uncertain: {one.id} may have arrived; it is held")
    for name in report.resent:
        _say(f"resent: {name} may have arrived twice, with one Message-ID")
    for issue_id, reason in report.paused:
        _say(f"paused: {issue_id} ({reason})")
    if report.stopped is not None:
        _say(f"stopped: {report.stopped.message}")
        if report.stopped.hint:
            err.print(f"hint: {report.stopped.hint}", markup=False)


def _exit_of(report: SendReport) -> Exit:
    stopped = report.stopped
    if stopped is not None and stopped.reason != "asked" and not report.sent:
        return Exit.NOTHING
    is_part = report.failed or report.uncertain or report.paused or stopped
    return Exit.PARTLY if is_part else Exit.DONE


def _wanted(store: SqliteStore, issue: str | None) -> Sequence[str]:
    known = store.issues(limit=_MOST_ROWS if issue else 20)
    if issue is None:
        return known
    if issue not in known:
        raise InputError(
            f"no issue {issue!r} has deliveries",
            hint="See their names with `briefing deliveries`.",
        )
    return (issue,)


def _rows(
    store: SqliteStore, issue: str | None, states: Sequence[DeliveryState]
) -> tuple[Delivery, ...]:
    return store.deliveries(
        issue_id=issue or "", states=[one.value for one in states], limit=_MOST_ROWS
    )


def _retry(
    chosen: Settings,
    store: SqliteStore,
    issue: str | None,
    who: DeliveryState | None,
    now: datetime,
) -> None:
    if issue is None:
        raise InputError(
            "--retry without an issue", hint="Name one: `briefing deliveries ISSUE`."
        )
    rows = _rows(store, issue, (who,) if who else _NEEDS_A_LOOK)
    count = by_hand.retry(chosen, store, rows, now)
    was_paused = lift_pause(store, issue)
    err.print(
        f"{count} rows wait again"
        + ("; the issue is no longer paused" if was_paused else "")
        + ". `briefing send` sends them.",
        markup=False,
    )


def _name(store: SqliteStore, row: Delivery) -> str:
    reader = store.subscriber(row.subscriber_id) if row.subscriber_id else None
    return reader.address if reader else row.subscriber_id or row.channel


def _told_standing(found: _Standing, names: dict[str, str]) -> None:
    if not found.issues:
        out.print("Nothing was sent yet. Begin with `briefing send --edition DATE`.")
    else:
        out.print(_tallies(found.issues))
    for one in found.issues:
        for word, counts in (("failed", one.failed), ("skipped", one.skipped)):
            if counts:
                said = ", ".join(f"{count} {reason}" for reason, count in counts)
                out.print(f"{one.issue_id} {word}: {said}", markup=False)
        if _sum(one) != one.frozen:
            _say(f"{one.issue_id}: {one.frozen} were frozen, {_sum(one)} accounted for")
    for issue_id, reason in found.paused:
        _say(f"paused: {issue_id} ({reason})")
    for row in found.rows:
        # A line a row, for grep: a table would fold the ids.
        words = (
            names[row.id],
            row.state.value,
            row.reason,
            row.code,
            f"attempts={row.attempts}",
            f"next={row.next_at:%Y-%m-%dT%H:%MZ}" if row.next_at else "",
            row.id,
        )
        out.print("  ".join(word for word in words if word), markup=False)


def _tallies(tallies: Sequence[Tally]) -> object:
    """A table; columns without any number are left out, so that it fits."""
    numbers = [
        (
            one.frozen,
            one.sent,
            one.pending,
            sum(count for _, count in one.failed),
            sum(count for _, count in one.skipped),
            one.expired,
            one.uncertain,
        )
        for one in tallies
    ]
    kept = [
        place
        for place in range(len(_COLUMNS))
        if place < 2 or any(row[place] for row in numbers)
    ]
    columns = [_COLUMNS[place] for place in kept]
    rows = [
        (one.issue_id, *(str(row[place]) for place in kept))
        for one, row in zip(tallies, numbers, strict=True)
    ]
    return table(("Issue", *columns), rows, right=columns)


def _sum(one: Tally) -> int:
    return (
        one.sent
        + one.pending
        + one.expired
        + one.uncertain
        + sum(count for _, count in one.failed)
        + sum(count for _, count in one.skipped)
    )
