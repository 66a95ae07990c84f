"""The sample keeps what it promises: enough, varied, marked and consistent."""

import io
import json
import re
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import feedparser
import pytest
import trafilatura

from briefing.sample.content import (
    FOLDER,
    expected_failures,
    sample_days,
    settings_text,
)
from briefing.settings import parse

PAGES = sorted((FOLDER / "days").rglob("*.html"))
# Declares ISO-8859-1 and is windows-1252, as browsers have to expect.
OTHER_BYTES = {"northgate-loses-chip-plant.html", "feed.xml"}
STORIES = {
    "ranking": r"DeepSeek-V4-Flash",
    "port": r"Calder",
    "wind": r"Skerry Bank",
    "vaccine": r"LV-4",
    "label law": r"Assembly of the Strait States|assembly passed the law",
    "interest rate": r"3\.75%",
    "chip plant": r"Silvane",
    "reservoirs": r"Orvane",
    "outage": r"Pelican Cloud",
}


def decoded(file: Path) -> str:
    encoding = "cp1252" if file.name in OTHER_BYTES else "utf-8"
    return file.read_bytes().decode(encoding)


def article(file: Path) -> str:
    found = trafilatura.bare_extraction(decoded(file), fast=True)
    assert found is not None, file
    return str(found.text)


def publisher(file: Path) -> str:
    return file.relative_to(FOLDER / "days").parts[1]


def ranking(day: str) -> dict[str, object]:
    file = FOLDER / "days" / day / "openrouter.example/api/rankings/weekly.json"
    table = json.loads(file.read_text(encoding="utf-8"))
    values = {row["name"]: Decimal(row["total_tokens"]) for row in table["data"]}
    groups: Counter[str] = Counter()
    for row in table["data"]:
        groups[row["country"]] += Decimal(row["total_tokens"])
    return {
        "names": list(values),
        "values": values,
        "groups": groups,
        "total": Decimal(table["meta"]["total_tokens"]),
    }


def test_the_days_come_in_order_and_each_has_its_own_now() -> None:
    days = sample_days()

    assert [day.date.isoformat() for day in days] == [
        "2026-05-18",
        "2026-05-25",
        "2026-05-26",
        "2026-05-27",
    ]
    assert all(day.now.date() == day.date for day in days)


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.name))
def test_a_page_has_an_article_and_says_that_it_is_a_sample(file: Path) -> None:
    text = article(file)

    assert 120 <= len(text.split()) <= 700
    assert "Sample text of the Briefing project" in decoded(file)
    assert "Sample text of the Briefing project" not in text


def test_the_sample_is_as_large_and_varied_as_issue_2_asks() -> None:
    texts = {file: article(file) for file in PAGES}
    houses = {
        story: {
            publisher(file) for file, text in texts.items() if re.search(sign, text)
        }
        for story, sign in STORIES.items()
    }

    assert len(PAGES) >= 30
    assert len({publisher(file) for file in PAGES}) >= 8
    assert len(STORIES) >= 8
    assert {story: found for story, found in houses.items() if len(found) < 3} == {}


def test_most_pages_come_on_the_25th_and_26th_of_may() -> None:
    by_day = Counter(file.relative_to(FOLDER / "days").parts[0] for file in PAGES)

    assert by_day["2026-05-25"] + by_day["2026-05-26"] > len(PAGES) / 2
    assert by_day["2026-05-27"] == 0


def test_the_rankings_add_up_to_what_the_texts_say() -> None:
    before, after = ranking("2026-05-18"), ranking("2026-05-25")

    assert before["total"] == Decimal("26.91e12")
    assert after["total"] == Decimal("28.9e12")
    assert before["groups"]["China"] == Decimal("7.693e12")  # type: ignore[index]
    assert after["groups"]["China"] == Decimal("9.223e12")  # type: ignore[index]
    assert before["groups"]["United States"] == Decimal("4.24e12")  # type: ignore[index]
    assert after["groups"]["United States"] == Decimal("4.93e12")  # type: ignore[index]
    assert before["names"][2] == "DeepSeek-V4-Flash"  # type: ignore[index]
    assert after["names"][0] == "DeepSeek-V4-Flash"  # type: ignore[index]
    assert after["values"]["DeepSeek-V4-Flash"] == Decimal("3.43e12")  # type: ignore[index]


