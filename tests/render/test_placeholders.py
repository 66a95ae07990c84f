"""Cutting an encoded mail at its marks, and filling the holes."""

from __future__ import annotations

import pytest

from briefing.errors import RenderError
from briefing.render.placeholders import Hole, encoded_line, filled, mark, pieces_of

HEAD = b"To: x\r\nSubject: To: y\r\n\r\n"


def _pieces(body: bytes) -> tuple[bytes | Hole, ...]:
    return pieces_of(
        HEAD + body,
        headers={"To": "to"},
        tokens={"abcdef": "token"},
        lines={"zz": "why"},
    )


def test_a_header_is_cut_by_its_name_and_a_line_by_its_mark() -> None:
    assert _pieces(b"hi\r\nzz\r\n") == (
        b"To: ",
        Hole("to"),
        b"\r\nSubject: To: y\r\n\r\nhi\r\n",
        Hole("why"),
        b"\r\n",
    )


@pytest.mark.parametrize("at", range(1, 6))
def test_a_soft_line_break_splits_every_token_where_it_split_the_mark(at: int) -> None:
    body = b"u/" + b"abcdef"[:at] + b"=\r\n" + b"abcdef"[at:] + b"\r\n"

    made = filled(_pieces(body), {"to": b"me", "token": b"UVWXYZ"}.__getitem__)

    assert made == b"To: me\r\nSubject: To: y\r\n\r\nu/" + b"UVWXYZ"[:at] + (
        b"=\r\n" + b"UVWXYZ"[at:] + b"\r\n"
    )


@pytest.mark.parametrize("body", [b"a zz\r\n", b"zz.\r\n", b"hi\r\nz=\r\nz\r\n"])
def test_a_line_mark_beside_other_words_is_refused(body: bytes) -> None:
    with pytest.raises(RenderError, match="beside other words"):
        _pieces(body)


def test_marks_differ_by_secret_and_name_and_have_their_length() -> None:
    marks = {mark(secret, name, 43) for secret in "ab" for name in "cd"}

    assert {len(one) for one in marks} == {43}
    assert len(marks) == 4


def test_a_line_is_encoded_as_the_mail_would_encode_it() -> None:
    assert encoded_line("on 3 März = 1") == b"on 3 M=C3=A4rz =3D 1"
