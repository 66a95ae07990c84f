"""The linter of finished mails: a good letter, and one change that spoils it."""

from __future__ import annotations

import pytest

from briefing.logic.mail_lint import MailFault, lint_letter, lint_mail, read_mail

TOKEN = "AbCdEfGhIjK.0123456789_-ABCDEFGHIJKLMNOPQRS"
UNSUBSCRIBE = f"https://news.example/u/{TOKEN}"
PREFERENCES = f"https://news.example/p/{TOKEN[::-1]}"

HEADERS = f"""\
From: The Daily Briefing <digest@news.example>
To: reader@inbox.example
Subject: Ferry line opens a second berth
Date: Tue, 26 May 2026 07:00:00 +0200
Message-ID: <0123456789abcdef@news.example>
Auto-Submitted: auto-generated
List-Id: The Daily Briefing <daily.news.example>
List-Unsubscribe: <{UNSUBSCRIBE}>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
List-Subscribe: <https://news.example/subscribe>
List-Help: <https://news.example/>
List-Post: NO
Archived-At: <https://news.example/2026-05-26/>
Precedence: bulk
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="=_b"
"""
TEXT = f"""\
The ferry line opens a second berth at the north quay.
https://ledger.example/ferry

Read on the web: https://news.example/2026-05-26/
You get this because you subscribed to it.
Unsubscribe: {UNSUBSCRIBE}
Preferences: {PREFERENCES}
Subscribe: https://news.example/subscribe
1 Quay Street
"""
HTML = f"""\
<html lang="en" dir="ltr"><head><style>@media (prefers-color-scheme: dark) {{
.paper {{ color: #eee !important; }}
}}</style></head><body>
<table role="presentation" lang="en" dir="ltr" width="100%"><tr><td>
<p style="font-size:14px">Also today: the health fund sets aside 210 million.</p>
<h1>The Daily Briefing</h1><h2>Ferry line</h2>
<p>It opens a berth. <a href="https://ledger.example/ferry">The Ledger</a></p>
<div class="foot"><a href="https://news.example/2026-05-26/">Read on the web</a>
You get this because you subscribed to it.
<a href="{UNSUBSCRIBE}">Unsubscribe</a> <a href="{PREFERENCES}">Preferences</a>
<a href="https://news.example/subscribe">Subscribe</a> 1 Quay Street</div>
</td></tr></table></body></html>
"""


def _letter(
    headers: str = HEADERS,
    text: str = TEXT,
    html: str = HTML,
    *,
    encoding: str = "7bit",
) -> bytes:
    parts = (
        f"--=_b\nContent-Type: text/{kind}; charset=utf-8\n"
        f"Content-Transfer-Encoding: {encoding}\n\n{body}"
        for kind, body in (("plain", text), ("html", html))
        if body
    )
    whole = headers + "\n" + "\n".join(parts) + "\n--=_b--\n"
    return whole.replace("\n", "\r\n").encode()


def _found(raw: bytes) -> list[str]:
    return [one.rule for one in lint_letter(raw, postal_lines=("1 Quay Street",))]


def test_a_good_letter_has_no_fault() -> None:
    assert lint_letter(_letter(), postal_lines=("1 Quay Street",)) == ()


