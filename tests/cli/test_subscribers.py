"""briefing subscribers …: the operator's hand on the list."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.domain.audience import Preferences, Subscriber, SubscriberState
from briefing.logic.subscriber_csv import COLUMNS, addresses, written
from tests.builders import NOW
from tests.cli.calling import Said, call

READER = Subscriber(
    "abcdefghijk", "daily", "a@mail.example", SubscriberState.ACTIVE, Preferences(), NOW
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "briefing.toml"
    path.write_text('[digest]\ntitle = "The Daily"\n')
    return path


def subscribers(config: Path, *arguments: object, stdin: str = "") -> Said:
    return call("subscribers", *arguments, "--config", config, stdin=stdin)


def addresses_on(config: Path, state: str) -> list[str]:
    said = subscribers(config, "list", "--state", state, "--json")
    return [one["address"] for one in said.lines]


def test_who_is_added_by_hand_is_asked_first(config: Path) -> None:
    said = subscribers(config, "add", "a@mail.example")

    assert said.code == 0
    assert "confirmation letter waits" in said.out
    assert addresses_on(config, "pending") == ["a@mail.example"]


def test_whoever_agreed_elsewhere_begins_at_once_with_an_origin(config: Path) -> None:
    without = subscribers(config, "add", "a@mail.example", "--confirmed")
    said = subscribers(
        config, "add", "a@mail.example", "--confirmed", "--origin", "member form 2025"
    )

    assert (without.code, said.code) == (2, 0)
    assert "--origin" in without.err
    assert addresses_on(config, "active") == ["a@mail.example"]


def test_an_import_counts_and_names_lines_but_not_addresses(config: Path) -> None:
    file = "name,E-Mail\nx,a@mail.example\ny,nobody\nz,A@MAIL.example\n"
    dry = subscribers(config, "import", "--dry-run", "--json", stdin=file)
    said = subscribers(config, "import", "--json", stdin=file)

    assert dry.json["added"] == 2
    assert said.json == {"added": 2, "known": 0, "suppressed": 0, "invalid": 1}
    assert said.code == 1
    assert "line 3" in said.err
    assert addresses_on(config, "pending") == ["A@mail.example"]


def test_an_import_never_brings_back_who_left(config: Path) -> None:
    origin = ("--confirmed", "--origin", "an older list")
    for name in ("left", "refused"):
        subscribers(config, "add", f"{name}@mail.example", *origin)
    subscribers(config, "remove", "left@mail.example")
    subscribers(config, "suppress", "refused@mail.example", "--why", "asked by phone")
    subscribers(config, "remove", "refused@mail.example")

    said = subscribers(
        config,
        "import",
        *origin,
        "--json",
        stdin="left@mail.example\nrefused@mail.example\n",
    )

    assert said.json["suppressed"] == 2
    assert addresses_on(config, "active") == []
    kept = subscribers(config, "suppressions", "--json")
    assert sorted(one["reason"] for one in kept.json) == ["manual", "unsubscribed"]
    assert "mail.example" not in kept.out


def test_an_address_can_be_let_in_again(config: Path) -> None:
    subscribers(config, "suppress", "a@mail.example")

    assert subscribers(config, "add", "a@mail.example").code == 1
    assert subscribers(config, "lift", "A@mail.example").code == 0
    assert subscribers(config, "lift", "a@mail.example").code == 1
    assert subscribers(config, "add", "a@mail.example").code == 0


def test_who_is_not_there_cannot_be_removed(config: Path) -> None:
    said = subscribers(config, "remove", "a@mail.example")

    assert said.code == 2
    assert "not on the list" in said.err


@given(st.text(max_size=30))
def test_no_cell_of_an_export_is_a_formula(role: str) -> None:
    reader = replace(READER, preferences=Preferences(role=role))

    (row,) = list(csv.DictReader(io.StringIO("".join(written([reader])), newline="")))

    assert tuple(row) == COLUMNS
    assert not (row["role"] or "").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_an_export_can_be_imported_again() -> None:
    lines = "".join(written([READER])).splitlines()

    assert list(addresses(lines)) == [(2, "a@mail.example")]
