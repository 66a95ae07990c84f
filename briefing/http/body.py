"""A body in bounded memory: inflated in steps, counted, cut off at the limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_STEP = 65_536
_GZIP = b"\x1f\x8b\x08"


class TooLarge(Exception):  # noqa: N818 - the client turns it into a FetchError
    """More bytes than allowed, on the wire or inflated."""


class BadEncoding(Exception):  # noqa: N818 - same
    """The body is not in an encoding that we asked for, or is broken in it."""


def encoding_of(header: str) -> str:
    """ "gzip" or "" (none). Raises BadEncoding for others and for stacked ones."""
    named = header.strip().lower()
    if named in {"", "identity"}:
        return ""
    if named in {"gzip", "x-gzip"}:
        return "gzip"
    raise BadEncoding(f"the body is sent as {header[:40]!r}, which was not asked for")


def read_body(
    chunks: Iterable[bytes], encoding: str, max_bytes: int, *, promised: int = 0
) -> bytes:
    """All bytes, inflated. A bare .gz file is inflated once as well: feeds and
    sitemaps are often served that way. `promised` is the Content-Length: too much is
    not even begun. Raises TooLarge, BadEncoding.
    """
    if promised > max_bytes:
        raise TooLarge
    wire = _counted(chunks, max_bytes)
    start = b""
    for chunk in wire:
        start += chunk
        if len(start) >= len(_GZIP):
            break
    if encoding or start.startswith(_GZIP):
        pieces = _inflated(start, wire)
    else:
        pieces = _with(start, wire)
    whole = bytearray()
    for piece in pieces:
        whole += piece
        if len(whole) > max_bytes:
            raise TooLarge
    return bytes(whole)


def _counted(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    seen = 0
    for chunk in chunks:
        seen += len(chunk)
        if seen > max_bytes:
            raise TooLarge
        yield chunk


def _with(start: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield start
    yield from rest


def _inflated(start: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    seen = False
    for chunk in _with(start, rest):
        waiting = chunk
        while waiting:
            if inflater.eof:
                if not waiting.startswith(_GZIP[:1]):
                    return  # padding after the last member
                inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                piece = inflater.decompress(waiting, _STEP)
            except zlib.error as error:
                raise BadEncoding("the compressed body is broken") from error
            seen = True
            yield piece
            waiting = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    if seen and not inflater.eof:
        raise BadEncoding("the compressed body ends too early")
