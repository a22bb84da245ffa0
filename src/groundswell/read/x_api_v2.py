"""X (Twitter) API v2, as twarc2 and others save it: pages, streams, flattened posts, counts, compliance.

    {"data": [post, …], "includes": {"tweets": […], "users": […]}, "errors": […]}      a page a line
    {"data": post, "includes": …, "matching_rules": …}                                  a stream's line
    {"id": …, "text": …, "author_id": …}                                                flattened

Only what was asked for is a post. What came along with it (``includes``) is counted, not analysed: it was not part
of the sample. The text of a repost is cut off after 140 characters; where the post it repeats came along, its text and
links are taken. ``errors`` are mostly posts that were deleted or withheld.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from groundswell.model.deletion import Deletion
from groundswell.model.post import Account, Post
from groundswell.read.reader import LeaveOut, Other, Outcome, Reader, Record
from groundswell.read.record import count, inside, objects, text
from groundswell.read.times import known_time, read_time
from groundswell.read.versions import Edit

POST, REFERENCED, PROFILE, ERROR = "post", "referenced post", "profile", "error"
COUNT, COMPLIANCE, EMPTY = "count", "compliance notice", "empty page"
NO_POST = {kind: Other(kind) for kind in (REFERENCED, PROFILE, ERROR, COUNT, EMPTY)}
"""Most rows are no posts, and of one kind each is like the next."""

NOTHING: Record = {}


def knows(record: Record) -> bool:
    """A page, a line of a stream, a flattened post, or a compliance notice."""
    if _is_post(record) or _is_notice(record):
        return True
    if not any(key in record for key in ("data", "errors", "meta")):
        return False
    asked = _asked(record)
    if asked:
        return any(_is_post(each) or _is_count(each) for each in asked)
    return "errors" in record or "result_count" in inside(record, "meta")


def rows(record: Record) -> Iterator[Record]:
    """Each post asked for, each post and profile that came along, each error."""
    if _is_post(record) or _is_notice(record):
        kind = POST if _is_post(record) else COMPLIANCE
        yield {"kind": kind, "item": record, "along": _references(record)}
        if author := inside(record, "author"):
            yield {"kind": PROFILE, "item": author, "along": NOTHING}
        return
    includes = inside(record, "includes")
    along = objects(includes, "tweets")
    by_id = {text(each, "id"): each for each in along}
    n = 0
    for each in _asked(record):
        n += 1
        yield {"kind": COUNT if _is_count(each) else POST, "item": each, "along": by_id}
    for kind, found in (
        (REFERENCED, along),
        (PROFILE, objects(includes, "users")),
        (ERROR, objects(record, "errors")),
    ):
        for each in found:
            n += 1
            yield {"kind": kind, "item": each, "along": NOTHING}
    if not n:
        yield {"kind": EMPTY, "item": record, "along": NOTHING}


def to_post(record: Record) -> Outcome:
    """One row as a post."""
    kind = record["kind"]
    if kind == COMPLIANCE:
        return Other(kind, gone=_gone(record["item"]))
    if kind != POST:
        return NO_POST[kind]
    post, along = record["item"], record["along"]
    account = text(post, "author_id")
    if not account:
        raise LeaveOut("no account id", text(post, "id") or "")
    refers: dict[str | None, str | None] = {}
    if "referenced_tweets" in post:
        refers = {text(each, "type"): text(each, "id") for each in objects(post, "referenced_tweets")}
    repost_of = refers.get("retweeted")
    original = along.get(repost_of) or {} if repost_of else {}
    words = original if text(original, "text") else post
    written = text(words, "text")
    entities = inside(words, "entities")
    return Post(
        platform="twitter",
        account_id=account,
        time=read_time(post.get("created_at")),
        post_id=text(post, "id"),
        text=unescape(written) if written is not None and "&" in written else written,
        lang=text(post, "lang"),
        urls=tuple(_links(entities)),
        hashtags=tuple([tag for each in objects(entities, "hashtags") if (tag := text(each, "tag"))]),
        mentions=tuple([name for each in objects(entities, "mentions") if (name := text(each, "username"))]),
        is_repost=repost_of is not None,
        repost_of=repost_of,
        repost_of_account=text(original, "author_id"),
        reply_to=refers.get("replied_to"),
        quote_of=refers.get("quoted"),
        client=text(post, "source"),
    )


def to_account(record: Record) -> Account | None:
    """A profile that came along."""
    item = record["item"]
    account = text(item, "id")
    if record["kind"] != PROFILE or not account:
        return None
    return Account(
        platform="twitter",
        account_id=account,
        handle=text(item, "username"),
        name=text(item, "name"),
        bio=text(item, "description"),
        url=text(item, "url"),
        picture=text(item, "profile_image_url"),
        created_at=known_time(item.get("created_at")),
        followers=count(inside(item, "public_metrics").get("followers_count")),
        following=count(inside(item, "public_metrics").get("following_count")),
        n_posts=count(inside(item, "public_metrics").get("tweet_count")),
    )


def edit(record: Record) -> Edit | None:
    """The versions before this one, which X keeps under ids of their own."""
    post = record["item"]
    history = post.get("edit_history_tweet_ids")
    if not isinstance(history, list) or len(history) < 2 or (own := text(post, "id")) not in history:
        return None
    earlier = tuple(each for each in history[: history.index(own)] if isinstance(each, str))
    return Edit(replaces=earlier) if earlier else None


def tells_of(record: Record) -> tuple[str, str] | None:
    """Whose profile came along."""
    if record["kind"] != PROFILE:
        return None
    account = text(record["item"], "id")
    return ("twitter", account) if account else None


def _gone(notice: Record) -> tuple[Deletion, ...]:
    """What a notice asks to forget. It does not say whether its number is a post's or an account's: both are meant.

    A post's number is never an account's that is in the same data: they come from one sequence.
    """
    number = text(notice, "id")
    if not number or text(notice, "action") != "delete" or text(notice, "reason") == "scrub_geo":
        return ()
    return (Deletion("twitter", post_id=number), Deletion("twitter", account_id=number))


def _asked(record: Record) -> list[Record]:
    data: Any = record.get("data")
    return [data] if isinstance(data, dict) else objects(record, "data")


def _references(post: Record) -> dict[str | None, Record]:
    """A flattened post carries what it refers to inside the reference."""
    return {text(each, "id"): each for each in objects(post, "referenced_tweets")}


def _is_post(record: Record) -> bool:
    """A post as an object; a table made of posts has dots in its columns' names."""
    return {"id", "text", "author_id", "created_at"} <= record.keys() and "author.username" not in record


