"""Everything that must survive a crash; the only SQL of the house."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from briefing.store.archive import ArchiveReader
from briefing.store.audience import SubscriberStore
from briefing.store.database import Database
from briefing.store.deliveries import DeliveryStore
from briefing.store.documents import DocumentStore
from briefing.store.editions import EditionStore
from briefing.store.ledgers import Ledgers
from briefing.store.mornings import MorningStore
from briefing.store.stories import StoryStore
from briefing.store.suppressions import SuppressionStore

__all__ = ["SqliteStore"]


class SqliteStore(
    DocumentStore,
    StoryStore,
    EditionStore,
    Ledgers,
    SubscriberStore,
    SuppressionStore,
    DeliveryStore,
    MorningStore,
    ArchiveReader,
):
    """The Store port on one SQLite file, assembled from an aggregate a file."""

    def __init__(self, path: Path) -> None:
        """Opens and upgrades the file. Raises StoreError if it cannot."""
        database = Database(path)
        super().__init__(database)

    def close(self) -> None:
        """Closes the file; a store that was closed cannot be used again."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()
