"""serve and schedule as processes: from the form to the mail, and to a good end."""

from __future__ import annotations

import re
import signal
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import httpx2

from briefing.store import SqliteStore
from briefing.tokens import Tokens, load_keys
from tests.staying import NewsOfToday, Staying, staying

ADDRESS = "ada@post.example"


def base_of(one: Staying) -> str:
    found = re.search(r"url=(\S+)", one.wait_for("serve.ready"))
    assert found is not None
    return found[1]


def letters(folder: Path) -> dict[str, str]:
    """Subject and plain text of everything in the outbox."""
    found = {}
    for path in sorted((folder / "outbox").glob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        part = mail.get_body(("plain",))
        assert part is not None
        assert mail["To"] == ADDRESS
        found[str(mail["Subject"])] = part.get_content()
    return found


def stamp_of(folder: Path) -> str:
    """What stands in a form that was opened a minute ago."""
    tokens = Tokens(load_keys(folder / "briefing.db.keys", ()), "daily")
    return tokens.stamp(datetime.now(UTC) - timedelta(minutes=1))


def test_from_the_form_to_the_mail_in_one_process(tmp_path: Path) -> None:
    with NewsOfToday() as news:
        config = news.settings(tmp_path)
        with (
            staying(
                *("serve", "--port", 0, "--with-schedule", "--config", config)
            ) as one,
            httpx2.Client(trust_env=False) as web,
        ):
            base = base_of(one)
            asked = web.post(
                f"{base}/subscribe",
                data={
                    "address": ADDRESS,
                    "stamp": stamp_of(tmp_path),
                    "frequency": "daily",
                    "send_at": "00:00",
                    "timezone": "UTC",
                    "format": "html",
                    "interests": "turbine",
                },
            )
            one.wait_for("mail.sent sent=1")
            (confirmation,) = letters(tmp_path).values()
            (link,) = re.findall(rf"{base}/c/\S+", confirmation)
            confirmed = web.post(link)
            # The sources answer only now: the issue is made after the reader came.
            news.open.set()
            made = one.wait_for("morning.made issue=daily-")
            one.wait_for("mail.sent sent=1")
            front = web.get(base)
            code = one.end()

        mails = letters(tmp_path)
        (subject,) = set(mails) - {
            key for key, text in mails.items() if text == confirmation
        }
        token = link.rsplit("/", 1)[1]
        log = "\n".join(one.said)

    assert (asked.status_code, confirmed.status_code, code) == (200, 200, 0)
    assert "briefs=2" in made
    assert "editions=1 readers=1" in made
    assert "Orrin Energy" in subject
    assert f"{base}/u/" in mails[subject]
    assert "Orrin Energy" in front.text
    assert len(list((tmp_path / "output").glob("*/index.html"))) == 1
    assert ADDRESS not in log
    assert token not in log
    assert "POST /c/… 200" in log
    assert "serve.end" in one.said[-1]


def test_two_schedules_on_one_store_make_one_issue(tmp_path: Path) -> None:
    with NewsOfToday() as news:
        config = news.settings(tmp_path)
        with staying("schedule", "--config", config) as one:
            assert news.is_asked.wait(60)
            with staying("schedule", "--config", config) as other:
                other.wait_for("schedule.next")
                news.open.set()
                one.wait_for("morning.made")
                codes = (one.end(), other.end(signal.SIGINT))
        with SqliteStore(tmp_path / "briefing.db") as store:
            runs = store.last_runs()

    assert codes == (0, 0)
    assert (len(runs), news.asked) == (1, 1)
    assert [line for line in other.said if "morning." in line] == []


def test_a_site_alone_serves_and_ends(tmp_path: Path) -> None:
    with NewsOfToday() as news:
        config = news.settings(tmp_path)
        with staying("serve", "--port", 0, "--config", config) as one:
            health = httpx2.get(f"{base_of(one)}/healthz", trust_env=False)
            code = one.end()

    assert (health.status_code, code, news.asked) == (200, 0, 0)
