"""What a Bluesky post or repost says, wherever it was seen: in Jetstream, version 1 or 2, or in an answer of the API.

The record is the same everywhere; who wraps it, when it was seen and what the server adds is not, and is said by
the reader that unwrapped it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from groundswell.model.deletion import Deletion
from groundswell.model.post import Post
from groundswell.read.reader import Other, Record
from groundswell.read.record import inside, objects, text, texts
from groundswell.read.times import microseconds, read_time
from groundswell.read.versions import Edit

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


def change(collection: str | None, operation: str | None, written: object) -> Edit | None:
    """A post that was put in place of an earlier one at the same address; a repost has nothing to change."""
    if collection != POST or operation != "update":
        return None
    return Edit(at_us=microseconds(read_time(written)), hides_time=True)


def deletion(account: str | None, collection: str, key: str | None) -> Other:
    """A record taken back; a post or a repost by its address, so that it can be forgotten."""
    what = OTHERS.get(collection, "other record")
    kind = f"deletion of a {what}" if what != "other record" else "deletion of another record"
    if collection not in (POST, REPOST) or not account or not key:
        return Other(kind)
    return Other(kind, gone=(Deletion("bluesky", post_id=uri_of(account, collection, key)),))


def account_event(kind: str, account: str | None, told: Record) -> Other:
    """What happened to an account; one that was deleted took all its posts with it."""
    if account and told.get("active") is False and text(told, "status") == "deleted":
        return Other(kind, gone=(Deletion("bluesky", account_id=account),))
    return Other(kind)


def uri_of(account: str, collection: str, key: str) -> str:
    """The address by which everyone knows a record."""
    return f"at://{account}/{collection}/{key}"


def account_of(uri: str | None) -> str | None:
    """The account in at://account/collection/key."""
    return uri.split("/")[2] if uri and uri.startswith("at://") and uri.count("/") > 2 else None


def repost(account: str, uri: str, subject: str | None, time: datetime, clock: str) -> Post:
    """A repost of what lies at `subject`."""
    return Post(
        platform="bluesky",
        account_id=account,
        time=time,
        time_source=clock,
        post_id=uri,
        is_repost=True,
        repost_of=subject,
        repost_of_account=account_of(subject),
    )


def post(account: str, uri: str, body: Record, time: datetime, clock: str) -> Post:
    """A post whose record is `body`."""
    features = [feature for facet in objects(body, "facets") for feature in objects(facet, "features")]
    return Post(
        platform="bluesky",
        account_id=account,
        time=time,
        time_source=clock,
        post_id=uri,
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
    embed = inside(body, "embed")
    for path in (("external", "uri"), ("media", "external", "uri")):
        if embed and (link := text(embed, *path)):
            yield link
