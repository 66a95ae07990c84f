"""check: anybody's text against its sources, lines, and a published edition."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import Said, call
from tests.conftest import Demo

GOLDEN = Path(__file__).parents[1] / "golden"
SOURCE = (
    "Northgate Water opened its new treatment plant in Northgate on 25 May 2026. "
    "The plant cost €48 million and took three years to build."
)


@pytest.fixture(scope="module")
def old_article(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the article with the old faults, as a file of documents."""
    path = tmp_path_factory.mktemp("check") / "sources.jsonl"
    path.write_bytes(demo.files("2026-05-25")["audit/documents.jsonl"])
    return path


def line(name: object, text: object, *sources: str) -> str:
    given = [
        {"id": f"s{number}", "title": "Plant", "text": text, "url": None}
        for number, text in enumerate(sources, start=1)
    ]
    return json.dumps({"id": name, "text": text, "sources": given}) + "\n"


def rules(said: Said) -> set[str]:
    return {one["rule"] for one in said.json["violations"]}


def test_the_old_article_breaks_the_rules_it_was_written_to_break(
    old_article: Path,
) -> None:
    said = call(
        *("check", GOLDEN / "old_article.md", "--source", old_article, "--json")
    )

    assert said.code == 1
    assert said.json["supported"] is False
    assert rules(said) >= {"R1", "R3", "R4", "C2", "D2", "G2", "F1"}
    assert all(one["message"] for one in said.json["violations"])


def test_the_broken_rules_are_printed_with_sentence_and_reason(tmp_path: Path) -> None:
    source, text = tmp_path / "source.txt", tmp_path / "text.md"
    source.write_text(SOURCE, encoding="utf-8")
    wrong = "The plant cost €84 million."
    text.write_text(f"{wrong}\n\n{wrong}\n", encoding="utf-8")

    said = call("check", text, "--source", source)

    assert said.code == 1
    for rule in ("N1", "R1"):
        assert f"\n{rule} " in f"\n{said.out}", rule
    assert wrong in said.out
    assert "rules broken" in said.out


def test_the_good_article_breaks_none_of_these_rules(old_article: Path) -> None:
    said = call(
        *("check", GOLDEN / "good_article.md", "--source", old_article, "--json")
    )

    verdicts = [one["verdict"] for one in said.json["claims"]]
    assert rules(said).isdisjoint({"R1", "R3", "R4", "C2", "D2", "G2", "F1"})
    assert verdicts.count("SUPPORTED") >= 0.8 * len(verdicts)


