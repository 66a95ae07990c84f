"""What `briefing send` and `briefing deliveries` print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from briefing import posting
from briefing.cli.console import Exit, err, out, print_pretty, table
from briefing.domain.delivery import Delivery, Tally
from briefing.mailing import SendReport
from briefing.posting import by_hand
from briefing.posting.by_hand import Ahead, Copy
from briefing.settings import Settings

_COLUMNS = ("Frozen", "Sent", "Waiting", "Failed", "Skipped", "Expired", "Uncertain")


@dataclass(frozen=True, slots=True)
class Standing:
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


def say(line: str) -> None:
    """One line to standard error that somebody should look at."""
    err.print(line, style="yellow", markup=False)


def told_copy(copy: Copy, address: str, *, as_json: bool) -> Exit:
    """Says whether the test copy left; the exit code for that."""
    if as_json:
        print_pretty(copy)
    else:
        how = "sent" if copy.is_sent else "not sent"
        out.print(
            f"Test copy of {copy.edition_id} to {address}: {how} ({copy.said}). "
            "It stands in no ledger.",
            markup=False,
        )
    return Exit.DONE if copy.is_sent else Exit.NOTHING


def told_ahead(
    chosen: Settings,
    room: posting.Mailroom,
    day: date | None,
    now: datetime,
    *,
    as_json: bool,
) -> None:
    """Says who would get the issues of that day, and what waits in the ledger."""
    found = by_hand.look_ahead(chosen, room, day, now) if day else ()
    waiting = room.store.pending_deliveries()
    if as_json:
        print_pretty(_Preview(found, waiting, room.kit.channel.name))
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


def told_report(report: SendReport, *, as_json: bool) -> None:
    """Says what was sent, what was not, and what to look at."""
    if as_json:
        print_pretty(report)
        return
    out.print(
        f"{report.sent} sent, {report.failed} failed, {report.deferred} to be tried "
        f"again, {report.waiting} waiting"
        + (f", next at {report.next_at:%Y-%m-%d %H:%M} UTC" if report.next_at else "")
    )
    if report.tallies:
        out.print(_tallies(report.tallies))
    for one in report.uncertain:
        say(f"uncertain: {one.id} may have arrived; it is held")
    for name in report.resent:
        say(f"resent: {name} may have arrived twice, with one Message-ID")
    for issue_id, reason in report.paused:
        say(f"paused: {issue_id} ({reason})")
    if report.stopped is not None:
        say(f"stopped: {report.stopped.message}")
        if report.stopped.hint:
            err.print(f"hint: {report.stopped.hint}", markup=False)


def exit_of(report: SendReport) -> Exit:
    """Nothing when it was stopped before the first letter, partly when any failed."""
    stopped = report.stopped
    if stopped is not None and stopped.reason != "asked" and not report.sent:
        return Exit.NOTHING
    is_part = report.failed or report.uncertain or report.paused or stopped
    return Exit.PARTLY if is_part else Exit.DONE


def told_standing(found: Standing, names: dict[str, str]) -> None:
    """The ledger's sums as a table, then what is paused and the rows asked for; `names`
    are addresses by the rows' ids.
    """
    if not found.issues:
        out.print("Nothing was sent yet. Begin with `briefing send --edition DATE`.")
    else:
        out.print(_tallies(found.issues))
    for one in found.issues:
        for word, counts in (("failed", one.failed), ("skipped", one.skipped)):
            if counts:
                said = ", ".join(f"{count} {reason}" for reason, count in counts)
                out.print(f"{one.issue_id} {word}: {said}", markup=False)
        if settled(one) != one.frozen:
            counted = f"{one.frozen} were frozen, {settled(one)} accounted for"
            say(f"{one.issue_id}: {counted}")
    for issue_id, reason in found.paused:
        say(f"paused: {issue_id} ({reason})")
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


def settled(one: Tally) -> int:
    """So many letters stand in some state; all that were frozen, or one got lost."""
    return (
        one.sent
        + one.pending
        + one.expired
        + one.uncertain
        + sum(count for _, count in one.failed)
        + sum(count for _, count in one.skipped)
    )
