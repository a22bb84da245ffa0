"""How often two shares of the same object stand near each other: the yardstick of both nulls for links.

    Shares, window ──► NearPairs          a count for each object, and for each two hours of the day

Counted by sliding a window along each object's shares, never by listing pairs: one step a share, however many
of them stand together. An account's pairs with itself are counted in its own history, and taken off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.histories import Histories, histories
from groundswell.detect.pairs import microseconds
from groundswell.detect.prune import grouped
from groundswell.detect.shares import Shares

HOURS = 24
HOUR_US = 3_600_000_000


@dataclass(frozen=True, eq=False)
class NearPairs:
    """Pairs of shares of the same object by distinct accounts. Arrays are indexed by object number."""

    near: np.ndarray[Any, np.dtype[np.int64]]
    """Pairs at most the window apart, ends included."""
    possible: np.ndarray[Any, np.dtype[np.int64]]
    """Pairs at any distance in time."""
    by_hour: np.ndarray[Any, np.dtype[np.int64]]
    """Shape 24 x 24: near pairs by the UTC hours of the earlier and the later share. An account's own pairs count
    here as well, so it is a shape and not a total."""


def near_pairs(shares: Shares, window: timedelta, kept: Histories | None = None) -> NearPairs:
    """Count the near and the possible pairs of shares of every object.

    Parameters
    ----------
    shares
        Every share counts, repeated ones too.
    window
        Longest time between two near shares, ends included.
    kept
        The `histories` of the shares, if they are there already.
    """
    kept = kept or histories(shares)
    window_us = microseconds(window)
    groups = grouped(shares)
    near, possible, by_hour = _near_pairs(
        groups.start, groups.object, groups.time_us, window_us, len(shares.object_ids)
    )
    _take_own_off(kept.start, kept.row, kept.object, shares.time_us, window_us, near, possible)
    return NearPairs(near, possible, np.ascontiguousarray(by_hour.T))


@compiled
def _near_pairs(start: Any, thing: Any, time: Any, window: int, n_objects: int) -> Any:
    """Pairs by object, near and possible, an account's own ones among them; near ones by later and earlier hour."""
    near, possible = np.zeros(n_objects, np.int64), np.zeros(n_objects, np.int64)
    by_hour, hours = np.zeros((HOURS, HOURS), np.int64), np.zeros(HOURS, np.int64)
    for group in range(thing.size):
        first, end = start[group], start[group + 1]
        low, pairs = first, 0
        for i in range(first, end):
            while time[i] - time[low] > window:
                hours[time[low] // HOUR_US % HOURS] -= 1
                low += 1
            hour = time[i] // HOUR_US % HOURS
            if i > low:
                pairs += i - low
                for earlier in range(HOURS):
                    by_hour[hour, earlier] += hours[earlier]
            hours[hour] += 1
        hours[:] = 0
        near[thing[group]], possible[thing[group]] = pairs, (end - first) * (end - first - 1) // 2
    return near, possible, by_hour


@compiled
def _take_own_off(start: Any, row: Any, thing: Any, time: Any, window: int, near: Any, possible: Any) -> None:
    """Take off each account's pairs of shares of one object."""
    for account in range(start.size - 1):
        first = low = start[account]
        for i in range(first + 1, start[account + 1]):
            if thing[i] != thing[i - 1]:
                first = low = i
                continue
            while time[row[i]] - time[row[low]] > window:
                low += 1
            near[thing[i]] -= i - low
            possible[thing[i]] -= i - first
