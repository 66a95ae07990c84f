"""`briefing doctor`: every part in a line, and an exit code for scripts."""

from __future__ import annotations

from pathlib import Path

from briefing.store import SqliteStore
from tests.cli.calling import call

SOURCE = '[[sources]]\nid = "a"\nurl = "https://a.example/feed"\npublisher = "A"\n'
# A port that nobody may listen on: the look at the site ends at once.
HEAD = '[http]\ncontact = "me@a.example"\n[site]\nbase_url = "http://127.0.0.1:1"\n'


def settings(folder: Path, more: str = "", head: str = HEAD) -> Path:
    path = folder / "briefing.toml"
    path.write_text(head + more + SOURCE, encoding="utf-8")
    return path


def test_a_new_installation_is_told_what_is_there_and_what_is_to_come(
    tmp_path: Path,
) -> None:
    said = call("doctor", "--config", settings(tmp_path), "--now", "2026-11-24T05:00Z")

    assert said.code == 0, said.out
    parts = [line.split()[:2] for line in said.out.splitlines()]
    assert ["ok", "database"] in parts
    assert ["ok", "model"] in parts
    assert ["warn", "site"] in parts
    assert "SMTP and DNS are not looked at" in said.out
    assert "next at Tue 24 Nov 06:00 UTC" in said.out
    assert not (tmp_path / "briefing.db").exists()


def test_programs_get_every_finding_as_json(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "briefing.db"):
        pass

    said = call("doctor", "--config", settings(tmp_path), "--json")

    found = {one["part"]: one for one in said.json}
    assert said.code == 0, said.out
    assert found["database"]["health"] == "ok"
    assert found["last run"]["says"] == "none yet"
    assert found["deliveries"]["says"] == "none yet"
    assert set(found["disk"]) == {"part", "health", "says", "todo", "paste"}


def test_a_bad_part_gives_exit_code_1_and_costs_only_itself(tmp_path: Path) -> None:
    path = settings(tmp_path)
    (tmp_path / "briefing.db").write_bytes(b"no database at all" * 100)
    (tmp_path / "briefing.db.keys").write_text("k" * 40)
    (tmp_path / "briefing.db.keys").chmod(0o644)

    said = call("doctor", "--config", path)

    assert said.code == 1
    assert "bad  database" in said.out
    assert f"chmod 600 {tmp_path / 'briefing.db.keys'}" in said.out
    assert "ok   schedule" in said.out


def test_wrong_settings_give_exit_code_2(tmp_path: Path) -> None:
    said = call("doctor", "--config", settings(tmp_path, head="[site]\nport = -1\n"))

    assert (said.code, "site.port" in said.err) == (2, True)


def test_a_sender_that_nobody_knows_and_a_server_that_is_not_there_are_bad(
    tmp_path: Path,
) -> None:
    mail = '[mail]\nchannel = "smtp"\n[smtp]\nport = 1\n'

    said = call("doctor", "--config", settings(tmp_path, mail), "--json")

    found = {one["part"]: one for one in said.json}
    assert said.code == 1
    assert found["smtp"]["says"].startswith("127.0.0.1:1 could not be reached")
    assert "localhost" in found["mail"]["says"]
    assert "spf" not in found
