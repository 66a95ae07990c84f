"""The records of a sender's domain, judged as receivers judge them."""

from __future__ import annotations

import base64

import pytest

from briefing.domain.checkup import Finding, Health
from briefing.logic import dns_records as judge

DOMAIN = "news.example.net"
RSA_2048 = base64.b64encode(bytes(294)).decode()
RSA_1024 = base64.b64encode(bytes(162)).decode()
RSA_512 = base64.b64encode(bytes(94)).decode()


def spf(*records: str, lookups: int = 1, smtp_host: str = "mail.news.org") -> Finding:
    found = judge.spf_records(records)
    return judge.spf(DOMAIN, found, lookups=lookups, smtp_host=smtp_host)


def test_a_good_spf_record_is_shown() -> None:
    found = spf("v=spf1 mx ~all", "google-site-verification=x")

    assert found == Finding("spf", Health.OK, f"{DOMAIN}: v=spf1 mx ~all")


@pytest.mark.parametrize(
    ("smtp_host", "permits"),
    [
        ("127.0.0.1", "a mx"),
        ("localhost", "a mx"),
        ("192.0.2.7", "ip4:192.0.2.7"),
        ("mail.news.org", "a:mail.news.org"),
        ("email-smtp.eu-west-1.amazonaws.com", "include:amazonses.com"),
        ("smtp.mailgun.org", "include:mailgun.org"),
        ("smtp.office365.com", "include:spf.protection.outlook.com"),
    ],
)
def test_a_missing_spf_record_is_printed_ready_to_paste(
    smtp_host: str, permits: str
) -> None:
    found = spf("unrelated", smtp_host=smtp_host)

    assert found.health is Health.BAD
    assert found.paste == f'{DOMAIN}. 3600 IN TXT "v=spf1 {permits} ~all"'


@pytest.mark.parametrize(
    ("records", "lookups", "health", "words"),
    [
        (("v=spf1 mx -all", "v=spf1 a -all"), 1, Health.BAD, "2 SPF records"),
        (("v=spf1 mx +all",), 1, Health.BAD, "everybody"),
        (("v=spf1 mx all",), 1, Health.BAD, "everybody"),
        (("v=spf1 mx ?all",), 1, Health.WARN, "without a decision"),
        (("v=spf1 mx",), 1, Health.WARN, "without a decision"),
        (("v=spf1 redirect=_spf.b.example",), 1, Health.OK, "redirect"),
        (("v=spf1 mx ipv4:192.0.2.1 -all",), 1, Health.BAD, "ipv4:192.0.2.1"),
        (("v=spf1 mx -all",), 11, Health.BAD, "11 look-ups"),
        (("v=spf1 mx -all",), 10, Health.OK, "v=spf1"),
        (("V=SPF1 MX -ALL",), 1, Health.OK, "MX"),
    ],
)
def test_an_spf_record_is_judged(
    records: tuple[str, ...], lookups: int, health: Health, words: str
) -> None:
    found = spf(*records, lookups=lookups)

    assert (found.health, words in found.says) == (health, True), found


def test_spf_terms_count_what_a_receiver_must_look_up() -> None:
    record = (
        "v=spf1 +a mx:b.example/24 ip4:192.0.2.0/24 ip6:2001:db8::/32 ptr "
        "exists:%{i}.c.example include:d.example redirect=e.example exp=f.example"
    )

    terms = judge.spf_terms(record)

    assert terms.lookups == 6
    assert terms.follows == ("d.example", "e.example")
    assert (terms.ending, terms.unknown) == ("", ())


def test_a_record_that_only_begins_like_spf_is_none() -> None:
    assert judge.spf_records(("v=spf10 a -all", "v=spf1", "v=spf1 -all")) == (
        "v=spf1",
        "v=spf1 -all",
    )


