"""A share log that is numbers already, brought into the order the kernels read.

    account, object, time ──► Shares          sorted by object, then time

A log in order of time, as a collector writes it, is dealt out to its objects one row after another: two looks at each
row, no comparison. Any other order is sorted.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.shares import Shares
from groundswell.engine.room import room


def numbered_shares(
    kind: str,
    account: np.ndarray[Any, np.dtype[np.int32]],
    thing: np.ndarray[Any, np.dtype[np.int32]],
    time_us: np.ndarray[Any, np.dtype[np.int64]],
    *,
    threads: int | None = None,
) -> Shares:
    """The `Shares` of a log whose accounts and objects are numbers from 0 on.

    Parameters
    ----------
    kind
        What was shared, such as ``"url"``.
    account, thing, time_us
        One entry a share; microseconds since 1970. In order of time it is quickest.
    threads
        How many work at once. The answer does not depend on it.

    Returns
    -------
    `Shares` sorted by object, then time; ids are the numbers, and `post` is empty

    Raises
    ------
    ValueError
        The columns differ in length, or a number is negative.

    Notes
    -----
    O(shares + objects), and the sorted columns beside the given ones in memory, where rows are in order of time; else
    O(shares log shares).
    """
    if not len(account) == len(thing) == len(time_us):
        raise ValueError(f"a share needs all columns, got {len(account)}, {len(thing)} and {len(time_us)} entries")
    if len(account) and min(int(account.min()), int(thing.min())) < 0:
        raise ValueError("accounts and objects are numbered from 0, got a negative number")
    n_accounts = int(account.max()) + 1 if len(account) else 0
    n_objects = int(thing.max()) + 1 if len(thing) else 0
    threads = threads or os.cpu_count() or 1
    edges = np.linspace(0, len(thing), threads + 1).astype(np.int64).tolist()
    parts = list(pairwise(edges))
    plain = thing.view(np.uint32)
    with ThreadPoolExecutor(threads) as pool:
        tallies = list(pool.map(lambda part: _tally(plain, time_us, part[0], part[1], n_objects), parts))
        if all(in_time for _, in_time in tallies):
            free = np.cumsum([np.zeros(n_objects, np.int64), *(tally for tally, _ in tallies)], axis=0)
            free += np.concatenate(([0], np.cumsum(free[-1])))[:-1]
            accounts, times = room(len(account), np.int32), room(len(account), np.int64)
            deal = partial(_deal, account, plain, time_us, accounts=accounts, times=times)
            list(pool.map(deal, edges[:-1], edges[1:], free.astype(np.uint64)))
        else:
            order = np.lexsort((time_us, thing))
            accounts, times = account[order], time_us[order]
        n_each = np.sum([tally for tally, _ in tallies], axis=0)
    things = room(len(thing), np.int32)
    _name(things, n_each)
    return Shares(
        kind=kind,
        account=accounts,
        object=things,
        time_us=times,
        post=np.empty(0, dtype=object),
        account_ids=np.arange(n_accounts),
        object_ids=np.arange(n_objects),
    )


@compiled
def _tally(thing: Any, time: Any, first: int, last: int, n_objects: int) -> Any:
    """How many of the rows `first` to `last` each object has, and whether they stand in time after the one before."""
    tally = np.zeros(n_objects, np.int64)
    in_time = True
    for i in range(first, last):
        tally[thing[i]] += 1
        in_time &= i == 0 or time[i - 1] <= time[i]
    return tally, in_time


@compiled
def _deal(account: Any, thing: Any, time: Any, first: int, last: int, free: Any, accounts: Any, times: Any) -> None:
    """Put the rows `first` to `last` where there is room for their objects."""
    for i in range(first, last):
        at = free[thing[i]]
        free[thing[i]] += np.uint64(1)
        accounts[at], times[at] = account[i], time[i]


@compiled
def _name(things: Any, n_each: Any) -> None:
    """Write each object's number into its rows."""
    row = 0
    for number in range(n_each.size):
        for _ in range(n_each[number]):
            things[row] = number
            row += 1
