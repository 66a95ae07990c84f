"""The stages as filters: each prints what the next one reads."""

from __future__ import annotations

import json
from pathlib import Path

from briefing.domain.brief import Brief, Draft, Held
from briefing.domain.edition import Edition
from briefing.domain.story import Story
from briefing.logic.codec import from_json
from briefing.logic.lines import outcome_from
from tests.cli.calling import Said, call
from tests.conftest import Demo

WHEN = ("--now", "2026-05-25T06:00:00Z", "--date", "2026-05-25")


def stage(name: str, lines: str, *more: object) -> Said:
    return call("stage", name, *WHEN, *more, stdin=lines)


def documents(demo: Demo) -> str:
    return demo.files("2026-05-25")["audit/documents.jsonl"].decode()


def test_documents_become_an_edition_through_the_filters(demo: Demo) -> None:
    grouped = stage("group", documents(demo))
    chosen = stage("choose", grouped.out)
    written = stage("write", chosen.out)
    checked = stage("check", written.out)
    assembled = stage("assemble", checked.out)
    published = stage("publish", assembled.out)

    ends = [grouped, chosen, written, checked, assembled, published]
    assert [(one.code, one.err) for one in ends] == [(0, "")] * 6
    stories = [from_json(Story, line) for line in grouped.out.splitlines()]
    for line, story in zip(grouped.lines, stories, strict=True):
        assert line["document_ids"] == [one["id"] for one in line["documents"]]
        assert tuple(line["document_ids"]) == story.document_ids
    drafts = [from_json(Draft, line) for line in written.out.splitlines()]
    assert {one.story.id for one in drafts} <= {one.id for one in stories}
    outcomes = [outcome_from(line) for line in checked.out.splitlines()]
    assert len(outcomes) == len(drafts)
    for outcome in outcomes:
        assert isinstance(outcome, Brief | Held)
        story = outcome.story if isinstance(outcome, Brief) else outcome.draft.story
        assert story.id in {one["id"] for one in grouped.lines}
    assert {one["kind"] for one in checked.lines} <= {"brief", "held"}
    edition = from_json(Edition, assembled.out)
    assert len(edition.briefs) >= 3
    assert edition.edition_date.isoformat() == "2026-05-25"
    paths = {one["path"]: one for one in published.lines}
    assert {"index.html", "edition.md", "edition.eml", "edition.json"} <= set(paths)
    assert edition.briefs[0].headline.text in paths["edition.md"]["body"]


def test_a_checked_line_carries_verdicts_and_quantities(demo: Demo) -> None:
    draft = stage("write", stage("group", documents(demo)).out.split("\n")[0] + "\n")

    (line,) = stage("check", draft.out).lines

    brief = line if line["kind"] == "brief" else line["draft"]
    claims = [
        claim
        for section in brief["sections"]
        for item in section["items"]
        for claim in item["claims"]
    ]
    assert all("quantities" in one for one in claims)
    assert any(one["quantities"] for one in claims)
    assert line["kind"] == "held" or all(
        one["verdict"]["status"] in {"SUPPORTED", "NOT_ENOUGH_INFO"}
        and one["verdict"]["evidence"] is not None
        for one in claims
    )


def test_yesterdays_stories_keep_their_ids(demo: Demo, tmp_path: Path) -> None:
    everything = documents(demo).splitlines(keepends=True)
    first = stage("group", "".join(everything[:-4]))
    known = tmp_path / "stories.jsonl"
    known.write_text(first.out, encoding="utf-8")

    again = stage("group", "".join(everything[-4:]), "--known", known)

    assert again.code == 0
    assert {one["id"] for one in first.lines} & {one["id"] for one in again.lines}


def test_a_bad_line_is_named_and_passed_over(demo: Demo) -> None:
    lines = documents(demo).splitlines(keepends=True)
    broken = [lines[0], "nonsense\n", "\n", '{"id": "x"}\n', *lines[1:]]

    said = stage("group", "".join(broken))

    assert said.code == 1
    assert said.out == stage("group", documents(demo)).out
    assert "line 2: not JSON" in said.err
    assert "line 4: not a Document: text" in said.err


def test_a_line_of_other_bytes_costs_only_itself() -> None:
    good = json.dumps({"id": "a", "text": "The plant opened on 25 May 2026."})
    lines = b'{"id": "b", "text": "caf\xe9"}\n' + good.encode() + b"\n"

    said = call("stage", "group", *WHEN, stdin=lines)

    assert said.code == 1
    assert [one["document_ids"] for one in said.lines] == [["a"]]
    assert "line 1" in said.err


def test_every_stage_refuses_what_is_not_its_input() -> None:
    for name in ("gather", "group", "choose", "write", "check", "publish"):
        said = stage(name, '{"colour": "red"}\nnonsense\n')

        assert (said.code, said.out) == (3, ""), name
        assert "line 1" in said.err
        assert "line 2" in said.err
        assert "Traceback" not in said.err


def test_nothing_in_is_nothing_out() -> None:
    for name in ("gather", "group", "choose", "write", "check", "publish"):
        assert stage(name, "\n") == Said(0, "", "")


def test_no_brief_at_all_is_a_quiet_edition() -> None:
    said = stage("assemble", "")

    assert from_json(Edition, said.out).briefs == ()
    assert b"A quiet day" in stage("publish", said.out).out.encode()
