"""Bluesky's Jetstream, version 1: everything that happens on the network, one event a line.

Times are ``time_us``, when the server saw the event. ``createdAt`` stands in the record too, but the poster's
software chooses it, so whoever wants to hide a pace writes another; it is not used. An event that is no post or
repost is counted by its kind. A deletion names a post and says that it is gone; whoever keeps a study must honour it.
"""

from __future__ import annotations

from groundswell.read.bluesky_record import OTHERS, account_event, change, deletion, post, repost, uri_of
from groundswell.read.bluesky_record import POST as POST
from groundswell.read.bluesky_record import REPOST as REPOST
from groundswell.read.reader import LeaveOut, Other, Outcome, Reader, Record
from groundswell.read.record import inside, text
from groundswell.read.times import read_time
from groundswell.read.versions import Edit


def knows(record: Record) -> bool:
    """An event with its account, its time and its kind."""
    return {"did", "time_us", "kind"} <= record.keys()


def to_post(record: Record) -> Outcome:
    """One event as a post, if it is a new or changed post or a new repost."""
    kind = text(record, "kind")
    if kind == "account":
        return account_event(kind, text(record, "did"), inside(record, "account"))
    if kind != "commit":
        return Other(kind if kind == "identity" else "other event")
    operation, collection = text(record, "commit", "operation"), text(record, "commit", "collection") or ""
    what = OTHERS.get(collection, "other record")
    if operation == "delete":
        return deletion(text(record, "did"), collection, text(record, "commit", "rkey"))
    if collection not in (POST, REPOST):
        return Other(what)
    if operation != "create" and not (edit(record) and inside(record, "commit", "record")):
        return Other(f"change of a {what}")
    account, key = text(record, "did"), text(record, "commit", "rkey")
    if not account:
        raise LeaveOut("no account id")
    if not key:
        raise LeaveOut("no record key", account)
    uri = uri_of(account, collection, key)
    time = read_time(record.get("time_us"))
    body = inside(record, "commit", "record")
    if collection == REPOST:
        return repost(account, uri, text(body, "subject", "uri"), time, "collector")
    return post(account, uri, body, time, "collector")


def edit(record: Record) -> Edit | None:
    """A change takes the place of the post that it changes, which tells when it was posted."""
    return change(text(record, "commit", "collection"), text(record, "commit", "operation"), record.get("time_us"))


READER = Reader(
    name="bluesky-jetstream",
    title="Bluesky Jetstream events",
    source="https://github.com/bluesky-social/jetstream",
    shape="lines",
    columns=("did", "time_us", "kind", "commit", "identity", "account"),
    knows=knows,
    to_post=to_post,
    edit=edit,
    assumes=("Times are when the server saw the event (time_us); createdAt is the poster's choice and is not used.",),
    samples=(
        {
            "did": "did:plc:ana",
            "time_us": 1714557600000000,
            "kind": "commit",
            "commit": {
                "operation": "create",
                "collection": POST,
                "rkey": "k1",
                "record": {
                    "text": "Look at this #OpenGate",
                    "createdAt": "2020-01-01T00:00:00Z",
                    "langs": ["en"],
                    "facets": [{"features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "OpenGate"}]}],
                    "embed": {"external": {"uri": "https://example.org/a"}},
                },
            },
        },
        {
            "did": "did:plc:ben",
            "time_us": 1714557601000000,
            "kind": "commit",
            "commit": {
                "operation": "create",
                "collection": REPOST,
                "rkey": "k2",
                "record": {"subject": {"uri": "at://did:plc:ana/app.bsky.feed.post/k1"}},
            },
        },
        {"did": "did:plc:cat", "time_us": 1714557602000000, "kind": "identity", "identity": {}},
    ),
)
