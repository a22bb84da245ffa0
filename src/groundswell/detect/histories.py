"""What each account shared, object by object: where two accounts are compared.

Shares ──► Histories          row numbers by account, then object, then time
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from groundswell.detect.shares import Shares


@dataclass(frozen=True, eq=False)
class Histories:
    """Row numbers of `Shares`: those of account i are ``row[start[i]:start[i + 1]]``, by object, then time."""

    start: np.ndarray[Any, np.dtype[np.int64]]
    row: np.ndarray[Any, np.dtype[np.int32]]


def histories(shares: Shares) -> Histories:
    """The rows of each account, in their order."""
    return Histories(*_by_account(shares.account, len(shares.account_ids)))


@njit(nogil=True, cache=True)
def _by_account(account: Any, n_accounts: int) -> Any:
    start = np.zeros(n_accounts + 1, np.int64)
    for i in range(account.size):
        start[account[i] + 1] += 1
    for number in range(n_accounts):
        start[number + 1] += start[number]
    free = start[:-1].copy()
    row = np.empty(account.size, np.int32)
    for i in range(account.size):
        row[free[account[i]]] = i
        free[account[i]] += 1
    return start, row


@njit(nogil=True, cache=True)
def end_of_object(row: Any, thing: Any, at: int, end: int) -> int:
    """The place after the last share of the object at `at`."""
    after = at + 1
    while after < end and thing[row[after]] == thing[row[at]]:
        after += 1
    return after


@njit(nogil=True, cache=True)
def closest(row: Any, time: Any, a: int, a_end: int, b: int, b_end: int) -> Any:
    """The rows of the two closest shares, one from each run of rows in order of time; of equals the earliest.

    Walks both runs at once, always past the earlier of the two, as in merging sorted lists.
    """
    best_a, best_b, best = row[a], row[b], abs(time[row[a]] - time[row[b]])
    while a < a_end and b < b_end:
        lag = time[row[b]] - time[row[a]]
        if abs(lag) < best:
            best_a, best_b, best = row[a], row[b], abs(lag)
        if lag > 0:
            a += 1
        else:
            b += 1
    return best_a, best_b, best
