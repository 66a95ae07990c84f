"""The order of work on the sample days: real store, engine, client and server."""

from __future__ import annotations

import email
import email.policy
import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefing import app, byhand, folder, settings
from briefing.domain.report import Report, StoryLine
from briefing.errors import InputError
from briefing.logic.codec import to_plain
from briefing.sample.content import (
    Answer,
    expected_failures,
    sample_days,
    settings_text,
)
from briefing.sample.server import SampleServer
from tests.conftest import DATES, Demo, quiet

LAST = DATES[-1]


class ListeningServer(SampleServer):
    """Keeps what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def answer(self, host: str, target: str) -> Answer:
        self.asked.append(f"{host}{target}")
        return super().answer(host, target)


def published(report: Report) -> dict[str, StoryLine]:
    return {one.id: one for one in report.stories if one.outcome == "published"}


def test_exactly_the_failures_that_the_sample_holds_are_reported(demo: Demo) -> None:
    for day in demo.days:
        found = sorted((one.subject, one.reason) for one in day.report.failures)
        expected = expected_failures(day.report.edition_date)

        assert found == sorted((one.subject, one.reason) for one in expected)
        assert day.surprises == ()


def test_a_failure_says_what_to_do(demo: Demo) -> None:
    failures = [one for day in demo.days for one in day.report.failures]

    assert [one.subject for one in failures if not (one.hint and one.message)] == []


def test_every_other_source_was_read(demo: Demo) -> None:
    for day in demo.days:
        failed = {one.subject for one in day.report.failures}

        assert {one.id for one in day.report.sources if one.outcome == "failed"} == {
            one.id for one in day.report.sources if one.id in failed
        }


def test_a_day_without_news_is_a_quiet_edition(demo: Demo) -> None:
    files = demo.files(LAST)
    edition = json.loads(files["edition.json"])

    assert edition["briefs"] == []
    assert b"A quiet day" in files["edition.md"]
    assert b"24 sources asked (2 without an answer)" in files["edition.md"]
    assert published(demo.days[-1].report) == {}


def test_every_other_day_tells_stories_of_several_publishers(demo: Demo) -> None:
    for day in demo.days[:-1]:
        lines = published(day.report).values()

        assert len(lines) >= 3
        assert max(one.publishers for one in lines) >= 2


def lead(demo: Demo) -> dict[str, Any]:
    """The ranking's brief of 25 May."""
    briefs = json.loads(demo.files("2026-05-25")["edition.json"])["briefs"]
    (found,) = (one for one in briefs if "DeepSeek" in one["headline"]["text"])
    assert isinstance(found, dict)
    return found


def test_the_ranking_is_told_with_its_history_and_what_is_wrong_about_it(
    demo: Demo,
) -> None:
    brief = lead(demo)
    sections = {one["name"]: one for one in brief["sections"]}
    told = json.dumps([one["items"] for one in sections.values()], ensure_ascii=False)

    assert sections["ranking"]["table"]["compared"] == (
        "Change on the week of 11–17 May 2026."
    )
    assert len(sections["ranking_over_time"]["chart"]["steps"]) == 7
    for words in (
        "rose for at least the fourth week in a row",
        "had been first for at least six weeks in a row",
        "11.9%",
        "Tokenmeter calls it a change on the month",
        "By the ranking, 19.89% is the change of Chinese models on the week.",
        "Yunlu gives Chinese models more than 45% of all tokens; by the ranking",
    ):
        assert words in told
    assert [one for one in brief["violations"] if one["level"] == "E"] == []


def test_a_daily_ranking_that_moved_is_a_story_of_its_own(demo: Demo) -> None:
    briefs = json.loads(demo.files("2026-05-26")["edition.json"])["briefs"]
    (brief,) = (one for one in briefs if "Lumenparse" in one["headline"]["text"])

    assert brief["headline"]["text"] == (
        "Lumenparse rises to fourth on Cratewell, up 127% to 4.01 million downloads"
    )
    (table,) = (one["table"] for one in brief["sections"] if one["table"])
    assert table["compared"] == "Change on 18 May 2026."


def test_the_picture_stands_beside_the_page_and_inside_the_mail(demo: Demo) -> None:
    files = demo.files("2026-05-25")
    (picture,) = (name for name in files if name.endswith(".svg"))
    page = files[picture.replace("-chart.svg", ".html")].decode()
    mail = email.message_from_bytes(files["edition.eml"], policy=email.policy.default)

    assert f'<img src="{picture}" alt="Line chart of tokens processed, 12 April' in page
    (drawn,) = (one for one in mail.walk() if one.get_content_type() == "image/png")
    body = mail.get_body(("html",))
    assert body is not None
    cid = str(drawn["Content-ID"]).strip("<>")
    assert f'src="cid:{cid}" alt="Line chart of' in body.get_content()
    assert 5_000 < len(drawn.get_content()) < 40_000


