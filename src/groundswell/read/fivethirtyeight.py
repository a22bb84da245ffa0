"""The 21-column release of state-backed tweets that FiveThirtyEight published for Linvill and Warren in 2018.

A spreadsheet rounded its ids on the way: ``external_author_id``, ``alt_external_id`` and ``tweet_id`` read 9.06E+17.
The link in ``article_url`` kept both, the account's and the post's. Hashtags are taken
from the text; links are the ones whose short forms were opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape

from groundswell.model.post import Account, Post
from groundswell.read.ids import LOST_POST_ID, ROUNDED, whole
from groundswell.read.reader import Block, LeaveOut, Noted, Outcome, Reader, Record
from groundswell.read.record import cell, count, stripped
from groundswell.read.text_marks import hashtags_in, links_in, mentions_in, unwrapped
from groundswell.read.times import NO_ZONE, read_time, times_us

COLUMNS = (
    "external_author_id",
    "author",
    "content",
    "region",
    "language",
    "publish_date",
    "harvested_date",
    "following",
    "followers",
    "updates",
    "post_type",
    "account_type",
    "retweet",
    "account_category",
    "new_june_2018",
    "alt_external_id",
    "tweet_id",
    "article_url",
    "tco1_step1",
    "tco2_step1",
    "tco3_step1",
)
ARTICLE = re.compile(r"https?://(?:www\.)?twitter\.com/(\w+)/status(?:es)?/(\d+)")
OPENED_LINKS = ("tco1_step1", "tco2_step1", "tco3_step1")

FROM_LINK = "the account id was rounded by a spreadsheet and was taken from article_url"
FROM_ALTERNATIVE = "the account id was rounded by a spreadsheet and was taken from alt_external_id"
FROM_HANDLE = "the account id was rounded by a spreadsheet or missing, and the handle stands in for it"
POST_FROM_LINK = "the post id was rounded by a spreadsheet or missing and was taken from article_url"


def knows(record: Record) -> bool:
    """The columns that no other layout has together."""
    return {"external_author_id", "author", "content", "publish_date"} <= record.keys()


def to_post(record: Record) -> Outcome:
    """One row as a post, with its ids from wherever they are whole."""
    notes: list[str] = []
    text = _said(cell(record, "content") or "")
    opened = tuple([link for name in OPENED_LINKS if (link := cell(record, name)) is not None])
    article = ARTICLE.match(cell(record, "article_url") or "")
    post = Post(
        platform="twitter",
        account_id=_account_id(record, article, notes),
        time=read_time(record.get("publish_date")),
        post_id=_post_id(record, article, notes),
        text=text,
        lang=cell(record, "language"),
        urls=opened or links_in(text),
        hashtags=hashtags_in(text),
        mentions=mentions_in(text),
        is_repost=_is_repost(cell(record, "post_type") or "", cell(record, "retweet") or ""),
    )
    return Noted(post, tuple(notes)) if notes else post


def to_block(cells: Mapping[str, Sequence[str]]) -> Block:
    """The rows whose link tells both ids, which are nearly all; the others are for `to_post`."""
    accounts: list[str] = []
    post_ids: list[str] = []
    careful: list[int] = []
    n_accounts = n_posts = 0
    empty = [""] * len(cells["content"])
    own_ids, numbers = cells["external_author_id"], cells.get("tweet_id") or empty
    rounded = {written for written in {*own_ids, *numbers} if ROUNDED.fullmatch(written)}
    for i, (plain, number, link) in enumerate(zip(own_ids, numbers, cells.get("article_url") or empty, strict=True)):
        account, post_id = _linked(link)
        if plain.isalnum():
            account = plain
        elif plain in rounded and account.isdecimal():
            n_accounts += 1
        else:
            account = ""
        if number.isalnum():
            post_id = number
        elif post_id and number in rounded:
            n_posts += 1
        else:
            post_id = ""
        if not (account and post_id):
            careful.append(i)
        accounts.append(account)
        post_ids.append(post_id)
    times, naive = times_us(cells["publish_date"])
    texts = [_said(written) for written in cells["content"]]
    kinds, flags = cells.get("post_type") or empty, cells.get("retweet") or empty
    means = {pair: _is_repost(*pair) for pair in set(zip(kinds, flags, strict=True))}
    if None in times or careful:
        # Their notes are counted by `to_post`.
        careful = sorted({*careful, *(i for i, time in enumerate(times) if time is None)})
        for i in careful:
            n_accounts -= bool(accounts[i]) and not own_ids[i].isalnum()
            n_posts -= bool(post_ids[i]) and not numbers[i].isalnum()
        naive.difference_update(careful)
    return Block(
        told={
            "platform": ["twitter"] * len(texts),
            "account_id": accounts,
            "post_id": post_ids,
            "time": times,
            "text": texts,
            "lang": stripped(cells.get("language") or empty),
            "urls": [links or links_in(text) for links, text in zip(_opened(cells, empty), texts, strict=True)],
            "hashtags": [hashtags_in(text) for text in texts],
            "mentions": [mentions_in(text) for text in texts],
            "is_repost": [means[pair] for pair in zip(kinds, flags, strict=True)],
        },
        notes={FROM_LINK: n_accounts, POST_FROM_LINK: n_posts, NO_ZONE: len(naive)},
        careful=frozenset(careful),
    )


def to_account(record: Record) -> Account | None:
    """The account as it was when this post was collected."""
    return Account(
        platform="twitter",
        account_id=_account_id(record, ARTICLE.match(cell(record, "article_url") or ""), []),
        handle=cell(record, "author"),
        followers=count(record.get("followers")),
        following=count(record.get("following")),
        n_posts=count(record.get("updates")),
    )


def _said(written: str) -> str | None:
    text = written.strip()
    if not text:
        return None
    if text[0] == "'":
        text = unwrapped(text)
    return unescape(text) if "&" in text else text


def _linked(link: str) -> tuple[str, str]:
    """The account and the post that a link names, as `ARTICLE` finds them; nothing where it finds none."""
    parts = link.split("/")
    if len(parts) == 6:
        scheme, empty, host, account, kind, post_id = parts
        # The links of millions of rows are of this one form.
        if (
            (scheme == "http:" or scheme == "https:")
            and not empty
            and host == "twitter.com"
            and (kind == "statuses" or kind == "status")
            and account.isalnum()
            and post_id.isdecimal()
        ):
            return account, post_id
    found = ARTICLE.match(link)
    return (found[1], found[2]) if found else ("", "")


def _opened(cells: Mapping[str, Sequence[str]], empty: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Of each row the links whose short forms were opened; most rows have one at most."""
    first, *others = (cells.get(name) or empty for name in OPENED_LINKS)
    if not any(map(any, others)):
        return [(link,) if (link := each.strip()) else () for each in first]
    each_row = zip(first, *others, strict=True)
    return [tuple([link for each in row if (link := each.strip())]) if any(row) else () for row in each_row]


