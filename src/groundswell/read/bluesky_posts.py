"""Bluesky posts as the API answers: post views alone, in a feed with its reposts, or in a page of search results.

    {"uri": …, "author": …, "record": …, "indexedAt": …}                 a post view
    {"post": a post view, "reason": {"by": …, "indexedAt": …}}           one entry of a feed; the reason is a repost
    {"feed": […], "cursor": …}    {"posts": […], "hitsTotal": …}         pages

``createdAt`` is the poster's choice; ``indexedAt`` is when the server saw the post, and is the time used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from groundswell.model.post import Account, Post
from groundswell.read.bluesky_record import account_of, post, repost
from groundswell.read.reader import LeaveOut, Noted, Outcome, Reader, Record
from groundswell.read.record import count, inside, text
from groundswell.read.times import known_time, read_time

CLIENT_CLOCK = "the server's time is missing, and the time that the poster's software wrote was taken"
PAGES = ("feed", "posts")


def knows(record: Record) -> bool:
    """A post view, an entry of a feed, or a page of either."""
    return any(_is_entry(each) for each in _entries(record))


def rows(record: Record) -> Iterator[Record]:
    """Each entry, told apart from the account's own posts by its reason."""
    for each in _entries(record):
        yield {"entry": each}


def to_post(record: Record) -> Outcome:
    """One entry as a post, or as a repost of it."""
    entry = inside(record, "entry")
    view = inside(entry, "post") or entry
    uri = text(view, "uri")
    reason = inside(entry, "reason")
    if "reasonRepost" in (text(reason, "$type") or "") or (reason and inside(reason, "by")):
        return _repost(reason, uri)
    if not inside(view, "record"):
        raise LeaveOut("a post that is gone, blocked or was not found", uri or "")
    account = text(view, "author", "did") or account_of(uri)
    if not account:
        raise LeaveOut("no account id", uri or "")
    if not uri:
        raise LeaveOut("no post id", account)
    body = inside(view, "record")
    if view.get("indexedAt") is not None:
        return post(account, uri, body, read_time(view.get("indexedAt")), "platform")
    return Noted(post(account, uri, body, read_time(body.get("createdAt")), "client"), (CLIENT_CLOCK,))


def to_account(record: Record) -> Account | None:
    """The author, whom every view carries in short."""
    entry = inside(record, "entry")
    author = inside(inside(entry, "post") or entry, "author")
    account = text(author, "did")
    if not account:
        return None
    return Account(
        platform="bluesky",
        account_id=account,
        handle=text(author, "handle"),
        name=text(author, "displayName"),
        bio=text(author, "description"),
        picture=text(author, "avatar"),
        created_at=known_time(author.get("createdAt")),
        followers=count(author.get("followersCount")),
        following=count(author.get("followsCount")),
        n_posts=count(author.get("postsCount")),
    )


def _repost(reason: Record, subject: str | None) -> Post:
    account = text(reason, "by", "did")
    if not account:
        raise LeaveOut("no account id", subject or "")
    uri = text(reason, "uri") or f"repost by {account} of {subject}"
    return repost(account, uri, subject, read_time(reason.get("indexedAt")), "platform")


def _entries(record: Record) -> list[Any]:
    for name in PAGES:
        if isinstance(record.get(name), list):
            return list(record[name])
    return [record]


def _is_entry(entry: Any) -> bool:
    if not isinstance(entry, dict):
        return False
    view = inside(entry, "post") or entry
    return {"uri", "author", "record"} <= view.keys() and (text(view, "uri") or "").startswith("at://")


READER = Reader(
    name="bluesky-posts",
    title="Bluesky posts as the API returns them",
    source="https://docs.bsky.app/docs/api/app-bsky-feed-get-author-feed",
    shape="lines",
    columns=("uri", "cid", "author", "record", "indexedAt", "post", "reason", "feed", "posts", "cursor", "hitsTotal"),
    knows=knows,
    rows=rows,
    to_post=to_post,
    to_account=to_account,
    assumes=("Times are when the server saw the post (indexedAt); createdAt is the poster's choice.",),
    samples=(
        {
            "uri": "at://did:plc:ana/app.bsky.feed.post/k1",
            "cid": "bafy1",
            "author": {"did": "did:plc:ana", "handle": "ana.example", "createdAt": "2023-05-01T00:00:00Z"},
            "record": {"text": "Look at this", "createdAt": "2020-01-01T00:00:00Z"},
            "indexedAt": "2024-05-01T10:00:00.000Z",
        },
        {
            "feed": [
                {
                    "post": {
                        "uri": "at://did:plc:ana/app.bsky.feed.post/k1",
                        "author": {"did": "did:plc:ana", "handle": "ana.example"},
                        "record": {"text": "Look at this", "createdAt": "2020-01-01T00:00:00Z"},
                        "indexedAt": "2024-05-01T10:00:00.000Z",
                    },
                    "reason": {
                        "$type": "app.bsky.feed.defs#reasonRepost",
                        "by": {"did": "did:plc:ben", "handle": "ben.example"},
                        "indexedAt": "2024-05-01T10:00:09.000Z",
                    },
                }
            ],
            "cursor": "c1",
        },
    ),
)
