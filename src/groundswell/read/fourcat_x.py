"""Posts of X (Twitter) in 4CAT's table, collected over the API or captured in a browser with Zeeschuimer."""

from __future__ import annotations

from groundswell.model.post import Account, Post
from groundswell.read.fourcat import (
    COLLECTED,
    COMMON,
    HASHED,
    account_of,
    body_of,
    id_of,
    is_fourcat,
    links_of,
    tags_of,
    time_of,
)
from groundswell.read.ids import whole
from groundswell.read.lists import words
from groundswell.read.reader import Noted, Outcome, Reader, Record
from groundswell.read.record import cell, count, truth
from groundswell.read.text_marks import mentions_in
from groundswell.read.times import read_time

ACCOUNT = ("author_id", "author")


def knows(record: Record) -> bool:
    """The common columns, and whether it repeats or quotes."""
    return is_fourcat(record, "x")


def to_post(record: Record) -> Outcome:
    """One row as a post. Whom it repeats or answers is told by handle; which post, only for quotations."""
    notes: list[str] = []
    text = body_of(record)
    thread, post_id = whole(cell(record, "thread_id")), id_of(record, notes)
    is_reply = truth(record.get("is_reply"))
    post = Post(
        platform="twitter",
        account_id=account_of(record, ACCOUNT, notes),
        time=read_time(time_of(record)),
        post_id=post_id,
        text=text,
        lang=cell(record, "language_guess"),
        urls=links_of(record, "urls", text),
        hashtags=tags_of(record, "hashtags", text),
        mentions=words(record["mentions"]) if "mentions" in record else mentions_in(text),
        is_repost=bool(truth(record.get("is_retweet"))),
        repost_of_account=cell(record, "retweeted_user"),
        # The thread is named by its first post, which is what a reply answers or descends from.
        reply_to=thread if is_reply and thread != post_id else None,
        quote_of=whole(cell(record, "quote_tweet_id")),
        client=cell(record, "source"),
    )
    return Noted(post, tuple(notes)) if notes else post


def to_account(record: Record) -> Account | None:
    """The author as the capture told."""
    return Account(
        platform="twitter",
        account_id=account_of(record, ACCOUNT, []),
        handle=cell(record, "author"),
        name=cell(record, "author_fullname"),
        picture=cell(record, "author_avatar_url"),
        followers=count(record.get("author_followers")),
    )


READER = Reader(
    name="4cat-x",
    title="a table of X (Twitter) posts that 4CAT wrote",
    source="https://github.com/digitalmethodsinitiative/4cat/tree/master/datasources",
    shape="table",
    columns=(
        *COMMON,
        "unix_timestamp",
        "link",
        "author_fullname",
        "author_id",
        "source",
        "language_guess",
        "possibly_sensitive",
        "retweet_count",
        "is_retweet",
        "retweeted_user",
        "is_quote_tweet",
        "quote_tweet_id",
        "is_reply",
        "replied_user",
        "replied_author",
        "hashtags",
        "urls",
        "images",
        "videos",
        "mentions",
        "collected_from_url",
    ),
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    assumes=(
        "A timestamp without a zone is taken as UTC.",
        HASHED,
        COLLECTED,
        "A reply is taken to answer the first post of its thread, for the table names no other.",
    ),
    samples=(
        {
            "id": "1500000000000000002",
            "thread_id": "1500000000000000001",
            "timestamp": "2024-05-01 10:00:09",
            "unix_timestamp": "1714557609",
            "author": "ana",
            "author_fullname": "Ana",
            "author_id": "11",
            "body": "@ben look #OpenGate",
            "is_retweet": "no",
            "retweeted_user": "",
            "is_quote_tweet": "no",
            "is_reply": "yes",
            "hashtags": "OpenGate",
            "urls": "https://example.org/a,https://example.org/b",
            "mentions": "ben",
        },
    ),
)
