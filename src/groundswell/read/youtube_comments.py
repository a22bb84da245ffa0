"""Comments as the YouTube Data API returns them: threads with some of their replies, comments, and pages of either.

Every thread carries at most five replies; a file without the separate calls for the rest holds a part of them only,
and says how many there were.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from groundswell.model.post import Account, Post
from groundswell.read.html_text import words_and_links
from groundswell.read.reader import LeaveOut, Noted, Other, Outcome, Reader, Record
from groundswell.read.record import count, inside, objects, text
from groundswell.read.text_marks import hashtags_in, links_in, mentions_in
from groundswell.read.times import read_time

THREAD, COMMENT = "youtube#commentThread", "youtube#comment"
PAGES = (f"{THREAD}ListResponse", f"{COMMENT}ListResponse")
EMPTY = "empty page"
PARTLY = "the thread has more replies than came along with it"
NAME_STANDS_IN = "the comment names no channel, and the author's name stands in for it"


def knows(record: Record) -> bool:
    """What the API itself calls a comment, a thread, or a page of them."""
    return text(record, "kind") in (THREAD, COMMENT, *PAGES)


def rows(record: Record) -> Iterator[Record]:
    """Each comment, the topmost of a thread before its replies."""
    if text(record, "kind") not in PAGES:
        yield from _comments(record)
        return
    items = objects(record, "items")
    for item in items:
        yield from _comments(item)
    if not items:
        yield {"comment": None, "video": None}


def to_post(record: Record) -> Outcome:
    """One comment as a post, which answers its thread's topmost comment or its video."""
    comment: Any = record.get("comment")
    if not isinstance(comment, dict):
        return Other(EMPTY)
    about = inside(comment, "snippet")
    notes: list[str] = []
    account = text(about, "authorChannelId", "value")
    if not account:
        if not (account := text(about, "authorDisplayName")):
            raise LeaveOut("no account id", text(comment, "id") or "")
        notes.append(NAME_STANDS_IN)
    if record.get("partly"):
        notes.append(PARTLY)
    said = _words(about)
    video = text(about, "videoId") or text(record, "video")
    post = Post(
        platform="youtube",
        account_id=account,
        time=read_time(about.get("publishedAt")),
        post_id=text(comment, "id") or None,
        text=said,
        urls=links_in(said),
        hashtags=hashtags_in(said),
        mentions=mentions_in(said),
        reply_to=text(about, "parentId") or video,
    )
    return Noted(post, tuple(notes)) if notes else post


def to_account(record: Record) -> Account | None:
    """The author's name and picture."""
    about = inside(inside(record, "comment"), "snippet")
    account = text(about, "authorChannelId", "value") or text(about, "authorDisplayName")
    if not account:
        return None
    return Account(
        platform="youtube",
        account_id=account,
        handle=text(about, "authorDisplayName"),
        url=text(about, "authorChannelUrl"),
        picture=text(about, "authorProfileImageUrl"),
    )


def _comments(item: Record) -> Iterator[Record]:
    if "topLevelComment" not in inside(item, "snippet"):
        yield {"comment": item}
        return
    video = text(item, "snippet", "videoId")
    replies = objects(inside(item, "replies"), "comments")
    n_replies = count(inside(item, "snippet").get("totalReplyCount")) or 0
    top = inside(item, "snippet", "topLevelComment")
    yield {"comment": top, "video": video, "partly": n_replies > len(replies)}
    for reply in replies:
        yield {"comment": reply, "video": video}


def _words(about: Record) -> str | None:
    """The words as typed; of the ones for display, which are HTML, if only they came along."""
    original = text(about, "textOriginal")
    if original is not None:
        return original or None
    shown = text(about, "textDisplay")
    return None if shown is None else words_and_links(shown)[0] or None


def _comment(number: str, said: str, author: str, **more: Any) -> dict[str, Any]:
    about = {
        "textOriginal": said,
        "authorDisplayName": f"@{author}",
        "authorChannelId": {"value": f"UC{author}"},
        "likeCount": 1,
        "publishedAt": "2024-05-01T10:00:00Z",
        "updatedAt": "2024-05-01T10:00:00Z",
        **more,
    }
    return {"kind": COMMENT, "etag": "x", "id": number, "snippet": about}


READER = Reader(
    name="youtube-comments",
    title="comments of the YouTube Data API",
    source="https://developers.google.com/youtube/v3/docs/commentThreads",
    shape="lines",
    columns=("kind", "etag", "id", "snippet", "replies", "items", "pageInfo", "nextPageToken"),
    knows=knows,
    rows=rows,
    to_post=to_post,
    to_account=to_account,
    assumes=("A thread carries at most five of its replies; the others are missing unless they were asked for.",),
    samples=(
        {
            "kind": THREAD,
            "etag": "x",
            "id": "c1",
            "snippet": {
                "channelId": "UCcat",
                "videoId": "v1",
                "topLevelComment": _comment("c1", "Look at this #OpenGate", "ana", videoId="v1"),
                "canReply": True,
                "totalReplyCount": 9,
                "isPublic": True,
            },
            "replies": {"comments": [_comment("c1.r1", "I did", "ben", videoId="v1", parentId="c1")]},
        },
        {"kind": f"{COMMENT}ListResponse", "items": [_comment("c1.r2", "Me too", "cat", parentId="c1")]},
    ),
)
