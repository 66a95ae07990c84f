"""The site on the web: the archive and the pages on which people subscribe.

Everything works without JavaScript. An answer is made in a thread, so the store may
wait; GET and HEAD change nothing.
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware

from briefing.web import archive, subscribing
from briefing.web.errors import handlers
from briefing.web.headers import RootPath, SecurityHeaders
from briefing.web.site import Site
from briefing.web.visitors import AccessLog, BodyLimit, PostLimit

__all__ = ["Site", "create_app"]


def create_app(site: Site) -> Starlette:
    """The application; the first of the middleware is the outermost."""
    routes = archive.routes(site)
    if site.readers is not None and site.tokens is not None:
        routes += subscribing.routes(site, site.readers, site.tokens)
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(AccessLog),
            Middleware(SecurityHeaders),
            Middleware(PostLimit, trusted=site.trusted_proxies),
            Middleware(BodyLimit),
            Middleware(RootPath, root=site.root),
        ],
        exception_handlers=handlers(site),
    )
    # It would send people to whatever host the request names; our routes know theirs.
    app.router.redirect_slashes = False
    return app
