"""The words of prompts/: sections as SectionSpecs, and prompt texts with their hash."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.domain.brief import SectionSpec, Shape
from briefing.errors import SettingsError

_FENCE = "+++"


def data_folders(name: str, *, user_folder: Path | None = None) -> tuple[Path, ...]:
    """Folders that may hold `name` ("prompts", "templates"), nearest first.

    The user's own folder, then the copy inside an installed wheel, then the checkout.
    Only folders that exist are returned.
    """
    here = Path(__file__).resolve().parent
    candidates = [here / "_data" / name, here.parent / name]
    if user_folder is not None:
        candidates.insert(0, user_folder / name)
    return tuple(folder for folder in candidates if folder.is_dir())


class _FrontMatter(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    heading: str = Field(min_length=1, max_length=60)
    shape: Shape
    order: int = Field(ge=0)
    max_items: int = Field(ge=1, le=50)
    max_words: int = Field(ge=0, le=2000)
    is_limit_per_item: bool = False
    needs_model: bool = False


def sections(folders: Iterable[Path]) -> tuple[SectionSpec, ...]:
    """Every section, by order; the first folder that has a file of a name wins.

    Raises SettingsError for a file without front matter or with a wrong key.
    """
    files: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / "sections").glob("*.md")):
            files.setdefault(path.stem, path)
    specs = [_read_section(path) for path in files.values()]
    return tuple(sorted(specs, key=lambda spec: (spec.order, spec.name)))


def _read_section(path: Path) -> SectionSpec:
    _, fence, rest = path.read_text(encoding="utf-8").partition(f"{_FENCE}\n")
    front, closing, body = rest.partition(f"\n{_FENCE}")
    if not fence or not closing:
        raise SettingsError(
            f"{path.name}: no front matter between +++ lines",
            hint="Copy the head of another file in prompts/sections/.",
        )
    try:
        matter = _FrontMatter.model_validate(tomllib.loads(front))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise SettingsError(
            f"{path.name}: {error}", hint="Correct the front matter of this file."
        ) from error
    return SectionSpec(name=path.stem, instruction=body.strip(), **matter.model_dump())


def text(name: str, folders: Iterable[Path]) -> tuple[str, str]:
    """A prompt's words and their sha256; the first folder that has it wins.

    Raises SettingsError when no folder has it.
    """
    for folder in folders:
        path = folder / name
        if path.is_file():
            words = path.read_text(encoding="utf-8")
            return words, hashlib.sha256(words.encode()).hexdigest()
    raise SettingsError(
        f"prompt {name!r} was not found", hint="Reinstall, or restore prompts/."
    )


def filler(folders: Iterable[Path]) -> tuple[str, ...]:
    """The phrases that a brief may not hold; lines of filler.txt, # for comments."""
    words, _ = text("filler.txt", folders)
    lines = (line.partition("#")[0].strip() for line in words.splitlines())
    return tuple(line for line in lines if line)
