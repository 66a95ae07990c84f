"""Addresses: canonical form, site, and what we decline to ask for.

The only place where a URL is taken apart. Every function here is total on text: what
cannot be read as an http(s) address gives None or a reason, never an exception.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urljoin, urlsplit

from w3lib.url import canonicalize_url

MAX_LENGTH = 2083  # scrapy's limit, and the longest that browsers agreed on

# Parameters that say how a reader came, not what is shown: the list that miniflux
# keeps (internal/reader/urlcleaner, read 2026-11), lower case.
_TRACKING = frozenset(
    "fbclid gclid dclid gbraid wbraid gclsrc srsltid yclid ysclid twclid msclkid "
    "mc_cid mc_eid mc_tc _openstat vero_conv vero_id _hsenc _hsmi __hssc __hstc "
    "__hsfp hsctatracking oly_anon_id oly_enc_id mkt_tok ml_subscriber "
    "ml_subscriber_hash rb_clickid s_cid sc_cid wickedid _bhlid igshid igsh "
    "at_medium at_campaign cmpid ncid ftag guccounter guce_referrer "
    "guce_referrer_sig spm wt_mc _branch_match_id _branch_referrer xtor "
    "campaign_id campaign_medium campaign_name campaign_source".split()
)
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_campaign", "pk_kwd", "hsa_")
# Dropped only when the value names a site: "?ref=main" in a forge is a branch.
_REFERRERS = frozenset({"ref", "source", "referrer"})

# Second-level labels under which country registries sell names (publicsuffix.org,
# condensed): "ledger.co.uk" is a site, "co.uk" is not.
_REGISTRY_LABELS = frozenset(
    "ac asn co com edu firm gen go gob gov gouv govt gv id info ltd me mil muni ne net "
    "nhs nic nom or org plc police sch school web".split()
)
# Hosts whose subdomains belong to different people.
_SHARED_HOSTS = frozenset(
    "blogspot.com github.io gitlab.io herokuapp.com hatenablog.com livejournal.com "
    "medium.com netlify.app over-blog.com pages.dev readthedocs.io substack.com "
    "tumblr.com typepad.com vercel.app web.app wixsite.com wordpress.com "
    "azurewebsites.net cloudfront.net firebaseapp.com ghost.io beehiiv.com".split()
)

_BAD_CHARACTERS = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_LINE_ENDS = re.compile(r"[\t\r\n]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_HOST = re.compile(r"[^\x00-\x20/?#@\\%<>\"{}|^`\[\]:]+")


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an http(s) address that decide where a request goes.

    Attributes:
        scheme: "http" or "https".
        host: lower case, in its ASCII form, IPv6 without brackets.
        port: explicit or the scheme's own.
    """

    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """scheme://host:port, the unit that robots.txt speaks for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def site(self) -> str:
        """The registrable domain, see `site`."""
        return registrable(self.host)


def address(url: str) -> Address | None:
    """Where a request for `url` goes; None if we decline to ask (see `fault`)."""
    parsed = _read(url)
    return parsed if isinstance(parsed, Address) else None


def fault(url: str) -> str | None:
    """Why `url` is not asked for, as a clause for a person; None if it may be."""
    parsed = _read(url)
    return None if isinstance(parsed, Address) else parsed


def _read(url: str) -> Address | str:
    if len(url) > MAX_LENGTH:
        return f"it is longer than {MAX_LENGTH} characters"
    if _BAD_CHARACTERS.search(url):
        return "it holds a space, a backslash or a control character"
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        return "it is not a well-formed address"
    if parts.scheme not in {"http", "https"}:
        return "only http and https addresses are read"
    if "@" in parts.netloc:
        return "it carries a user name or password"
    ascii_host = _ascii_host(host)
    if not ascii_host:
        return "it names no usable host"
    if port == 0:
        return "it names no usable port"
    return Address(
        parts.scheme, ascii_host, port or (443 if parts.scheme == "https" else 80)
    )


def _ascii_host(host: str) -> str:
    if ":" in host:
        try:
            # A zone ("%eth0") names one of our own interfaces: never asked for.
            return "" if "%" in host else ipaddress.IPv6Address(host).compressed
        except ValueError:
            return ""
    if not _HOST.fullmatch(host):
        return ""
    try:
        named = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return ""
    return named.lower()


def canonical(url: str) -> str | None:
    """The address under which a text is kept; None if it is not an http(s) address.

    Tracking parameters, fragment, default port and dot segments go, parameters are
    sorted, percent-encoding is made uniform. Host (www included), scheme and path
    letters stay: the result can be asked for and shows the same page. Idempotent.
    """
    where = address(_encoded(url.strip()))
    if where is None:
        return None
    try:
        parts = urlsplit(canonicalize_url(_encoded(url.strip())))
    except (ValueError, UnicodeError):
        return None
    query = "&".join(
        pair for pair in parts.query.split("&") if pair and not _is_tracking(pair)
    )
    made = _netloc(where) + _plain_path(parts.path) + (f"?{query}" if query else "")
    return made if len(made) <= MAX_LENGTH else None


def _encoded(url: str) -> str:
    """Spaces and letters beyond ASCII after the host as feeds really write them."""
    url = _LINE_ENDS.sub("", url)  # as browsers do; feeds wrap long links
    if (url.isascii() and " " not in url) or _CONTROLS.search(url):
        return url
    head, mark, tail = url.partition("://")
    host, slash, path = tail.partition("/")
    try:
        return head + mark + host + slash + quote(path, safe="%/:=&?~#+!$,;'@()*[]")
    except UnicodeEncodeError:
        return url


def _netloc(where: Address) -> str:
    host = f"[{where.host}]" if ":" in where.host else where.host
    default = 443 if where.scheme == "https" else 80
    port = "" if where.port == default else f":{where.port}"
    return f"{where.scheme}://{host}{port}"


def _plain_path(path: str) -> str:
    return path if path.startswith("/") else f"/{path}"


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower()
    if name in _TRACKING or name.startswith(_TRACKING_PREFIXES):
        return True
    return name in _REFERRERS and ("." in value or value in {"rss", "feed"})


def resolve(base: str, link: str) -> str | None:
    """`link` as found on the page `base`, absolute; None unless http(s)."""
    try:
        joined = urljoin(base, link.strip())
    except ValueError:
        return None
    joined = _encoded(joined)
    return joined if address(joined) else None


def first_base(candidates: Iterable[str | None], fallback: str) -> str:
    """The address that relative links count from: the first usable, resolved inward.

    `candidates` go from the innermost (an entry's xml:base) outward; each may itself be
    relative to those after it. `fallback` is where the bytes came from.
    """
    base = fallback
    for candidate in reversed(list(candidates)):
        if candidate:
            base = resolve(base, candidate) or base
    return base


# Links through a counting page that carry the real address in a parameter.
_REDIRECTORS = {
    ("www.bing.com", "/news/apiclick.aspx"): "url",
    ("bing.com", "/news/apiclick.aspx"): "url",
    ("www.google.com", "/url"): "url",
    ("l.facebook.com", "/l.php"): "u",
    ("out.reddit.com", "/"): "url",
}


def unwrapped(url: str) -> str:
    """The address behind a known counting link, read offline; else `url` itself."""
    where = address(url)
    if where is None:
        return url
    parts = urlsplit(url)
    name = _REDIRECTORS.get((where.host, parts.path))
    if name is None:
        return url
    target = dict(parse_qsl(parts.query)).get(name, "")
    return target if address(target) else url


def site(url: str) -> str:
    """Registrable domain of an address ("news.ledger.co.uk" -> "ledger.co.uk"), ""
    if it has none; the unit of politeness and of "the same publisher".
    """
    where = address(url)
    return where.site if where else ""


def registrable(host: str) -> str:
    """Registrable domain of a host name; an IP address stands for itself."""
    host = host.rstrip(".").lower()
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit() or len(labels) <= 2:
        return host
    pair = ".".join(labels[-2:])
    is_registry = len(labels[-1]) == 2 and labels[-2] in _REGISTRY_LABELS
    keep = 3 if is_registry or pair in _SHARED_HOSTS else 2
    return ".".join(labels[-keep:])


def is_deep(url: str) -> bool:
    """Whether the address is of a page, not of a host's front page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path.strip("/") != "" or parts.query != ""


def robots_url(where: Address) -> str:
    """Where the rules for robots of this origin stand (RFC 9309)."""
    return _netloc(where) + "/robots.txt"


def matches(host: str, pattern: str) -> bool:
    """Whether a host name is meant by "a.example", or by "*.example" for any below."""
    pattern = pattern.lower()
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return host == pattern


def url_key(url: str) -> str:
    """One key for the spellings of one page: scheme, "www.", a final slash and letter
    case of percent escapes aside. For comparison only, never asked for or shown.
    """
    made = canonical(url)
    if made is None:
        return url
    rest = made.partition("://")[2].removeprefix("www.").removeprefix("m.")
    path, mark, query = rest.partition("?")
    plain = unquote_to_bytes(path.rstrip("/")).decode("utf-8", "replace")
    return plain + mark + query
