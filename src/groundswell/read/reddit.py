"""Submissions and comments as the monthly dumps of Reddit hold them, one object a line, mostly ``.zst``.

A submission is ``t3_…`` and a comment ``t1_…``, as the site names them. ``[deleted]`` and ``[removed]`` are what the
collector saw when the account or the words were gone already: the words are unknown, and a deleted account is nobody
in particular, so such a row is left out.
"""

from __future__ import annotations

from groundswell.model.post import Post
from groundswell.read.reader import LeaveOut, Outcome, Reader, Record
from groundswell.read.record import text
from groundswell.read.text_marks import links_in
from groundswell.read.times import read_time

GONE = ("[deleted]", "[removed]", "[ Removed by Reddit ]")


def knows(record: Record) -> bool:
    """An author and a time, and the words of a submission or of a comment."""
    return {"author", "created_utc", "id"} <= record.keys() and (
        {"title", "subreddit"} <= record.keys() or {"body", "link_id"} <= record.keys()
    )


def to_post(record: Record) -> Outcome:
    """One submission or comment as a post; a cross-post repeats another submission."""
    account = text(record, "author")
    if not account:
        raise LeaveOut("no account id", text(record, "id") or "")
    if account in GONE:
        raise LeaveOut("the account was deleted before the post was collected", text(record, "id") or "")
    number = text(record, "id")
    is_comment = "body" in record and "title" not in record
    words = _words(record, "body") if is_comment else _submitted(record)
    target = None if is_comment else text(record, "url_overridden_by_dest") or text(record, "url")
    outside = [target] if target and target.startswith("http") and "reddit.com/r/" not in target else []
    origin = text(record, "crosspost_parent")
    return Post(
        platform="reddit",
        account_id=account,
        time=read_time(record.get("created_utc")),
        post_id=f"{'t1' if is_comment else 't3'}_{number}" if number else None,
        text=words,
        urls=tuple(dict.fromkeys([*outside, *(links_in(words) or ())])),
        is_repost=origin is not None,
        repost_of=origin,
        reply_to=text(record, "parent_id") if is_comment else None,
    )


def _submitted(record: Record) -> str | None:
    """The title, and below it the words, which many submissions lack."""
    parts = [part for part in (_words(record, "title"), _words(record, "selftext")) if part]
    return "\n".join(parts) or None


def _words(record: Record, name: str) -> str | None:
    written = text(record, name)
    return None if not written or written in GONE else written


READER = Reader(
    name="reddit",
    title="submissions and comments of a Reddit dump",
    source="https://github.com/Watchful1/PushshiftDumps",
    shape="lines",
    columns=(
        "author",
        "title",
        "score",
        "created_utc",
        "permalink",
        "selftext",
        "url",
        "subreddit",
        "id",
        "body",
        "link_id",
        "parent_id",
        "crosspost_parent",
    ),
    knows=knows,
    to_post=to_post,
    assumes=(
        "The account is known by its name, which never changes and may be made anew by nobody.",
        "Words that read [deleted] or [removed] are unknown.",
    ),
    samples=(
        {
            "author": "ana",
            "title": "Look at this",
            "selftext": "",
            "score": 3,
            "created_utc": 1714557600,
            "permalink": "/r/made_up/comments/abc1/look_at_this/",
            "url": "https://example.org/a",
            "subreddit": "made_up",
            "id": "abc1",
        },
        {
            "author": "ben",
            "body": "[removed]",
            "score": 1,
            "created_utc": "1714557609",
            "link_id": "t3_abc1",
            "parent_id": "t3_abc1",
            "subreddit": "made_up",
            "id": "def2",
        },
    ),
)
