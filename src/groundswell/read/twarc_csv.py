"""Tables that twarc-csv makes of X (Twitter) API v2: some 80 columns with dots in their names and JSON in their cells.

Some versions passed ids through numbers, and their last digits are zeros or an exponent; such an id is not believed.
The text of a repost may be cut off after 140 characters, for the post it repeats is a row of its own or is missing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import unescape
from typing import Any

from groundswell.model.post import Account, Post
from groundswell.read.ids import LOST_POST_ID, LOST_TARGET, is_rounded, whole
from groundswell.read.reader import LeaveOut, Noted, Outcome, Reader, Record
from groundswell.read.record import cell, count
from groundswell.read.text_marks import hashtags_in, links_in, mentions_in
from groundswell.read.times import known_time, read_time
from groundswell.read.writable import writable

HANDLE_STANDS_IN = "the account id was rounded by a spreadsheet, and the handle stands in for it"
REFERENCES = {
    "retweeted": "referenced_tweets.retweeted.id",
    "replied_to": "referenced_tweets.replied_to.id",
    "quoted": "referenced_tweets.quoted.id",
}


def knows(record: Record) -> bool:
    """The API's names with a column for each kind of reference, or for the author's fields."""
    return {"id", "author_id", "created_at", "text"} <= record.keys() and (
        "referenced_tweets.retweeted.id" in record or "author.username" in record
    )


def to_post(record: Record) -> Outcome:
    """One row as a post."""
    notes: list[str] = []
    post_id = cell(record, "id")
    if is_rounded(post_id):
        notes.append(LOST_POST_ID)
    target: dict[str, str | None] = {}
    for kind, column in REFERENCES.items():
        value = cell(record, column)
        target[kind] = whole(value)
        if is_rounded(value):
            notes.append(LOST_TARGET)
    written = record.get("text")
    text = unescape(written) if isinstance(written, str) and written else None
    post = Post(
        platform="twitter",
        account_id=_account_id(record, notes),
        time=read_time(record.get("created_at")),
        post_id=whole(post_id),
        text=text,
        lang=cell(record, "lang"),
        urls=_listed(record, "entities.urls", ("unwound_url", "expanded_url", "url"), links_in(text)),
        hashtags=_listed(record, "entities.hashtags", ("tag",), hashtags_in(text)),
        mentions=_listed(record, "entities.mentions", ("username",), mentions_in(text)),
        is_repost=cell(record, REFERENCES["retweeted"]) is not None,
        repost_of=target["retweeted"],
        repost_of_account=whole(cell(record, "retweeted_user_id")) or cell(record, "retweeted_username"),
        reply_to=target["replied_to"],
        quote_of=target["quoted"],
        client=cell(record, "source"),
    )
    return Noted(post, tuple(notes)) if notes else post


def to_account(record: Record) -> Account | None:
    """The author's fields, where the table has them."""
    if "author.username" not in record:
        return None
    return Account(
        platform="twitter",
        account_id=_account_id(record, []),
        handle=cell(record, "author.username"),
        name=cell(record, "author.name"),
        bio=cell(record, "author.description"),
        url=cell(record, "author.url"),
        picture=cell(record, "author.profile_image_url"),
        created_at=known_time(record.get("author.created_at")),
        followers=count(record.get("author.public_metrics.followers_count")),
        following=count(record.get("author.public_metrics.following_count")),
        n_posts=count(record.get("author.public_metrics.tweet_count")),
    )


def _account_id(record: Record, notes: list[str]) -> str:
    for column in ("author_id", "author.id"):
        if known := whole(cell(record, column)):
            return known
    if (handle := cell(record, "author.username")) is not None:
        notes.append(HANDLE_STANDS_IN)
        return handle
    if (rounded := cell(record, "author_id")) is None:
        raise LeaveOut("no account id")
    raise LeaveOut("account id rounded by a spreadsheet", rounded)


def _listed(
    record: Record, column: str, keys: tuple[str, ...], otherwise: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    """The values of the JSON list in a cell; what the text tells where the table lacks the column."""
    if column not in record:
        return otherwise
    listed = _json(record.get(column))
    if not isinstance(listed, list):
        return ()
    chosen = (next((each[key] for key in keys if each.get(key)), None) for each in listed if isinstance(each, Mapping))
    return tuple(each for each in chosen if isinstance(each, str))


def _json(value: object) -> Any:
    if not isinstance(value, str) or not value.startswith("["):
        return value
    try:
        return writable(json.loads(value))
    except (ValueError, RecursionError):
        return None


READER = Reader(
    name="twarc-csv",
    title="a table that twarc-csv made of X (Twitter) API v2",
    source="https://github.com/DocNow/twarc-csv",
    shape="table",
    columns=(
        "id",
        "author_id",
        "created_at",
        "text",
        "lang",
        "source",
        "conversation_id",
        *REFERENCES.values(),
        "in_reply_to_user_id",
        "retweeted_user_id",
        "retweeted_username",
        "quoted_user_id",
        "public_metrics.retweet_count",
        "entities.urls",
        "entities.hashtags",
        "entities.mentions",
        "author.id",
        "author.username",
        "author.name",
        "author.description",
        "author.created_at",
        "author.public_metrics.followers_count",
        "__twarc.retrieved_at",
    ),
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    assumes=("The text of a repost may be cut off after 140 characters.",),
    samples=(
        {
            "id": "1500000000000000001",
            "author_id": "11",
            "created_at": "2024-05-01T10:00:00.000Z",
            "text": "Look at this #OpenGate &amp; more https://t.co/x",
            "lang": "en",
            "referenced_tweets.retweeted.id": "",
            "referenced_tweets.replied_to.id": "",
            "referenced_tweets.quoted.id": "",
            "entities.hashtags": '[{"start": 13, "end": 22, "tag": "OpenGate"}]',
            "entities.urls": '[{"url": "https://t.co/x", "expanded_url": "https://example.org/a"}]',
            "author.id": "11",
            "author.username": "ana",
            "author.public_metrics.followers_count": "12.0",
        },
        {
            "id": "1500000000000000003",
            "author_id": "1.01421E+18",
            "created_at": "2024-05-01T10:00:09.000Z",
            "text": "RT @ana: Look at this",
            "referenced_tweets.retweeted.id": "1500000000000000001",
            "retweeted_user_id": "11",
            "author.username": "ben",
        },
    ),
)
