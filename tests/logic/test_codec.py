"""Documents as users write them, and lines that are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefing.domain.document import Document
from briefing.errors import InputError
from briefing.logic.codec import document_from, from_json, read_lines, to_json
from briefing.logic.lines import outcome_from


def test_id_and_text_are_enough() -> None:
    document = document_from('{"id": "a", "text": "It opened."}')

    assert document == Document(id="a", text="It opened.")


def test_null_and_absent_mean_the_same() -> None:
    line = (
        '{"id": "a", "text": "It opened.", "title": null, "url": null, "topics": null,'
        ' "publisher": null, "published_at": null, "fetched_at": null,'
        ' "language": null, "weight": null, "kind": null}'
    )

    assert document_from(line) == Document(id="a", text="It opened.")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-05-25T10:00:00", datetime(2026, 5, 25, 10, tzinfo=UTC)),
        ("2026-05-25T10:00:00Z", datetime(2026, 5, 25, 10, tzinfo=UTC)),
        ("2026-05-25T10:00:00+02:00", datetime(2026, 5, 25, 8, tzinfo=UTC)),
        ("2026-05-25", datetime(2026, 5, 25, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-10:00", None),
    ],
)
def test_times_become_utc(said: str, meant: datetime | None) -> None:
    line = f'{{"id": "a", "text": "t", "published_at": "{said}"}}'

    assert document_from(line).published_at == meant


def test_keys_that_nobody_knows_are_passed_over() -> None:
    assert document_from('{"id": "a", "text": "t", "mood": 1}').id == "a"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nonsense", "not JSON"),
        ("", "not JSON"),
        ("[1]", "not a JSON object"),
        ("[" * 100_000, "not JSON"),
        ('{"id": "a"}', "text"),
        ('{"id": 7, "text": "t"}', "id"),
        ('{"id": "a", "text": "\\ud800"}', "hex escape"),
        ('{"id": "a", "text": "t", "published_at": "lately"}', "published_at"),
        ('{"id": "a", "text": "t", "published_at": 1e400}', "published_at"),
    ],
)
def test_a_line_that_is_no_document_names_its_fault(line: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        document_from(line)

    assert caught.value.hint


def test_bytes_of_another_encoding_are_refused() -> None:
    with pytest.raises(InputError, match="unicode"):
        from_json(Document, '{"id": "a", "text": "\udcff"}')


def test_a_bad_line_of_many_is_numbered() -> None:
    lines = [to_json(Document("a", "t")), "", "{}"]

    with pytest.raises(InputError, match=r"^line 3: not a Document"):
        tuple(read_lines(Document, lines))


@pytest.mark.parametrize("line", ["nonsense", "[]", "{}", '{"kind": "held"}'])
def test_a_line_that_is_no_outcome_is_an_input_error(line: str) -> None:
    with pytest.raises(InputError):
        outcome_from(line)
