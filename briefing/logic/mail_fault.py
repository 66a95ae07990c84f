"""A fault of a finished mail, as the linter reports it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailFault:
    """Something that a mail reader or server would take badly.

    Attributes:
        rule: id of the rule ("E2", "H4").
        message: what is wrong, one line, without addresses of readers or tokens.
        is_warning: it may be sent all the same.
    """

    rule: str
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}"
