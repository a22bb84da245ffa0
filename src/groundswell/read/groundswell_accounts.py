"""Profiles as `groundswell export --table accounts` writes them, taken back as they were."""

from __future__ import annotations

from groundswell.model.post import ACCOUNTS, Account
from groundswell.read.as_stored import stored_text
from groundswell.read.reader import LeaveOut, Other, Outcome, Reader, Record
from groundswell.read.record import count
from groundswell.read.times import known_time


def knows(record: Record) -> bool:
    """All the columns of a profile, and no time that would make it a post."""
    return record.keys() >= ACCOUNTS.columns.keys() and "time" not in record


def to_post(record: Record) -> Outcome:
    """A profile is no post."""
    if not stored_text(record, "account_id"):
        raise LeaveOut("no account id")
    return Other("profile")


def to_account(record: Record) -> Account | None:
    """One row as the profile that it was."""
    account = stored_text(record, "account_id")
    if not account:
        return None
    return Account(
        platform=stored_text(record, "platform") or "unknown",
        account_id=account,
        handle=stored_text(record, "handle"),
        name=stored_text(record, "name"),
        bio=stored_text(record, "bio"),
        url=stored_text(record, "url"),
        picture=stored_text(record, "picture"),
        created_at=known_time(record.get("created_at")),
        followers=count(record.get("followers")),
        following=count(record.get("following")),
        n_posts=count(record.get("n_posts")),
    )


READER = Reader(
    name="groundswell-accounts",
    title="profiles that Groundswell exported",
    source="Groundswell's own columns: groundswell.model.post",
    shape="table",
    columns=tuple(ACCOUNTS.columns),
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    as_stored=True,
    samples=(
        {
            "platform": "mastodon",
            "account_id": "https://example.social/users/ana",
            "handle": "ana",
            "name": "Ana",
            "bio": "",
            "url": "https://example.social/@ana",
            "picture": "",
            "created_at": "2020-01-01T00:00:00Z",
            "followers": "3",
            "following": "",
            "n_posts": "0",
            "empty": "bio",
        },
    ),
)
