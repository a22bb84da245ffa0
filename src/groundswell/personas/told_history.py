"""Histories of accounts as plain values for JSON: one account's, and those of all in a study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from groundswell.model.snapshot import SNAPSHOTS, Snapshot
from groundswell.personas.history import WATCHED, Change, changes, handle_reuse

NOTE = (
    "Nothing is known between two snapshots. The time of a profile in a file of posts is that of the account’s last"
    " post there: it was seen then or later."
)


def account_history(snapshots: Sequence[Snapshot], account_id: str) -> dict[str, Any]:
    """What was seen of one account, what changed, and who else bore its names.

    Parameters
    ----------
    snapshots
        Of every account, since a handle may have had another bearer.
    """
    own = sorted((one for one in snapshots if one.account_id == account_id), key=lambda one: (one.seen_at, one.source))
    reuse = handle_reuse(snapshots)
    statuses = [one for one in own if one.status is not None]
    return {
        "account_id": account_id,
        "n_snapshots": len(own),
        "snapshots": [_snapshot(one) for one in own],
        "changes": [_change(one) for one in changes(own)],
        "handles": list(next((names for _, account, names in reuse.many_names if account == account_id), ())),
        "handles_also_borne_by": {
            handle: [account for account in accounts if account != account_id]
            for _, handle, accounts in reuse.many_accounts
            if account_id in accounts
        },
        "last_status": str(statuses[-1].status) if statuses else None,
        "status_seen_at": statuses[-1].seen_at.isoformat() if statuses else None,
        "note": NOTE,
    }


def study_history(snapshots: Sequence[Snapshot]) -> dict[str, Any]:
    """What changed among all accounts, with the number that were seen twice as the denominator."""
    seen = Counter((one.platform, one.account_id) for one in snapshots)
    found = changes(snapshots)
    reuse = handle_reuse(snapshots)
    last: dict[tuple[str, str], str] = {}
    for one in sorted(snapshots, key=lambda each: (each.seen_at, each.source)):
        if one.status is not None:
            last[one.platform, one.account_id] = str(one.status)
    return {
        "n_snapshots": len(snapshots),
        "n_accounts": len(seen),
        "n_accounts_seen_twice": sum(n > 1 for n in seen.values()),
        "accounts_changed": {
            what: len({(one.platform, one.account_id) for one in found if one.what == what}) for what in WATCHED
        },
        "changes": [_change(one) for one in found],
        "many_names": [
            {"platform": platform, "account_id": account, "handles": list(names)}
            for platform, account, names in reuse.many_names
        ],
        "many_accounts": [
            {"platform": platform, "handle": handle, "account_ids": list(accounts)}
            for platform, handle, accounts in reuse.many_accounts
        ],
        "n_accounts_with_handle": reuse.n_accounts,
        "n_handles": reuse.n_handles,
        "last_status": dict(sorted(Counter(last.values()).items())),
        "n_status_known": len(last),
        "note": NOTE,
    }


def _snapshot(one: Snapshot) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in SNAPSHOTS.columns}
    return {**told, "seen_at": one.seen_at.isoformat(), "status": str(one.status) if one.status else None}


def _change(one: Change) -> dict[str, Any]:
    return {
        "platform": one.platform,
        "account_id": one.account_id,
        "what": one.what,
        "before": one.before,
        "after": one.after,
        "not_before": one.not_before.isoformat(),
        "not_after": one.not_after.isoformat(),
    }
