"""THE ORDER of sending: a ledger in front, so that a kill loses nobody.

    send_due(kit, stop):
        settle rows whose process died         -> resend or hold      (one commit)
        on N threads, each with a carrier of its own:
            wait for the breaker and a token of the transport
            claim the next due row             -> SENDING, leased     (one commit)
                service letters first; suppression, consent and pause are read now
            compose                            -> Mail | Unsendable
            wait for the domain's token, or put the row into its queue
            send                               -> Sent | Refused | Broken
            settle and finish                  -> SENT, PENDING, …    (one commit)
        until nothing is due, or `stop`, or nobody can be mailed

`stop` lets what is in flight end and claims nothing more. A row is never without an
owner: it is PENDING, or leased, or settled.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import datetime, timedelta

from briefing.domain.audience import Subscriber, Suppression, SuppressionReason
from briefing.domain.delivery import (
    Broken,
    Delivery,
    DeliveryState,
    Letter,
    Refused,
    Sent,
)
from briefing.logic.replies import Action, Ruling
from briefing.logic.throttle import domain_of
from briefing.mailing.kit import MailKit, SendReport, Stopped, Unsendable
from briefing.mailing.pauses import paused_issues
from briefing.mailing.record import Record
from briefing.mailing.transport import Transport
from briefing.pipeline.send import (
    PACED,
    UNCERTAIN,
    code_of,
    deferred,
    doubtful,
    failed,
    may_send,
    paced,
    settle,
)
from briefing.ports import Addressed, Carrier

# A shorter wait for a domain's token is slept through; a longer one lets others pass.
_SHORT_WAIT = timedelta(milliseconds=250)
# A place in a domain's queue that nobody could use, because the server was away, is
# lost: else all of them would go at once when it is back.
_STALE_SLOT = timedelta(seconds=30)
# So that a wish to stop is heard.
_LONGEST_NAP = timedelta(milliseconds=500)
# A row that is told to slow down again and again is a deferral of that reader's server.
_MOST_THROTTLES = 5
_LOGIN_HINT = (
    "Check [smtp] username and BRIEFING_SMTP_PASSWORD, then run `briefing doctor`."
)
_TRANSPORT_HINT = "Check [smtp] with `briefing doctor`, then run `briefing send`."


def send_due(
    kit: MailKit,
    *,
    stop: threading.Event | None = None,
    issue_id: str = "",
    until_empty: bool = True,
) -> SendReport:
    """Sends what is due, service letters first; `issue_id` leaves other issues alone.

    Ends when nothing is due any more, or, without `until_empty`, with `stop` alone.
    """
    run = _Run(kit, stop or threading.Event(), issue_id, until_empty=until_empty)
    run.recover()
    if until_empty and not run.has_due():
        return run.report()
    count = max(1, kit.channel.connections)
    try:
        with ThreadPoolExecutor(count, thread_name_prefix="send") as pool:
            threads = [pool.submit(run.work) for _ in range(count)]
            try:
                done, _ = wait(threads, return_when=FIRST_EXCEPTION)
            finally:
                run.halted.set()  # also for Ctrl-C: what is in flight ends first
            for one in done:
                one.result()
    finally:
        run.transport.close()
    return run.report()


class _Run:
    """What the threads of one call share."""

    def __init__(
        self, kit: MailKit, stop: threading.Event, issue_id: str, *, until_empty: bool
    ) -> None:
        self._kit = kit
        self._stop = stop
        self._issue_id = issue_id
        self._until_empty = until_empty
        self.halted = threading.Event()
        self.transport = Transport(kit)
        self._record = Record(
            paused=paused_issues(kit.store),
            total=kit.store.pending_deliveries(issue_id=issue_id),
        )

    def work(self) -> None:
        """One thread: claims and sends until there is nothing to do."""
        while not self._is_over():
            addressed = self._claim()
            if addressed is None:
                if not self._idle():
                    return
                continue
            # Connections live as long as there is work, not as long as the process.
            with self._kit.channel.carrier() as carrier:
                while addressed is not None:
                    self._deliver(carrier, addressed)
                    addressed = self._claim()

    def recover(self) -> None:
        """Settles rows whose process died; nobody knows how far it had come."""
        now = self._kit.clock()
        resends = self._kit.policy.resends
        for row in self._kit.store.settle_overdue(
            lambda one: doubtful(one, now, resends=resends), now=now
        ):
            self._tell_uncertain(row, "its process ended while it was sent")

    def has_due(self) -> bool:
        """Whether a row waits for nothing but us."""
        now = self._kit.clock()
        due = self._kit.store.next_due(now=now)
        return due is not None and due <= now

    def report(self) -> SendReport:
        """What was done and what is left."""
        store, now = self._kit.store, self._kit.clock()
        stopped = self._record.stopped
        if stopped is None and self._stop.is_set():
            stopped = Stopped("asked", "stopped on demand; the rest waits")
        return replace(
            self._record.so_far(),
            waiting=store.pending_deliveries(issue_id=self._issue_id),
            next_at=store.next_due(now=now),
            tallies=tuple(store.tally(one) for one in self._record.issues()),
            stopped=stopped,
        )

    def _claim(self) -> Addressed | None:
        """The next row, when one may leave; None when nothing is due or all is over."""
        self._wait_for_breaker()
        if self._is_over():
            return None
        slot = self.transport.slot()
        is_worth_it = slot - self._kit.clock() <= _SHORT_WAIT or self.has_due()
        if not is_worth_it or not self._pause_until(slot):
            self.transport.give_back()
            return None
        addressed = self._next_row()
        if addressed is None:
            self.transport.give_back()
        else:
            self._seed(addressed.delivery)
        return addressed

    def _seed(self, row: Delivery) -> None:
        """The house gets a copy of every issue that is sent."""
        is_new = row.letter is Letter.EDITION and self._record.is_new(row.issue_id)
        if is_new and self._kit.seeds:
            now = self._kit.clock()
            self._kit.store.freeze_audience(self._kit.seed_rows(row, now), now=now)

    def _next_row(self) -> Addressed | None:
        if self._issue_id:
            # Service letters are of no issue and still go first.
            letters = [one for one in Letter if one is not Letter.EDITION]
            return self._claimed(letters=letters) or self._claimed(self._issue_id)
        return self._claimed()

    def _claimed(
        self, issue_id: str = "", *, letters: Sequence[Letter] = ()
    ) -> Addressed | None:
        now = self._kit.clock()
        return self._kit.store.claim_delivery(
            now=now,
            lease_until=now + self._kit.policy.lease,
            suppression_key_of=self._kit.suppression_key_of,
            may_send=self._may_send,
            letters=letters,
            issue_id=issue_id,
            except_issues=self._record.paused_ids(),
        )

    def _may_send(
        self,
        delivery: Delivery,
        subscriber: Subscriber | None,
        suppression: Suppression | None,
    ) -> str | None:
        if delivery.subscriber_id in self._kit.seeds:
            return None
        return may_send(delivery, subscriber, suppression)

    def _deliver(self, carrier: Carrier, addressed: Addressed) -> None:
        delivery = addressed.delivery
        if not self._has_domain_slot(addressed):
            return
        mail = self._kit.compose(addressed, self._kit.clock())
        if isinstance(mail, Unsendable):
            row = failed(delivery, mail.reason, self._kit.clock())
            self._finish(row)
            self._kit.say(f"delivery {delivery.id} cannot be written: {mail.reason}")
            return
        answer = carrier.send(mail)
        settled = settle(
            delivery, answer, self._kit.clock(), resends=self._kit.policy.resends
        )
        if isinstance(answer, Sent) or settled.ruling is None:
            self._finish(settled.delivery)
            self.transport.accepted()
        else:
            self._refused(addressed, settled.delivery, answer, settled.ruling)
        self._guard(settled.delivery, settled.ruling)

    def _has_domain_slot(self, addressed: Addressed) -> bool:
        """Whether it may go now; else the row was put into its domain's queue."""
        delivery, reader = addressed.delivery, addressed.subscriber
        # A row that may have arrived keeps its note, and there are few of them.
        if reader is None or delivery.reason == UNCERTAIN:
            return True
        late = self._kit.clock() - (delivery.next_at or delivery.due_at)
        if delivery.reason == PACED and late <= _STALE_SLOT:
            return True
        slot = self.transport.domain_slot(domain_of(reader.address))
        wait_for = slot - self._kit.clock()
        if delivery.letter is Letter.EDITION and wait_for > _SHORT_WAIT:
            self.transport.give_back()
            self._finish(paced(delivery, slot, self._kit.clock()))
            return False
        if wait_for <= _SHORT_WAIT:
            self._pause_until(slot)
        return True

    def _refused(
        self,
        addressed: Addressed,
        row: Delivery,
        answer: Refused | Broken,
        ruling: Ruling,
    ) -> None:
        now = self._kit.clock()
        match ruling.action:
            case Action.AGAIN:
                self._finish(row)
                self._tell_trouble(answer, self.transport.troubled())
            case Action.SLOW_DOWN:
                if self._record.throttled(row.id) >= _MOST_THROTTLES:
                    row = deferred(addressed.delivery, code_of(answer), now)
                self._finish(row)
                self._tell_trouble(answer, self.transport.throttled())
            case Action.STOP_RUN:
                self._finish(row)
                self._halt("login", f"the mail server refused us: {_said(answer)}")
            case Action.ASK_POLICY:
                self._finish(row)
                self._tell_uncertain(row, f"no answer after its last byte: {row.id}")
                self._tell_trouble(answer, self.transport.troubled())
            case Action.SUPPRESS:
                self._suppress(addressed, answer, now)
                self._finish(row)
                self.transport.accepted()
            case _:
                self._finish(row)
                self.transport.accepted()

    def _suppress(
        self, addressed: Addressed, answer: Refused | Broken, now: datetime
    ) -> None:
        # What the server said may hold the address: only its code is kept.
        if addressed.subscriber is not None:
            key = self._kit.suppression_key_of(addressed.subscriber.address)
            self._kit.store.suppress(
                Suppression(key, SuppressionReason.HARD_BOUNCE, now, code_of(answer))
            )

    def _finish(self, row: Delivery) -> None:
        self._kit.store.finish_delivery(row)
        done, total = self._record.finished(row)
        self._kit.progress("send", done, total)

    def _guard(self, row: Delivery, ruling: Ruling | None) -> None:
        """Pauses an issue that servers refuse, or that is too large for ours."""
        reason = self._record.judge(row, ruling)
        if reason is not None:
            self._record.pause(self._kit.store, row.issue_id, reason)
            self._kit.say(
                f"{row.issue_id} is paused: {reason}. Look with `briefing deliveries "
                f"{row.issue_id} --who failed`, go on with --retry."
            )

    def _idle(self) -> bool:
        """Waits for the next thing to do; whether there may be one."""
        self.recover()
        now, store = self._kit.clock(), self._kit.store
        if not self._until_empty:
            self._pause_until(now + self._kit.policy.look_every)
            self._record.see_paused(paused_issues(store))
            return True
        # Rows in the queue of their domain are part of this run.
        last, due = self.transport.last_slot(), store.next_due(now=now)
        if last is None or due is None or now >= last:
            return False
        self._pause_until(min(due, last) if due > now else now + _LONGEST_NAP)
        return True

    def _wait_for_breaker(self) -> None:
        while rest := self.transport.breaker_wait():
            patience = self._kit.policy.patience
            if patience is not None and self.transport.trouble_lasts() >= patience:
                self._halt("transport", "the mail server did not come back")
            if not self._pause_until(self._kit.clock() + rest):
                return

    def _pause_until(self, moment: datetime) -> bool:
        """Whether the moment came before the end of the run."""
        while (rest := moment - self._kit.clock()) > timedelta(0):
            if self._is_over():
                return False
            self._kit.sleep(min(rest, _LONGEST_NAP).total_seconds())
        return not self._is_over()

    def _is_over(self) -> bool:
        return self._stop.is_set() or self.halted.is_set()

    def _halt(self, reason: str, message: str) -> None:
        hint = _LOGIN_HINT if reason == "login" else _TRANSPORT_HINT
        self._record.stop(Stopped(reason, message, hint))
        self.halted.set()

    def _tell_trouble(self, answer: Refused | Broken, pause: timedelta | None) -> None:
        if pause is not None:
            self._kit.say(
                f"{self._kit.channel.name}: {_said(answer)}; "
                f"trying again in {pause.total_seconds():.0f} s"
            )

    def _tell_uncertain(self, row: Delivery, why: str) -> None:
        held = row.state is DeliveryState.UNCERTAIN
        self._record.doubt(row)
        self._kit.say(
            f"delivery {row.id} may have arrived ({why}): "
            + ("held for you" if held else "sent again")
        )


def _said(answer: Refused | Broken) -> str:
    if isinstance(answer, Broken):
        code = f" {answer.code}" if answer.code else ""
        return f"{answer.reason}{code} {answer.text}".strip()
    return f"{code_of(answer)} {answer.text}".strip()
