"""What somebody saw of an account at a time: its profile, its status, or both.

Nothing is known between two snapshots, and an account that nobody looked at again has no status: that is not «active».
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from groundswell.model.table import TableContract


class Status(StrEnum):
    """What the platform showed."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    DELETED = "deleted"
    PROTECTED = "protected"


GONE = frozenset({Status.SUSPENDED, Status.DELETED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """An account as it was seen. None is «not seen», which is neither empty nor the same as before."""

    platform: str
    account_id: str
    seen_at: datetime
    """In UTC and aware."""
    status: Status | None = None
    handle: str | None = None
    name: str | None = None
    bio: str | None = None
    picture: str | None = None
    source: str = ""
    """Who looked, or which file said so."""


SNAPSHOTS = TableContract(
    "snapshots",
    {
        "platform": "text",
        "account_id": "text",
        "seen_at": "timestamp",
        "status": "text",
        "handle": "text",
        "name": "text",
        "bio": "text",
        "picture": "text",
        "source": "text",
    },
    order=("platform", "account_id", "seen_at", "source", "status", "handle", "name", "bio", "picture"),
)
"""A row a snapshot. What a deletion takes back leaves the row with its time and its status."""
