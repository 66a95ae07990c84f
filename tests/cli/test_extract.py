"""briefing extract; briefing topic --search; sources that are folders and searches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing import app, settings
from briefing.errors import SettingsError
from tests.cli.calling import call
from tests.web import Page, web

TITLE = "Calder port authority approves automation of terminal for €640 million"
ARTICLE = (
    f"<!doctype html><html lang=en><head><title>{TITLE} | Ledger</title>"
    '<meta property="og:site_name" content="Ledger (sample)">'
    '<meta property="article:published_time" content="2026-05-25T06:00:00Z"></head>'
    f"<body><nav>Menu</nav><article><h1>{TITLE}</h1>"
    "<p>The Calder Port Authority approved the automation of the Eastern Container "
    "Terminal for €640 million on 24 May 2026.</p><p>The terminal handled 2.4 million "
    "containers in 2025, less than half of the port's 5.2 million.</p><p>The Calder "
    "dockworkers' union called a strike of 48 hours from 28 May 2026, because 4,200 "
    "positions will change by 2031.</p></article></body></html>"
)
URL = "http://ledger.example/2026/strike"
SEARCH = "http://search.example/find?q={query}"


def config_of(folder: Path, port: int, more: str = "") -> Path:
    path = folder / "briefing.toml"
    path.write_text(
        f'[http]\nspacing_s = 0\n[http.connect_to]\n"*.example" = "127.0.0.1:{port}"\n'
        f'{more}\n[[sources]]\nid = "none"\nenabled = false\nurl = "{URL}"\n'
        'publisher = "Nobody"\n',
        encoding="utf-8",
    )
    return path


def page(body: str, kind: str = "text/html") -> Page:
    return Page(body.encode(), headers={"Content-Type": f"{kind}; charset=utf-8"})


def test_a_page_is_printed_clean_with_what_is_known_of_it(tmp_path: Path) -> None:
    with web({URL: page(ARTICLE)}) as net:
        config = config_of(tmp_path, net.port)
        said = call("extract", URL, "--config", config)
        (told,) = call("extract", URL, "--config", config, "--json").json

    assert said.code == 0
    assert said.out.startswith(f"# {TITLE}\n\nLedger (sample) · ")
    assert "2026-05-25 06:00 UTC" in said.out
    assert "Menu" not in said.out
    assert told["text"].startswith("The Calder Port Authority approved")


def test_a_file_is_read_without_any_settings(tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    file.write_text("# Dues rise\n\nHarbour dues rise in June.\n", encoding="utf-8")

    assert call("extract", file).out == "# Dues rise\n\nHarbour dues rise in June.\n"


def test_what_has_no_text_says_so(tmp_path: Path) -> None:
    with web({}) as net:
        said = call("extract", URL, "--config", config_of(tmp_path, net.port))
    missing = call("extract", tmp_path / "nothing.txt")

    assert (said.code, missing.code) == (3, 3)
    assert "404" in said.err
    assert "no file, folder or address" in missing.err


def test_a_topic_is_searched_for_only_when_asked_to(tmp_path: Path) -> None:
    found = json.dumps({"articles": [{"url": URL, "title": TITLE}]})
    asked = "http://search.example/find?q=Calder%20port%20strike"
    source = (
        f'[[sources]]\nid = "finder"\nkind = "search"\nurl = "{SEARCH}"\n'
        'publisher = "Finder (sample)"\n'
    )
    with web({URL: page(ARTICLE), asked: page(found, "application/json")}) as net:
        config = config_of(tmp_path, net.port, source)
        now = ("--config", config, "--now", "2026-05-26T06:00:00Z")
        plain = call("topic", "Calder port strike", *now)
        without = [one.url for one in net.asked]
        said = call("topic", "Calder port strike", "--search", *now)

    assert (plain.code, without) == (3, [])
    assert said.code == 0, said
    (brief,) = (tmp_path / "output").glob("*/edition.md")
    assert "€640 million on 24 May 2026" in brief.read_text(encoding="utf-8")


def test_known_services_are_asked_where_none_is_configured() -> None:
    chosen = settings.parse("", folder=Path(), environment={})

    urls = [one.url for one in app.searches_for(chosen, "AT&T  deal")]

    assert len(urls) == 3
    assert all("AT%26T%20deal" in url for url in urls)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('kind = "folder"\nurl = "http://a.example/"', "needs 'path'"),
        ('path = "notes"', "needs 'url'"),
        ('url = "http://a.example/"\npath = "notes"', "a folder has a path"),
        ('kind = "search"\nurl = "http://a.example/"', "holds {query}"),
    ],
)
def test_a_source_names_its_one_place(source: str, message: str) -> None:
    text = f'[[sources]]\nid = "a"\npublisher = "A"\n{source}\n'

    with pytest.raises(SettingsError, match=message):
        settings.parse(text, folder=Path(), environment={})


def test_a_folder_stands_where_the_settings_are(tmp_path: Path) -> None:
    text = '[[sources]]\nid = "a"\nkind = "folder"\npath = "notes"\npublisher = "A"\n'

    (made,) = settings.parse(text, folder=tmp_path, environment={}).sources

    assert made.url == str(tmp_path / "notes")
