"""Tables that 4CAT writes, whatever platform they come from: an item, its thread, its author, its words and a time.

    id, thread_id, author, body, timestamp [, unix_timestamp, subject, …]

4CAT maps every platform to these columns and adds some of its own; the ones with more meaning have readers beside
this one. ``author`` may be a hash, where the data set was pseudonymised. ``unix_timestamp`` is exact; ``timestamp``
names no zone.
"""

from __future__ import annotations

from groundswell.model.post import Account, Post
from groundswell.read.ids import LOST_POST_ID, is_rounded, whole
from groundswell.read.lists import links, words
from groundswell.read.reader import LeaveOut, Noted, Outcome, Reader, Record
from groundswell.read.record import cell
from groundswell.read.text_marks import hashtags_in, links_in, mentions_in
from groundswell.read.times import read_time

COMMON = ("id", "thread_id", "author", "body", "timestamp")
VARIANTS = {
    "bluesky": ("quoted_post", "replied_to_post"),
    "telegram": ("chat", "author_forwarded_from_id"),
    "tiktok": ("music_id", "is_duet"),
    "x": ("is_retweet", "is_quote_tweet"),
}
"""Columns that only one platform's table has."""

HANDLE_STANDS_IN = "the account id is missing or was rounded by a spreadsheet, and the author's name stands in for it"
HASHED = "The author may be a hash, if the data set was pseudonymised when it was collected."
COLLECTED = "What was collected depends on a search or on what one browser was shown; it is no sample of the platform."


def is_fourcat(record: Record, variant: str = "") -> bool:
    """Whether the row has the common columns, and those of this variant and of no other."""
    if not record.keys() >= set(COMMON):
        return False
    found = next((name for name, columns in VARIANTS.items() if record.keys() >= set(columns)), "")
    return found == variant


def time_of(record: Record) -> object:
    """The exact time where there is one."""
    return cell(record, "unix_timestamp") or record.get("timestamp")


def body_of(record: Record) -> str | None:
    """The words; an empty cell is unknown."""
    body = record.get("body")
    return body if isinstance(body, str) and body else None


def id_of(record: Record, notes: list[str]) -> str | None:
    """The item's id, if it has all its digits."""
    written = cell(record, "id")
    if is_rounded(written):
        notes.append(LOST_POST_ID)
    return whole(written)


def account_of(record: Record, columns: tuple[str, ...], notes: list[str]) -> str:
    """The first of these columns that holds an id with all its digits; a note is made unless it is the first."""
    for i, column in enumerate(columns):
        if known := whole(cell(record, column)):
            if i:
                notes.append(HANDLE_STANDS_IN)
            return known
    rounded = next((written for column in columns if (written := cell(record, column)) is not None), None)
    if rounded is None:
        raise LeaveOut("no account id")
    raise LeaveOut("account id rounded by a spreadsheet", rounded)


def tags_of(record: Record, column: str, text: str | None) -> tuple[str, ...] | None:
    """Hashtags of a column without the sign; of the text where there is no such column."""
    if column not in record:
        return hashtags_in(text)
    found = words(record[column])
    return None if found is None else tuple(tag.lstrip("#＃") for tag in found)


def links_of(record: Record, column: str, text: str | None) -> tuple[str, ...] | None:
    """Addresses of a column; of the text where there is no such column."""
    return links(record[column]) if column in record else links_in(text)


def knows(record: Record) -> bool:
    """The common columns and no platform's own."""
    return is_fourcat(record)


def to_post(record: Record) -> Outcome:
    """One row as a post."""
    notes: list[str] = []
    text = body_of(record)
    post = Post(
        platform="unknown",
        account_id=account_of(record, ("author_id", "author") if "author_id" in record else ("author",), notes),
        time=read_time(time_of(record)),
        post_id=id_of(record, notes),
        text=text,
        urls=links_of(record, "urls", text),
        hashtags=tags_of(record, "hashtags", text),
        mentions=mentions_in(text),
    )
    return Noted(post, tuple(notes)) if notes else post


def to_account(record: Record) -> Account | None:
    """The author's name, where an id stands beside it."""
    if "author_id" not in record:
        return None
    return Account(
        platform="unknown",
        account_id=account_of(record, ("author_id", "author"), []),
        handle=cell(record, "author"),
        name=cell(record, "author_name") or cell(record, "author_fullname"),
    )


READER = Reader(
    name="4cat",
    title="a table that 4CAT wrote",
    source="https://github.com/digitalmethodsinitiative/4cat/wiki/Available-data-sources",
    shape="table",
    columns=(*COMMON, "unix_timestamp", "subject", "author_id", "hashtags", "urls"),
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    assumes=("A timestamp without a zone is taken as UTC.", HASHED, COLLECTED),
    samples=(
        {
            "id": "1001",
            "thread_id": "1000",
            "author": "3f1bd2hashed",
            "body": "Look at this #OpenGate https://example.org/a",
            "timestamp": "2024-05-01 10:00:00",
            "unix_timestamp": "1714557600",
            "subject": "",
        },
    ),
)
