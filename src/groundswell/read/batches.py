"""Posts and accounts as columns, a batch at a time, so that memory stays flat however long the file is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from groundswell.model.post import Account, Post
from groundswell.model.table import Columns, text_column
from groundswell.read.times import microseconds

BATCH = 50_000
"""Rows handed on at a time: a few hundred bytes each, so some tens of megabytes."""

LISTS = ("urls", "hashtags", "mentions")
MEANT_ELSEWHERE = ("shared",)
"""Fields of a post that its columns spell differently."""


class Batch:
    """Posts on their way to the sink, as lists of values by column.

    Lists of text and numbers and not of records, because Python walks through every record it holds each time it
    looks for garbage; with 50,000 of them that took a third of the reading.
    """

    def __init__(self, sha256: str) -> None:
        """An empty batch of a file's posts."""
        self._sha256 = sha256
        self._posts: list[tuple[Any, ...]] = []
        self._told: dict[str, list[Any]] = {name: [] for name in (*Post._fields, "row")}

    def __len__(self) -> int:
        return len(self._posts) + len(self._told["row"])

    def add(self, post: Post, post_id: str, time_us: int, row: int) -> None:
        """Add a post that stands in this row of the file."""
        self._posts.append((*post, post_id, time_us, row))

    def extend(self, told: Mapping[str, Sequence[Any]], rows: Sequence[int]) -> None:
        """Add posts by column: fields of `Post` to values, the time in microseconds; defaults for the others."""
        for name in Post._fields:
            values = told.get(name)
            self._told[name].extend([Post._field_defaults.get(name)] * len(rows) if values is None else values)
        self._told["row"].extend(rows)

    def columns(self) -> Columns:
        """The columns of `model.post.POSTS`."""
        told = self._told
        if self._posts:
            *fields, ids, times_us, rows = zip(*self._posts, strict=True)
            for name, values in zip(Post._fields, fields, strict=True):
                if name not in ("post_id", "time"):
                    told[name].extend(values)
            for name, values in (("post_id", ids), ("time", times_us), ("row", rows)):
                told[name].extend(values)
            self._posts = []
        columns: Columns = {
            "time": np.array(told["time"], dtype=np.int64).astype("datetime64[us]"),
            "is_repost": np.array(told["is_repost"], dtype=np.bool_),
            "source_file": text_column([self._sha256] * len(told["row"])),
            "source_row": np.array(told["row"], dtype=np.int64),
        }
        if any(told["shared"]):
            columns["shared_kinds"] = _list_column([[kind for kind, _ in pairs] for pairs in told["shared"]])
            columns["shared_objects"] = _list_column([[thing for _, thing in pairs] for pairs in told["shared"]])
        else:
            columns["shared_kinds"] = columns["shared_objects"] = _list_column([[]] * len(told["row"]))
        for name in LISTS:
            columns[name] = _list_column([None if each is None else list(each) for each in told[name]])
        for name in Post._fields:
            if name not in columns and name not in MEANT_ELSEWHERE:
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
    return np.fromiter(values, dtype=object, count=len(values))


def _moment(time: datetime | None) -> np.datetime64:
    return np.datetime64("NaT") if time is None else np.datetime64(microseconds(time), "us")
