"""Issues that are not sent on until the operator says so; kept in the store."""

from __future__ import annotations

import json

from briefing.ports import DeliveryStore

_NAME = "paused issues"


def paused_issues(store: DeliveryStore) -> dict[str, str]:
    """Reason by issue id."""
    text = store.transport_state(_NAME)
    found: dict[str, str] = json.loads(text) if text else {}
    return found


def pause_issue(store: DeliveryStore, issue_id: str, reason: str) -> None:
    """Nothing of the issue is claimed any more."""
    kept = {**paused_issues(store), issue_id: reason}
    store.save_transport_state(_NAME, json.dumps(kept, sort_keys=True))


def lift_pause(store: DeliveryStore, issue_id: str) -> bool:
    """It goes on; whether it was paused."""
    kept = paused_issues(store)
    was_paused = kept.pop(issue_id, None) is not None
    if was_paused:
        store.save_transport_state(_NAME, json.dumps(kept, sort_keys=True))
    return was_paused