def test_a_mail_is_read_as_a_mail_reader_does() -> None:
    mail = read_mail(_letter())

    assert mail.subject == "Ferry line opens a second berth"
    assert mail.types == ("text/plain", "text/html")
    assert mail.text.strip() == TEXT.strip()


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("List-Unsubscribe: <https", "List-Unsubscribe: <http", ["H1"]),
        (f"<{UNSUBSCRIBE}>", "=?utf-8?q?=3Chttps?=", ["H1", "H1"]),
        ("List-Unsubscribe=One-Click", "yes", ["H1"]),
        (f"List-Unsubscribe: <{UNSUBSCRIBE}>\n", "", ["H1", "H1"]),
        ("List-Id: The Daily Briefing <daily.news.example>\n", "", ["H3"]),
        ("List-Post: NO", "List-Post: yes", ["H3"]),
        ("List-Help: <https://news.example/>\n", "", ["H3"]),
        ("Precedence: bulk\n", "", ["H3"]),
        ("Auto-Submitted: auto-generated\n", "", ["H3"]),
        (
            "List-Subscribe: <https://news.example/subscribe>",
            "List-Subscribe: x",
            ["H3"],
        ),
        ("To: reader@inbox.example\n", "", ["H4"]),
        ("To: reader", "To: other@inbox.example\nTo: reader", ["H4"]),
        ("Precedence: bulk", "List-Post: NO\nPrecedence: bulk", ["H4"]),
        ("Tue, 26 May 2026 07:00:00 +0200", "today", ["H4"]),
        ("+0200", "-0000", ["H4"]),
        ("Subject: Ferry", f"X-Long: {'x' * 998}\nSubject: Ferry", ["H4"]),
        ("Subject: Ferry", "Subject: Fährry", ["H4"]),
        ("Subject: Ferry", "two words: x\nSubject: Ferry", ["H4", "E12"]),
        ("opens a second berth", "opens " + "x" * 70, ["E12"]),
        ("Ferry line opens a second berth", "", ["E12"]),
        ("second berth", "{{ headline }}", ["E12"]),
        ("Ferry line opens a second berth", "None", ["E12"]),
        ("Ferry line opens a second berth", "Corrected: None", ["E12"]),
    ],
)
def test_a_spoilt_header_is_found(old: str, new: str, rules: list[str]) -> None:
    assert old in HEADERS

    assert _found(_letter(headers=HEADERS.replace(old, new, 1))) == rules


@pytest.mark.parametrize("subject", ["None of nine wants a cut", "TKO in round two"])
def test_a_subject_that_only_looks_like_residue_is_good(subject: str) -> None:
    headers = HEADERS.replace("Ferry line opens a second berth", subject)

    assert _found(_letter(headers=headers)) == []


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("<h1>", "<svg></svg><h1>", ["E2"]),
        ("<h1>", "<script>1</script><h1>", ["E2"]),
        ("<h1>", "<section></section><h1>", ["E2"]),
        ("<h1>", '<form action="x"></form><h1>', ["E2", "E2"]),
        ("<h1>", '<h1 id="top">', ["E2"]),
        ("<h1>", '<h1 onclick="x()">', ["E2"]),
        ("<h1>", '<h1 style="position:absolute">', ["E2", "E2"]),
        ("<h1>", '<h1 style="color:var(--ink)">', ["E2"]),
        ("<h1>", '<h1 style="margin:1.5rem">', ["E2"]),
        ("<h1>", '<h1 style="font-size:13px">', ["E4"]),
        ("<h1>", '<h1 style="width:700px">', ["E4"]),
        ('width="100%"', 'width="700"', ["E4"]),
        (".paper {", "@import 'x'; .paper {", ["E2"]),
        (
            "@media (prefers-color-scheme: dark)",
            ".paper { color: red } @media x",
            ["E3"],
        ),
        ("<h1>", "<style>@media print { p { color: red } }</style><h1>", ["E3"]),
        (".paper {", f"/*{'x' * 12_000}*/ .paper {{", ["E3"]),
        (' role="presentation"', "", ["E4"]),
        ('<html lang="en"', "<html", ["E4"]),
        ('presentation" lang="en" dir="ltr"', 'presentation" lang="en"', ["E4"]),
        ("<h1>The Daily Briefing</h1>", "", ["E4"]),
        ("<h2>Ferry line</h2>", "<h3>Ferry line</h3>", ["E4"]),
        (
            "<h1>",
            '<img src="https://a.example/b.png" width="9" height="9"><h1>',
            ["E5"],
        ),
        (
            "<h1>",
            '<img alt="b.png" src="https://a.example/b.png" width="9" height="9"><h1>',
            ["E5"],
        ),
        ("<h1>", '<img alt="Map" src="https://a.example/b.png"><h1>', ["E5"]),
        ("<h1>", '<img alt="Map" src="data:x" width="9" height="9"><h1>', ["E5"]),
        (
            "<h1>",
            '<img alt="" src="https://a.example/b.gif" width="1" height="1"><h1>',
            ["D12"],
        ),
        (
            "<h1>",
            '<img alt="Map" src="https://a.example/b.webp" width="9" height="9"><h1>',
            ["E2"],
        ),
        (">The Ledger<", "><", ["E11"]),
        (">The Ledger<", ">Click here<", ["E11"]),
        ("https://ledger.example/ferry", "/ferry", ["E7", "E11"]),
        ("https://ledger.example/ferry", "javascript:alert(1)", ["E7", "E11"]),
        ("https://ledger.example/ferry", "https://bit.ly/abc", ["E11", "E7"]),
        ("https://ledger.example/ferry", PREFERENCES, ["E11"]),
        ("Also today: the health fund sets aside 210 million.", "Also", ["E8"]),
        ("Also today: the health fund", "Also " * 30, ["E8"]),
        ('style="font-size:14px"', 'style="display:none"', ["E2", "E8"]),
        (f'<a href="{UNSUBSCRIBE}">Unsubscribe</a>', "", ["E10"]),
        (f'<a href="{PREFERENCES}">Preferences</a>', "", ["E10"]),
        ('<a href="https://news.example/2026-05-26/">Read on the web</a>', "", ["E10"]),
        ('<a href="https://news.example/subscribe">Subscribe</a>', "", ["E10"]),
        ("because", "as", ["E10"]),
        (" 1 Quay Street", "", ["E10"]),
        ("<h1>", f"<h1>{'word ' * 18_000}", ["E1", *["E10"] * 6]),
        ("<h1>", f"<h1>{'word ' * 21_000}", ["E1", *["E10"] * 6]),
    ],
)
def test_spoilt_html_is_found(old: str, new: str, rules: list[str]) -> None:
    assert old in HTML

    # Long lines are no fault of these.
    found = _found(_letter(html=HTML.replace(old, new, 1)))

    assert sorted(one for one in found if one != "H4") == sorted(rules)


