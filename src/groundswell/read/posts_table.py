"""Any table of posts whose columns have our names, or were given them with ``--column time=tweet_created``.

An account and a time are needed; everything else is read where it is there. Where there is no column for them,
hashtags, links, handles and the repost mark «RT @name:» are taken from the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from groundswell.model.post import Account, Post
from groundswell.read.groundswell_posts import knows as is_export
from groundswell.read.ids import LOST_POST_ID, LOST_TARGET, is_rounded, whole
from groundswell.read.lists import links, of_each, words
from groundswell.read.reader import Block, LeaveOut, Noted, Outcome, Reader, Record
from groundswell.read.record import cell, count, stripped, truth
from groundswell.read.text_marks import hashtags_in, links_in, mentions_in, reposted_handle
from groundswell.read.times import NO_ZONE, is_month_first, known_time, read_time, times_us

POST_COLUMNS = (
    "account_id",
    "time",
    "platform",
    "post_id",
    "text",
    "lang",
    "urls",
    "hashtags",
    "mentions",
    "is_repost",
    "repost_of",
    "repost_of_account",
    "reply_to",
    "quote_of",
    "client",
)
PROFILE_COLUMNS = (
    "handle",
    "name",
    "bio",
    "url",
    "picture",
    "account_created_at",
    "followers",
    "following",
    "n_posts",
)

UNKNOWN_PLATFORM = "unknown"
MONTH_FIRST = "the date is written with slashes, and the month was taken to come first"
MARKED = "the text begins with «RT @name:» and was taken for a repost"
HANDLE_STANDS_IN = "the account id was rounded by a spreadsheet, and the handle stands in for it"
TARGETS = ("repost_of", "repost_of_account", "reply_to", "quote_of")


def knows(record: Record) -> bool:
    """An account and a time, under our names; what we exported ourselves has a reader of its own."""
    return "account_id" in record and "time" in record and not is_export(record)


def to_post(record: Record) -> Outcome:
    """One row as a post."""
    notes: list[str] = []
    account = _account_id(record, notes)
    time = read_time(record.get("time"))
    if is_month_first(record.get("time")):
        notes.append(MONTH_FIRST)
    post_id = cell(record, "post_id")
    if is_rounded(post_id):
        notes.append(LOST_POST_ID)
    target: dict[str, str | None] = {}
    for name in TARGETS:
        value = cell(record, name)
        target[name] = whole(value)
        if is_rounded(value):
            notes.append(LOST_TARGET)
    text = record.get("text")
    text = text if isinstance(text, str) and text else None
    is_repost = truth(record.get("is_repost"))
    if is_repost is None:
        is_repost = target["repost_of"] is not None
        if not is_repost and "is_repost" not in record and (marked := reposted_handle(text)):
            notes.append(MARKED)
            is_repost = True
            target["repost_of_account"] = target["repost_of_account"] or marked
    post = Post(
        platform=cell(record, "platform") or UNKNOWN_PLATFORM,
        account_id=account,
        time=time,
        post_id=whole(post_id),
        text=text,
        lang=cell(record, "lang"),
        urls=links(record["urls"]) if "urls" in record else links_in(text),
        hashtags=_bare(words(record["hashtags"])) if "hashtags" in record else hashtags_in(text),
        mentions=words(record["mentions"]) if "mentions" in record else mentions_in(text),
        is_repost=is_repost,
        repost_of=target["repost_of"],
        repost_of_account=target["repost_of_account"],
        reply_to=target["reply_to"],
        quote_of=target["quote_of"],
        client=cell(record, "client"),
    )
    return Noted(post, tuple(notes)) if notes else post


def to_block(cells: Mapping[str, Sequence[str]]) -> Block:
    """The rows whose ids have all their digits; the others are for `to_post`."""
    n = len(cells["account_id"])
    empty = [""] * n
    written_ids = cells.get("post_id") or empty
    accounts = _ids(cells["account_id"])
    post_ids = list(written_ids) if "".join(written_ids).isalnum() and all(written_ids) else _ids(written_ids)
    times, naive = times_us(cells["time"])
    # A spreadsheet's digits are told of row by row, and so is whatever has no id.
    careful = {i for i, known in enumerate(zip(accounts, post_ids, times, strict=True)) if None in known}
    if len(careful) == n:
        return Block(told={}, notes={}, careful=range(n))
    targets = {name: _ids(cells.get(name) or empty) for name in TARGETS}
    for name, column in targets.items():
        if None in column and any(written := cells.get(name) or empty):
            careful.update(i for i, target in enumerate(column) if target is None and written[i].strip())
    texts = [text or None for text in cells["text"]] if "text" in cells else [None] * n
    reposts = [target is not None for target in targets["repost_of"]]
    notes = {NO_ZONE: len(naive - careful)}
    if "is_repost" in cells:
        means = {flag: truth(flag) for flag in set(cells["is_repost"])}
        told = map(means.__getitem__, cells["is_repost"])
        reposts = [known if flag is None else flag for flag, known in zip(told, reposts, strict=True)]
    else:
        marked = {i: handle for i, text in enumerate(texts) if not reposts[i] and (handle := reposted_handle(text))}
        for i, handle in marked.items():
            reposts[i] = True
            targets["repost_of_account"][i] = targets["repost_of_account"][i] or handle
        notes[MARKED] = len(marked.keys() - careful)
    notes[MONTH_FIRST] = sum(is_month_first(time) and i not in careful for i, time in enumerate(cells["time"]))
    return Block(
        told={
            "platform": [each or UNKNOWN_PLATFORM for each in stripped(cells.get("platform") or empty)],
            "account_id": accounts,
            "post_id": post_ids,
            "time": times,
            "text": texts,
            "lang": stripped(cells.get("lang") or empty),
            "urls": of_each(links, cells["urls"]) if "urls" in cells else list(map(links_in, texts)),
            "hashtags": list(map(_bare, of_each(words, cells["hashtags"])))
            if "hashtags" in cells
            else list(map(hashtags_in, texts)),
            "mentions": of_each(words, cells["mentions"]) if "mentions" in cells else list(map(mentions_in, texts)),
            "is_repost": reposts,
            **targets,
            "client": stripped(cells.get("client") or empty),
        },
        notes=notes,
        careful=frozenset(careful),
    )


def _ids(column: Sequence[str]) -> list[str | None]:
    """Ids with all their digits; None for the others. A block repeats most of them."""
    known = {written: whole(written.strip() or None) for written in set(column)}
    return list(map(known.__getitem__, column))


def to_account(record: Record) -> Account | None:
    """The account's profile, where the table has any of it."""
    if not any(name in record for name in PROFILE_COLUMNS):
        return None
    return Account(
        platform=cell(record, "platform") or UNKNOWN_PLATFORM,
        account_id=_account_id(record, []),
        handle=cell(record, "handle"),
        name=cell(record, "name"),
        bio=cell(record, "bio"),
        url=cell(record, "url"),
        picture=cell(record, "picture"),
        created_at=known_time(record.get("account_created_at")),
        followers=count(record.get("followers")),
        following=count(record.get("following")),
        n_posts=count(record.get("n_posts")),
    )


def _account_id(record: Record, notes: list[str]) -> str:
    written = cell(record, "account_id")
    if written is None:
        raise LeaveOut("no account id")
    if account := whole(written):
        return account
    handle = cell(record, "handle")
    if handle is None:
        raise LeaveOut("account id rounded by a spreadsheet", written)
    notes.append(HANDLE_STANDS_IN)
    return handle


def _bare(tags: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if tags is None else tuple([tag.lstrip("#＃") for tag in tags])


READER = Reader(
    name="posts-table",
    title="a table of posts with an account and a time",
    source="Groundswell's own columns: groundswell.model.post",
    shape="table",
    columns=POST_COLUMNS + PROFILE_COLUMNS,
    knows=knows,
    to_post=to_post,
    to_block=to_block,
    to_account=to_account,
    samples=(
        {"account_id": "ana", "time": "2024-05-01T10:00:00Z", "text": "Look: https://example.org/a #OpenGate"},
        {
            "account_id": "ben",
            "time": "2024-05-01 10:00",
            "post_id": "p2",
            "hashtags": '["OpenGate"]',
            "urls": "https://example.org/a https://example.org/b",
            "followers": "12",
        },
    ),
)
