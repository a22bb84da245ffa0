"""Posts as `groundswell export` writes them, taken back as they were: Parquet, CSV or JSON lines.

Nothing is looked for in the text and no id is mended, for that was done when the posts were first read. Times are
in UTC. The file and the row that a post once came from stand there too, for people; the ledger counts this file's rows.
"""

from __future__ import annotations

from datetime import UTC

from groundswell.model.post import POSTS, Post
from groundswell.read.as_stored import CHANGED, stored_list, stored_text
from groundswell.read.reader import LeaveOut, Outcome, Reader, Record
from groundswell.read.record import truth
from groundswell.read.times import read_time

OWN = frozenset({"account_id", "time", "time_source", "shared_kinds", "shared_objects"})
"""Columns that no other table of posts has together."""


def knows(record: Record) -> bool:
    """The columns of a post, and those that only an export has."""
    return record.keys() >= OWN


def to_post(record: Record) -> Outcome:
    """One row as the post that it was."""
    account = stored_text(record, "account_id")
    if not account:
        raise LeaveOut("no account id")
    time = read_time(record.get("time"))
    kinds, objects = stored_list(record, "shared_kinds") or (), stored_list(record, "shared_objects") or ()
    if len(kinds) != len(objects):
        raise LeaveOut(CHANGED, "shared_kinds")
    return Post(
        platform=stored_text(record, "platform") or "unknown",
        account_id=account,
        time=time if time.tzinfo else time.replace(tzinfo=UTC),
        post_id=stored_text(record, "post_id"),
        text=stored_text(record, "text"),
        lang=stored_text(record, "lang"),
        urls=stored_list(record, "urls"),
        hashtags=stored_list(record, "hashtags"),
        mentions=stored_list(record, "mentions"),
        is_repost=bool(truth(record.get("is_repost"))),
        repost_of=stored_text(record, "repost_of"),
        repost_of_account=stored_text(record, "repost_of_account"),
        reply_to=stored_text(record, "reply_to"),
        quote_of=stored_text(record, "quote_of"),
        client=stored_text(record, "client"),
        time_source=stored_text(record, "time_source") or "platform",
        shared=tuple(zip(kinds, objects, strict=True)),
    )


READER = Reader(
    name="groundswell-posts",
    title="posts that Groundswell exported",
    source="Groundswell's own columns: groundswell.model.post",
    shape="table",
    columns=tuple(POSTS.columns),
    knows=knows,
    to_post=to_post,
    as_stored=True,
    assumes=("Ids, texts and times are taken as they stand; they were looked after when the posts were first read.",),
    samples=(
        {
            "platform": "mastodon",
            "post_id": "https://example.social/users/ana/statuses/1",
            "account_id": "https://example.social/users/ana",
            "time": "2024-05-01T10:00:00.000001Z",
            "text": "Look: example.org/a",
            "lang": "",
            "urls": '["https://example.org/a"]',
            "hashtags": '["opengate"]',
            "mentions": "[]",
            "is_repost": "false",
            "repost_of": "",
            "reply_to": "",
            "time_source": "platform",
            "shared_kinds": "[]",
            "shared_objects": "[]",
            "source_file": "",
            "source_row": "1",
            "empty": "",
        },
        {
            "account_id": "ben",
            "time": "2024-05-01T10:00:00Z",
            "post_id": "p2",
            "time_source": "platform",
            "shared_kinds": ["url"],
            "shared_objects": ["30476"],
        },
    ),
)
