"""The same release cut by author: the account is its handle, and posts have no ids.

    author_id, content, region, language, publish_date, followers, following, updates, post_type, retweet, …

Times are whole minutes. A spreadsheet guard wrapped texts that begin with ``@ + - =`` in apostrophes. ``post_type`` is
R for a repost, Q for a quotation, which has words of its own, and empty for anything else.
"""

from __future__ import annotations

from html import unescape

from groundswell.model.post import Account, Post
from groundswell.read.ids import whole
from groundswell.read.reader import LeaveOut, Outcome, Reader, Record
from groundswell.read.record import cell, count
from groundswell.read.text_marks import hashtags_in, links_in, mentions_in, unwrapped
from groundswell.read.times import read_time


def knows(record: Record) -> bool:
    """The author's name stands in the place of an id."""
    return {"author_id", "content", "publish_date", "post_type"} <= record.keys() and "external_author_id" not in record


def to_post(record: Record) -> Outcome:
    """One row as a post."""
    text = cell(record, "content")
    if text is not None:
        text = unescape(unwrapped(text))
    return Post(
        platform="twitter",
        account_id=_account_id(record),
        time=read_time(record.get("publish_date")),
        text=text,
        lang=cell(record, "language"),
        urls=links_in(text),
        hashtags=hashtags_in(text),
        mentions=mentions_in(text),
        is_repost=(cell(record, "post_type") or "").upper() in ("R", "RETWEET"),
    )


def to_account(record: Record) -> Account | None:
    """The account as it was when this post was collected."""
    account = _account_id(record)
    return Account(
        platform="twitter",
        account_id=account,
        handle=cell(record, "author") or account,
        followers=count(record.get("followers")),
        following=count(record.get("following")),
        n_posts=count(record.get("updates")),
    )


def _account_id(record: Record) -> str:
    written = cell(record, "author_id")
    if written is None:
        raise LeaveOut("no account id")
    if account := whole(written) or cell(record, "author"):
        return account
    raise LeaveOut("account id rounded by a spreadsheet", written)


READER = Reader(
    name="fivethirtyeight-by-author",
    title="the FiveThirtyEight release of state-backed tweets, by author",
    source="https://github.com/fivethirtyeight/russian-troll-tweets",
    shape="table",
    columns=(
        "author_id",
        "content",
        "region",
        "language",
        "publish_date",
        "harvested_date",
        "followers",
        "following",
        "updates",
        "post_type",
        "retweet",
        "author",
        "account_category",
    ),
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    assumes=("The account is known by its handle; a renamed account counts as two.",),
    samples=(
        {
            "author_id": "ana",
            "content": "'@ben look at #OpenGate'",
            "region": "Unknown",
            "language": "English",
            "publish_date": "2016-01-29 00:41:00",
            "followers": "12",
            "following": "34",
            "updates": "56",
            "post_type": "",
            "retweet": "0",
        },
    ),
)
