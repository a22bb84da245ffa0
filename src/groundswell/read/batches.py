"""Posts and accounts as columns, a batch at a time, so that memory stays flat however long the file is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

from groundswell.model.post import Account, Post
from groundswell.model.table import Columns, text_column
from groundswell.read.times import EPOCH, microseconds

BATCH = 50_000
"""Rows handed on at a time: a few hundred bytes each, so some tens of megabytes."""

PLAIN = ("platform", "post_id", "account_id", "text", "lang", "repost_of", "repost_of_account", "reply_to", "quote_of")


def post_columns(posts: Sequence[Post], rows: Sequence[int], sha256: str) -> Columns:
    """The columns of `model.post.POSTS` for posts that stand in these rows of the file."""
    columns: Columns = {name: text_column([getattr(post, name) for post in posts]) for name in PLAIN}
    columns["time"] = np.array([microseconds(post.time) for post in posts], dtype="datetime64[us]")
    for name in ("urls", "hashtags", "mentions"):
        columns[name] = _lists([getattr(post, name) for post in posts])
    columns["is_repost"] = np.array([post.is_repost for post in posts], dtype=np.bool_)
    columns["client"] = text_column([post.client for post in posts])
    columns["time_source"] = text_column([post.time_source for post in posts])
    columns["shared_kinds"] = _lists([tuple(kind for kind, _ in post.shared) for post in posts])
    columns["shared_objects"] = _lists([tuple(thing for _, thing in post.shared) for post in posts])
    columns["source_file"] = text_column([sha256] * len(posts))
    columns["source_row"] = np.array(rows, dtype=np.int64)
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


def _lists(values: Sequence[tuple[str, ...] | None]) -> np.ndarray[Any, Any]:
    """Lists as an object array; given a list of equal lists, numpy would make a table of it."""
    column = np.empty(len(values), dtype=object)
    for i, value in enumerate(values):
        column[i] = None if value is None else list(value)
    return column


def _moment(time: datetime | None) -> np.datetime64:
    return np.datetime64("NaT") if time is None else np.datetime64((time - EPOCH) // (EPOCH.resolution), "us")
