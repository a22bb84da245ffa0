"""What each account shared, and what two accounts have in common, object by object.

Shares, pairs ──► Common          one row a pair and object that both shared, with their two closest shares
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.shares import Shares


@dataclass(frozen=True, eq=False)
class Histories:
    """Row numbers of `Shares`: those of account i are ``row[start[i]:start[i + 1]]``, by object, then time."""

    start: np.ndarray[Any, np.dtype[np.int64]]
    row: np.ndarray[Any, np.dtype[np.int32]]
    object: np.ndarray[Any, np.dtype[np.int32]]
    """The object of each of these rows, so that comparing two histories reads straight on."""


@dataclass(frozen=True, eq=False)
class Common:
    """Objects in common: those of pair i are rows ``start[i]`` to ``start[i + 1]``, ascending."""

    start: np.ndarray[Any, np.dtype[np.int64]]
    object: np.ndarray[Any, np.dtype[np.int32]]
    times_a: np.ndarray[Any, np.dtype[np.int32]]
    times_b: np.ndarray[Any, np.dtype[np.int32]]
    """How often each of the two shared it."""
    row_a: np.ndarray[Any, np.dtype[np.int32]]
    row_b: np.ndarray[Any, np.dtype[np.int32]]
    """Their two closest shares, as rows of `Shares`; of equally close ones the earliest, then the first rows."""


def histories(shares: Shares) -> Histories:
    """The rows of each account, in their order."""
    return Histories(*_by_account(shares.account.view(np.uint32), shares.object, len(shares.account_ids)))


def most_in_common(kept: Histories, a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """For each pair, a number of objects that it can't have more of in common."""
    shared = np.diff(kept.start)
    return np.asarray(np.minimum(shared[a], shared[b]))


def in_common(shares: Shares, kept: Histories, a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> Common:
    """Every object that both accounts of each pair shared, at any time.

    Time O(shares of b) for each pair, and O(shares of a) wherever a is not that of the pair before: sort by a. Memory
    `most_in_common`, and a number an object.
    """
    room = int(most_in_common(kept, a, b).sum())
    n_objects = int(shares.object[-1]) + 1 if shares.n else 0
    return Common(*_in_common(a, b, kept.start, kept.row, kept.object, shares.time_us, n_objects, room))


@compiled
def _by_account(account: Any, thing: Any, n_accounts: int) -> Any:
    start = np.zeros(n_accounts + 1, np.int64)
    for i in range(account.size):
        start[account[i] + np.uint32(1)] += 1
    for number in range(n_accounts):
        start[number + 1] += start[number]
    free = start[:-1].astype(np.uint32)
    row, objects = np.empty(account.size, np.int32), np.empty(account.size, np.int32)
    for i in range(account.size):
        at = free[account[i]]
        free[account[i]] = at + np.uint32(1)
        row[at], objects[at] = i, thing[i]
    return start, row, objects


@compiled
def _in_common(a: Any, b: Any, start: Any, row: Any, thing: Any, time: Any, n_objects: int, room: int) -> Any:
    """Where a's shares of each object begin is put down once, for all the pairs of a that follow one another.

    So of b's objects most are passed over by one look, where merging two histories would be a coin toss at each step.
    """
    found, objects = np.zeros(a.size + 1, np.int64), np.empty(room, np.int32)
    times_a, times_b = np.empty(room, np.int32), np.empty(room, np.int32)
    rows_a, rows_b = np.empty(room, np.int32), np.empty(room, np.int32)
    begins = np.full(n_objects, -1, np.int32)
    n, shown = 0, -1
    for pair in range(a.size):
        if a[pair] != shown:
            if shown >= 0:
                for i in range(start[shown], start[shown + 1]):
                    begins[thing[i]] = -1
            shown = a[pair]
            for i in range(start[shown + 1] - 1, start[shown] - 1, -1):
                begins[thing[i]] = i
        end_i, end_j = start[shown + 1], start[b[pair] + 1]
        j = start[b[pair]]
        while j < end_j:
            i = begins[thing[j]]
            if i < 0:
                j += 1
                continue
            after_i, after_j = _end_of_object(thing, i, end_i), _end_of_object(thing, j, end_j)
            objects[n], times_a[n], times_b[n] = thing[i], after_i - i, after_j - j
            rows_a[n], rows_b[n] = row[i], row[j]
            if after_i - i > 1 or after_j - j > 1:  # else there is no choice, and no need to look when it was
                rows_a[n], rows_b[n] = _closest(row, time, i, after_i, j, after_j)
            n += 1
            j = after_j
        found[pair + 1] = n
    return found, objects[:n], times_a[:n], times_b[:n], rows_a[:n], rows_b[:n]


@compiled
def _end_of_object(thing: Any, at: int, end: int) -> int:
    """The place after the last share of the object at `at`."""
    after = at + 1
    while after < end and thing[after] == thing[at]:
        after += 1
    return after


@compiled
def _closest(row: Any, time: Any, a: int, end_a: int, b: int, end_b: int) -> Any:
    """The rows of the two closest shares, one from each run of rows in order of time; of equals the earliest.

    Walks both runs at once, always past the earlier of the two, as in merging sorted lists.
    """
    best_a, best_b, best = row[a], row[b], abs(time[row[a]] - time[row[b]])
    while a < end_a and b < end_b:
        lag = time[row[b]] - time[row[a]]
        if abs(lag) < best:
            best_a, best_b, best = row[a], row[b], abs(lag)
        if lag > 0:
            a += 1
        else:
            b += 1
    return best_a, best_b
