"""briefing sources add | remove | import | export: the list in briefing.toml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.logic.opml import read_opml
from briefing.settings import load
from tests.cli.calling import Said, call
from tests.web import Page, Web, web

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel>
<title>The Harbour Post</title>
<item><title>Ferry is late</title><link>http://post.example/1</link></item>
</channel></rss>"""
PAGE = b"""<!doctype html><title>Post</title>
<link rel="stylesheet" href="/feed.css"><link rel="alternate" hreflang="de" href="/de">
<link rel="alternate" type="application/rss+xml" href="/broken.xml">
<link rel="Alternate" type="application/atom+xml; charset=utf-8" href="feed.xml">"""
CONFIG = """\
# Mine.
[digest]
title = "The Daily"

[http]
spacing_s = 0

[http.connect_to]
"*.example" = "127.0.0.1:{port}"

# The first.
[[sources]]
id = "first"
url = "http://first.example/feed"
publisher = "First"

# The ranking.
[[sources]]
id = "usage"
kind = "ranking"
url = "http://usage.example/top"
publisher = "Usage"

[sources.ranking]
rows = "data"
key = "slug"
label = "name"
value = "tokens"
metric = "tokens"
unit = "token"

# How it is sent.
[mail]
channel = "outbox"
"""


@pytest.fixture
def net() -> Iterator[Web]:
    html = {"Content-Type": "text/html"}
    with web(
        {
            "http://post.example/feed.xml": FEED,
            "http://post.example/broken.xml": Page(b"<html>gone</html>", headers=html),
            "http://post.example/": Page(PAGE, headers=html),
            "http://bare.example/": Page(b"<!doctype html><p>Hello", headers=html),
        }
    ) as served:
        yield served


@pytest.fixture
def config(tmp_path: Path, net: Web) -> Path:
    path = tmp_path / "briefing.toml"
    path.write_text(CONFIG.format(port=net.port), encoding="utf-8")
    return path


def sources(config: Path, *arguments: object, stdin: str | bytes = "") -> Said:
    return call("sources", *arguments, "--config", config, stdin=stdin)


def ids(config: Path) -> list[str]:
    return [one.id for one in load(config, {}).sources]


def test_the_feed_of_a_page_is_found_and_added(config: Path) -> None:
    said = sources(config, "add", "http://post.example/", "--topics", "sea, news")

    added = load(config, {}).sources[-1]
    assert said.code == 0, said.err
    assert (added.id, added.kind) == ("the-harbour-post", "feed")
    assert added.url == "http://post.example/feed.xml"
    assert (added.publisher, added.topics) == ("The Harbour Post", ("sea", "news"))
    assert config.read_text(encoding="utf-8").startswith("# Mine.\n")


def test_a_feed_itself_is_added_under_the_wished_name_once(config: Path) -> None:
    place = "http://post.example/feed.xml"
    said = sources(config, "add", place, "--id", "post", "--publisher", "Post")
    again = sources(config, "add", "http://post.example/")

    assert (said.code, again.code) == (0, 2)
    assert load(config, {}).sources[-1].publisher == "Post"
    assert "is the source 'post' already" in again.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("http://bare.example/",), 2, "links none that can be read"),
        (("http://nowhere.example/",), 3, "nowhere.example"),
        (("http://post.example/", "--id", "No Name"), 2, "id"),
        (("http://post.example/", "--id", "first"), 2, "first"),
    ],
)
def test_what_cannot_be_added_leaves_the_file_as_it_was(
    config: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    before = config.read_bytes()

    said = sources(config, "add", *arguments)

    assert said.code == code
    assert message in said.err
    assert config.read_bytes() == before
    assert [one.name for one in config.parent.iterdir()] == ["briefing.toml"]


def test_a_source_is_taken_out_with_its_tables_alone(config: Path) -> None:
    said = sources(config, "remove", "usage")
    text = config.read_text(encoding="utf-8")

    assert said.code == 0
    assert ids(config) == ["first"]
    assert "[sources.ranking]" not in text
    assert "# How it is sent.\n[mail]" in text
    assert "# The first.\n[[sources]]" in text
    assert sources(config, "remove", "usage").code == 2


def test_a_list_goes_out_and_comes_in_again(config: Path, tmp_path: Path) -> None:
    sources(config, "add", "http://post.example/", "--publisher", "Ä & <b>")
    said = sources(config, "export")
    other = tmp_path / "other" / "briefing.toml"
    other.parent.mkdir()
    other.write_text('[digest]\ntitle = "Other"\n', encoding="utf-8")

    first = sources(other, "import", "--json", stdin=said.out)
    second = sources(other, "import", stdin=said.out)

    assert [one.url for one in read_opml(said.out.encode())] == [
        "http://first.example/feed",
        "http://post.example/feed.xml",
    ]
    assert first.json["added"] == ["first", "a-b"]
    assert load(other, {}).sources[-1].publisher == "Ä & <b>"
    assert (second.code, second.out) == (0, "0 added, 2 known already.\n")


def test_one_bad_address_of_a_list_costs_only_itself(config: Path) -> None:
    opml = (
        "<opml><body><outline text='Sea'><outline text='Tide' "
        "xmlUrl='http://tide.example/feed'/><outline text='Tide' "
        "xmlUrl='http://tide2.example/feed'/></outline>"
        "<outline text='Bad' xmlUrl='javascript:alert(1)'/><outline text='No feed'/>"
        "</body></opml>"
    )
    said = sources(config, "import", stdin=opml)

    assert said.code == 1
    assert "refused: javascript:alert(1)" in said.err
    assert ids(config) == ["first", "usage", "tide", "tide-2"]


def test_a_list_in_utf16_hides_nothing(config: Path) -> None:
    said = sources(config, "import", stdin="<!DOCTYPE x><opml/>".encode("utf-16"))

    assert said.code == 2
    assert "not UTF-8" in said.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html/>", "not <opml>"),
        ("not XML", "no XML"),
        ("", "no XML"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><opml/>", "document type"),
    ],
)
def test_what_is_no_list_changes_nothing(config: Path, text: str, message: str) -> None:
    before = config.read_bytes()

    said = sources(config, "import", stdin=text)

    assert said.code == 2
    assert message in said.err
    assert config.read_bytes() == before
