"""send and deliveries: letters leave, and what became of each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import Exit, err, print_pretty, progress
from briefing.cli.options import Config, Json, Now, day_of, moment_of
from briefing.domain.delivery import Delivery, DeliveryState
from briefing.errors import InputError

if TYPE_CHECKING:
    from briefing.settings import Settings
    from briefing.store import SqliteStore


# Somebody waits at the terminal; the rest stays in the ledger for the next try.
_PATIENCE = timedelta(minutes=15)
_MOST_ROWS = 100_000
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
    from briefing import app as wiring
    from briefing import posting
    from briefing.cli.letters import exit_of, say, told_ahead, told_copy, told_report
    from briefing.mailing import send_due
    from briefing.posting import by_hand
    from briefing.store import SqliteStore

    chosen = wiring.load_settings(config)
    day = _day(edition)
    _refuse_nonsense(day, to, dry_run=dry_run, correction=correction)
    clock = _clock(now)
    with ExitStack() as stack:
        store = stack.enter_context(SqliteStore(chosen.store))
        show = stack.enter_context(progress(quiet=as_json))
        room = posting.make_mailroom(
            chosen, store, say=say, progress=show, clock=clock, patience=_PATIENCE
        )
        if to is not None:
            copy = by_hand.send_copy(chosen, room, day, to, clock())
            raise typer.Exit(told_copy(copy, to, as_json=as_json))
        if dry_run:
            told_ahead(chosen, room, day, clock(), as_json=as_json)
            return
        if day is not None:
            frozen = by_hand.freeze_issue(
                chosen, room, day, clock(), corrects=correction
            )
            for one in frozen:
                err.print(f"{one.issue_id}: {one.rows} new in the ledger", markup=False)
        stop = stack.enter_context(posting.ended_by_signals())
        report = send_due(room.kit, stop=stop)
    told_report(report, as_json=as_json)
    raise typer.Exit(exit_of(report))


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
    from briefing import app as wiring
    from briefing.cli.letters import Standing, settled, told_standing
    from briefing.mailing import paused_issues
    from briefing.store import SqliteStore

    chosen = wiring.load_settings(config)
    moment = _clock(now)()
    with SqliteStore(chosen.store) as store:
        issues = _wanted(store, issue)
        if retry:
            _retry(chosen, store, issue, who, moment)
        found = Standing(
            tuple(store.tally(one) for one in issues),
            tuple(sorted(paused_issues(store).items())),
            _rows(store, issue, (who,)) if who else (),
            store.next_due(now=moment),
        )
        names = {one.id: _name(store, one) for one in found.rows}
    if as_json:
        print_pretty(found)
    else:
        told_standing(found, names)
    is_whole = all(settled(one) == one.frozen for one in found.issues)
    raise typer.Exit(Exit.DONE if is_whole else Exit.PARTLY)


def _clock(now: str | None) -> Callable[[], datetime]:
    """The time, or one that began at `--now` and goes on from there."""
    from briefing import app as wiring

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
    from briefing.mailing import lift_pause
    from briefing.posting import by_hand

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
