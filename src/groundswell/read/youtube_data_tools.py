"""Comments and videos as YouTube Data Tools writes them: quoted cells in which a backslash guards quotes.

The comments' table has the author's name and, in its later version, the channel's id; the videos' table has both.
"""

from __future__ import annotations

from groundswell.model.post import Account, Post
from groundswell.read.reader import LeaveOut, Noted, Outcome, Reader, Record
from groundswell.read.record import cell
from groundswell.read.text_marks import hashtags_in, links_in, mentions_in
from groundswell.read.times import read_time

NAME_STANDS_IN = "the row names no channel, and the author's name stands in for it"


def knows(record: Record) -> bool:
    """Comments with what they answer, or videos with their channel."""
    return _is_comment(record) or {"videoId", "channelId", "channelTitle", "publishedAt"} <= record.keys()


def to_post(record: Record) -> Outcome:
    """One comment or video as a post."""
    notes: list[str] = []
    if _is_comment(record):
        written = record.get("text")
        said = written if isinstance(written, str) and written else None
        number, answered = cell(record, "id"), cell(record, "isReplyTo")
    else:
        parts = (cell(record, "videoTitle"), cell(record, "videoDescription"))
        said = "\n".join(part for part in parts if part) or None
        number, answered = cell(record, "videoId"), None
    post = Post(
        platform="youtube",
        account_id=_account_id(record, notes),
        time=read_time(record.get("publishedAt")),
        post_id=number,
        text=said,
        urls=links_in(said),
        hashtags=hashtags_in(said),
        mentions=mentions_in(said),
        reply_to=answered,
    )
    return Noted(post, tuple(notes)) if notes else post


def to_account(record: Record) -> Account | None:
    """The author's name."""
    name = cell(record, "authorName") or cell(record, "channelTitle")
    return Account(
        platform="youtube",
        account_id=_account_id(record, []),
        handle=name,
        url=cell(record, "authorChannelUrl"),
    )


def _is_comment(record: Record) -> bool:
    return {"id", "isReplyTo", "authorName", "text", "publishedAt"} <= record.keys()


def _account_id(record: Record, notes: list[str]) -> str:
    if known := cell(record, "authorChannelId") or cell(record, "channelId"):
        return known
    if name := cell(record, "authorName") or cell(record, "channelTitle"):
        notes.append(NAME_STANDS_IN)
        return name
    raise LeaveOut("no account id")


READER = Reader(
    name="youtube-data-tools",
    title="a table of YouTube Data Tools",
    source="https://ytdt.digitalmethods.net/",
    shape="table",
    escape="\\",
    columns=(
        "id",
        "isReplyTo",
        "authorName",
        "text",
        "publishedAt",
        "replyCount",
        "likeCount",
        "authorChannelId",
        "authorChannelUrl",
        "videoId",
        "channelId",
        "channelTitle",
        "videoTitle",
        "videoDescription",
    ),
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    assumes=("A backslash before a quote guards it.", "A time without a zone is taken as UTC."),
    samples=(
        {
            "id": "c1.r1",
            "replyCount": "",
            "likeCount": "1",
            "publishedAt": "2024-05-01 10:00:00",
            "authorName": "@ana",
            "text": 'They said "look at this" #OpenGate',
            "authorChannelId": "UCana",
            "isReplyTo": "c1",
        },
        {
            "publishedAt": "2024-05-01T10:00:00Z",
            "videoId": "v1",
            "channelId": "UCben",
            "channelTitle": "Ben",
            "videoTitle": "Open the gate",
            "videoDescription": "Look: https://example.org/a",
        },
    ),
)
