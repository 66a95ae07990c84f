"""What a sender's domain says of itself, judged: SPF, DKIM, DMARC, MX, PTR.

Source: RFC 7208 (SPF: one record, ten lookups), RFC 6376 and 8301 (DKIM keys), RFC 7489
(DMARC), RFC 7505 (null MX); the rules that Gmail, Yahoo and Outlook.com have for
senders in bulk (2024-02, 2025-05): SPF, DKIM and DMARC with p=none at least, all of the
domain in From, and an address whose name leads back to it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.domain.checkup import Finding, bad, ok, warn
from briefing.logic import urls

MAX_SPF_LOOKUPS = 10  # RFC 7208 4.6.4

_MECHANISM = re.compile(
    r"[+\-~?]?(all|include|a|mx|ptr|ip4|ip6|exists)([:/].*)?", re.IGNORECASE
)
_MODIFIER = re.compile(r"([a-z][a-z0-9_.-]*)=(.*)", re.IGNORECASE)
_LOOKS_UP = frozenset({"include", "a", "mx", "ptr", "exists"})

# What senders at these providers are told to include (their manuals, read 2026-11).
_INCLUDES = {
    "amazonaws.com": "amazonses.com",
    "brevo.com": "spf.brevo.com",
    "gmail.com": "_spf.google.com",
    "google.com": "_spf.google.com",
    "mailgun.org": "mailgun.org",
    "mailjet.com": "spf.mailjet.com",
    "messagingengine.com": "spf.messagingengine.com",
    "mtasv.net": "spf.mtasv.net",
    "office365.com": "spf.protection.outlook.com",
    "postmarkapp.com": "spf.mtasv.net",
    "sendgrid.net": "sendgrid.net",
    "zoho.com": "zohomail.com",
    "zoho.eu": "zohomail.eu",
}
# Names that no name server answers for (RFC 2606, 6761, 6762).
_RESERVED = re.compile(
    r"(?:.*\.)?(?:localhost|local|test|invalid|example|example\.(?:com|net|org))"
)
# DER of an RSA key: 162 bytes hold 1024 bits, 294 hold 2048.
_RSA_1024_BYTES = 160
_RSA_2048_BYTES = 290


def is_reserved(domain: str) -> bool:
    """Whether the domain can exist on no public name server."""
    return "." not in domain or _RESERVED.fullmatch(domain.lower()) is not None


@dataclass(frozen=True, slots=True)
class SpfTerms:
    """An SPF record taken apart.

    Attributes:
        lookups: terms that make a receiver ask a name server.
        follows: domains whose records count too (include, redirect).
        ending: qualifier of "all" ("-", "~", "?", "+"), "" without one.
        redirects: another record ends it.
        unknown: terms that are none; a receiver then takes the record for broken.
    """

    lookups: int
    follows: tuple[str, ...]
    ending: str
    redirects: bool
    unknown: tuple[str, ...]


def spf_records(texts: Sequence[str]) -> tuple[str, ...]:
    """Those texts of a domain that are SPF."""
    return tuple(one for one in texts if re.match(r"v=spf1(?: |$)", one, re.IGNORECASE))


def spf_terms(record: str) -> SpfTerms:
    """What an SPF record makes a receiver do."""
    lookups, ending, redirects = 0, "", False
    follows: list[str] = []
    unknown: list[str] = []
    for term in record.split()[1:]:
        found = _MECHANISM.fullmatch(term)
        if found is None:
            modifier = _MODIFIER.fullmatch(term)
            if modifier is None:
                unknown.append(term[:60])
            elif modifier[1].lower() == "redirect":
                lookups, redirects = lookups + 1, True
                follows.append(modifier[2])
            continue
        kind = found[1].lower()
        lookups += kind in _LOOKS_UP
        if kind == "include":
            follows.append((found[2] or "").lstrip(":"))
        if kind == "all":
            ending = term[0] if term[0] in "+-~?" else "+"
    return SpfTerms(lookups, tuple(follows), ending, redirects, tuple(unknown))


def spf(
    domain: str, records: Sequence[str], *, lookups: int, smtp_host: str
) -> Finding:
    """One record, not for everybody, and not beyond ten lookups in all."""
    if not records:
        return bad(
            "spf",
            f"{domain} does not say which servers may send for it",
            "Publish this record; a mail provider may name another one.",
            _record(domain, f"v=spf1 {_permits(domain, smtp_host)} ~all"),
        )
    if len(records) > 1:
        return bad(
            "spf",
            f"{domain} has {len(records)} SPF records, which count as none",
            "Join them into one record.",
        )
    terms = spf_terms(records[0])
    if terms.unknown:
        return bad(
            "spf",
            f"the SPF record of {domain} holds {terms.unknown[0]!r}, which is no term",
            "Correct the record: receivers take it for broken.",
        )
    if lookups > MAX_SPF_LOOKUPS:
        return bad(
            "spf",
            f"the SPF record of {domain} needs {lookups} look-ups, "
            f"{MAX_SPF_LOOKUPS} are allowed",
            "Remove services that do not send any more.",
        )
    if terms.ending == "+":
        return bad(
            "spf",
            f"the SPF record of {domain} lets everybody send for it",
            "End it with ~all.",
        )
    if terms.ending in {"", "?"} and not terms.redirects:
        return warn(
            "spf",
            f"the SPF record of {domain} ends without a decision",
            "End it with ~all.",
        )
    return ok("spf", f"{domain}: {records[0][:200]}")


def _permits(domain: str, smtp_host: str) -> str:
    host = smtp_host.lower()
    for suffix, include in _INCLUDES.items():
        if host == suffix or host.endswith(f".{suffix}"):
            return f"include:{include}"
    if is_reserved(host) or urls.registrable(host) == host == domain:
        return "a mx"
    if re.fullmatch(r"[\d.]+", host):
        return "a mx" if host.startswith("127.") else f"ip4:{host}"
    return f"a:{host}"


def dkim(domain: str, selector: str, texts: Sequence[str]) -> Finding:
    """The key that receivers find under the selector, in the domain of From."""
    name = f"{selector}._domainkey.{domain}"
    if not texts:
        return bad(
            "dkim",
            f"{name} holds no key",
            "Publish the key that your mail server or provider made for this selector.",
            _record(name, "v=DKIM1; k=rsa; p=<its public key>"),
        )
    tags = _tags(texts[0])
    if tags.get("v", "DKIM1") != "DKIM1" or "p" not in tags:
        return bad("dkim", f"{name} is no DKIM key", "Publish the key as it was made.")
    if not tags["p"]:
        return bad(
            "dkim",
            f"the key at {name} is withdrawn",
            "Name the selector of the key in use in [mail] dkim_selector.",
        )
    return _key(name, tags)


def _key(name: str, tags: dict[str, str]) -> Finding:
    try:
        size = len(base64.b64decode("".join(tags["p"].split()), validate=True))
    except (binascii.Error, ValueError):
        return bad(
            "dkim",
            f"the key at {name} is not readable",
            "Publish the key again, without line breaks or quotation marks in it.",
        )
    kind = tags.get("k", "rsa").lower()
    if kind == "rsa" and size < _RSA_1024_BYTES:
        return bad(
            "dkim",
            f"the key at {name} is shorter than 1024 bits, receivers refuse it",
            "Make a new key of 2048 bits.",
        )
    if "y" in tags.get("t", "").split(":"):
        return warn(
            "dkim",
            f"the key at {name} says that it is only a test (t=y)",
            "Remove t=y from the record.",
        )
    if kind == "rsa" and size < _RSA_2048_BYTES:
        return warn(
            "dkim",
            f"the key at {name} has fewer than 2048 bits",
            "Make a new key of 2048 bits.",
        )
    if kind == "ed25519":
        return warn(
            "dkim",
            f"the key at {name} is Ed25519, which several large providers do not check",
            "Sign with an RSA key as well.",
        )
    return ok("dkim", f"{name} holds a key ({kind})")


def dkim_without_selector(domain: str, *, is_any_known: bool) -> Finding:
    """What can be said when the settings name no selector.

    `is_any_known`: a name server knows something below _domainkey.
    """
    if is_any_known:
        return warn(
            "dkim",
            f"{domain} has DKIM keys, but which one signs is not known here",
            "Set dkim_selector in [mail]; it is s= in the DKIM-Signature of a mail "
            f"that arrived, and d= beside it must be {domain}.",
        )
    return bad(
        "dkim",
        f"{domain} publishes no DKIM key",
        f"Let your mail server or provider sign with d={domain}, publish the key that "
        "it gives you, and set dkim_selector in [mail].",
        _record(f"<selector>._domainkey.{domain}", "v=DKIM1; k=rsa; p=<public key>"),
    )


def dmarc(domain: str, texts: Sequence[str], *, found_at: str) -> Finding:
    """The policy for the domain in From; `found_at` is the domain that has it."""
    records = [one for one in texts if re.match(r"(?i)v\s*=\s*DMARC1\s*(;|$)", one)]
    paste = _record(
        f"_dmarc.{domain}", f"v=DMARC1; p=none; rua=mailto:postmaster@{domain}"
    )
    if not records:
        return bad(
            "dmarc",
            f"{domain} has no DMARC policy, which large providers ask of senders",
            "Publish this record.",
            paste,
        )
    if len(records) > 1:
        return bad(
            "dmarc",
            f"_dmarc.{found_at} has {len(records)} policies, which count as none",
            "Leave one of them.",
        )
    tags = _tags(records[0])
    policy = tags.get("p", "").lower()
    if found_at != domain:
        policy = tags.get("sp", policy).lower()
    if policy not in {"none", "quarantine", "reject"}:
        return bad(
            "dmarc",
            f"the DMARC record of {found_at} has no valid policy (p=)",
            "Publish this record instead.",
            paste,
        )
    inherited = "" if found_at == domain else f" (of {found_at})"
    more = "" if "rua" in tags else "Add rua=mailto:… to get the receivers' reports."
    return ok("dmarc", f"{domain}: p={policy}{inherited}", more)


def mx(domain: str, records: Sequence[str], *, has_address: bool) -> Finding:
    """Where replies and returned mails arrive."""
    if any(one.split(" ", 1)[-1] in {".", ""} for one in records):
        return bad(
            "mx",
            f"{domain} says that it takes no mail, so replies and returned mails are "
            "lost and many servers refuse it as a sender",
            "Send from a domain that takes mail, or publish an MX record.",
        )
    if records:
        hosts = ", ".join(one.split(" ", 1)[-1] for one in records[:3])
        return ok("mx", f"{domain} takes mail at {hosts}")
    if has_address:
        return warn(
            "mx",
            f"{domain} has no MX record; its own address is tried instead",
            "Publish an MX record that names the server of your mailboxes.",
            f"{domain}. 3600 IN MX 10 <your mail server>.",
        )
    return bad(
        "mx",
        f"{domain} has neither an MX record nor an address",
        "Correct the sender's domain in [mail], or publish its records.",
        f"{domain}. 3600 IN MX 10 <your mail server>.",
    )


def ptr(host: str, names: Sequence[tuple[str, Sequence[str], bool]]) -> Finding:
    """Whether the server's addresses have names that lead back to them.

    `names`: address, its names, and whether one of them leads back.
    """
    for address, known, _ in names:
        if not known:
            return warn(
                "ptr",
                f"{address} of {host} has no name (PTR)",
                "If this server delivers by itself, ask its provider to set the name; "
                "receivers refuse servers without one.",
                f"{address} -> {host}",
            )
    for address, known, leads_back in names:
        if not leads_back:
            return warn(
                "ptr",
                f"{address} of {host} is called {known[0]}, which does not lead back",
                "If this server delivers by itself, let name and address agree.",
                f"{address} -> {host}",
            )
    said = ", ".join(f"{address} is {known[0]}" for address, known, _ in names[:2])
    return ok("ptr", said)


def _tags(record: str) -> dict[str, str]:
    """The tag=value pairs of DKIM and DMARC."""
    pairs = (one.partition("=") for one in record.split(";"))
    return {
        name.strip().lower(): value.strip() for name, _, value in pairs if _ or name
    }


def _record(name: str, text: str) -> str:
    return f'{name}. 3600 IN TXT "{text}"'