def _is_count(record: Record) -> bool:
    return "tweet_count" in record and "start" in record and "end" in record


def _is_notice(record: Record) -> bool:
    return {"id", "action", "created_at"} <= record.keys()


def _links(entities: Record) -> Iterator[str]:
    """Addresses as far as they were opened. A post's own picture or film is no link that anyone chose to share."""
    for each in objects(entities, "urls"):
        shown = text(each, "display_url") if "display_url" in each else None
        if "media_key" in each or (shown and shown.startswith(("pic.twitter.com/", "pic.x.com/"))):
            continue
        if link := text(each, "unwound_url") or text(each, "expanded_url") or text(each, "url"):
            yield link


READER = Reader(
    name="x-api-v2",
    title="X (Twitter) API v2 JSON",
    source="https://docs.x.com/x-api/fundamentals/data-dictionary",
    shape="lines",
    columns=("data", "includes", "errors", "meta", "__twarc", "id", "text", "author_id", "created_at", "lang"),
    knows=knows,
    rows=rows,
    to_post=to_post,
    to_account=to_account,
    tells_of=tells_of,
    edit=edit,
    assumes=("Posts that came along with the ones asked for are counted, not analysed.",),
    samples=(
        {
            "data": [
                {
                    "id": "1",
                    "text": "RT @ben: Look at this #Open…",
                    "author_id": "11",
                    "created_at": "2024-05-01T10:00:00.000Z",
                    "referenced_tweets": [{"type": "retweeted", "id": "2"}],
                }
            ],
            "includes": {
                "tweets": [
                    {
                        "id": "2",
                        "text": "Look at this #OpenGate &amp; more https://t.co/x",
                        "author_id": "12",
                        "created_at": "2024-05-01T09:00:00.000Z",
                        "entities": {
                            "hashtags": [{"tag": "OpenGate"}],
                            "urls": [{"url": "https://t.co/x", "expanded_url": "https://example.org/a"}],
                        },
                    }
                ],
                "users": [{"id": "11", "username": "ana", "public_metrics": {"followers_count": 3}}],
            },
            "errors": [{"resource_id": "3", "title": "Not Found Error"}],
        },
        {"id": "4", "text": "Hello", "author_id": "11", "created_at": "2024-05-01T10:00:01.000Z"},
        {"id": "5", "action": "delete", "created_at": "2024-05-01T10:00:01.000Z", "reason": "protected"},
    ),
)
