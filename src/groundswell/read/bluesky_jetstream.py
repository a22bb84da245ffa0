"""Bluesky's Jetstream, version 1: everything that happens on the network, one event a line.

Times are ``time_us``, when the server saw the event. ``createdAt`` stands in the record too, but the poster's
software chooses it, so whoever wants to hide a pace writes another; it is not used. An event that is no post or
repost is counted by its kind. A deletion names a post and says that it is gone; whoever keeps a study must honour it.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundswell.model.post import Post
from groundswell.read.reader import LeaveOut, Other, Outcome, Reader, Record
from groundswell.read.record import inside, objects, text, texts
from groundswell.read.times import read_time

POST, REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"
OTHERS = {
    "app.bsky.feed.like": "like",
    "app.bsky.graph.follow": "follow",
    "app.bsky.graph.block": "block",
    "app.bsky.actor.profile": "profile",
    POST: "post",
    REPOST: "repost",
}
"""Collections by name; every other is «other record»."""


def knows(record: Record) -> bool:
    """An event with its account, its time and its kind."""
    return {"did", "time_us", "kind"} <= record.keys()


def to_post(record: Record) -> Outcome:
    """One event as a post, if it is a new post or repost."""
    if (kind := text(record, "kind")) != "commit":
        return Other(kind if kind in ("identity", "account") else "other event")
    operation, collection = text(record, "commit", "operation"), text(record, "commit", "collection") or ""
    what = OTHERS.get(collection, "other record")
    if operation == "delete":
        return Other(f"deletion of a {what}" if what != "other record" else "deletion of another record")
    if collection not in (POST, REPOST):
        return Other(what)
    if operation != "create":
        return Other(f"change of a {what}")
    account, key = text(record, "did"), text(record, "commit", "rkey")
    if not account:
        raise LeaveOut("no account id")
    if not key:
        raise LeaveOut("no record key", account)
    post_id = f"at://{account}/{collection}/{key}"
    time = read_time(record.get("time_us"))
    body = inside(record, "commit", "record")
    if collection == REPOST:
        subject = text(body, "subject", "uri")
        return Post(
            platform="bluesky",
            account_id=account,
            time=time,
            time_source="collector",
            post_id=post_id,
            is_repost=True,
            repost_of=subject,
            repost_of_account=_account_of(subject),
        )
    features = [feature for facet in objects(body, "facets") for feature in objects(facet, "features")]
    return Post(
        platform="bluesky",
        account_id=account,
        time=time,
        time_source="collector",
        post_id=post_id,
        text=text(body, "text"),
        lang=next(iter(texts(body, "langs")), None),
        urls=tuple(dict.fromkeys(_links(body, features))),
        hashtags=(*(tag for each in features if (tag := text(each, "tag"))), *texts(body, "tags")),
        mentions=tuple(did for each in features if (did := text(each, "did"))),
        reply_to=text(body, "reply", "parent", "uri"),
        quote_of=text(body, "embed", "record", "uri") or text(body, "embed", "record", "record", "uri"),
    )


def _links(body: Record, features: list[Record]) -> Iterator[str]:
    for each in features:
        if link := text(each, "uri"):
            yield link
    for path in (("embed", "external", "uri"), ("embed", "media", "external", "uri")):
        if link := text(body, *path):
            yield link


def _account_of(uri: str | None) -> str | None:
    """The account in at://account/collection/key."""
    return uri.split("/")[2] if uri and uri.startswith("at://") else None


READER = Reader(
    name="bluesky-jetstream",
    title="Bluesky Jetstream events",
    source="https://github.com/bluesky-social/jetstream",
    shape="lines",
    columns=("did", "time_us", "kind", "commit", "identity", "account"),
    knows=knows,
    to_post=to_post,
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
