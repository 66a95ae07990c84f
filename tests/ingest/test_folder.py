"""A folder of files as a source: what is in it, and nothing beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.domain.source import FetchState, Harvest
from briefing.errors import FetchError
from briefing.ingest.folder import ingest
from briefing.isolate import WorkerIsolate
from tests.builders import NOW, source
from tests.web import web

NOTE = "# Strike at the port\n\nDockworkers at the Port of Calder will stop work.\n"
PAGE = (
    "<!doctype html><html lang=en><title>Board approves the terminal</title><article>"
    "<h1>Board approves the terminal</h1><p>{}</p></article>"
).format("The board of the Calder Port Authority approved the terminal on Sunday. " * 8)


def pdf(words: str) -> bytes:
    """The smallest file with one page that says so."""
    text = f"BT /F1 12 Tf 20 50 Td ({words}) Tj ET".encode()
    look = b"/Resources<</Font<</F1 5 0 R>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R" + look + b">>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    tail = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + head + table + tail


def read(
    folder: Path, isolate: WorkerIsolate, state: FetchState | None = None
) -> Harvest:
    asked = source(kind="folder", url=str(folder), publisher="The desk (sample)")
    with web({}) as net, net.http() as http:
        return ingest(asked, state or FetchState(asked.id), http, isolate, NOW)


def test_text_pages_and_pdf_become_documents_the_last_changed_first(
    tmp_path: Path, isolate: WorkerIsolate
) -> None:
    for age, (name, body) in enumerate(
        {
            "dues.pdf": pdf("Harbour dues rise in June"),
            "deep/strike.md": NOTE.encode(),
            "board.html": PAGE.encode(),
            "picture.png": b"\x89PNG",
        }.items()
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(body)
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))

    found = read(tmp_path, isolate)

    assert [(one.title, one.publisher, one.is_complete) for one in found.documents] == [
        ("Harbour dues rise in June", "The desk (sample)", True),
        ("Strike at the port", "The desk (sample)", True),
        ("Board approves the terminal", "The desk (sample)", True),
    ]
    assert found.documents[0].text == "Harbour dues rise in June"
    assert found.documents[1].text.startswith("Dockworkers at the Port")
    assert {one.url for one in found.documents} == {None}
    assert found.problems == ()


def test_an_unchanged_folder_says_so_and_a_new_file_is_noticed(
    tmp_path: Path, isolate: WorkerIsolate
) -> None:
    (tmp_path / "strike.md").write_text(NOTE, encoding="utf-8")

    first = read(tmp_path, isolate)
    again = read(tmp_path, isolate, first.state)
    (tmp_path / "more.txt").write_text("Dues rise in June.", encoding="utf-8")
    later = read(tmp_path, isolate, again.state)

    assert again.is_unchanged
    assert {one.id for one in first.documents} < {one.id for one in later.documents}


def test_a_bad_file_costs_only_itself(tmp_path: Path, isolate: WorkerIsolate) -> None:
    (tmp_path / "strike.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing more")
    (tmp_path / "bare.html").write_bytes(b"<p>")

    found = read(tmp_path, isolate)

    assert [one.title for one in found.documents] == ["Strike at the port"]
    assert {one.subject for one in found.problems} == {
        "empty.txt",
        "broken.pdf",
        "bare.html",
    }


def test_a_link_out_of_the_folder_is_not_followed(
    tmp_path: Path, isolate: WorkerIsolate
) -> None:
    inside, outside = tmp_path / "in", tmp_path / "secret.txt"
    inside.mkdir()
    outside.write_text("A secret that nobody shall read.", encoding="utf-8")
    (inside / "link.txt").symlink_to(outside)
    (inside / "loop").symlink_to(inside)

    assert read(inside, isolate).documents == ()


def test_a_folder_that_is_not_there_is_a_failed_poll(
    tmp_path: Path, isolate: WorkerIsolate
) -> None:
    for place in (tmp_path / "nowhere", tmp_path / "file.txt"):
        (tmp_path / "file.txt").write_text("x", encoding="utf-8")
        with pytest.raises(FetchError, match="cannot be read"):
            read(place, isolate)
