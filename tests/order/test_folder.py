"""An edition's folder is whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import folder
from briefing.domain.delivery import Rendition
from briefing.errors import InputError, RenderError


def file(path: str, body: bytes) -> Rendition:
    return Rendition(path, "text/plain", body)


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    place = tmp_path / "output" / "2026-05-25"

    folder.write(place, [file("index.html", b"a"), file("audit/x.txt", b"\xff")])

    assert folder.read(place) == {"index.html": b"a", "audit/x.txt": b"\xff"}


def test_a_new_edition_leaves_nothing_of_the_old_one(tmp_path: Path) -> None:
    place = tmp_path / "day"
    folder.write(place, [file("old.html", b"a"), file("index.html", b"a")])

    folder.write(place, [file("index.html", b"b")])

    assert folder.read(place) == {"index.html": b"b"}
    assert [one.name for one in tmp_path.iterdir()] == ["day"]


def test_half_an_edition_is_never_seen(tmp_path: Path) -> None:
    place = tmp_path / "day"
    folder.write(place, [file("index.html", b"whole")])

    with pytest.raises(RenderError) as caught:
        folder.write(place, [file("index.html", b"new"), file("index.html/x", b"")])

    assert folder.read(place) == {"index.html": b"whole"}
    assert [one.name for one in tmp_path.iterdir()] == ["day"]
    assert "[place] output" in caught.value.hint


def test_a_folder_that_is_none_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        folder.read(tmp_path / "nowhere")
