"""The doctor looks at model, site, files and store; one failing look is one line."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.checkup.asking import Check, run_all
from briefing.checkup.outside import Asks
from briefing.domain.checkup import Health, ok
from briefing.errors import StoreError
from briefing.llm.embedded import EmbeddedLlm
from briefing.settings import ModelPart
from briefing.store import SqliteStore
from tests.checkup.looking import NOW, look
from tests.model_server import ModelServer, Reply
from tests.web import Page, web

OK, WARN, BAD = Health.OK, Health.WARN, Health.BAD
DATE = {"Date": "Tue, 24 Nov 2026 05:00:00 GMT"}


def model_page(*names: str, status: int = 200) -> Page:
    listed = {"object": "list", "data": [{"id": name} for name in names]}
    return Page(
        json.dumps(listed).encode(),
        status=status,
        headers={**DATE, "Content-Type": "application/json"},
    )


def model_table(base_url: str) -> str:
    return f'[model]\nbase_url = "{base_url}"\nname = "small"\n'


@pytest.mark.parametrize(
    ("page", "health", "words"),
    [
        (model_page("large", "small"), OK, "knows small"),
        (model_page("large"), WARN, "it lists large"),
        (model_page(status=401), BAD, "HTTP 401"),
        (model_page(status=404), WARN, "HTTP 404"),
        (Page(b"<html>", headers={"Content-Type": "text/html"}), WARN, "no models"),
    ],
)
def test_a_models_endpoint_is_asked_what_it_knows(
    tmp_path: Path, page: Page, health: Health, words: str
) -> None:
    with web({}) as net:
        base_url = f"http://127.0.0.1:{net.port}/v1"
        net.pages[f"{base_url}/models"] = page
        found = look(tmp_path, model_table(base_url))

    assert (found["model"].health, words in found["model"].says) == (health, True)
    assert [one.url for one in net.asked] == [f"{base_url}/models"]


def test_a_models_clock_is_heard(tmp_path: Path) -> None:
    with web({}) as net:
        base_url = f"http://127.0.0.1:{net.port}/v1"
        net.pages[f"{base_url}/models"] = Page(
            b'{"data": []}', headers={"Content-Type": "application/json"}
        )
        found = look(tmp_path, model_table(base_url))

    # The server of the tests tells the real time, which is not the one pretended.
    assert base_url in found["clock"].says


def test_a_model_that_is_not_there_is_bad(tmp_path: Path) -> None:
    found = look(tmp_path, model_table("http://127.0.0.1:1/v1"))

    assert found["model"].health is BAD


def test_one_question_is_asked_only_when_wanted(tmp_path: Path) -> None:
    with ModelServer(lambda _request: Reply("ok")) as server:
        table = model_table(server.base_url)
        silent = look(tmp_path, table)
        before = len(server.requests)
        asked = look(tmp_path, table, asks_model=Asks.A_WORD)

    assert (before, len(server.requests)) == (0, 1)
    assert silent["model"].health is WARN
    assert (asked["model"].health, "answered in" in asked["model"].says) == (OK, True)


def test_an_embedded_model_is_not_loaded_without_being_asked(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(bytes(3_000_000))

    def client(_part: ModelPart) -> EmbeddedLlm:
        # No library is asked for, since nothing is loaded.
        return EmbeddedLlm(
            Path("tiny.gguf"), name="t", timeout_s=1, context_tokens=1, library="json"
        )

    table = '[model]\nembedded = "tiny.gguf"\n'
    found = look(tmp_path, table, model=client)

    assert (found["model"].health, "(3 MB)" in found["model"].says) == (OK, True)


def test_a_site_that_answers_is_ok(tmp_path: Path) -> None:
    with web({}) as net:
        base_url = f"http://127.0.0.1:{net.port}"
        net.pages[f"{base_url}/healthz"] = Page(b"ok")
        found = look(tmp_path, f'[site]\nbase_url = "{base_url}"\n')

    assert found["site"].health is OK


def test_a_header_that_cannot_stand_in_a_letter_is_named(tmp_path: Path) -> None:
    found = look(tmp_path, '[mail.headers]\n"List-Id" = "mine"\n')

    assert (found["letters"].health, "List-Id" in found["letters"].says) == (BAD, True)


def test_a_full_disk_and_a_machine_without_zones_are_bad(tmp_path: Path) -> None:
    found = look(tmp_path, free_bytes=lambda _folder: 1024, zones=lambda: 1)

    assert (found["disk"].health, found["zone"].health) == (BAD, BAD)


def test_an_output_that_cannot_be_written_is_bad(tmp_path: Path) -> None:
    # A folder that is there but cannot be written, even by root.
    found = look(tmp_path, '[place]\noutput = "/proc/self"\n')

    assert (found["output"].health, "/proc" in found["output"].says) == (BAD, True)


def test_an_old_store_is_neither_upgraded_nor_tripped_over(tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    with SqliteStore(path) as store, store._database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    before = path.read_bytes()

    found = look(tmp_path)

    assert "upgrades" in found["database"].says
    assert "deliveries" not in found
    assert path.read_bytes() == before


def test_a_store_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "briefing.db"):
        pass

    found = look(tmp_path)["database"]

    assert (found.health, "no fault found" in found.says) == (OK, True)


def test_a_run_that_was_cut_off_is_told(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "briefing.db") as store:
        store.start_run("r1", "daily-2026-11-24", now=NOW - timedelta(hours=1))

    assert look(tmp_path)["last run"].health is WARN


def test_a_secret_file_that_all_may_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("hunter2")
    file.chmod(0o644)

    found = look(tmp_path, environment={"BRIEFING_SMTP_PASSWORD_FILE": str(file)})

    assert (found["keys"].health, "hunter2" in repr(found)) == (WARN, False)


def test_one_failing_check_costs_only_itself() -> None:
    hangs = threading.Event()

    def breaks() -> tuple[()]:
        raise StoreError("the file is gone", hint="Restore it.")

    def has_no_right() -> tuple[()]:
        raise PermissionError(13, "Permission denied", "/x")

    def never() -> tuple[()]:
        hangs.wait()
        return ()

    found = run_all(
        [
            Check("a", breaks),
            Check("b", has_no_right),
            Check("c", never, limit_s=0.05),
            Check("d", lambda: (ok("d", "fine"),)),
        ],
        limit_s=5.0,
    )
    hangs.set()

    assert [(one.part, one.health) for one in found] == [
        ("a", BAD),
        ("b", BAD),
        ("c", BAD),
        ("d", OK),
    ]
    assert (found[0].todo, "no answer" in found[2].says) == ("Restore it.", True)


def test_a_bug_in_a_check_keeps_its_traceback() -> None:
    def bug() -> tuple[()]:
        raise KeyError("a bug")

    with pytest.raises(KeyError, match="a bug"):
        run_all([Check("a", bug)], limit_s=5.0)
