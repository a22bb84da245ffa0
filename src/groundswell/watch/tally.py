"""Tallies of a scope by hour, weekday, day or language: counts with their whole, unknown as a row of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from groundswell.watch.log import Ints, Uses
from groundswell.watch.panel import Answer
from groundswell.watch.scope import Scope

HOUR_US, DAY_US = 3_600_000_000, 86_400_000_000
THURSDAY = 4
"""The weekday of 1 January 1970."""

UNKNOWN = -1


Key: TypeAlias = Callable[[Uses], tuple[Ints, Ints]]
"""From posts to keys, and how many posts stand at each; a key may come more than once."""


def hour_of(posts: Uses) -> tuple[Ints, Ints]:
    """The hour of the day, UTC."""
    hours, n = _hourly(posts)
    return hours % 24, n


def day_of(posts: Uses) -> tuple[Ints, Ints]:
    """Days since 1970, UTC."""
    hours, n = _hourly(posts)
    return hours // 24, n


def weekday_of(posts: Uses) -> tuple[Ints, Ints]:
    """The weekday, 1 for Monday."""
    days, n = day_of(posts)
    return (days + THURSDAY - 1) % 7 + 1, n


def language_of(posts: Uses) -> tuple[Ints, Ints]:
    """The language's number, or `UNKNOWN`."""
    n = np.bincount(posts.item)
    languages = np.flatnonzero(n)
    return np.where(languages == 0, UNKNOWN, languages), n[languages]


def _hourly(posts: Uses) -> tuple[Ints, Ints]:
    """Hours since 1970 in which anybody posted, and posts in each: posts stand in the order of time."""
    if not len(posts.time):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    hours = np.arange(posts.time[0] // HOUR_US, posts.time[-1] // HOUR_US + 1)
    n = np.diff(np.searchsorted(posts.time, np.append(hours, hours[-1] + 1) * HOUR_US))
    return hours[n > 0], n[n > 0]


def tally(scope: Scope, key: Key, name: Callable[[int], str] = str) -> Answer:
    """Count posts by a key, rows in the order of keys, unknown ones last."""
    everybody = scope.log.wrote.within(scope.span)
    found, n_found = key(everybody)
    keys, place = np.unique(found, return_inverse=True)
    n_all = _summed(place, n_found, len(keys))
    inside, n_inside = key(scope.written)
    n = _summed(np.searchsorted(keys, inside), n_inside, len(keys))
    posts, posts_all = len(scope.written.time), len(everybody.time)
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


def _summed(place: Ints, n: Ints, length: int) -> Ints:
    total = np.zeros(length, np.int64)
    np.add.at(total, place, n)
    return total