def test_the_changes_in_the_texts_follow_from_the_rankings() -> None:
    before, after = ranking("2026-05-18"), ranking("2026-05-25")

    def change(new: object, old: object) -> Decimal:
        return round((Decimal(str(new)) / Decimal(str(old)) - 1) * 100, 2)

    china = [table["groups"]["China"] for table in (after, before)]  # type: ignore[index]
    america = [
        table["groups"]["United States"]  # type: ignore[index]
        for table in (after, before)
    ]
    assert change(*china) == Decimal("19.89")
    assert change(*america) == Decimal("16.27")
    assert round(change(after["total"], before["total"]), 1) == Decimal("7.4")


def test_two_sources_name_different_base_periods_for_one_change() -> None:
    texts = {
        publisher(file): article(file) for file in PAGES if "/2026-05-25/" in str(file)
    }

    assert "19.89% month-over-month" in texts["tokenmeter.example"]
    assert any("19.89% week-over-week" in text for text in texts.values())


def test_only_the_marked_files_are_not_utf_8() -> None:
    def is_utf_8(file: Path) -> bool:
        try:
            file.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True

    files = [file for file in (FOLDER / "days").rglob("*") if file.is_file()]
    others = {file.name for file in files if not is_utf_8(file)}

    assert others == OTHER_BYTES


def test_the_broken_feed_is_broken_and_still_gives_its_entries() -> None:
    file = FOLDER / "days/2026-05-26/gridwatch.example/feed.rss"

    feed = feedparser.parse(io.BytesIO(file.read_bytes()), sanitize_html=False)

    assert feed.bozo
    assert not file.read_text(encoding="utf-8").rstrip().endswith("</rss>")
    assert [entry.link.rpartition("/")[2] for entry in feed.entries] == [
        "orvane-reservoirs-41-percent",
        "skerry-bank-award-analysis",
        "skerry-bank-bids",
    ]


def test_an_instruction_to_the_model_stands_hidden_and_visible_in_one_page() -> None:
    (file,) = (file for file in PAGES if file.name.startswith("pelican-outage"))

    assert "BRIEFING WAS HERE" in decoded(file)
    assert "BRIEFING WAS HERE" not in article(file)
    assert "ignore all previous instructions" in article(file)


def test_no_two_pages_share_a_headline() -> None:
    titles = Counter(
        re.search(r"<h1>(.*?)</h1>", decoded(file)).group(1)  # type: ignore[union-attr]
        for file in PAGES
    )

    assert titles.most_common(1)[0][1] == 1


def test_the_settings_load_and_every_publisher_is_marked() -> None:
    settings = parse(
        settings_text("127.0.0.1:8080"), folder=Path("/nowhere"), environment={}
    )

    publishers = {source.publisher for source in settings.sources}
    assert len(settings.sources) >= 10
    assert len(publishers) >= 8
    assert all(name.endswith("(sample)") for name in publishers)
    assert all(".example/" in source.url for source in settings.sources)
    assert settings.http.connect_to == {"*.example": "127.0.0.1:8080"}
    assert {source.kind for source in settings.sources} == {
        "feed",
        "page",
        "ranking",
    }


def test_every_expected_failure_is_about_a_source_or_a_page_of_the_sample() -> None:
    table = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))
    ids = {source["id"] for source in table["sources"]}
    addresses = {
        "http://"
        + "/".join(file.relative_to(FOLDER / "days").with_suffix("").parts[1:])
        for file in PAGES
    }

    subjects = {
        one.subject for day in sample_days() for one in expected_failures(day.date)
    }

    assert subjects - ids <= addresses
    assert {one.reason for one in expected_failures(sample_days()[1].date)} == {
        "timeout",
        "http_404",
        "bad_feed",
        "robots",
    }
