"""The client against servers and names that mean harm."""

from __future__ import annotations

import gzip
import struct
import subprocess
import sys
import textwrap
import time
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from briefing.errors import FetchError, RefusedError
from briefing.http import HttpSettings, PoliteHttp
from briefing.http.client import redirected
from briefing.http.guard import is_public
from tests.web import Page, dripping, redirect, web

URL = "http://a.example/x"


def refusing(answers: Sequence[str]) -> PoliteHttp:
    """A client whose names all resolve to `answers`."""
    settings = HttpSettings(spacing_s=0.0, retry_wait_s=0.0, connect_s=1.0)
    return PoliteHttp(settings, resolver=lambda host, port: answers)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://100.64.0.1/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://224.0.0.1/",
        "http://127。0。0。1/",
        "http://１２７.0.0.1/",
    ],
)
def test_a_private_address_is_refused_however_it_is_written(url: str) -> None:
    settings = HttpSettings(spacing_s=0.0, retry_wait_s=0.0)
    with PoliteHttp(settings) as http, pytest.raises(RefusedError) as caught:
        http.get(url, obeys_robots=False)

    assert caught.value.reason in {"private_address", "address"}


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "ftp://a.example/x",
        "gopher://a.example/x",
        "javascript:alert(1)",
        "http://user:pw@a.example/",
        "http://a.example\\@b.example/",
        "http://a.example/\r\nX-Evil: 1",
        "http:///x",
        "http://a.example:99999/",
        "http://[::1%25eth0]/",
        "x" * 3000,
        "",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with PoliteHttp() as http, pytest.raises(RefusedError) as caught:
        http.get(url)

    assert caught.value.reason == "address"


@pytest.mark.parametrize("port", [22, 25, 6379, 9200])
def test_a_port_that_serves_no_pages_is_refused(port: int) -> None:
    with refusing(["93.184.215.14"]) as http, pytest.raises(RefusedError) as caught:
        http.get(f"http://a.example:{port}/", obeys_robots=False)

    assert caught.value.reason == "private_address"


def test_one_private_answer_among_public_ones_is_enough_to_refuse() -> None:
    answers = ["93.184.215.14", "127.0.0.1"]
    with refusing(answers) as http, pytest.raises(RefusedError) as caught:
        http.get(URL, obeys_robots=False)

    assert caught.value.reason == "private_address"


def test_a_name_is_looked_up_once_so_a_second_answer_gains_nothing() -> None:
    answers = iter([["127.0.0.1"], ["93.184.215.14"], ["93.184.215.14"]])
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    with PoliteHttp(HttpSettings(spacing_s=0.0), resolver=rebinding) as http:
        with pytest.raises(RefusedError):
            http.get(URL, obeys_robots=False)

        assert asked == ["a.example"]


def test_the_address_that_was_judged_is_the_one_connected_to() -> None:
    with web({URL: b"inside"}) as net:
        port = net.port
        asked: list[str] = []

        def resolver(host: str, at: int) -> Sequence[str]:
            asked.append(host)
            return ["127.0.0.1"]

        settings = HttpSettings(spacing_s=0.0, allow_hosts=("a.example",))
        with PoliteHttp(settings, resolver=resolver) as http:
            address = f"http://a.example:{port}/x"
            net.pages[address] = b"inside"

            assert http.get(address, obeys_robots=False).body == b"inside"
            assert http.get(address, obeys_robots=False).body == b"inside"
            assert asked == ["a.example"]


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:8080/",
        "file:///etc/passwd",
        "http://user@a.example/",
        "//[::1]/",
        "javascript:alert(1)",
    ],
)
def test_a_redirect_to_where_we_would_not_go_is_not_followed(target: str) -> None:
    with web({URL: redirect(target)}) as net, net.http() as http:
        with pytest.raises(RefusedError) as caught:
            http.get(URL)

        assert caught.value.reason in {"private_address", "address"}
        assert net.urls_asked() == [URL]


def test_a_redirect_never_leads_from_https_down_to_http() -> None:
    with pytest.raises(RefusedError):
        redirected("https://a.example/x", "http://a.example/x")

    assert redirected("http://a.example/x", "https://a.example/x#f") == (
        "https://a.example/x"
    )


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("192.88.99.1", False),
        ("198.18.0.1", False),
        ("203.0.113.9", False),
        ("255.255.255.255", False),
        ("2001:0:a9fe:a9fe::1", False),
        ("3fff::1", False),
        ("fe80::1%eth0", False),
        ("ff02::1", False),
        ("not an address", False),
    ],
)
def test_which_addresses_are_public(literal: str, expected: bool) -> None:
    assert is_public(literal) is expected


def test_a_body_that_drips_ends_at_the_deadline() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    started = time.monotonic()
    page = Page(raw=dripping(head, b"x"))
    with web({URL: page}) as net, net.http(total_s=0.4) as http:
        with pytest.raises(FetchError) as caught:
            http.get(URL, obeys_robots=False)

        assert caught.value.reason == "timeout"
    assert time.monotonic() - started < 3.0


