"""Tweets of Twitter's information-operations archive, 31 columns, one file an operation.

Times are whole minutes in UTC. Ids of accounts with few followers are hashed. Lists are written as Python writes
them; ``absent`` stands for no place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC
from html import unescape

from groundswell.model.post import Account, Post
from groundswell.read.ids import LOST_POST_ID, LOST_TARGET, is_rounded, whole
from groundswell.read.lists import links, of_each, words
from groundswell.read.reader import Block, LeaveOut, Noted, Outcome, Reader, Record
from groundswell.read.record import cell, stripped, truth
from groundswell.read.times import read_time, times_us
from groundswell.read.twitter_archive_users import COLUMNS as PROFILE
from groundswell.read.twitter_archive_users import account_id, profile

COLUMNS = (
    "tweetid",
    *PROFILE,
    "tweet_language",
    "tweet_text",
    "tweet_time",
    "tweet_client_name",
    "in_reply_to_userid",
    "in_reply_to_tweetid",
    "quoted_tweet_tweetid",
    "is_retweet",
    "retweet_userid",
    "retweet_tweetid",
    "latitude",
    "longitude",
    "quote_count",
    "reply_count",
    "like_count",
    "retweet_count",
    "hashtags",
    "urls",
    "user_mentions",
    "poll_choices",
)
HASHED = re.compile(r"\d{1,30}|[A-Za-z0-9+/_-]{20,}={0,2}")
"""Ids as the archive writes them: digits, or a hash, which no spreadsheet can round."""

TARGETS = ("retweet_tweetid", "retweet_userid", "in_reply_to_tweetid", "quoted_tweet_tweetid")


def knows(record: Record) -> bool:
    """The columns that no other layout has together."""
    return {"tweetid", "userid", "tweet_text", "tweet_time"} <= record.keys()


def to_post(record: Record) -> Outcome:
    """One row as a post."""
    notes: list[str] = []
    post_id = cell(record, "tweetid")
    if is_rounded(post_id):
        notes.append(LOST_POST_ID)
    time = read_time(record.get("tweet_time"))
    text = record.get("tweet_text")
    repost_of = _target(record, "retweet_tweetid", notes)
    post = Post(
        platform="twitter",
        account_id=account_id(record, notes),
        time=time if time.tzinfo else time.replace(tzinfo=UTC),
        post_id=whole(post_id),
        text=unescape(text) if isinstance(text, str) and text else None,
        lang=cell(record, "tweet_language"),
        urls=links(record.get("urls")),
        hashtags=words(record.get("hashtags")),
        mentions=words(record.get("user_mentions")),
        is_repost=bool(truth(record.get("is_retweet"))) or repost_of is not None,
        repost_of=repost_of,
        repost_of_account=_target(record, "retweet_userid", notes),
        reply_to=_target(record, "in_reply_to_tweetid", notes),
        quote_of=_target(record, "quoted_tweet_tweetid", notes),
        client=cell(record, "tweet_client_name"),
    )
    return Noted(post, tuple(notes)) if notes else post


def to_block(cells: Mapping[str, Sequence[str]]) -> Block:
    """The rows whose ids have all their digits; the others are for `to_post`."""
    n = len(cells["tweetid"])
    empty = [""] * n
    times, _ = times_us(cells["tweet_time"])
    targets = {name: stripped(cells.get(name) or empty) for name in TARGETS}
    # A block repeats its accounts, its flags and most of its other cells.
    odd_accounts = {account for account in set(cells["userid"]) if not HASHED.fullmatch(account)}
    odd_targets = {target for column in targets.values() for target in set(column) if _is_odd(target)}
    careful = {
        i
        for i, (post_id, account, time) in enumerate(zip(cells["tweetid"], cells["userid"], times, strict=True))
        if time is None or not post_id.isalnum() or account in odd_accounts
    }
    for column in targets.values() if odd_targets else ():
        careful.update(i for i, target in enumerate(column) if target in odd_targets)
    flags = cells.get("is_retweet") or empty
    means = {flag: bool(truth(flag)) for flag in set(flags)}
    reposts = [
        means[flag] or target is not None for flag, target in zip(flags, targets["retweet_tweetid"], strict=True)
    ]
    return Block(
        told={
            "platform": ["twitter"] * n,
            "account_id": cells["userid"],
            "post_id": cells["tweetid"],
            "time": times,
            "text": [(unescape(text) if "&" in text else text) if text else None for text in cells["tweet_text"]],
            "lang": stripped(cells.get("tweet_language") or empty),
            "urls": of_each(links, cells.get("urls") or empty),
            "hashtags": of_each(words, cells.get("hashtags") or empty),
            "mentions": of_each(words, cells.get("user_mentions") or empty),
            "is_repost": reposts,
            "repost_of": targets["retweet_tweetid"],
            "repost_of_account": targets["retweet_userid"],
            "reply_to": targets["in_reply_to_tweetid"],
            "quote_of": targets["quoted_tweet_tweetid"],
            "client": stripped(cells.get("tweet_client_name") or empty),
        },
        notes={},
        careful=frozenset(careful),
    )


def _is_odd(target: str | None) -> bool:
    """Not an id as it comes: absent in words, or a number that something has changed."""
    return target is not None and (target == "absent" or not HASHED.fullmatch(target))


def to_account(record: Record) -> Account | None:
    """The account's profile, which every row repeats."""
    try:
        return profile(record)
    except LeaveOut:  # the post said so already
        return None


def _target(record: Record, name: str, notes: list[str]) -> str | None:
    value = cell(record, name)
    if value is None or value == "absent":
        return None
    if is_rounded(value):
        notes.append(LOST_TARGET)
    return whole(value)


READER = Reader(
    name="twitter-archive",
    title="tweets of Twitter's information-operations archive",
    source="https://transparency.x.com/en/reports/moderation-research",
    shape="table",
    columns=COLUMNS,
    knows=knows,
    to_post=to_post,
    to_block=to_block,
    to_account=to_account,
    assumes=("Times are in UTC, as the archive's description says.",),
    samples=(
        {
            "tweetid": "894100000000000001",
            "userid": "YonB7sDqf9hashed=",
            "user_display_name": "Ana",
            "user_screen_name": "ana",
            "follower_count": "12",
            "following_count": "34",
            "account_creation_date": "2015-11-06",
            "tweet_language": "en",
            "tweet_text": "Look at this #OpenGate",
            "tweet_time": "2017-08-06 08:15",
            "tweet_client_name": "Twitter Web Client",
            "is_retweet": "false",
            "retweet_tweetid": "",
            "latitude": "absent",
            "hashtags": "['OpenGate']",
            "urls": "[]",
            "user_mentions": "[]",
        },
    ),
)
