"""The table that the Coordination Network Toolkit reads: eight columns whose order counts and whose names do not.

    message_id, user_id, username, repost_id, reply_id, message, timestamp, urls

The time is in seconds since 1970 and links stand side by side with blanks between them. A file may have no header
at all; then it is known by what stands in the columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from groundswell.model.post import Account, Post
from groundswell.read.ids import LOST_POST_ID, is_rounded, whole
from groundswell.read.lists import links
from groundswell.read.reader import LeaveOut, Noted, Outcome, Reader, Record
from groundswell.read.record import cell
from groundswell.read.text_marks import hashtags_in, mentions_in
from groundswell.read.times import read_time

COLUMNS = ("message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls")
TIME = COLUMNS.index("timestamp")


def knows(record: Record) -> bool:
    """The toolkit's own names for the columns."""
    return set(COLUMNS) - {"urls", "reply_id"} <= record.keys()


def fits(row: Sequence[str]) -> bool:
    """Whether a row without a header can be one: ids in front, and a number of seconds in its place."""
    if len(row) != len(COLUMNS) or not (row[0].strip() and row[1].strip()):
        return False
    seconds = row[TIME].strip().removesuffix(".0")
    return seconds.isascii() and seconds.isdecimal() and 9 <= len(seconds) <= 10


def to_post(record: Record) -> Outcome:
    """One row as a post."""
    written = cell(record, "user_id")
    account = whole(written) or cell(record, "username")
    if account is None:
        raise LeaveOut("no account id" if written is None else "account id rounded by a spreadsheet", written or "")
    post_id = cell(record, "message_id")
    message = record.get("message")
    message = message if isinstance(message, str) and message else None
    repeated = cell(record, "repost_id")
    post = Post(
        platform="unknown",
        account_id=account,
        time=read_time(record.get("timestamp")),
        post_id=whole(post_id),
        text=message,
        urls=links(record.get("urls")),
        hashtags=hashtags_in(message),
        mentions=mentions_in(message),
        is_repost=repeated is not None,
        repost_of=whole(repeated),
        reply_to=whole(cell(record, "reply_id")),
    )
    return Noted(post, (LOST_POST_ID,)) if is_rounded(post_id) else post


def to_account(record: Record) -> Account | None:
    """The handle beside the id."""
    account = whole(cell(record, "user_id")) or cell(record, "username")
    return None if account is None else Account(platform="unknown", account_id=account, handle=cell(record, "username"))


READER = Reader(
    name="coordination-network-toolkit",
    title="a table for the Coordination Network Toolkit",
    source="https://github.com/QUT-Digital-Observatory/coordination-network-toolkit",
    shape="table",
    columns=COLUMNS,
    by_position=COLUMNS,
    fits=fits,
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    assumes=("Columns are told by their order where the file has no header.",),
    samples=(
        {
            "message_id": "p1",
            "user_id": "11",
            "username": "ana",
            "repost_id": "",
            "reply_id": "",
            "message": "Look at this #OpenGate",
            "timestamp": "1714557600",
            "urls": "https://example.org/a https://example.org/b",
        },
    ),
)
