"""JSON from strangers: no NaN, no absurd numbers, no bottomless nesting."""

from __future__ import annotations

import json
import math
from typing import Any

from briefing.errors import ParseError

_MAX_DIGITS = 40  # a count of anything has fewer; 5,000 digits stall int()
_MAX_DEPTH = 200


def load_json(body: bytes) -> Any:
    """The decoded value. Raises ParseError (reason "bad_json") for all that is not
    plain JSON, and says so when it is an HTML page.
    """
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        raise _bad("the body is a web page, not JSON (a login or an error page?)")
    try:
        text = body.decode(json.detect_encoding(body)).lstrip("\ufeff")
        value = json.loads(
            text, parse_int=_integer, parse_float=_real, parse_constant=_constant
        )
    except (ValueError, RecursionError) as error:
        raise _bad(f"the body is not usable JSON ({_brief(error)})") from error
    check_depth(value)
    return value


def decode_at(text: str, place: int) -> Any:
    """The value that begins at `place`, whatever follows it; None for no usable one."""
    try:
        return _DECODER.raw_decode(text, place)[0]
    except (ValueError, RecursionError):
        return None


def check_depth(value: object) -> None:
    """Raises ParseError (reason "bad_json") for a value that is nested too deep."""
    level: list[object] = [value]
    for _ in range(_MAX_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise _bad("the body is not usable JSON (nested too deep)")


def _brief(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)[:120]


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError("a number of more than 40 digits")
    return int(digits)


def _real(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("a number beyond all bounds")
    return value


def _constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _bad(message: str) -> ParseError:
    return ParseError(
        message,
        hint="Open the address in a browser and compare it with the source's settings.",
        reason="bad_json",
    )


_DECODER = json.JSONDecoder(
    parse_int=_integer, parse_float=_real, parse_constant=_constant
)
