"""The postmen: letters and posts leave as they come due, until the process ends."""

from __future__ import annotations

import threading
from collections.abc import Callable

from briefing.errors import StoreError
from briefing.mailing import MailKit, SendReport, send_due
from briefing.posts import PostKit, PostReport, post_due

# A reader who asked for a confirmation looks into the mailbox within seconds.
_LOOK_S = 1.0
_IDLE_LOOK_S = 3.0
# A refused login needs a person.
_REFUSED_PAUSE_S = 300.0
_BUSY_PAUSE_S = 30.0


def deliver_mail(
    kit: MailKit, stop: threading.Event, say: Callable[[str], None]
) -> None:
    """Sends whatever is due until `stop` is set; what is in flight ends first."""
    while not stop.is_set():
        try:
            report = send_due(kit, stop=stop)
        except StoreError as error:
            say(f"mail.waiting reason={error.message}")
            stop.wait(_BUSY_PAUSE_S)
            continue
        for line in _mail_lines(report):
            say(line)
        stop.wait(_rest(report))


def _rest(report: SendReport) -> float:
    if report.stopped is not None and report.stopped.reason != "asked":
        return _REFUSED_PAUSE_S
    return _LOOK_S if report.sent else _IDLE_LOOK_S


def _mail_lines(report: SendReport) -> list[str]:
    lines = []
    if report.sent or report.failed or report.deferred:
        lines.append(
            f"mail.sent sent={report.sent} failed={report.failed} "
            f"deferred={report.deferred} waiting={report.waiting}"
        )
    if report.stopped is not None and report.stopped.reason != "asked":
        lines.append(f"mail.stopped reason={report.stopped.message}")
        lines.append(f"mail.hint {report.stopped.hint}")
    return lines


def deliver_posts(
    kit: PostKit, stop: threading.Event, say: Callable[[str], None]
) -> None:
    """The same for chats; nobody waits for them by the second."""
    while not stop.is_set():
        try:
            for line in _post_lines(post_due(kit, stop=stop)):
                say(line)
        except StoreError as error:
            say(f"posts.waiting reason={error.message}")
        stop.wait(_BUSY_PAUSE_S)


def _post_lines(report: PostReport) -> list[str]:
    return [
        *(f"post.sent chat={name} issue={issue}" for name, issue in report.sent),
        *(
            f"post.failed chat={name} issue={issue} reason={reason}"
            for name, issue, reason in report.failed
        ),
        *(
            f"post.waiting chat={name} issue={issue} reason={reason}"
            for name, issue, reason in report.waiting
        ),
    ]
