"""What went wrong with a request, in words: one constructor a sort of failure."""

from __future__ import annotations

import ssl

import httpx2

from briefing.errors import FetchError, RefusedError

_STATUS_HINTS = {
    401: "The page wants a login: read the site's feed, or disable this source.",
    402: "The page must be paid for: read the site's feed, or disable this source.",
    403: "The site refuses robots: read its feed, or disable this source.",
    404: "Check the address in a browser; it may have moved.",
    410: "The page is gone for good: remove the source.",
    429: "The site asks for fewer requests: poll it less often.",
    451: "The page is withheld for legal reasons: remove the source.",
}


def bad_status(url: str, status: int, retry_after_s: float | None) -> FetchError:
    """An answer other than 200, or a 304 that was not asked for."""
    hint = _STATUS_HINTS.get(status)
    if hint is None and status >= 500:
        hint = "The server has trouble of its own; it is asked again later."
    return FetchError(
        url,
        status,
        f"the server answered {status}",
        hint=hint or "Open the address in a browser and correct it.",
        retry_after_s=retry_after_s,
        reason=f"http_{status}",
    )


def refused(url: str, why: str) -> RefusedError:
    """An address that is not asked for, whatever stands behind it."""
    return RefusedError(
        url,
        None,
        f"not asked for: {why}",
        hint="Use a plain http or https address.",
        reason="address",
    )


def backing_off(url: str, site: str, seconds: float) -> RefusedError:
    """The site asked to be left alone, or failed several times in a row."""
    return RefusedError(
        url,
        None,
        f"{site} is left alone for another {seconds:.0f} s",
        hint="Run again later; the site is asked when its time has come.",
        retry_after_s=seconds,
        reason="backing_off",
    )


def guard_refused(url: str, why: str) -> RefusedError:
    """A connection that the guard did not open."""
    return RefusedError(
        url,
        None,
        f"not asked for: {why}",
        hint="If this host is yours, name it under allow_hosts in [http].",
        reason="private_address",
    )


def robots_refused(url: str, cause: FetchError | None) -> FetchError:
    """robots.txt says no, or (with `cause`) could not be read, which means no."""
    if cause is None:
        return RefusedError(
            url,
            None,
            "robots.txt does not allow this page",
            hint="Read the site's feed instead, or disable this source.",
            reason="robots",
        )
    if cause.status is None:
        # Without any connection the page itself could not have been had either.
        kind = RefusedError if isinstance(cause, RefusedError) else FetchError
        return kind(
            url,
            None,
            f"robots.txt could not be read ({cause.message.partition(': ')[2]})",
            hint=cause.hint,
            retry_after_s=cause.retry_after_s,
            reason=cause.reason,
        )
    return RefusedError(
        url,
        cause.status,
        f"robots.txt could not be read (the server answered {cause.status})",
        hint="The site is asked again later; until then its pages are left alone.",
        retry_after_s=cause.retry_after_s,
        reason="robots_unreachable",
    )


def name_not_found(url: str, why: str) -> FetchError:
    """The name server gave no address."""
    return FetchError(
        url,
        None,
        why,
        hint="Check the host name, and that this machine is online.",
        reason="dns",
    )


def too_large(url: str, max_bytes: int) -> FetchError:
    """More bytes than are read; nothing of the body is kept."""
    return FetchError(
        url,
        200,
        f"the body is larger than {max_bytes:,} bytes",
        hint="Configure a smaller feed or page of this site.",
        reason="too_large",
    )


def bad_body(url: str, why: str) -> FetchError:
    """A content encoding that was not asked for, or broken compression."""
    return FetchError(
        url,
        200,
        why,
        hint="The server is at fault; the source is asked again later.",
        reason="encoding",
    )


def transport_failed(url: str, error: httpx2.HTTPError) -> FetchError:
    """No usable answer: time, connection, certificate or protocol."""
    if is_caused_by_tls(error):
        return FetchError(
            url,
            None,
            "the secure connection failed (certificate or TLS version)",
            hint="Open the address in a browser; a bad certificate is not overridden.",
            reason="tls",
        )
    if isinstance(error, httpx2.TimeoutException):
        return FetchError(
            url,
            None,
            "the server took too long",
            hint="It is asked again later; raise [http] timeout_s if it is slow.",
            reason="timeout",
        )
    is_open = not isinstance(error, httpx2.ConnectError)
    return FetchError(
        url,
        None,
        "the connection broke" if is_open else "the server could not be reached",
        hint="Check the host name, and that this machine is online.",
        reason="protocol" if is_open else "connect",
    )


def is_caused_by_tls(error: BaseException) -> bool:
    """Whether a certificate or the TLS version is what went wrong."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def is_passing(error: FetchError) -> bool:
    """Whether asking once more right away may help; never against a Retry-After."""
    if isinstance(error, RefusedError) or error.retry_after_s is not None:
        return False
    if error.status is None:
        return error.reason in {"connect", "protocol", "dns"}
    return error.status in {500, 502, 503, 504}
