"""What the members of a group shared in step, most met on first, as it may be shown.

meetings of two members ──► kind, thing, accounts, first and last time
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from groundswell.model.group import Group
from groundswell.publish.edition import Edition

MOST = 50
"""Things listed of one group; the meetings table holds all of them."""

THINGS = """
with met as (
    select kind, object_id, account_a as account_id, time_a as time from meetings
    where list_contains($members, account_a) and list_contains($members, account_b)
    union all
    select kind, object_id, account_b, time_b from meetings
    where list_contains($members, account_a) and list_contains($members, account_b)
)
select kind, object_id, count(distinct account_id) as n_accounts, min(time), max(time)
from met group by kind, object_id order by n_accounts desc, kind, object_id limit $most
"""
_BARE = re.compile(r"[\w.-]+\.[a-z]{2,}(?::\d+)?(?:/\S*)?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One object that members met on."""

    kind: str
    shown: str
    """Redacted."""
    n_accounts: int
    """Members that met on it."""
    first: datetime
    last: datetime

    @property
    def url(self) -> str | None:
        """It as an address, where it is one that redaction left whole."""
        if self.kind != "url" or "…" in self.shown or "name-" in self.shown or "acct-" in self.shown:
            return None
        address = self.shown if "://" in self.shown else f"https://{self.shown}"
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        whole = parts.scheme in ("http", "https") and _BARE.fullmatch(address.split("://", 1)[1])
        return address if whole and address.isascii() and address.isprintable() else None


def things(edition: Edition, group: Group, *, most: int = MOST) -> tuple[Thing, ...]:
    """What the members of a group met on, at most so many."""
    rows = edition.engine.rows(THINGS, members=list(group.account_ids), most=most)
    return tuple(
        Thing(kind=kind, shown=edition.redaction.thing(kind, thing), n_accounts=n, first=first, last=last)
        for kind, thing, n, first, last in rows
    )
