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

LISTS = ("urls", "hashtags", "mentions")
MEANT_ELSEWHERE = ("post_id", "time", "is_repost", "shared")
"""Fields of a post that its columns spell differently or take from the file."""


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
        self._posts.append((post_id, time_us, row, *post))

    def columns(self) -> Columns:
        """The columns of `model.post.POSTS`."""
        ids, times_us, rows, *fields = zip(*self._posts, strict=True)
        told = dict(zip(Post._fields, fields, strict=True))
        columns: Columns = {
            "post_id": text_column(ids),
            "time": np.array(times_us, dtype=np.int64).astype("datetime64[us]"),
            "is_repost": np.array(told["is_repost"], dtype=np.bool_),
            "shared_kinds": _list_column([[kind for kind, _ in pairs] for pairs in told["shared"]]),
            "shared_objects": _list_column([[thing for _, thing in pairs] for pairs in told["shared"]]),
            "source_file": text_column([self._sha256] * len(self)),
            "source_row": np.array(rows, dtype=np.int64),
        }
        for name in LISTS:
            columns[name] = _list_column([None if each is None else list(each) for each in told[name]])
        for name in Post._fields:
            if name not in LISTS and name not in MEANT_ELSEWHERE:
                columns[name] = text_column(told[name])
        return columns


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
