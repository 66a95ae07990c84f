"""The site on the web: the archive and the pages on which people subscribe.

Everything works without JavaScript. An answer is made in a thread, so the store may
wait; GET and HEAD change nothing.
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware

from briefing.web import archive
from briefing.web.errors import handlers
from briefing.web.headers import RootPath, SecurityHeaders
from briefing.web.site import Site

__all__ = ["Site", "create_app"]


def create_app(site: Site) -> Starlette:
    """The application; the first of the middleware is the outermost."""
    app = Starlette(
        routes=archive.routes(site),
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(RootPath, root=site.root),
        ],
        exception_handlers=handlers(site),
    )
    # It would send people to whatever host the request names; our routes know theirs.
    app.router.redirect_slashes = False
    return app
