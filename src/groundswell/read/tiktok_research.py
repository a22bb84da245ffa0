"""Videos as TikTok's Research API answers, a page of up to 100 or one a line.

    {"data": {"videos": [video, …], "cursor": …, "has_more": …}, "error": {…}}

An account is known by its handle, which its owner can change. Ids are numbers beyond what a spreadsheet or JavaScript
holds exactly; a file that went through either has lost them, and its ids end in zeros.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundswell.model.post import Post
from groundswell.read.reader import LeaveOut, Noted, Other, Outcome, Reader, Record
from groundswell.read.record import inside, objects, text, texts
from groundswell.read.text_marks import hashtags_in, links_in, mentions_in
from groundswell.read.times import read_time

EMPTY, VIDEO = "empty page", "video"
INEXACT = 2**53
ENDS_IN_ZEROS = "the post id ends in zeros as if a program without whole numbers had rounded it, and counts as unknown"


def knows(record: Record) -> bool:
    """A page of videos, or a video by its own names for words and time."""
    if _is_video(record):
        return True
    data = inside(record, "data")
    return isinstance(data.get("videos"), list) and ("cursor" in data or "has_more" in data or "error" in record)


def rows(record: Record) -> Iterator[Record]:
    """Each video of a page."""
    videos = [record] if _is_video(record) else objects(inside(record, "data"), "videos")
    for video in videos:
        yield {"kind": VIDEO, "video": video}
    if not videos:
        yield {"kind": EMPTY}


def to_post(record: Record) -> Outcome:
    """One video as a post."""
    if record.get("kind") != VIDEO:
        return Other(EMPTY)
    video = inside(record, "video")
    account = text(video, "username")
    if not account:
        raise LeaveOut("no account id", text(video, "id") or "")
    said = text(video, "video_description") or None
    post_id = text(video, "id") or None
    rounded = post_id is not None and post_id.isdecimal() and int(post_id) > INEXACT and post_id.endswith("0000")
    post = Post(
        platform="tiktok",
        account_id=account,
        time=read_time(video.get("create_time")),
        post_id=None if rounded else post_id,
        text=said,
        urls=links_in(said),
        hashtags=tuple(texts(video, "hashtag_names")) if "hashtag_names" in video else hashtags_in(said),
        mentions=mentions_in(said),
    )
    return Noted(post, (ENDS_IN_ZEROS,)) if rounded else post


def _is_video(record: Record) -> bool:
    return {"id", "create_time", "username"} <= record.keys() and (
        "video_description" in record or "region_code" in record
    )


READER = Reader(
    name="tiktok-research",
    title="videos of TikTok's Research API",
    source="https://developers.tiktok.com/doc/research-api-specs-query-videos",
    shape="lines",
    columns=("data", "error", "id", "video_description", "create_time", "region_code", "username", "hashtag_names"),
    knows=knows,
    rows=rows,
    to_post=to_post,
    assumes=(
        "The account is known by its handle; a renamed account counts as two.",
        "A page may hold fewer videos than were asked for, and more may exist.",
    ),
    samples=(
        {
            "data": {
                "videos": [
                    {
                        "id": 7300000000000000001,
                        "video_description": "Look at this #opengate",
                        "create_time": 1714557600,
                        "region_code": "DE",
                        "username": "ana",
                        "hashtag_names": ["opengate"],
                    }
                ],
                "cursor": 100,
                "has_more": False,
                "search_id": "7301",
            },
            "error": {"code": "ok", "message": "", "log_id": "x"},
        },
        {"id": 7300000000000000002, "video_description": "", "create_time": 1714557601, "username": "ben"},
    ),
)
