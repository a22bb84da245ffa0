"""A post and an account, as every reader hands them over.

`None` is «the platform did not tell». Zero is zero, empty is empty. Never turn one into the other.
IDs are text, always. Times are UTC; where they come from is said beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from groundswell.model.table import TableContract

MADE_UP = "made-up"
"""The platform of simulated posts, so that every file and page can say so."""


class Post(NamedTuple):
    """One post, or one row of a share log. An id that the file lacks is made of the file's hash and the row.

    Write the names of its fields when you make one. A named tuple and not a frozen dataclass: one is made for each
    row read, and takes 2 µs to make where the other took 6.
    """

    platform: str
    account_id: str
    time: datetime
    """In UTC and aware."""
    post_id: str | None = None
    text: str | None = None
    lang: str | None = None
    urls: tuple[str, ...] | None = None
    hashtags: tuple[str, ...] | None = None
    """Without the #, in the order they stand in the text, as written."""
    mentions: tuple[str, ...] | None = None
    is_repost: bool = False
    repost_of: str | None = None
    """The id of the post it repeats. May be unknown though `is_repost` is true."""
    repost_of_account: str | None = None
    reply_to: str | None = None
    quote_of: str | None = None
    client: str | None = None
    time_source: str = "platform"
    """Whose clock: platform, client, collector, or export-local."""
    shared: tuple[tuple[str, str], ...] = ()
    """(kind, object) pairs that a share log names outright, such as ``("url", "30476")``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What an account says of itself, as the file last told."""

    platform: str
    account_id: str
    handle: str | None = None
    name: str | None = None
    bio: str | None = None
    url: str | None = None
    picture: str | None = None
    """Where the picture lies or what identifies it; never fetched."""
    created_at: datetime | None = None
    followers: int | None = None
    following: int | None = None
    n_posts: int | None = None


POSTS = TableContract(
    "posts",
    {
        "platform": "text",
        "post_id": "text",
        "account_id": "text",
        "time": "timestamp",
        "text": "text",
        "lang": "text",
        "urls": "text[]",
        "hashtags": "text[]",
        "mentions": "text[]",
        "is_repost": "boolean",
        "repost_of": "text",
        "repost_of_account": "text",
        "reply_to": "text",
        "quote_of": "text",
        "client": "text",
        "time_source": "text",
        "shared_kinds": "text[]",
        "shared_objects": "text[]",
        "source_file": "text",
        "source_row": "bigint",
    },
    order=("time", "account_id", "post_id", "source_file", "source_row"),
)
"""`source_file` is the SHA-256 of the file, `source_row` its row from 1.
`shared_kinds[i]` goes with `shared_objects[i]`."""

ACCOUNTS = TableContract(
    "accounts",
    {
        "platform": "text",
        "account_id": "text",
        "handle": "text",
        "name": "text",
        "bio": "text",
        "url": "text",
        "picture": "text",
        "created_at": "timestamp",
        "followers": "bigint",
        "following": "bigint",
        "n_posts": "bigint",
    },
    order=("platform", "account_id"),
)