@pytest.mark.parametrize(
    ("words", "is_warning"), [("word " * 18_000, True), ("word " * 21_000, False)]
)
def test_size_warns_first_and_then_forbids(words: str, is_warning: bool) -> None:
    raw = _letter(html=HTML.replace("<h1>", f"<h1>{words}"))

    found = [one.is_warning for one in lint_mail(raw) if one.rule == "E1"]

    assert found == [is_warning]


def test_a_word_of_a_story_is_no_fault() -> None:
    html = HTML.replace("It opens a berth.", "New data: position: {{ url(x) }} @import")

    assert _found(_letter(html=html)) == []


def test_bare_line_ends_are_found() -> None:
    assert _found(_letter() + b"x\n") == ["H4"]


def test_a_quoted_printable_line_of_77_octets_is_found() -> None:
    text = TEXT + "x" * 77 + "\n"

    short = _letter(encoding="quoted-printable", html="", text="x" * 76)
    long = _letter(encoding="quoted-printable", html="", text=text)

    assert [one for one in lint_mail(short) if one.rule == "H4"] == []
    assert [one.rule for one in lint_mail(long)] == ["H4"]


def test_a_mail_of_html_alone_is_found() -> None:
    rules = {one.rule for one in lint_mail(_letter(text=""))}

    assert rules == {"E7"}


def test_a_letter_of_plain_text_alone_is_good() -> None:
    assert _found(_letter(html="")) == []


def test_a_report_names_no_token() -> None:
    html = HTML.replace("https://ledger.example/ferry", PREFERENCES).replace(
        UNSUBSCRIBE, f"{UNSUBSCRIBE}x"
    )

    found = lint_letter(_letter(html=html))

    assert found
    assert not [
        one for one in map(str, found) if TOKEN[:20] in one or TOKEN[::-1] in one
    ]


def test_a_fault_reads_as_one_line() -> None:
    assert str(MailFault("E2", "tag svg")) == "E2: tag svg"


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b"\xff\xfe", b"a: b\r\n\r\n<p>"])
def test_bytes_that_are_no_mail_are_faults_and_no_crash(raw: bytes) -> None:
    assert lint_letter(raw)