@pytest.mark.parametrize(
    ("text", "health", "words"),
    [
        (f"v=DKIM1; k=rsa; p={RSA_2048}", Health.OK, "holds a key (rsa)"),
        (f"p={RSA_2048[:200]} {RSA_2048[200:]}", Health.OK, "holds a key"),
        (f"v=DKIM1; p={RSA_1024}", Health.WARN, "2048"),
        (f"v=DKIM1; p={RSA_512}", Health.BAD, "shorter than 1024"),
        (f"v=DKIM1; t=y:s; p={RSA_2048}", Health.WARN, "t=y"),
        ("v=DKIM1; k=ed25519; p=" + "A" * 44, Health.WARN, "Ed25519"),
        ("v=DKIM1; p=", Health.BAD, "withdrawn"),
        ('v=DKIM1; p="AAAA"', Health.BAD, "not readable"),
        ("v=DKIM2; p=AAAA", Health.BAD, "no DKIM key"),
        ("hello", Health.BAD, "no DKIM key"),
    ],
)
def test_a_dkim_key_is_judged(text: str, health: Health, words: str) -> None:
    found = judge.dkim(DOMAIN, "s1", [text])

    assert (found.health, words in found.says) == (health, True), found


def test_a_missing_dkim_key_names_where_it_belongs() -> None:
    found = judge.dkim(DOMAIN, "s1", [])

    assert found.health is Health.BAD
    assert found.paste.startswith(f's1._domainkey.{DOMAIN}. 3600 IN TXT "v=DKIM1;')


def test_without_a_selector_the_signing_domain_is_told() -> None:
    none = judge.dkim_without_selector(DOMAIN, is_any_known=False)
    some = judge.dkim_without_selector(DOMAIN, is_any_known=True)

    assert (none.health, some.health) == (Health.BAD, Health.WARN)
    assert f"d={DOMAIN}" in none.todo
    assert "dkim_selector" in some.todo


@pytest.mark.parametrize(
    ("texts", "found_at", "health", "words"),
    [
        (["v=DMARC1; p=none; rua=mailto:a@b.example"], DOMAIN, Health.OK, "p=none"),
        (["v=DMARC1; p=reject"], DOMAIN, Health.OK, "p=reject"),
        (["v=DMARC1;p=reject;sp=none"], "example.net", Health.OK, "p=none (of"),
        (["v=DMARC1; p=reject"], "example.net", Health.OK, "p=reject (of"),
        (["v=DMARC1; rua=mailto:a@b.example"], DOMAIN, Health.BAD, "no valid policy"),
        (["v=DMARC1; p=maybe"], DOMAIN, Health.BAD, "no valid policy"),
        (["v=DMARC1; p=none"] * 2, DOMAIN, Health.BAD, "2 policies"),
        (["something else"], DOMAIN, Health.BAD, "no DMARC policy"),
        ([], DOMAIN, Health.BAD, "no DMARC policy"),
    ],
)
def test_a_dmarc_policy_is_judged(
    texts: list[str], found_at: str, health: Health, words: str
) -> None:
    found = judge.dmarc(DOMAIN, texts, found_at=found_at)

    assert (found.health, words in found.says) == (health, True), found


def test_a_missing_dmarc_policy_is_printed_ready_to_paste() -> None:
    assert judge.dmarc(DOMAIN, [], found_at=DOMAIN).paste == (
        f'_dmarc.{DOMAIN}. 3600 IN TXT "v=DMARC1; p=none; '
        f'rua=mailto:postmaster@{DOMAIN}"'
    )


@pytest.mark.parametrize(
    ("records", "has_address", "health"),
    [
        (["10 mail.news.org"], False, Health.OK),
        (["0 ."], True, Health.BAD),
        ([], True, Health.WARN),
        ([], False, Health.BAD),
    ],
)
def test_replies_must_arrive_somewhere(
    records: list[str], has_address: bool, health: Health
) -> None:
    assert judge.mx(DOMAIN, records, has_address=has_address).health is health


@pytest.mark.parametrize(
    ("names", "health"),
    [
        ([("192.0.2.1", ("mail.news.org",), True)], Health.OK),
        ([("192.0.2.1", (), False)], Health.WARN),
        ([("192.0.2.1", ("dsl-1.b.example",), False)], Health.WARN),
    ],
)
def test_an_address_needs_a_name_that_leads_back(
    names: list[tuple[str, tuple[str, ...], bool]], health: Health
) -> None:
    assert judge.ptr("mail.news.org", names).health is health


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("localhost", True),
        ("host", True),
        ("news.example", True),
        ("example.com", True),
        ("a.example.org", True),
        ("printer.local", True),
        ("news.org", False),
        ("myexample.com", False),
        ("example.news", False),
    ],
)
def test_domains_that_no_name_server_knows(domain: str, expected: bool) -> None:
    assert judge.is_reserved(domain) is expected
