"""The one polite way to the network: `PoliteHttp(HttpSettings(...))` asks,
`GuardedPoster` posts what we have to say.

Config: HttpSettings (contact, spacing, limits, connect_to, allow_hosts).
Yields: ports.Response, decompressed and capped, after redirects.
Raises: FetchError and RefusedError, each with a `reason` word and a hint.

A request passes, in this order: the address check (scheme, user name), robots.txt, the
wait for its site's turn, the connection guard (which resolves once and connects to what
it has judged), and the limits on headers, body and the whole time. Every redirect goes
through all of them again. Nothing here reads a body's meaning.
"""

from briefing.http.client import PoliteHttp
from briefing.http.poster import GuardedPoster
from briefing.http.settings import HttpSettings

__all__ = ["GuardedPoster", "HttpSettings", "PoliteHttp"]
