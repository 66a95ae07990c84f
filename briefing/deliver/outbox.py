"""The outbox: a file a letter, and nobody is mailed; the default of a new installation.

Config: [mail] channel = "outbox"; the folder `outbox` beside the store.
Yields: Sent with the file's name, also when it was there already: each exactly once.
        Broken("disk") when it cannot be written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.domain.delivery import Broken, Mail, Phase, Sent

# Beside the store.
FOLDER = "outbox"
_NAME = re.compile(r"[0-9a-f]{32}")


class Outbox:
    """Implements ports.Channel and, because files need no connection, ports.Carrier."""

    name = "outbox"
    connections = 2

    def __init__(self, folder: Path) -> None:
        """`folder` is made when the first letter is written."""
        self._folder = folder

    @contextmanager
    def carrier(self) -> Iterator[Outbox]:
        """See ports.Channel."""
        yield self

    def send(self, mail: Mail) -> Sent | Broken:
        """See ports.Carrier. Raises ValueError for an id that is no delivery's."""
        if not _NAME.fullmatch(mail.delivery_id):
            raise ValueError(f"{mail.delivery_id!r} names no delivery")
        place = self._folder / f"{mail.delivery_id}.eml"
        # One name a delivery: a killed writer's rest is overwritten, not left behind.
        rest = self._folder / f".{mail.delivery_id}.part"
        try:
            if not place.exists():
                self._write(rest, place, mail.body)
            rest.unlink(missing_ok=True)
        except OSError as error:
            why = error.strerror or type(error).__name__
            return Broken(Phase.BEFORE_DOT, "disk", 0, f"the outbox: {why}")
        return Sent(place.name)

    def shred(self, delivery_ids: Iterable[str]) -> None:
        """Deletes these letters where they are here; the ledger knows them as sent."""
        for one in delivery_ids:
            if _NAME.fullmatch(one):
                (self._folder / f"{one}.eml").unlink(missing_ok=True)

    def _write(self, rest: Path, place: Path, body: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        # Letters hold addresses and personal links: for the owner alone.
        handle = os.open(rest, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(rest, place)
        except FileExistsError:
            return
        except OSError:
            # A file system without links (FAT, some shares): one name, one file still.
            os.replace(rest, place)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
