"""Bluesky's Jetstream, version 2: the same events as version 1, with the commit's fields beside the account's.

    {"$type": "…#commit", "seq": …, "did": …, "time": …, "operation": …, "collection": …, "rkey": …, "record": …}
    {"$type": "message", "payload": {the same}}         as the socket frames it

The stream may send an event again after a reconnect; a post is known by its address, so it counts once. ``time`` is
the server's; ``createdAt`` in the record is the poster's choice and is not used.
"""

from __future__ import annotations

from collections.abc import Iterable

from groundswell.read.bluesky_record import OTHERS, POST, REPOST, account_event, change, deletion, post, repost, uri_of
from groundswell.read.reader import LeaveOut, Other, Outcome, Reader, Record
from groundswell.read.record import inside, text
from groundswell.read.times import read_time
from groundswell.read.versions import Edit

KINDS = ("commit", "identity", "account", "sync", "info")


def knows(record: Record) -> bool:
    """A message whose type ends in one of five words; all but the server's own notices name an account."""
    event = _event(record)
    kind = _kind(event)
    return kind in KINDS and ("seq" in event or "did" in event or kind == "info")


def rows(record: Record) -> Iterable[Record]:
    """The event, out of its frame."""
    return (_event(record),)


def to_post(record: Record) -> Outcome:
    """One event as a post, if it is a new or changed post or a new repost."""
    kind = _kind(record)
    if kind == "account":
        return account_event("account event", text(record, "did"), record)
    if kind != "commit":
        return Other(f"{kind} event" if kind in KINDS else "other event")
    operation, collection = text(record, "operation"), text(record, "collection") or ""
    what = OTHERS.get(collection, "other record")
    if operation == "delete":
        return deletion(text(record, "did"), collection, text(record, "rkey"))
    if collection not in (POST, REPOST):
        return Other(what)
    if operation != "create" and not (edit(record) and inside(record, "record")):
        return Other(f"change of a {what}")
    account, key = text(record, "did"), text(record, "rkey")
    if not account:
        raise LeaveOut("no account id")
    if not key:
        raise LeaveOut("no record key", account)
    uri = uri_of(account, collection, key)
    time = read_time(record.get("time"))
    body = inside(record, "record")
    if collection == REPOST:
        return repost(account, uri, text(body, "subject", "uri"), time, "collector")
    return post(account, uri, body, time, "collector")


def _event(record: Record) -> Record:
    return inside(record, "payload") or record


def _kind(record: Record) -> str:
    """The word behind the # of the type."""
    return (text(record, "$type") or "").rpartition("#")[2]


def edit(record: Record) -> Edit | None:
    """A change takes the place of the post that it changes, which tells when it was posted."""
    return change(text(record, "collection"), text(record, "operation"), record.get("time"))


READER = Reader(
    name="bluesky-jetstream-v2",
    title="Bluesky Jetstream events, version 2",
    source="https://github.com/bluesky-social/jetstream",
    shape="lines",
    columns=("$type", "payload", "seq", "did", "time", "rev", "operation", "collection", "rkey", "record", "cid"),
    knows=knows,
    rows=rows,
    to_post=to_post,
    edit=edit,
    assumes=("Times are when the server saw the event (time); createdAt is the poster's choice and is not used.",),
    samples=(
        {
            "$type": "network.jetstream.subscribeEvents#commit",
            "seq": 71,
            "did": "did:plc:ana",
            "time": "2024-05-01T10:00:00.123Z",
            "rev": "r1",
            "operation": "create",
            "collection": POST,
            "rkey": "k1",
            "cid": "bafy1",
            "record": {
                "text": "Look at this #OpenGate",
                "createdAt": "2020-01-01T00:00:00Z",
                "langs": ["en"],
                "facets": [{"features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "OpenGate"}]}],
            },
        },
        {
            "$type": "network.jetstream.subscribeEvents#commit",
            "seq": 72,
            "did": "did:plc:ben",
            "time": "2024-05-01T10:00:01.000Z",
            "rev": "r2",
            "operation": "create",
            "collection": REPOST,
            "rkey": "k2",
            "record": {"subject": {"uri": "at://did:plc:ana/app.bsky.feed.post/k1"}},
        },
        {
            "$type": "message",
            "payload": {
                "$type": "network.jetstream.subscribeEvents#account",
                "seq": 73,
                "did": "did:plc:cat",
                "time": "2024-05-01T10:00:02.000Z",
                "active": False,
            },
        },
    ),
)
