"""What a row says of being a later version of a post: the latest version counts, the others are counted as earlier.

A post that was edited stands in the data once for each time it was collected. Reading accepts a row that is younger
than what is known of its post and says so; the store takes the earlier row out of the posts. Its raw line stays.
"""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

EARLIER = "earlier version of a post"
"""The kind of another record that an earlier version is."""

EDITED = "the post was edited before it was collected, so its words are younger than its time"
CHANGED = "the post is told as changed: its last words count, at the time of the first version that was seen"


class Edit(NamedTuple):
    """What a row says of its version."""

    at_us: int = 0
    """When it was last edited, in microseconds since 1970; 0 where that is not told."""
    replaces: tuple[str, ...] = ()
    """Earlier versions with ids of their own, as X gives them."""
    hides_time: bool = False
    """Whether the row tells when it was edited and not when the post was made; only an earlier version tells that."""


UNEDITED = Edit()


class Later(NamedTuple):
    """A later version that was read; for the store."""

    platform: str
    post_id: str
    row: int
    """Its row in the file."""
    edit: Edit
    known: bool
    """Whether an earlier version with this id may have been read before."""


def version_key(platform: str, post_id: str) -> str:
    """What a ledger remembers an edited post by, without naming it."""
    return sha256(f"{platform}\x1f{post_id}".encode()).hexdigest()[:32]
