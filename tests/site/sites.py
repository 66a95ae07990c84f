"""A site on a store in a temporary folder, asked over ASGI without a socket."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from briefing.domain.audience import Digest, Visibility
from briefing.prompts import data_folders
from briefing.render.templates import Templates
from briefing.store import SqliteStore
from briefing.web import Site, create_app
from tests.builders import NOW

BASE_URL = "https://daily.example"
DIGEST = Digest(id="daily", title="The Daily")
TEMPLATES = Templates(data_folders("templates"))


def site(store: SqliteStore, **changes: Any) -> Site:
    """A public site with the templates of the house; its clock stands at NOW."""
    values: dict[str, Any] = {
        "digest": DIGEST,
        "base_url": BASE_URL,
        "visibility": Visibility.PUBLIC,
        "store": store,
        "templates": TEMPLATES,
        "clock": lambda: NOW,
        **changes,
    }
    return Site(**values)


def client(made: Site, **changes: Any) -> TestClient:
    """Asks the site; follows no redirect, and lets a 500 be seen as an answer."""
    return TestClient(
        create_app(made),
        base_url=made.base_url,
        raise_server_exceptions=False,
        follow_redirects=False,
        **changes,
    )
