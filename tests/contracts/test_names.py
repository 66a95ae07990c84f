"""What every name server must do: dnspython on loopback, and the fake of the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from briefing.deliver.names import DnsNames
from briefing.ports.names import NameServer, Records, Unasked
from tests.fake_names import FakeNames, Zone
from tests.name_server import name_server

KEY = "v=DKIM1; k=rsa; p=" + "A" * 392
ZONE: Zone = {
    ("news.example", "TXT"): ["v=spf1 mx ~all", 'other="quoted"'],
    ("news.example", "MX"): [
        "20 b.news.example",
        "10 z.news.example",
        "10 a.news.example",
    ],
    ("null.example", "MX"): ["0 ."],
    ("a.news.example", "A"): ["192.0.2.10", "192.0.2.1"],
    ("a.news.example", "AAAA"): ["2001:db8::1"],
    ("s1._domainkey.news.example", "TXT"): [KEY],
    ("s2._domainkey.news.example", "CNAME"): ["s2.provider.example"],
    ("s2.provider.example", "TXT"): [KEY],
    ("192.0.2.1", "PTR"): ["a.news.example"],
    ("2001:db8::1", "PTR"): ["a.news.example"],
    ("broken.example", "TXT"): Unasked("servfail"),
    ("silent.example", "TXT"): Unasked("timeout"),
}

Make = Callable[[Zone], NameServer]


@pytest.fixture(params=["real", "fake"])
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    with ExitStack() as stack:

        def real(zone: Zone) -> NameServer:
            port = stack.enter_context(name_server(zone))
            return DnsNames(servers=["127.0.0.1"], port=port, limit_s=0.3)

        yield real if request.param == "real" else FakeNames


@pytest.mark.parametrize(
    ("name", "kind", "values"),
    [
        ("news.example", "TXT", ('other="quoted"', "v=spf1 mx ~all")),
        ("NEWS.Example", "TXT", ('other="quoted"', "v=spf1 mx ~all")),
        (
            "news.example",
            "MX",
            ("10 a.news.example", "10 z.news.example", "20 b.news.example"),
        ),
        ("null.example", "MX", ("0 .",)),
        ("a.news.example", "A", ("192.0.2.1", "192.0.2.10")),
        ("a.news.example", "AAAA", ("2001:db8::1",)),
        ("s1._domainkey.news.example", "TXT", (KEY,)),
        ("s2._domainkey.news.example", "TXT", (KEY,)),
        ("192.0.2.1", "PTR", ("a.news.example",)),
        ("2001:db8::1", "PTR", ("a.news.example",)),
        ("a.news.example", "TXT", ()),
    ],
)
def test_the_records_of_a_name_come_joined_and_in_order(
    make: Make, name: str, kind: str, values: tuple[str, ...]
) -> None:
    assert make(ZONE).ask(name, kind) == Records(values)  # type: ignore[arg-type]


def test_a_name_with_something_below_it_is_known(make: Make) -> None:
    assert make(ZONE).ask("_domainkey.news.example", "TXT") == Records(())


def test_a_name_with_nothing_at_or_below_it_is_not_known(make: Make) -> None:
    answer = make(ZONE).ask("_domainkey.other.example", "TXT")

    assert answer == Records((), is_name_known=False)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("broken.example", "servfail"),
        ("silent.example", "timeout"),
        ("a..example", "name"),
        (f"{'x' * 64}.example", "name"),
    ],
)
def test_where_nothing_can_be_known_the_reason_is_said(
    make: Make, name: str, reason: str
) -> None:
    assert make(ZONE).ask(name, "TXT") == Unasked(reason)