def _is_repost(kind: str, flag: str) -> bool:
    kind = kind.strip().upper()
    return kind == "RETWEET" or (not kind and flag.strip() == "1")


def _account_id(record: Record, article: re.Match[str] | None, notes: list[str]) -> str:
    plain = cell(record, "external_author_id")
    if known := whole(plain):
        return known
    # The first part of the link is an id in most rows and a handle in some.
    if article and (linked := article.group(1)).isdecimal():
        notes.append(FROM_LINK)
        return linked
    if alternative := whole(cell(record, "alt_external_id")):
        notes.append(FROM_ALTERNATIVE)
        return alternative
    if (handle := cell(record, "author")) is not None:
        notes.append(FROM_HANDLE)
        return handle
    if plain is None:
        raise LeaveOut("no account id")
    raise LeaveOut("account id rounded by a spreadsheet", plain)


def _post_id(record: Record, article: re.Match[str] | None, notes: list[str]) -> str | None:
    plain = cell(record, "tweet_id")
    if known := whole(plain):
        return known
    if article:
        notes.append(POST_FROM_LINK)
        return article.group(2)
    if plain is not None:
        notes.append(LOST_POST_ID)
    return None


READER = Reader(
    name="fivethirtyeight",
    title="the FiveThirtyEight release of state-backed tweets, 21 columns",
    source="https://github.com/fivethirtyeight/russian-troll-tweets",
    shape="table",
    columns=COLUMNS,
    knows=knows,
    to_post=to_post,
    to_block=to_block,
    to_account=to_account,
    assumes=("Dates are written month first, as in the United States.",),
    samples=(
        {
            "external_author_id": "9.06E+17",
            "author": "ana",
            "content": "Look at this #OpenGate https://t.co/abc",
            "language": "English",
            "publish_date": "10/1/17 19:58",
            "following": "12",
            "followers": "34",
            "updates": "56",
            "post_type": "",
            "retweet": "0",
            "alt_external_id": "9.05875E+17",
            "tweet_id": "9.1458E+17",
            "article_url": "http://twitter.com/905874000000000001/statuses/914580000000000002",
            "tco1_step1": "https://example.org/a",
        },
    ),
)