def test_every_story_of_the_report_has_its_fate_and_reason(demo: Demo) -> None:
    for day in demo.days:
        for line in day.report.stories:
            is_told = line.outcome == "published"

            assert bool(line.headline) == bool(line.slug) == is_told
            assert bool(line.reason) != is_told


def test_a_story_keeps_its_id_from_one_day_to_the_next(demo: Demo) -> None:
    monday, tuesday = (day.report for day in demo.days[1:3])
    (port,) = (one for one in published(monday).values() if "Calder" in one.title)

    (again,) = (one for one in tuesday.stories if one.id == port.id)
    assert again.documents > port.documents


def test_a_brief_leads_with_what_no_earlier_edition_told(demo: Demo) -> None:
    told: set[str] = set()
    for day in DATES:
        briefs = json.loads(demo.files(day)["edition.json"])["briefs"]
        leads = [
            [claim["text"] for item in section["items"] for claim in item["claims"]]
            for brief in briefs
            for section in brief["sections"]
            if section["name"] == "what_happened"
        ]

        assert len(leads) == len(briefs)
        assert [lead[0] for lead in leads if lead[0] in told] == []

        told.update(text for lead in leads for text in lead)


def test_the_same_date_again_is_the_same_edition_without_a_request(
    demo: Demo, tmp_path: Path
) -> None:
    day = sample_days()[1]
    # A copy: SQLite keeps what is not in the main file yet beside it.
    for file in demo.output.glob("demo.db*"):
        shutil.copy(file, tmp_path)
    with ListeningServer() as server:
        chosen = replace(
            settings.parse(
                settings_text(server.address), folder=tmp_path, environment={}
            ),
            store=tmp_path / "demo.db",
            output=tmp_path / "output",
        )

        made, place = app.make_edition(
            chosen, moment=day.now, edition_date=day.date, progress=quiet
        )

    assert made.was_frozen
    assert folder.read(place) == demo.files("2026-05-25")
    assert to_plain(made.report) == to_plain(demo.days[1].report)
    assert server.asked == []


def test_every_published_edition_holds_against_its_stored_texts(demo: Demo) -> None:
    found = {day: byhand.check_edition(demo.output / day) for day in DATES}

    assert {day: faults for day, (faults, _) in found.items() if faults} == {}
    assert found[LAST] == ((), 0)
    assert found["2026-05-25"][1] == len(published(demo.days[1].report))


def test_one_changed_byte_of_the_audit_is_found_at_its_sentences(
    demo: Demo, tmp_path: Path
) -> None:
    place = tmp_path / "2026-05-25"
    shutil.copytree(demo.output / "2026-05-25", place)
    edition = json.loads((place / "edition.json").read_bytes())
    headline = edition["briefs"][0]["headline"]
    cited = headline["citations"][0]["document_id"]
    audit = place / "audit" / "documents.jsonl"
    lines = audit.read_text(encoding="utf-8").split("\n")
    (number,) = (n for n, line in enumerate(lines) if f'"id":"{cited}"' in line)
    before = lines[number]
    lines[number] = before.replace("trillion", "trilliom", 1)
    audit.write_text("\n".join(lines), encoding="utf-8")

    faults, _ = byhand.check_edition(place)

    assert lines[number] != before
    assert headline["text"] in {one.text for one in faults}
    assert {one.slug for one in faults} == {edition["briefs"][0]["slug"]}
    assert all("changed" in one.message for one in faults)


def test_a_text_that_left_the_audit_is_missed(demo: Demo, tmp_path: Path) -> None:
    place = tmp_path / "2026-05-25"
    shutil.copytree(demo.output / "2026-05-25", place)
    audit = place / "audit" / "documents.jsonl"
    audit.write_text(audit.read_text(encoding="utf-8").split("\n", 1)[1])

    faults, _ = byhand.check_edition(place)

    assert faults
    assert "is missing" in faults[0].message


def test_a_folder_without_an_audit_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no edition with its audit"):
        byhand.check_edition(tmp_path)


def test_the_audit_lists_the_hash_of_every_text(demo: Demo) -> None:
    files = demo.files("2026-05-26")
    documents = [
        json.loads(line)
        for line in files["audit/documents.jsonl"].decode().split("\n")
        if line
    ]
    edition = json.loads(files["edition.json"])
    hashes = dict(
        reversed(line.split("  "))
        for line in files["audit/sha256.txt"].decode().splitlines()
    )

    assert sorted(hashes) == sorted(one["id"] for one in documents)
    for brief in edition["briefs"]:
        for citation in brief["headline"]["citations"]:
            assert hashes[citation["document_id"]] == citation["text_hash"]


def test_pages_name_no_place_of_this_machine(demo: Demo) -> None:
    for day in DATES:
        for path, body in demo.files(day).items():
            assert b"127.0.0.1" not in body, path
            assert str(demo.output).encode() not in body, path


def test_editions_carry_their_own_day(demo: Demo) -> None:
    days = [
        date.fromisoformat(json.loads(demo.files(day)["edition.json"])["edition_date"])
        for day in DATES
    ]

    assert days == [one.date for one in sample_days()]
