"""What its author or the platform took back, and the ids a server uses for it.

A deletion names a post, or an account and with it all its posts. The post stays as a tombstone: that it was there,
whose it was and when, but nothing of what it said.
"""

from __future__ import annotations

from typing import NamedTuple

from groundswell.model.table import TableContract


class Deletion(NamedTuple):
    """One request to forget."""

    platform: str
    post_id: str | None = None
    account_id: str | None = None
    """All posts of this account."""
    local_id: str | None = None
    """The server's own number of the post, where it tells nothing else."""


DELETIONS = TableContract(
    "deletions",
    {"platform": "text", "post_id": "text", "account_id": "text", "local_id": "text", "server": "text"},
    order=("platform", "post_id", "account_id", "server", "local_id"),
)
"""One of `post_id`, `account_id` and (`server`, `local_id`) is known."""

ALIASES = TableContract(
    "aliases",
    {"platform": "text", "server": "text", "local_id": "text", "post_id": "text"},
    order=("platform", "server", "local_id"),
)
"""What a server calls a post. Mastodon's deletions name nothing else."""

REPEATS = TableContract(
    "repeats",
    {
        "platform": "text",
        "post_id": "text",
        "later_id": "text",
        "account_id": "text",
        "time": "timestamp",
        "source_file": "text",
        "source_row": "bigint",
    },
    order=("source_file", "source_row", "later_id"),
)
"""Rows that say what a post says and do not stand among the posts: the post read again, or an earlier version of it.
Of an earlier version with an id of its own `later_id` is that of the version that took its place."""
