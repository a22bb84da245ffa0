"""Small made-up crowds for panels, as rows of (account, hours before the end, hashtags)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import numpy as np

from groundswell.engine.duck import Duck
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.table import text_column
from groundswell.watch.log import Log, log_of
from groundswell.watch.uses import define_uses

END = datetime(2026, 5, 9, 12)
"""When the stretch ends."""

Row = tuple[str, float, Sequence[str]]


def crowd(rows: Iterable[Row]) -> Log:
    """What panels count of these posts."""
    listed = list(rows)
    columns = {
        name: np.full(len(listed), None, dtype=object)
        for name, kind in POSTS.columns.items()
        if kind in ("text", "text[]")
    }
    columns["platform"] = text_column("made-up" for _ in listed)
    columns["post_id"] = text_column(f"p{number}" for number, _ in enumerate(listed))
    columns["account_id"] = text_column(account for account, _, _ in listed)
    columns["lang"] = text_column("en" for _ in listed)
    columns["time"] = np.array([END - timedelta(hours=hours) for _, hours, _ in listed], "datetime64[us]")
    columns["is_repost"] = np.zeros(len(listed), bool)
    columns["source_row"] = np.arange(1, len(listed) + 1)
    tags = np.empty(len(listed), object)
    for number, (_, _, used) in enumerate(listed):
        tags[number] = list(used)
    columns["hashtags"] = tags
    for empty in ("urls", "mentions", "shared_kinds", "shared_objects"):
        column = np.empty(len(listed), object)
        for number in range(len(listed)):
            column[number] = []
        columns[empty] = column
    with Duck() as engine:
        engine.load(POSTS, columns)
        engine.load(ACCOUNTS, ACCOUNTS.empty())
        define_uses(engine)
        return log_of(engine)
