"""The reader of a ranking's printed values, against price-parser and quantulum3.

All read number_strings.toml, which was written before any of them was run on it. A
string counts as right where the number is the one a person of that locale reads, and
where there is none, where no number comes out; of ours it is also asked that an empty
cell is told from a text that is refused, because a refusal fails the read. Ours and
price-parser are given the mark before decimals; quantulum3 has one number or none, and
a range of its counts as refused.

`.venv/bin/python -m bench.numbers` lists what ours gets wrong.
"""

from __future__ import annotations

import importlib
import tomllib
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.figures import Figure, Result, Score, timed
from briefing.domain.source import RankingFormat, RankingSpec
from briefing.errors import ParseError
from briefing.ingest.ranking_parsing import stated
from briefing.logic.printed_numbers import Mark

NOTHING, REFUSED = "nothing", "refused"
_LIST = Path(__file__).with_name("number_strings.toml")
_SPEC = RankingSpec("", "", "", "", "", "", format=RankingFormat.TABLE)


@dataclass(frozen=True)
class Printed:
    """A figure as a ranking prints it, and what is right.

    Attributes:
        text: as printed.
        locale: where: "de-CH".
        decimal: the mark before decimals there.
        value: the number; NOTHING or REFUSED where there is none.
        unit: "percent", a currency's code or "".
    """

    text: str
    locale: str
    decimal: str
    value: Decimal | str
    unit: str


# What a reader says of a string: a number, NOTHING, REFUSED, or None for "no number".
Answer = Decimal | str | None
Reader = Callable[[Printed], Answer]


@dataclass(frozen=True)
class Peer:
    """A reader of somebody else.

    Attributes:
        name: in a few words.
        module: what must be installed.
        make: gives the reader; imports the module.
        is_slow: the list is read once.
    """

    name: str
    module: str
    make: Callable[[], Reader]
    is_slow: bool = False


def held_out() -> tuple[Printed, ...]:
    """The list, in its order."""
    read = tomllib.loads(_LIST.read_text(encoding="utf-8"))
    return tuple(
        Printed(
            text,
            each["name"],
            each["decimal"],
            value if value in {NOTHING, REFUSED} else Decimal(value),
            unit,
        )
        for each in read["locale"]
        for text, value, unit in each["strings"]
    )


def is_right(printed: Printed, said: Answer) -> bool:
    """Whether the answer is the number, or the absence, that is expected."""
    if isinstance(printed.value, Decimal):
        return isinstance(said, Decimal) and said == printed.value
    return said in {None, printed.value}


def run(rounds: int = 20, peers: Sequence[Peer] | None = None) -> Result:
    """Strings a second of each reader, and how many are right."""
    strings = held_out()
    ours = _measured("briefing", ours_says, strings, rounds)
    theirs = [_measured("Decimal() without commas", _plain, strings, rounds)]
    notes = []
    for peer in _PEERS if peers is None else peers:
        if find_spec(peer.module) is None:
            notes.append(f"{peer.name} is not installed: left out.")
            continue
        times = 1 if peer.is_slow else rounds
        theirs.append(_measured(peer.name, peer.make(), strings, times))
    none = sum(not isinstance(one.value, Decimal) for one in strings)
    return Result(
        "numbers",
        f"{len(strings)} figures as rankings print them in "
        f"{len({one.locale for one in strings})} locales, {none} of them no number",
        tuple((ours, each) for each in theirs),
        tuple(notes),
    )


def _measured(
    who: str, reader: Reader, strings: Sequence[Printed], rounds: int
) -> Figure:
    said = [(one, reader(one)) for one in strings]  # warms it, too
    right = sum(is_right(*each) for each in said)
    misread = sum(
        isinstance(answer, Decimal) and not is_right(one, answer)
        for one, answer in said
    )
    with timed() as spent:
        for _ in range(rounds):
            for one in strings:
                reader(one)
    done = rounds * len(strings)
    return Figure(
        who,
        "strings/s",
        done / spent.seconds,
        max(spent.cpu_s, 1e-6) * 1000 / done,
        Score(right, misread, len(strings)),
    )


def ours_says(one: Printed) -> Answer:
    """What a row of a ranking would hold."""
    mark: Mark = "," if one.decimal == "," else "."
    try:
        number = stated(one.text, _SPEC, mark, "")
    except ParseError:
        return REFUSED
    return NOTHING if number is None else number


def _plain(one: Printed) -> Answer:
    try:
        number = Decimal(one.text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _price_parser() -> Reader:
    price: Any = importlib.import_module("price_parser").Price

    def read(one: Printed) -> Answer:
        mark = one.decimal if one.decimal in {".", ","} else None
        amount: Decimal | None = price.fromstring(
            one.text, decimal_separator=mark
        ).amount
        return amount

    return read


def _quantulum() -> Reader:
    with warnings.catch_warnings():
        # It says at every start that its classifier is missing, as it is meant to be.
        warnings.simplefilter("ignore")
        parser: Any = importlib.import_module("quantulum3.parser")

    def read(one: Printed) -> Answer:
        try:
            found = parser.parse(one.text)
        except Exception:  # of a peer: no answer
            return None
        if len(found) != 1:
            return None
        if found[0].uncertainty is not None and "±" not in one.text:
            return None
        return Decimal(str(round(found[0].value, 6)))

    return read


_PEERS = (
    Peer("price-parser", "price_parser", _price_parser),
    Peer("quantulum3 without its classifier", "quantulum3", _quantulum, is_slow=True),
)


def misses() -> Iterator[str]:
    """A line for each string that ours gets wrong."""
    for one in held_out():
        said = ours_says(one)
        if not is_right(one, said):
            yield f"{one.locale:<6} {one.text!r:<28} is {one.value}, read as {said}"


if __name__ == "__main__":
    print("\n".join(misses()))
