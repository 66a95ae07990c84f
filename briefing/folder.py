"""An edition's files on disk: written whole or not at all, and read back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from briefing.domain.delivery import Rendition
from briefing.errors import InputError, RenderError

# Two editions of a busy publisher's day; a larger folder is not one of ours.
_MAX_BYTES = 500_000_000


def write(folder: Path, files: Iterable[Rendition]) -> None:
    """Replaces `folder` by one that holds exactly `files`.

    The new folder is complete before it takes the old one's place, so a reader never
    sees half an edition. Raises RenderError if the disk refuses.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for file in files:
                path = fresh / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.body)
            fresh.chmod(0o755)
            _swap(fresh, folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise RenderError(
            f"{folder} cannot be written: {error.strerror or error}",
            hint="Check the folder in [place] output, its rights and the free space.",
        ) from error


def _swap(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    folder.rename(old / "was")
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def read(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` by its relative path.

    Raises InputError if there is no such folder or if it is far too large.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder", hint="Name an edition's folder.")
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    if sum(path.stat().st_size for path in paths) > _MAX_BYTES:
        raise InputError(
            f"{folder} holds more than {_MAX_BYTES // 1_000_000} MB",
            hint="Name the folder of one edition.",
        )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
