"""Links that need no login: signed by itsdangerous, one salt a purpose and list.

Keys: newest first; the first signs, all verify. They come from BRIEFING_SECRET_KEYS, or
from the file `<store>.keys`, which is made with rights for its owner alone. The key of
suppressions never changes, else nobody would stay suppressed; it stands in that file.
Raises: SettingsError for a key file that cannot be read or made.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from itsdangerous import BadSignature, Signer, TimestampSigner

from briefing.domain.audience import Subscriber
from briefing.errors import SettingsError

# 11 of the subscriber's id, 4 of the epoch, a dot, 27 of HMAC-SHA1 in base 64: with
# "https://" and a host of 20 characters an unsubscribe link stays under 75 (T3).
TOKEN_LENGTH = 43
_ID_LENGTH = 11
_EPOCH_LENGTH = 4
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Purpose(StrEnum):
    """What a link is for; a link for one is worth nothing for another."""

    CONFIRM = "confirm"
    UNSUBSCRIBE = "unsubscribe"
    PREFERENCES = "preferences"
    EXPORT = "export"
    DELETE = "delete"
    READ = "read"


# DELIVERY.md T2; a purpose that is not named never expires.
LIFETIMES = {
    Purpose.CONFIRM: timedelta(days=7),
    Purpose.EXPORT: timedelta(minutes=15),
    Purpose.DELETE: timedelta(minutes=15),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A token that was signed by us.

    Attributes:
        subscriber_id: whose; the row may be gone by now.
        epoch: as it was; a row with another epoch has killed this link.
        token_id: short hash, for the consent log.
        signed_at: when it was made, to the second; None for one that never expires.
    """

    subscriber_id: str
    epoch: int
    token_id: str
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A token that opens nothing.

    Attributes:
        reason: "forged" or "expired".
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets of one installation.

    Attributes:
        tokens: newest first, at least one.
        suppression: of the HMAC that stands for an address.
    """

    tokens: tuple[str, ...]
    suppression: str

    def __repr__(self) -> str:
        return f"Keys({len(self.tokens)} of tokens)"


class Tokens:
    """Makes and reads the links of one list."""

    def __init__(self, keys: Keys, list_id: str) -> None:
        # itsdangerous takes the oldest key first.
        self._keys = [key.encode() for key in reversed(keys.tokens)]
        self._suppression = keys.suppression.encode()
        self._list_id = list_id

    def make(self, purpose: Purpose, subscriber: Subscriber, *, now: datetime) -> str:
        """A token of URL-safe characters; TOKEN_LENGTH of them unless it expires."""
        value = f"{subscriber.id}{_written(subscriber.epoch)}"
        return self._signer(purpose, now).sign(value).decode("ascii")

    def read(self, purpose: Purpose, token: str, *, now: datetime) -> Opened | Rejected:
        """Whose link this is; any text is safe to ask about."""
        signer = self._signer(purpose, now)
        lifetime = LIFETIMES.get(purpose)
        signed_at: datetime | None = None
        try:
            if isinstance(signer, TimestampSigner):
                raw, signed_at = signer.unsign(token, return_timestamp=True)
                if lifetime is not None and now - signed_at > lifetime:
                    return Rejected("expired")
            else:
                raw = signer.unsign(token)
        except (BadSignature, UnicodeError):
            return Rejected("forged")
        value = raw.decode("ascii")
        return Opened(
            subscriber_id=value[:_ID_LENGTH],
            epoch=int(value[_ID_LENGTH:], 36),
            token_id=hashlib.sha256(token.encode()).hexdigest()[:16],
            signed_at=signed_at,
        )

    def suppression_key(self, address: str) -> str:
        """Stands for an address where the address must not stand; 64 hex digits."""
        folded = address.strip().casefold().encode()
        return hmac.new(self._suppression, folded, hashlib.sha256).hexdigest()

    def stamp(self, now: datetime) -> str:
        """A signed moment for a form, so that we know how long it took to fill in."""
        return _clocked(self._keys, b"form", now).sign(b"form").decode("ascii")

    def stamp_age(self, stamp: str, *, now: datetime) -> timedelta | None:
        """How long ago `stamp` was made; None if it was not made here."""
        try:
            _, signed_at = _clocked(self._keys, b"form", now).unsign(
                stamp, return_timestamp=True
            )
        except (BadSignature, UnicodeError):
            return None
        age: timedelta = now - signed_at
        return age

    def _signer(self, purpose: Purpose, now: datetime) -> Signer:
        salt = f"briefing.{purpose.value}.{self._list_id}".encode()
        if purpose in LIFETIMES:
            return _clocked(self._keys, salt, now)
        return Signer(self._keys, salt=salt, key_derivation="hmac")


def _clocked(keys: Sequence[bytes], salt: bytes, now: datetime) -> TimestampSigner:
    class Clocked(TimestampSigner):
        """Signs with the time it is given: the clock is read in one place only."""

        def get_timestamp(self) -> int:
            return int(now.timestamp())

    return Clocked(list(keys), salt=salt, key_derivation="hmac")


def _written(epoch: int) -> str:
    digits = ""
    for _ in range(_EPOCH_LENGTH):
        epoch, digit = divmod(epoch, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def load_keys(path: Path, configured: Sequence[str] = ()) -> Keys:
    """The keys beside the store, made if they are missing; `configured` ones sign."""
    kept = _kept(path) or _made(path)
    return Keys(tuple(configured) or kept.tokens, kept.suppression)


def new_subscriber_id() -> str:
    """11 random characters that fit into a URL."""
    return secrets.token_urlsafe(8)


def _kept(path: Path) -> Keys | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Keys(tuple(found["tokens"]), found["suppression"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"the key file {path} cannot be read",
            hint="Restore it from a backup: without it every link in old mails dies.",
        ) from error


def _made(path: Path) -> Keys:
    keys = Keys((secrets.token_urlsafe(32),), secrets.token_urlsafe(32))
    text = json.dumps(
        {"tokens": list(keys.tokens), "suppression": keys.suppression}, indent=1
    )
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
            f.write(f"{text}\n")
            f.flush()
            os.fsync(f.fileno())
        try:
            # Two processes may start at once: the first file stays.
            os.link(part, path)
        except FileExistsError:
            return _kept(path) or keys
        finally:
            part.unlink()
    except OSError as error:
        raise SettingsError(
            f"the key file {path} cannot be made: {error.strerror}",
            hint="Let the store's folder be written, or correct [place] store.",
        ) from error
    return keys
