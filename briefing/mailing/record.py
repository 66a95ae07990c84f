"""What the threads of one run have seen so far, under one lock."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence

from briefing.domain.delivery import Delivery, DeliveryState, Letter
from briefing.logic.guard import (
    Guard,
    after_hard,
    after_refusal,
    after_sent,
    verdict,
)
from briefing.logic.replies import ReplyClass, Ruling
from briefing.mailing.kit import SendReport, Stopped
from briefing.mailing.pauses import pause_issue
from briefing.pipeline.send import PACED, RESENT
from briefing.ports import DeliveryStore

_REFUSALS = (ReplyClass.CONTENT, ReplyClass.REJECTED)


class Record:
    """Counts, doubts and pauses of one run."""

    def __init__(self, paused: dict[str, str], total: int) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._issues: dict[str, None] = {}
        self._resent: list[str] = []
        self._held: list[Delivery] = []
        self._throttles: Counter[str] = Counter()
        self._guards: dict[str, Guard] = {}
        self._paused = dict(paused)
        self._total = total
        self.stopped: Stopped | None = None

    def finished(self, row: Delivery) -> tuple[int, int]:
        """One row is settled for now: (rows done, rows in all) for a bar."""
        with self._lock:
            if row.issue_id:
                self._issues.setdefault(row.issue_id)
            if row.reason == PACED:
                return self._progress()
            self._counts[_kind(row)] += 1
            if row.state is DeliveryState.SENT and row.reason == RESENT:
                self._resent.append(row.id)
            return self._progress()

    def is_new(self, issue_id: str) -> bool:
        """Whether this run meets the issue for the first time."""
        with self._lock:
            is_new = issue_id not in self._issues
            self._issues.setdefault(issue_id)
            return is_new

    def throttled(self, delivery_id: str) -> int:
        """How often that row was told to come later."""
        with self._lock:
            self._throttles[delivery_id] += 1
            return self._throttles[delivery_id]

    def doubt(self, row: Delivery) -> None:
        """A row that may have arrived."""
        with self._lock:
            if row.issue_id:
                self._issues.setdefault(row.issue_id)
            if row.state is DeliveryState.UNCERTAIN:
                self._held.append(row)

    def judge(self, row: Delivery, ruling: Ruling | None) -> str | None:
        """Why the issue of this row must pause now, None if it goes on."""
        if row.letter is not Letter.EDITION:
            return None
        with self._lock:
            guard = self._guards.get(row.issue_id, Guard())
            kind = ruling.reply_class if ruling else None
            if kind is None:
                guard = after_sent(guard)
            elif kind is ReplyClass.HARD:
                guard = after_hard(guard)
            elif kind in _REFUSALS:
                guard = after_refusal(guard)
            self._guards[row.issue_id] = guard
            if row.issue_id in self._paused:
                return None
            return "too_large" if kind is ReplyClass.SIZE else verdict(guard)

    def pause(self, store: DeliveryStore, issue_id: str, reason: str) -> None:
        """Nothing of the issue is claimed any more, by nobody."""
        with self._lock:
            self._paused[issue_id] = reason
        pause_issue(store, issue_id, reason)

    def see_paused(self, paused: dict[str, str]) -> None:
        """Takes over what the operator paused or lifted meanwhile."""
        with self._lock:
            for issue_id in set(self._paused) - set(paused):
                self._guards.pop(issue_id, None)
            self._paused = dict(paused)

    def paused_ids(self) -> Sequence[str]:
        """Issues that are not to be claimed."""
        with self._lock:
            return tuple(self._paused)

    def stop(self, why: Stopped) -> None:
        """The run ends; the first reason counts."""
        with self._lock:
            self.stopped = self.stopped or why

    def issues(self) -> tuple[str, ...]:
        """Issues that were touched, in text order."""
        with self._lock:
            return tuple(sorted(self._issues))

    def so_far(self) -> SendReport:
        """The counts."""
        with self._lock:
            return SendReport(
                sent=self._counts["sent"],
                failed=self._counts["failed"],
                deferred=self._counts["deferred"],
                returned=self._counts["returned"],
                resent=tuple(sorted(self._resent)),
                uncertain=tuple(self._held),
                paused=tuple(sorted(self._paused.items())),
            )

    def _progress(self) -> tuple[int, int]:
        done = self._counts["sent"] + self._counts["failed"]
        self._total = max(self._total, done)
        return done, self._total


def _kind(row: Delivery) -> str:
    if row.state is DeliveryState.PENDING:
        return "deferred" if row.next_at else "returned"
    return row.state.value
