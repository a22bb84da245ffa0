"""Tallies of a scope by hour, weekday, day or language: counts with their whole, unknown as a row of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from groundswell.watch.log import Ints, Uses
from groundswell.watch.panel import Answer
from groundswell.watch.scope import Scope

HOUR_US, DAY_US = 3_600_000_000, 86_400_000_000
THURSDAY = 4
"""The weekday of 1 January 1970."""

UNKNOWN = -1


def hour_of(posts: Uses) -> Ints:
    """The hour of the day, UTC."""
    return posts.time // HOUR_US % 24


def day_of(posts: Uses) -> Ints:
    """Days since 1970, UTC."""
    return posts.time // DAY_US


def weekday_of(posts: Uses) -> Ints:
    """The weekday, 1 for Monday."""
    return (day_of(posts) + THURSDAY - 1) % 7 + 1


def language_of(posts: Uses) -> Ints:
    """The language's number, or `UNKNOWN`."""
    return np.where(posts.item == 0, UNKNOWN, posts.item).astype(np.int64)


def tally(scope: Scope, key: Callable[[Uses], Ints], name: Callable[[int], str] = str) -> Answer:
    """Count posts by a key, rows in the order of keys, unknown ones last."""
    everybody = scope.log.wrote.within(scope.span)
    keys, n_all = np.unique(key(everybody), return_counts=True)
    inside = key(scope.of_scope(everybody))
    n = np.bincount(np.searchsorted(keys, inside), minlength=len(keys))
    posts, posts_all = len(inside), len(everybody.time)
    rows: list[dict[str, Any]] = [
        {
            "name": "unknown" if value == UNKNOWN else name(int(value)),
            "count": int(n[at]),
            "share_list": int(n[at]) / posts if posts else None,
            "count_all": int(n_all[at]),
            "share_of_all_posts": int(n_all[at]) / posts_all if posts_all else None,
        }
        for at, value in sorted(enumerate(keys), key=lambda one: (one[1] == UNKNOWN, one[1]))
    ]
    return Answer(rows=rows, n_items=len(rows), shape="tally")
