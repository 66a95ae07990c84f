"""A post goes once, through the guard, and its address stays a secret."""

from __future__ import annotations

import pytest

from briefing.deliver.webhook import Webhook
from briefing.http import GuardedPoster
from briefing.ports.delivery import Broken, Phase, Refused, Sent
from tests.deliver.chat import HOST, Chat, Reply, chat

SECRET = "T0/B0/hunter2"


def post_to(
    running: Chat, url: str = f"{HOST}/{SECRET}", **settings: object
) -> Sent | Refused | Broken:
    with running.http(**settings) as http:
        hook = Webhook(name="team", kind="slack", url=url, http=http)
        return hook.post(b'{"text":"x"}')


def test_what_is_posted_arrives_as_it_was_with_its_type_and_our_name() -> None:
    with chat(Reply(204, b"")) as running:
        answer = post_to(running, contact="desk@news.example")

    ((path, headers, body),) = running.posts
    assert answer == Sent("HTTP 204")
    assert (path, body) == (f"/{SECRET}", b'{"text":"x"}')
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["user-agent"].endswith("(+desk@news.example)")


def test_a_refusal_says_what_the_chat_said_without_the_address() -> None:
    said = f"no_service for\r\n{HOST}/{SECRET} \x07".encode()
    with chat(Reply(404, said)) as running:
        answer = post_to(running)

    assert answer == Refused(404, "", "no_service for …", "post")


def test_the_wait_that_is_asked_for_is_handed_on() -> None:
    with chat(Reply(429, b"slow down", {"Retry-After": "31"})) as running:
        answer = post_to(running)

    assert answer == Refused(429, "", "slow down", "post", retry_after_s=31.0)


def test_a_redirect_is_not_followed() -> None:
    with chat(Reply(307, b"", {"Location": "http://chat.example/other"})) as running:
        answer = post_to(running)

    assert isinstance(answer, Refused)
    assert answer.code == 307
    assert len(running.posts) == 1


def test_a_post_is_never_repeated_by_the_client() -> None:
    with chat(Reply(hangs_up=True)) as running:
        answer = post_to(running)

    assert isinstance(answer, Broken)
    assert (answer.phase, answer.reason) == (Phase.AFTER_DOT, "closed")
    assert len(running.posts) == 1


def test_a_chat_that_does_not_answer_may_have_taken_it() -> None:
    with chat(Reply(is_silent=True)) as running:
        answer = post_to(running, total_s=0.2)

    assert isinstance(answer, Broken)
    assert (answer.phase, answer.reason) == (Phase.AFTER_DOT, "timeout")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:8080/x", "private_address"),
        ("http://10.0.0.1/x", "private_address"),
        ("http://[::1]/x", "private_address"),
        ("http://user:word@chat.example/x", "address"),
        ("ftp://chat.example/x", "address"),
        ("https:///x", "address"),
    ],
)
def test_an_address_that_the_guard_refuses_is_certainly_not_asked(
    url: str, reason: str
) -> None:
    with chat() as running:
        answer = post_to(running, url)

    assert isinstance(answer, Broken)
    assert (answer.phase, answer.reason) == (Phase.BEFORE_DOT, reason)
    assert running.posts == []


def test_a_server_that_is_not_there_certainly_got_nothing() -> None:
    with chat() as running:
        pass

    answer = post_to(running)

    assert isinstance(answer, Broken)
    assert (answer.phase, answer.reason) == (Phase.BEFORE_DOT, "connect")


def test_a_name_without_an_address_is_said() -> None:
    def nowhere(host: str, port: int) -> tuple[str, ...]:
        raise OSError(-2, "Name or service not known")

    with GuardedPoster(resolver=nowhere) as http:
        hook = Webhook(name="team", kind="json", url=f"{HOST}/{SECRET}", http=http)
        answer = hook.post(b"{}")

    assert isinstance(answer, Broken)
    assert (answer.phase, answer.reason) == (Phase.BEFORE_DOT, "dns")


def test_no_form_of_a_webhook_shows_its_address() -> None:
    url = f"{HOST}/{SECRET}"
    with chat(Reply(500, url.encode())) as running, running.http() as http:
        hook = Webhook(name="team", kind="slack", url=url, http=http)
        shown = f"{hook!r} {hook.post(b'{}')!r}"

    assert SECRET not in shown
