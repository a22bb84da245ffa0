"""Posts and accounts as columns, a batch at a time, so that memory stays flat however long the file is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

from groundswell.model.post import Account, Post
from groundswell.model.table import Columns, text_column
from groundswell.read.times import microseconds

BATCH = 50_000
"""Rows handed on at a time: a few hundred bytes each, so some tens of megabytes."""

TEXTS = (
    "platform",
    "account_id",
    "text",
    "lang",
    "repost_of",
    "repost_of_account",
    "reply_to",
    "quote_of",
    "client",
    "time_source",
)
LISTS = ("urls", "hashtags", "mentions")


class Batch:
    """Posts on their way to the sink.

    Each is kept as a plain tuple, because Python walks through every other kind of record it holds each time it
    looks for garbage; with 50,000 of them that took a third of the reading.
    """

    def __init__(self, sha256: str) -> None:
        """An empty batch of a file's posts."""
        self._sha256 = sha256
        self._posts: list[tuple[Any, ...]] = []

    def __len__(self) -> int:
        return len(self._posts)

    def add(self, post: Post, post_id: str, time_us: int, row: int) -> None:
        """Add a post that stands in this row of the file."""
        self._posts.append(
            (
                post_id,
                time_us,
                row,
                post.is_repost,
                post.shared,
                # In the order of TEXTS, then of LISTS.
                post.platform,
                post.account_id,
                post.text,
                post.lang,
                post.repost_of,
                post.repost_of_account,
                post.reply_to,
                post.quote_of,
                post.client,
                post.time_source,
                post.urls,
                post.hashtags,
                post.mentions,
            )
        )

    def columns(self) -> Columns:
        """The columns of `model.post.POSTS`."""
        ids, times_us, rows, is_repost, shared, *rest = zip(*self._posts, strict=True)
        columns: Columns = {
            "post_id": text_column(ids),
            "time": np.array(times_us, dtype=np.int64).astype("datetime64[us]"),
            "is_repost": np.array(is_repost, dtype=np.bool_),
            "shared_kinds": _list_column([[kind for kind, _ in pairs] if pairs else _NOTHING for pairs in shared]),
            "shared_objects": _list_column([[thing for _, thing in pairs] if pairs else _NOTHING for pairs in shared]),
            "source_file": text_column([self._sha256] * len(self)),
            "source_row": np.array(rows, dtype=np.int64),
        }
        for name, values in zip(TEXTS, rest, strict=False):
            columns[name] = text_column(values)
        for name, values in zip(LISTS, rest[len(TEXTS) :], strict=True):
            columns[name] = _list_column(
                [None if each is None else list(each) if each else _NOTHING for each in values]
            )
        return columns


_NOTHING: list[str] = []
"""Stands for every empty list: most posts have some, and nobody writes into a batch."""


def account_columns(accounts: Sequence[Account]) -> Columns:
    """The columns of `model.post.ACCOUNTS`."""
    names = ("platform", "account_id", "handle", "name", "bio", "url", "picture")
    columns: Columns = {name: text_column([getattr(account, name) for account in accounts]) for name in names}
    columns["created_at"] = np.array([_moment(account.created_at) for account in accounts], dtype="datetime64[us]")
    for name in ("followers", "following", "n_posts"):
        column = np.empty(len(accounts), dtype=object)
        column[:] = [getattr(account, name) for account in accounts]
        columns[name] = column
    return columns


def _list_column(values: Sequence[list[str] | None]) -> np.ndarray[Any, Any]:
    """Lists as an object array; given lists of equal length, numpy would make a table of them."""
    column = np.empty(len(values), dtype=object)
    for i, value in enumerate(values):
        column[i] = value
    return column


def _moment(time: datetime | None) -> np.datetime64:
    return np.datetime64("NaT") if time is None else np.datetime64(microseconds(time), "us")
