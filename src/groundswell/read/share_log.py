"""Share logs: who shared what when, without the posts themselves.

    account_id, object_id, timestamp_share, content_id                              one object a row
    account_id, url_id, hashtag_id, domain_id, phash_id, timestamp, post_id         several kinds a row

The first is the shape of CooRTweet, the smallest that every coordination tool understands; there the kind of object
is unknown and called «share». A row without any object is still a post, and counts in every denominator.
"""

from __future__ import annotations

from groundswell.model.post import Post
from groundswell.read.ids import LOST_POST_ID, is_rounded, whole
from groundswell.read.reader import LeaveOut, Noted, Outcome, Reader, Record
from groundswell.read.record import cell
from groundswell.read.times import read_time

TIMES = ("timestamp_share", "timestamp", "ts")
POST_IDS = ("content_id", "post_id")
OBJECTS = {
    "object_id": "share",
    "url_id": "url",
    "url": "url",
    "hashtag_id": "hashtag",
    "hashtag": "hashtag",
    "domain_id": "domain",
    "domain": "domain",
    "phash_id": "image",
    "phash": "image",
    "image_id": "image",
    "image": "image",
}
"""Column and the kind of trace it names."""

UNKNOWN_PLATFORM = "unknown"
LOST_OBJECT = "an object's id was rounded by a spreadsheet and was left out"


def knows(record: Record) -> bool:
    """An account, a time and an object, and no text: with one it would be a table of posts."""
    return (
        "account_id" in record
        and any(name in record for name in TIMES)
        and any(name in record for name in OBJECTS)
        and "text" not in record
    )


def to_post(record: Record) -> Outcome:
    """One row as a post that names its objects outright."""
    written = cell(record, "account_id")
    if written is None:
        raise LeaveOut("no account id")
    account = whole(written)
    if account is None:
        raise LeaveOut("account id rounded by a spreadsheet", written)
    notes: list[str] = []
    shared: list[tuple[str, str]] = []
    for name in record:
        if name in OBJECTS and (value := cell(record, name)) is not None:
            if (thing := whole(value)) is None:
                notes.append(LOST_OBJECT)
            else:
                shared.append((OBJECTS[name], thing))
    post_id = cell(record, "content_id") or cell(record, "post_id")
    if is_rounded(post_id):
        notes.append(LOST_POST_ID)
    post = Post(
        platform=cell(record, "platform") or UNKNOWN_PLATFORM,
        account_id=account,
        time=read_time(_time(record)),
        post_id=whole(post_id),
        shared=tuple(shared),
    )
    return Noted(post, tuple(notes)) if notes else post


def _time(record: Record) -> object:
    for name in TIMES:
        if name in record:
            return record[name]
    return None


READER = Reader(
    name="share-log",
    title="a share log: who shared which object when",
    source="https://github.com/nicolarighetti/CooRTweet",
    shape="table",
    columns=("account_id", *TIMES, *POST_IDS, *OBJECTS, "platform"),
    knows=knows,
    to_post=to_post,
    row_is_post=False,
    samples=(
        {"object_id": "o1", "account_id": "ana", "content_id": "p1", "timestamp_share": "1714557600"},
        {
            "account_id": "ben",
            "post_id": "p2",
            "url_id": "7",
            "hashtag_id": "",
            "domain_id": "3",
            "phash_id": "",
            "timestamp": "1714557600.0",
        },
    ),
)
