"""One mail for many readers: the encoded bytes with holes where a reader's values go.

Building and encoding a mail costs milliseconds, filling holes microseconds. Holes are
found in the finished bytes by marks that were rendered in place of values:

- a token has a fixed length and only characters that quoted-printable leaves alone, so
  a soft line break that splits the mark splits every token at the same place;
- any other value stands alone on its line of the body, so its length moves nothing;
- a header is found by its name, and is never folded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.quoprimime import body_encode

from briefing.errors import RenderError

_SOFT_BREAK = b"=\r\n"


@dataclass(frozen=True, slots=True)
class Hole:
    """A place for a value, or for a part of it.

    Attributes:
        name: of the value.
        start: first octet of the value that goes here.
        stop: the octet after the last, None for its end.
    """

    name: str
    start: int = 0
    stop: int | None = None


Piece = bytes | Hole


def mark(secret: str, name: str, length: int) -> str:
    """A stand-in for a value of `length` characters. `secret` must be something that
    the texts in the mail cannot have known, such as the whole of them: otherwise a text
    that holds the mark would be given a reader's token.
    """
    seed = f"{name}\0{secret}".encode("utf-8", "surrogatepass")
    digest = hashlib.shake_256(seed).hexdigest(-(-length // 2))
    return digest[:length]


def pieces_of(
    raw: bytes,
    *,
    headers: Mapping[str, str],
    tokens: Mapping[str, str],
    lines: Mapping[str, str],
) -> tuple[Piece, ...]:
    """`raw` cut at its holes.

    `headers` maps names of header lines to names of values; `tokens` and `lines` map
    marks to names of values. Raises RenderError when a mark of `lines` does not stand
    alone on its line.
    """
    head, separator, body = raw.partition(b"\r\n\r\n")
    found: list[Piece] = []
    for line in head.split(b"\r\n"):
        name, colon, _ = line.partition(b": ")
        value = headers.get(name.decode("ascii")) if colon else None
        if value is None:
            found += [line, b"\r\n"]
        else:
            found += [name + colon, Hole(value), b"\r\n"]
    found[-1] = separator
    found += _body_pieces(body, tokens, lines)
    return _joined(found)


def _body_pieces(
    body: bytes, tokens: Mapping[str, str], lines: Mapping[str, str]
) -> list[Piece]:
    marks = {one.encode("ascii"): name for one, name in tokens.items()}
    alone = {one.encode("ascii"): name for one, name in lines.items()}
    patterns = [b"(?:=\r\n)?".join(map(_octet, one)) for one in (*marks, *alone)]
    found: list[Piece] = []
    end = 0
    for match in re.finditer(b"|".join(patterns), body):
        found.append(body[end : match.start()])
        end = match.end()
        bare = match.group().replace(_SOFT_BREAK, b"")
        if bare in marks:
            found += _token_pieces(match.group(), marks[bare])
        else:
            found.append(_line_hole(body, match, alone[bare]))
    found.append(body[end:])
    return found


def _octet(octet: int) -> bytes:
    return re.escape(bytes((octet,)))


def _token_pieces(printed: bytes, name: str) -> list[Piece]:
    found: list[Piece] = []
    start = 0
    for part in printed.split(_SOFT_BREAK):
        found += [Hole(name, start, start + len(part)), _SOFT_BREAK]
        start += len(part)
    return found[:-1]


def _line_hole(body: bytes, match: re.Match[bytes], name: str) -> Hole:
    before = body[: match.start()].endswith(b"\n")
    after = body[match.end() :].startswith(b"\r\n")
    if not (before and after and _SOFT_BREAK not in match.group()):
        raise RenderError(
            f"the footer of a mail prints {name!r} beside other words on one line",
            hint="Give it a line of its own in your template of the footer.",
        )
    return Hole(name)


def _joined(found: list[Piece]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for piece in found:
        last = pieces[-1] if pieces else None
        if isinstance(piece, bytes) and isinstance(last, bytes):
            pieces[-1] = last + piece
        else:
            pieces.append(piece)
    return tuple(pieces)


def filled(pieces: tuple[Piece, ...], value_of: Callable[[str], bytes]) -> bytes:
    """The mail with every hole filled; `value_of` gives encoded values by name."""
    return b"".join(
        piece
        if isinstance(piece, bytes)
        else value_of(piece.name)[piece.start : piece.stop]
        for piece in pieces
    )


def encoded_line(text: str) -> bytes:
    """A line of a body as quoted-printable prints it, without its line end."""
    octets = text.encode("utf-8").decode("latin-1")
    return body_encode(octets, eol="\r\n").encode("ascii")