def test_a_text_is_checked_against_several_files(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text(
        "# Plant\n\n## What happened\n\n"
        "- The plant cost €48 million.\n- It closed on 30 June 2026.\n",
        encoding="utf-8",
    )
    (tmp_path / "a.txt").write_text(SOURCE, encoding="utf-8")
    page = f"<!doctype html><title>Plant</title><article><p>{SOURCE}</p></article>"
    (tmp_path / "b.html").write_text(page * 3, encoding="utf-8")

    said = call(
        *("check", tmp_path / "brief.md", "--json"),
        *("--source", tmp_path / "a.txt", "--source", tmp_path / "b.html"),
    )

    verdicts = {one["text"]: one["verdict"] for one in said.json["claims"]}
    assert said.code == 1
    assert verdicts["The plant cost €48 million."] == "SUPPORTED"
    assert verdicts["It closed on 30 June 2026."] != "SUPPORTED"


def test_a_source_that_is_not_there_is_named_and_the_others_count(
    tmp_path: Path,
) -> None:
    (tmp_path / "brief.md").write_text("The plant cost €48 million.\n", "utf-8")
    (tmp_path / "a.txt").write_text(SOURCE, encoding="utf-8")

    said = call(
        *("check", tmp_path / "brief.md", "--source", tmp_path / "a.txt"),
        *("--source", tmp_path / "gone.txt"),
    )

    assert said.code == 1
    assert "gone.txt" in said.err


def test_lines_have_exactly_the_documented_form() -> None:
    lines = line("a1", "The plant cost €84 million.", SOURCE)

    said = call("check", "--jsonl", stdin=lines)

    (found,) = said.lines
    assert said.code == 1
    assert list(found) == ["id", "supported", "claims", "violations"]
    assert (found["id"], found["supported"]) == ("a1", False)
    (claim,) = found["claims"]
    assert list(claim) == ["text", "verdict", "reason", "evidence"]
    assert claim["text"] == "The plant cost €84 million."
    assert claim["verdict"] in {"REFUTED", "NOT_ENOUGH_INFO"}
    assert claim["reason"]
    for place in claim["evidence"]:
        assert list(place) == ["source_id", "start", "end"]
        assert place["source_id"] == "s1"
        assert "€48 million" in SOURCE[place["start"] : place["end"]]
    for violation in found["violations"]:
        assert list(violation) == ["rule", "level", "text", "message"]
        assert violation["level"] in {"E", "W"}


def test_a_supported_line_points_to_its_sentence() -> None:
    text = "Prices fell.\u2028  \u00a0" + SOURCE
    said = call(
        "check", "--jsonl", stdin=line("a", "The plant cost €48 million.", text)
    )

    (found,) = said.lines
    (place, *_) = found["claims"][0]["evidence"]
    assert (said.code, found["supported"]) == (0, True)
    assert found["claims"][0]["verdict"] == "SUPPORTED"
    assert "The plant cost €48 million" in text[place["start"] : place["end"]]


@pytest.mark.parametrize(
    "bad",
    [
        "nonsense\n",
        "[]\n",
        '{"id": "x"}\n',
        '{"id": "x", "text": null, "sources": []}\n',
        '{"id": "x", "text": "t", "sources": [{"id": "s"}]}\n',
        '{"id": "x", "text": "t", "sources": 7}\n',
        '{"id": "x", "text": "\\ud800", "sources": []}\n',
        "[" * 100_000 + "\n",
    ],
)
def test_a_line_that_is_none_is_named_and_passed_over(bad: str) -> None:
    good = line("a", "The plant cost €48 million.", SOURCE)

    said = call("check", "--jsonl", stdin=good + bad + good)

    assert said.code == 1
    assert [one["supported"] for one in said.lines] == [True, True]
    assert said.err.startswith("line 2: ")
    assert len(said.err.splitlines()) == 1


def test_lines_come_from_a_file_too(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(line(7, "The plant cost €48 million.", SOURCE), encoding="utf-8")

    said = call("check", "--jsonl", path)

    assert said.code == 0
    assert [one["id"] for one in said.lines] == ["7"]


def test_an_odd_text_gets_an_answer_as_well() -> None:
    texts: list[Any] = ["", "   ", "#", "????", "a" * 20_000, "€", "\u202e\x00x"]
    lines = "".join(line(str(n), text, SOURCE) for n, text in enumerate(texts))

    said = call("check", "--jsonl", stdin=lines)

    assert [one["id"] for one in said.lines] == [str(n) for n in range(len(texts))]
    assert said.err == ""


def test_a_published_edition_is_checked_offline(demo: Demo) -> None:
    place = demo.output / "2026-05-25"

    said = call("check", place)
    plain = call("check", place, "--json")

    assert (said.code, said.err) == (0, "")
    assert "every sentence holds" in said.out
    assert plain.json["faults"] == []
    assert plain.json["briefs"] >= 3


def test_a_tampered_edition_ends_with_1_and_names_the_sentence(
    demo: Demo, tmp_path: Path
) -> None:
    place = tmp_path / "2026-05-25"
    shutil.copytree(demo.output / "2026-05-25", place)
    edition = place / "edition.json"
    told = json.loads(edition.read_bytes())
    lead = told["briefs"][0]["sections"][0]["items"][0]["claims"][0]
    lead["text"] = lead["text"].replace("3.43", "9.43")
    edition.write_text(json.dumps(told), encoding="utf-8")

    said = call("check", place)

    assert "9.43" in lead["text"]
    assert said.code == 1
    assert lead["text"] in said.out