def test_headers_that_drip_end_at_the_deadline() -> None:
    page = Page(raw=dripping(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"))
    with web({URL: page}) as net, net.http(total_s=0.4) as http:
        with pytest.raises(FetchError) as caught:
            http.get(URL, obeys_robots=False)

        assert caught.value.reason == "timeout"


def test_a_server_that_says_nothing_ends_at_the_read_limit() -> None:
    page = Page(raw=lambda handler: handler.net.closing.wait(5))
    with web({URL: page}) as net, net.http(read_s=0.3) as http:
        with pytest.raises(FetchError) as caught:
            http.get(URL, obeys_robots=False)

        assert caught.value.reason == "timeout"


def test_a_name_server_that_never_answers_ends_at_the_connect_limit() -> None:
    with web({}) as net:

        def resolver(host: str, port: int) -> Sequence[str]:
            net.closing.wait(5)
            return []

        settings = HttpSettings(connect_s=0.1, spacing_s=0.0, retry_wait_s=0.0)
        with PoliteHttp(settings, resolver=resolver) as http:
            with pytest.raises(FetchError) as caught:
                http.get("http://slow.test/", obeys_robots=False)

            assert caught.value.reason == "dns"


def test_a_body_over_the_limit_is_cut_off_whatever_its_length_says() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    endless = Page(raw=dripping(head, chunk, every_s=0.0001))
    promised = Page(b"x", headers={"Content-Length": "500000000"})
    pages = {URL: endless, "http://a.example/big": promised}
    with web(pages) as net, net.http() as http:
        for url in pages:
            with pytest.raises(FetchError) as caught:
                http.get(url, max_bytes=1_000_000, obeys_robots=False)

            assert caught.value.reason == "too_large"


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "deflate", "zstd", "x"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    page = Page(gzip.compress(b"x"), headers={"Content-Encoding": encoding})
    with web({URL: page}) as net, net.http() as http:
        with pytest.raises(FetchError) as caught:
            http.get(URL)

        assert caught.value.reason == "encoding"


def cut(body: bytes) -> bytes:
    return body[:-12]


def garbled(body: bytes) -> bytes:
    return body[:20] + b"\xff" * 20 + body[40:]


@pytest.mark.parametrize("broken", [cut, garbled])
def test_broken_compression_is_an_error(broken: Callable[[bytes], bytes]) -> None:
    body = broken(gzip.compress(bytes(range(256)) * 40))
    page = Page(body, headers={"Content-Encoding": "gzip"})
    with web({URL: page}) as net, net.http() as http:
        with pytest.raises(FetchError) as caught:
            http.get(URL)

        assert caught.value.reason == "encoding"


def test_gzip_in_several_members_and_a_bare_gz_file_are_read_whole() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0\0"
    pages = {
        URL: Page(packed, headers={"Content-Encoding": "gzip"}),
        "http://a.example/feed.xml.gz": packed,
        "http://a.example/empty": Page(b"", headers={"Content-Encoding": "gzip"}),
    }
    with web(pages) as net, net.http() as http:
        assert http.get(URL).body == b"one two"
        assert http.get("http://a.example/feed.xml.gz").body == b"one two"
        assert http.get("http://a.example/empty").body == b""


def bomb(megabytes: int) -> bytes:
    """A gzip body that inflates to so many MB of zeros."""
    zeros = bytes(2**20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    # After a full flush nothing refers back, so the same bytes may follow again.
    block = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    sums = 0
    for _ in range(megabytes):
        sums = zlib.crc32(zeros, sums)
    size = megabytes * 2**20
    head = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    tail = packer.flush() + struct.pack("<LL", sums, size % 2**32)
    return head + block * megabytes + tail


_MEASURE = textwrap.dedent(
    """
    import resource, sys
    from briefing.errors import FetchError
    from briefing.http import HttpSettings, PoliteHttp
    settings = HttpSettings(spacing_s=0, connect_to={"*.example": sys.argv[1]})
    with PoliteHttp(settings) as http:
        http.get("http://a.example/small", obeys_robots=False)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            http.get("http://a.example/bomb", obeys_robots=False)
        except FetchError as error:
            after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            print(error.reason, (after - before) // 1024)
    """
)


def test_a_bomb_of_a_gigabyte_costs_less_than_fifty_megabytes() -> None:
    packed = Page(bomb(1024), headers={"Content-Encoding": "gzip"})
    pages: dict[str, Any] = {
        "http://a.example/small": b"x",
        "http://a.example/bomb": packed,
    }
    with web(pages) as net:
        done = subprocess.run(
            [sys.executable, "-c", _MEASURE, f"127.0.0.1:{net.port}"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )

    reason, megabytes = done.stdout.split()
    assert reason == "too_large"
    assert int(megabytes) < 50


def test_header_lines_without_end_are_a_failed_request() -> None:
    head = b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"y" * 2_000_000 + b"\r\n\r\n"
    page = Page(raw=lambda handler: handler.wfile.write(head))
    with web({URL: page}) as net, net.http() as http:
        with pytest.raises(FetchError) as caught:
            http.get(URL, obeys_robots=False)

        assert caught.value.reason == "protocol"


def test_a_certificate_that_does_not_hold_is_never_overridden() -> None:
    with web({URL: b"plain text on a TLS address"}) as net, net.http() as http:
        with pytest.raises(FetchError) as caught:
            http.get("https://a.example/x", obeys_robots=False)

        assert caught.value.reason == "tls"
