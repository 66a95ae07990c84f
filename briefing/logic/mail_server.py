"""What a look at the SMTP server means for sending through it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from briefing.domain.checkup import Finding, bad, ok, warn

_SOON = timedelta(days=14)
_SMALLEST_BYTES = 1_000_000  # a letter has at most 100 KB of HTML, and its text

_TODO = {
    "dns": "Correct [smtp] host: no name server knows it.",
    "connect": "Start the server, or correct [smtp] host and port; some networks close "
    "port 25.",
    "timeout": "Check [smtp] port and security: a port for TLS is silent without it.",
    "closed": "Check [smtp] port and security; the server hung up.",
    "tls": "Give the server a valid certificate for this name, or name the host that "
    "its certificate is for.",
    "auth": "Check [smtp] username and BRIEFING_SMTP_PASSWORD; some providers want a "
    "password for applications.",
    "unsupported": "Check [smtp] security and username against what the server offers.",
    "greeting": "See the server's log: it does not take connections from here.",
}


def trouble(
    where: str, *, reason: str, code: int, text: str, is_secured: bool
) -> Finding:
    """A look that came to nothing."""
    said = " ".join(one for one in (str(code or ""), text) if one)
    words = {
        "dns": "has no address",
        "connect": "could not be reached",
        "timeout": "did not answer in time",
        "closed": "hung up",
        "tls": "has no certificate that can be trusted",
        "auth": "did not take user name and password",
        "unsupported": "does not offer what is asked of it",
        "greeting": "refused the connection",
    }.get(reason, reason)
    todo = _TODO.get(reason, "See the server's log.")
    if reason == "tls" and not is_secured:
        todo = "Check [smtp] security and port."
    return bad("smtp", f"{where} {words}{f' ({said})' if said else ''}", todo)


def seen(
    where: str,
    *,
    security: str,
    is_local: bool,
    extensions: Sequence[str],
    tls: str,
    certificate_ends: datetime | None,
    is_logged_in: bool,
    username: str,
    now: datetime,
) -> tuple[Finding, ...]:
    """A server that took the connection."""
    offered = {one.split(" ", 1)[0]: one for one in extensions}
    found: list[Finding] = []
    if security == "plaintext" and not is_local:
        found.append(
            bad(
                "smtp",
                f"mail to {where} goes over the network in plain text",
                'Set [smtp] security to "starttls" or "tls".',
            )
        )
    size = offered.get("SIZE", "").removeprefix("SIZE").strip()
    if size.isdigit() and 0 < int(size) < _SMALLEST_BYTES:
        found.append(
            bad(
                "smtp",
                f"{where} takes messages of {int(size):,} bytes at most",
                "Raise its limit to a million bytes at least.",
            )
        )
    if certificate_ends is not None and certificate_ends - now < _SOON:
        found.append(
            warn(
                "smtp",
                f"the certificate of {where} ends on {certificate_ends:%Y-%m-%d}",
                "Renew it.",
            )
        )
    if not username and not is_local and "AUTH" in offered:
        found.append(
            warn(
                "smtp",
                f"{where} offers a login and none is set",
                "Set [smtp] username if it does not relay for this machine without.",
            )
        )
    if found:
        return tuple(found)
    parts = [tls or "plain text, on this machine" if is_local else tls]
    parts.append(f"logged in as {username}" if is_logged_in else "no login")
    known = [one for one in ("SIZE", "8BITMIME", "PIPELINING") if one in offered]
    return (ok("smtp", f"{where}: {', '.join([*filter(None, parts), *known])}"),)
