"""What a user hands in becomes Documents; one bad piece costs only itself."""

from __future__ import annotations

import json
from pathlib import Path

from briefing import material
from briefing.domain.document import Document
from briefing.domain.source import Problem
from briefing.errors import FetchError, ParseError
from tests.builders import NOW


def read(*places: object) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    def fetch(url: str) -> Document:
        if "gone" in url:
            raise FetchError(url, 404, "gone", hint="Look.", reason="http_404")
        return Document(id=url, text="Fetched.")

    def page_of(body: bytes, name: str) -> Document:
        if not body:
            raise ParseError(f"{name}: no text", hint="Look.", reason="no_text")
        return Document(id=name, text=body.decode())

    return material.read(
        [str(one) for one in places], fetch=fetch, page_of=page_of, now=NOW
    )


def texts(documents: tuple[Document, ...]) -> list[str]:
    return [one.text for one in documents]


def test_every_kind_of_place_is_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "One."}\n\n')
    (tmp_path / "b.txt").write_text("A title\n\nTwo.")
    (tmp_path / "c.HTML").write_text("Three.")
    (tmp_path / "d.png").write_bytes(b"\x89PNG")

    documents, problems = read(tmp_path, "http://paper.example/x")

    assert texts(documents) == ["One.", "Two.", "Three.", "Fetched."]
    assert documents[1].title == "A title"
    assert {one.fetched_at for one in documents} == {NOW}
    assert problems == ()


def test_a_bad_line_costs_only_itself_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "text": "One."}\nnonsense\n{"id": "c", "text": "3."}')

    documents, problems = read(path)

    assert texts(documents) == ["One.", "3."]
    assert [one.reason for one in problems] == ["unreadable"]
    assert "a.jsonl line 2" in problems[0].message


def test_a_line_separator_inside_a_text_does_not_end_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = json.dumps({"id": "a", "text": "One.\u2028Two.\x85"}, ensure_ascii=False)
    path.write_text(f"{line}\r\n", encoding="utf-8")

    documents, problems = read(path)

    assert (texts(documents), problems) == (["One.\nTwo."], ())


def test_an_address_that_fails_is_a_problem_with_its_reason() -> None:
    documents, problems = read("http://paper.example/gone", "https://paper.example/b")

    assert [one.id for one in documents] == ["https://paper.example/b"]
    assert [one.reason for one in problems] == ["http_404"]


def test_what_is_not_there_and_what_is_empty_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "empty.html").write_bytes(b"")

    documents, problems = read(tmp_path / "missing.txt", tmp_path)

    assert documents == ()
    assert ["missing.txt" in problems[0].message, len(problems)] == [True, 3]
    assert all(one.hint for one in problems)


def test_the_same_document_twice_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The very same words.")
    (tmp_path / "b.txt").write_text("The very same words.")

    documents, _ = read(tmp_path)

    assert len(documents) == 1


def test_old_windows_text_is_read_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Prices rose 5\xa0% – “again”.".encode("cp1252"))

    documents, _ = read(tmp_path)

    assert texts(documents) == ["Prices rose 5 % – “again”."]


def test_lines_of_documents_name_the_bad_ones() -> None:
    documents, problems = material.lines('{"id": "a", "text": "A."}\n[]\n{"id": 7}\n')

    assert [one.id for one in documents] == ["a"]
    assert [one.subject for one in problems] == ["line 2", "line 3"]
