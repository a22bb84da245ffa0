"""Bluesky posts in 4CAT's table. Its times are the ones that the poster's software wrote."""

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
from groundswell.read.lists import words
from groundswell.read.reader import Noted, Outcome, Reader, Record
from groundswell.read.record import cell
from groundswell.read.text_marks import mentions_in
from groundswell.read.times import known_time, read_time

ACCOUNT = ("author_id", "author")


def knows(record: Record) -> bool:
    """The common columns, and the posts quoted and answered."""
    return is_fourcat(record, "bluesky")


def to_post(record: Record) -> Outcome:
    """One row as a post."""
    notes: list[str] = []
    text = body_of(record)
    langs = words(record.get("languages"))
    post = Post(
        platform="bluesky",
        account_id=account_of(record, ACCOUNT, notes),
        time=read_time(cell(record, "created_at") or time_of(record)),
        time_source="client",
        post_id=id_of(record, notes),
        text=text,
        lang=langs[0] if langs else None,
        urls=links_of(record, "links", text),
        hashtags=tags_of(record, "tags", text),
        mentions=words(record["mentions"]) if "mentions" in record else mentions_in(text),
        reply_to=cell(record, "replied_to_post"),
        quote_of=cell(record, "quoted_post"),
    )
    return Noted(post, tuple(notes)) if notes else post


def to_account(record: Record) -> Account | None:
    """The author as the search told."""
    return Account(
        platform="bluesky",
        account_id=account_of(record, ACCOUNT, []),
        handle=cell(record, "author"),
        name=cell(record, "author_display_name"),
        bio=cell(record, "author_profile") if not (cell(record, "author_profile") or "").startswith("http") else None,
        picture=cell(record, "author_avatar"),
        created_at=known_time(record.get("author_created_at")),
    )


READER = Reader(
    name="4cat-bluesky",
    title="a table of Bluesky posts that 4CAT wrote",
    source="https://github.com/digitalmethodsinitiative/4cat/tree/master/datasources/bluesky",
    shape="table",
    columns=(
        *COMMON,
        "created_at",
        "collected_at",
        "query",
        "rank",
        "author_id",
        "link",
        "tags",
        "quoted_post",
        "quoted_user",
        "replied_to_post",
        "replied_to_user",
        "mentions",
        "links",
        "images",
        "languages",
        "author_display_name",
        "author_profile",
        "author_avatar",
        "author_created_at",
    ),
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    assumes=("Times are what the poster's software wrote (createdAt), which can be any.", HASHED, COLLECTED),
    samples=(
        {
            "id": "at://did:plc:ana/app.bsky.feed.post/k1",
            "thread_id": "at://did:plc:ana/app.bsky.feed.post/k1",
            "timestamp": "2024-05-01 10:00:00",
            "created_at": "2024-05-01T10:00:00.000Z",
            "author": "ana.example",
            "author_id": "did:plc:ana",
            "body": "Look at this",
            "tags": "OpenGate",
            "quoted_post": "",
            "replied_to_post": "",
            "mentions": "",
            "links": "https://example.org/a",
            "languages": "en,de",
        },
    ),
)
