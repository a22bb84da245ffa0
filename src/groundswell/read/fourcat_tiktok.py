"""TikTok videos in 4CAT's table. The sound of a video is not read: videos share the fashionable ones by the million."""

from __future__ import annotations

from groundswell.model.post import Account, Post
from groundswell.read.fourcat import COLLECTED, COMMON, HASHED, account_of, body_of, id_of, is_fourcat, tags_of, time_of
from groundswell.read.reader import Noted, Outcome, Reader, Record
from groundswell.read.record import cell, count
from groundswell.read.text_marks import links_in, mentions_in
from groundswell.read.times import read_time


def knows(record: Record) -> bool:
    """The common columns, the sound, and whether it is a duet."""
    return is_fourcat(record, "tiktok")


def to_post(record: Record) -> Outcome:
    """One row as a post."""
    notes: list[str] = []
    text = body_of(record)
    post = Post(
        platform="tiktok",
        account_id=account_of(record, ("author",), notes),
        time=read_time(time_of(record)),
        post_id=id_of(record, notes),
        text=text,
        urls=links_in(text),
        hashtags=tags_of(record, "hashtags", text),
        mentions=mentions_in(text),
    )
    return Noted(post, tuple(notes)) if notes else post


def to_account(record: Record) -> Account | None:
    """The author as the capture told."""
    return Account(
        platform="tiktok",
        account_id=account_of(record, ("author",), []),
        handle=cell(record, "author"),
        name=cell(record, "author_full"),
        picture=cell(record, "author_avatar"),
        followers=count(record.get("author_followers")),
        n_posts=count(record.get("author_videos")),
    )


READER = Reader(
    name="4cat-tiktok",
    title="a table of TikTok videos that 4CAT wrote",
    source="https://github.com/digitalmethodsinitiative/4cat/tree/master/datasources/tiktok",
    shape="table",
    columns=(
        *COMMON,
        "unix_timestamp",
        "author_full",
        "author_followers",
        "author_videos",
        "author_avatar",
        "is_duet",
        "is_ad",
        "music_name",
        "music_id",
        "music_author",
        "tiktok_url",
        "likes",
        "comments",
        "shares",
        "plays",
        "hashtags",
        "challenges",
        "location_created",
        "effects",
        "warning",
    ),
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    assumes=(
        "A timestamp without a zone is taken as UTC.",
        HASHED,
        COLLECTED,
        "The account is known by its handle; a renamed account counts as two.",
    ),
    samples=(
        {
            "id": "7300000000000000001",
            "thread_id": "7300000000000000001",
            "author": "ana",
            "author_full": "Ana",
            "author_followers": "12",
            "body": "Look at this #OpenGate",
            "timestamp": "2024-05-01 10:00:00",
            "unix_timestamp": "1714557600",
            "is_duet": "False",
            "music_id": "6900000000000000001",
            "hashtags": "OpenGate,gate",
        },
    ),
)
