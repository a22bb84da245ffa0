"""How often two shares of the same object stand near each other: the yardstick of both nulls for links.

    Shares, window ──► NearPairs          a count for each object, and for each two hours of the day

Counted by sliding a window along each object's shares, never by listing pairs: one step a share, however many
of them stand together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
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


def near_pairs(shares: Shares, window: timedelta) -> NearPairs:
    """Count the near and the possible pairs of shares of every object.

    Parameters
    ----------
    shares
        Every share counts, repeated ones too.
    window
        Longest time between two near shares, ends included.
    """
    groups = grouped(shares)
    near, possible, by_hour = _near_pairs(
        groups.start,
        groups.object,
        groups.account,
        groups.time_us,
        microseconds(window),
        len(shares.account_ids),
        len(shares.object_ids),
    )
    return NearPairs(near, possible, by_hour)


@compiled
def _near_pairs(start: Any, thing: Any, account: Any, time: Any, window: int, n_accounts: int, n_objects: int) -> Any:
    near, possible = np.zeros(n_objects, np.int64), np.zeros(n_objects, np.int64)
    by_hour = np.zeros((HOURS, HOURS), np.int64)
    in_window, in_object = np.zeros(n_accounts, np.int32), np.zeros(n_accounts, np.int32)
    for group in range(thing.size):
        hours = np.zeros(HOURS, np.int64)
        first = low = start[group]
        for i in range(first, start[group + 1]):
            while time[i] - time[low] > window:
                in_window[account[low]] -= 1
                hours[time[low] // HOUR_US % HOURS] -= 1
                low += 1
            hour = time[i] // HOUR_US % HOURS
            for earlier in range(HOURS):
                by_hour[earlier, hour] += hours[earlier]
            near[thing[group]] += i - low - in_window[account[i]]
            possible[thing[group]] += i - first - in_object[account[i]]
            in_window[account[i]] += 1
            in_object[account[i]] += 1
            hours[hour] += 1
        for i in range(first, start[group + 1]):
            in_window[account[i]] = 0
            in_object[account[i]] = 0
    return near, possible, by_hour
