"""The errors that Briefing raises on purpose, each with a hint for the reader.

    BriefingError
    ├── SettingsError     briefing.toml, a prompt's front matter or an option is wrong
    ├── InputError        a file, line or address given by the user cannot be used
    ├── FetchError        a request failed (carries url and status)
    │   └── RefusedError  we did not ask: private address, robots.txt, scheme, back-off
    ├── ParseError        bytes arrived but are not what the source promised
    ├── ModelError        the model's endpoint failed or its answer has the wrong shape
    ├── StoreError        the database cannot be opened, is locked or too new
    └── RenderError       a template or an output file cannot be written

A result that is merely disappointing (a 304, an unsupported claim, a quiet day) is a
value, never an error. Anything else that is raised is a bug and keeps its traceback.
"""


class BriefingError(Exception):
    """Which thing failed and how; `hint` is one imperative sentence on what to do next.

    Attributes:
        message: the thing and what happened to it, one line.
        hint: what the reader can do about it, one imperative sentence.
    """

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class SettingsError(BriefingError):
    """A setting, option or front matter key is unknown, missing or malformed."""


class InputError(BriefingError):
    """Something the user handed in (file, JSON line, address) cannot be used."""


class FetchError(BriefingError):
    """A request that was made did not give a usable response.

    Attributes:
        url: the address that was asked for.
        status: the HTTP status, or None when no response arrived.
        retry_after_s: seconds the server asked us to wait, or None if it did not say.
        reason: short stable word for reports: "http_404", "timeout", "dns", "tls",
            "connect", "too_large", "redirects", "encoding", "robots",
            "private_address", "address", "backing_off".
    """

    def __init__(
        self,
        url: str,
        status: int | None,
        message: str,
        *,
        hint: str,
        retry_after_s: float | None = None,
        reason: str = "fetch",
    ) -> None:
        super().__init__(f"{url}: {message}", hint=hint)
        self.url = url
        self.status = status
        self.retry_after_s = retry_after_s
        self.reason = reason


class RefusedError(FetchError):
    """A request we declined to make: private address, robots.txt, scheme, back-off."""


class ParseError(BriefingError):
    """Bytes arrived but are not what was promised: no feed, no rows, no text.

    Attributes:
        reason: short stable word for reports: "bad_feed", "bad_json", "no_rows",
            "no_text", "not_html", "too_complex", "timeout", "memory", "crash".
    """

    def __init__(self, message: str, *, hint: str, reason: str = "unreadable") -> None:
        super().__init__(message, hint=hint)
        self.reason = reason


class ModelError(BriefingError):
    """The model endpoint failed, timed out, or answered in the wrong shape.

    Attributes:
        is_final: asking the same again cannot help (a bad key, an unknown model).
    """

    def __init__(self, message: str, *, hint: str, is_final: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.is_final = is_final


class StoreError(BriefingError):
    """The database cannot be opened, is locked by another run, or is too new."""


class RenderError(BriefingError):
    """A template is broken or an output file cannot be written."""
