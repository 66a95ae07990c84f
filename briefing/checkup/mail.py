"""Looks at the mail server and at what the sender's domain publishes.

Source: the rules are in logic/dns_records.py; the walk over SPF's includes follows RFC
7208 4.6.4, the search for a DMARC policy RFC 7489 6.6.3.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence

from briefing.checkup.asking import Check, Look
from briefing.checkup.outside import is_local
from briefing.domain.checkup import Finding, bad, ok, warn
from briefing.logic import dns_records as judge
from briefing.logic import mail_server, urls
from briefing.ports import Broken
from briefing.ports.names import MailServerProbe, NameServer, RecordKind, Unasked
from briefing.settings import SmtpPart

# A chain of includes that is longer is broken whatever it says.
_MOST_ASKED = 30


class _NoAnswer(Exception):  # noqa: N818 - carries why nothing is known
    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name)
        self.name = name
        self.reason = reason


def checks(
    look: Look, probe_of: Callable[[SmtpPart], MailServerProbe], names: NameServer
) -> list[Check]:
    """Those that make sense for the configured channel."""
    if look.chosen.mail.channel == "outbox":
        said = ok(
            "mail",
            "by outbox: files are written, nobody is mailed; SMTP and DNS are not "
            "looked at",
            'Set [mail] channel = "smtp" to send.',
        )
        return [Check("mail", lambda: (said,))]
    server = Check("smtp", lambda: smtp(look, probe_of))
    domain = look.chosen.mail.sender.rpartition("@")[2].lower()
    if judge.is_reserved(domain):
        said = bad(
            "mail",
            f"the sender is at {domain}, which no mail server of the world knows",
            "Set [mail] sender to an address of a domain of yours.",
        )
        return [server, Check("mail", lambda: (said,))]
    return [
        server,
        Check("mx", lambda: _told("mx", lambda: mx(look, domain, names))),
        Check("spf", lambda: _told("spf", lambda: (spf(look, domain, names),))),
        Check("dkim", lambda: _told("dkim", lambda: (dkim(look, domain, names),))),
        Check("dmarc", lambda: _told("dmarc", lambda: (dmarc(domain, names),))),
        Check("ptr", lambda: _told("ptr", lambda: (ptr(look, names),))),
    ]


def smtp(
    look: Look, probe_of: Callable[[SmtpPart], MailServerProbe]
) -> tuple[Finding, ...]:
    """Connects, secures, logs in; sends nothing."""
    part = look.chosen.smtp
    where = f"{part.host}:{part.port}"
    seen = probe_of(part).look()
    if isinstance(seen, Broken):
        return (
            mail_server.trouble(
                where,
                reason=seen.reason,
                code=seen.code,
                text=seen.text,
                is_secured=part.security != "plaintext",
            ),
        )
    look.hears_time(where, seen.greeting)
    return mail_server.seen(
        where,
        security=part.security,
        is_local=is_local(part.host),
        extensions=seen.extensions,
        tls=seen.tls,
        certificate_ends=seen.certificate_ends,
        is_logged_in=seen.is_logged_in,
        username=part.username,
        now=look.wall(),
    )


def _told(part: str, look_up: Callable[[], Sequence[Finding]]) -> Sequence[Finding]:
    try:
        return look_up()
    except _NoAnswer as error:
        return (
            warn(
                part,
                f"no name server answered for {error.name} ({error.reason})",
                "Check this machine's name server, and try again.",
            ),
        )


def _ask(names: NameServer, name: str, kind: RecordKind) -> tuple[str, ...]:
    answer = names.ask(name, kind)
    if isinstance(answer, Unasked):
        raise _NoAnswer(name, answer.reason)
    return answer.values


def mx(look: Look, domain: str, names: NameServer) -> tuple[Finding, ...]:
    """Of the sender, and of Reply-To where it is elsewhere."""
    reply_to = look.chosen.mail.reply_to.rpartition("@")[2].lower()
    wanted = dict.fromkeys(one for one in (domain, reply_to) if one)
    return tuple(
        judge.mx(
            one,
            _ask(names, one, "MX"),
            has_address=bool(_ask(names, one, "A") or _ask(names, one, "AAAA")),
        )
        for one in wanted
    )


def spf(look: Look, domain: str, names: NameServer) -> Finding:
    """The record of the sender's domain and how many look-ups it costs."""
    records = judge.spf_records(_ask(names, domain, "TXT"))
    lookups = 0
    if len(records) == 1:
        lookups = _lookups(records[0], names)
    return judge.spf(domain, records, lookups=lookups, smtp_host=look.chosen.smtp.host)


def _lookups(record: str, names: NameServer) -> int:
    """Look-ups of a record with all that it includes; stops where it is too many."""
    count, asked = 0, 0
    waiting = [record]
    while waiting and asked < _MOST_ASKED and count <= judge.MAX_SPF_LOOKUPS:
        terms = judge.spf_terms(waiting.pop())
        count += terms.lookups
        for name in terms.follows:
            if "%" in name or not name:
                continue  # a macro: what it means depends on the mail
            asked += 1
            waiting.extend(judge.spf_records(_ask(names, name, "TXT"))[:1])
    return count


def dkim(look: Look, domain: str, names: NameServer) -> Finding:
    """The key under the configured selector; without one, whether there is any."""
    selector = look.chosen.mail.dkim_selector
    if selector:
        texts = _ask(names, f"{selector}._domainkey.{domain}", "TXT")
        return judge.dkim(domain, selector, texts)
    name = f"_domainkey.{domain}"
    # RFC 8020: a name below which nothing stands is not known at all.
    answer = names.ask(name, "TXT")
    if isinstance(answer, Unasked):
        raise _NoAnswer(name, answer.reason)
    return judge.dkim_without_selector(domain, is_any_known=answer.is_name_known)


def dmarc(domain: str, names: NameServer) -> Finding:
    """The domain's policy, else that of the domain it is part of."""
    above = urls.registrable(domain)
    texts, place = _ask(names, f"_dmarc.{domain}", "TXT"), domain
    if not texts and above != domain:
        texts, place = _ask(names, f"_dmarc.{above}", "TXT"), above
    return judge.dmarc(domain, texts, found_at=place)


def ptr(look: Look, names: NameServer) -> Finding:
    """Whether the mail server's addresses have names that lead back."""
    host = look.chosen.smtp.host
    if is_local(host):
        return ok(
            "ptr",
            "mail leaves by this machine; whether its public address has a name that "
            "leads back is seen only from outside",
            "Ask its provider, or see how a mail that arrived names it.",
        )
    try:
        addresses: tuple[str, ...] = (str(ipaddress.ip_address(host.strip("[]"))),)
    except ValueError:
        addresses = (*_ask(names, host, "A"), *_ask(names, host, "AAAA"))
    if not addresses:
        return bad("ptr", f"{host} has no address", "Correct [smtp] host.")
    return judge.ptr(host, [_leads_back(one, names) for one in addresses[:4]])


def _leads_back(address: str, names: NameServer) -> tuple[str, tuple[str, ...], bool]:
    called = _ask(names, address, "PTR")
    kind: RecordKind = "AAAA" if ":" in address else "A"
    return address, called, any(address in _ask(names, one, kind) for one in called)
