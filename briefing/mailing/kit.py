"""What sending is given, and what it tells at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from briefing.domain.audience import Suppression
from briefing.domain.delivery import Delivery, Mail, Tally
from briefing.ports import Addressed, Channel, DeliveryStore


class Ledger(DeliveryStore, Protocol):
    """The store as sending needs it."""

    def suppress(self, suppression: Suppression) -> None:
        """See ports.AudienceStore."""
        ...


@dataclass(frozen=True, slots=True)
class Unsendable:
    """There is no letter for this row.

    Attributes:
        reason: short stable word for the ledger.
    """

    reason: str


# The letter of a claimed row at the moment it is sent.
Composer = Callable[[Addressed, datetime], Mail | Unsendable]


@dataclass(frozen=True, slots=True)
class Policy:
    """How fast, how stubborn, how careful.

    Attributes:
        resends: what broke off after the last byte is sent again; else it is held.
        a_second: letters a second over all connections, None for no limit.
        a_second_a_domain: the same to one recipient domain.
        lease: longer than any transaction takes; then its process is taken for dead.
        patience: trouble of the transport without an end stops the run after so long,
            None for never.
        look_every: how often an idle run looks for something to do.
        minds_old_trouble: the breaker of an earlier run counts; not by hand, where
            somebody has just mended what it was about.
    """

    resends: bool = True
    a_second: float | None = None
    a_second_a_domain: float | None = None
    lease: timedelta = timedelta(minutes=15)
    patience: timedelta | None = None
    look_every: timedelta = timedelta(seconds=2)
    minds_old_trouble: bool = True


def _silent(_line: str) -> None:
    """Nobody listens."""


def _unseen(_stage: str, _done: int, _total: int) -> None:
    """Nobody looks."""


def _no_seeds(_row: Delivery, _now: datetime) -> Sequence[Delivery]:
    """The house wants no copies."""
    return ()


@dataclass(frozen=True, slots=True)
class MailKit:
    """Everything that sending needs, wired by posting.py.

    Attributes:
        store: the ledger.
        channel: what carries letters away.
        compose: makes a row's letter.
        policy: how fast, how stubborn, how careful.
        suppression_key_of: stands for an address.
        clock: the time, aware UTC.
        sleep: waits for seconds.
        seeds: ids of stand-ins for addresses of the house, which are on no list.
        seed_rows: their rows in the issue that a row is of.
        progress: told ("send", done, total).
        say: told one line about trouble, for the operator; never an address.
    """

    store: Ledger
    channel: Channel
    compose: Composer
    policy: Policy
    suppression_key_of: Callable[[str], str]
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    seeds: frozenset[str] = frozenset()
    seed_rows: Callable[[Delivery, datetime], Sequence[Delivery]] = _no_seeds
    progress: Callable[[str, int, int], None] = _unseen
    say: Callable[[str], None] = _silent


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a run ended before its end.

    Attributes:
        reason: "login", "transport" or "asked".
        message: what happened.
        hint: what to do, "" if nothing.
    """

    reason: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SendReport:
    """What a run of sending did, and what it leaves.

    Attributes:
        sent: letters that were accepted.
        failed: that were refused for good.
        deferred: that wait for a later attempt.
        returned: that went back because the transport failed; none of them is lost.
        resent: ids of letters that may have arrived twice.
        uncertain: rows that are held because they may have arrived.
        waiting: rows that are not settled yet, by any run.
        next_at: when the next of them may go, None if there is none.
        tallies: of the issues that were touched.
        paused: (issue, reason) of issues that are not sent on.
        stopped: why the run ended early, None if it did not.
    """

    sent: int = 0
    failed: int = 0
    deferred: int = 0
    returned: int = 0
    resent: tuple[str, ...] = ()
    uncertain: tuple[Delivery, ...] = ()
    waiting: int = 0
    next_at: datetime | None = None
    tallies: tuple[Tally, ...] = ()
    paused: tuple[tuple[str, str], ...] = field(default_factory=tuple)
    stopped: Stopped | None = None
