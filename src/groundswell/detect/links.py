"""Links: every pair that met often enough, in every window, with what chance expects.

    Shares, windows ──► links          one row a pair and window, significant or not

This module counts and compares with chance; it does not judge. Whether accounts act together is decided about groups,
and a link outside every group is no finding.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import numpy as np
from numba import njit

from groundswell.detect.chance import (
    EXACT_UP_TO,
    SMALLEST,
    at_least,
    at_least_bound,
    meeting_chance,
    share_chance,
)
from groundswell.detect.fdr import Trials, adjusted, trials
from groundswell.detect.histories import Histories, closest, end_of_object, histories
from groundswell.detect.near import near_pairs
from groundswell.detect.pairs import LONGEST_US, Pairs, pairs_within
from groundswell.detect.selection import selection
from groundswell.detect.shares import Shares
from groundswell.model.link import LINKS
from groundswell.model.table import Columns, text_column

CHUNK = 1 << 14
"""Links compared at a time: enough to keep a thread busy, few enough to share out evenly."""


def links(shares: Shares, windows: Sequence[timedelta], *, min_objects: int = 2, threads: int | None = None) -> Columns:
    """Every pair of accounts that shared `min_objects` objects or more within a window, with two nulls beside it.

    Parameters
    ----------
    shares
        All shares of one kind. Every share counts, repeated ones too.
    windows
        Longest times between two shares that still count, ends included. Each is a list of links of its own: q-values
        are taken within a window, so that asking for one more changes no other.
    min_objects
        Fewest distinct objects.
    threads
        How many work at once; all cores by default. The answer does not depend on it.

    Returns
    -------
    the columns of ``LINKS``, sorted by window, then the two accounts
        ``n_objects`` met on and ``n_shared`` in common at any time; ``expected`` meetings under the timing null;
        ``p`` and ``q`` under the timing null (`chance`) and the selection null (`selection`); ``first_time`` and
        ``last_time``, the earliest and latest post of its meetings, the two closest posts standing for an object.

    Notes
    -----
    Time: the pair kernel, and for each link a merge of the two accounts' shares.
    """
    threads = threads or os.cpu_count() or 1
    ladder = sorted(set(windows))
    tried = trials(shares, min_objects=min_objects, threads=threads)
    kept = histories(shares)
    found = pairs_within(shares, ladder, min_objects=min_objects, threads=threads)
    tables = [_table(shares, kept, pairs, tried, threads) for pairs in found]
    if not tables:
        return LINKS.empty()
    return {name: np.concatenate([table[name] for table in tables]) for name in LINKS.columns}


def _table(shares: Shares, kept: Histories, pairs: Pairs, tried: Trials, threads: int) -> Columns:
    counted = near_pairs(shares, pairs.window)
    n_shared, expected, p_timing, first, last = _compared(shares, kept, pairs, meeting_chance(counted), threads)
    p_selection = selection(shares, counted, pairs)
    n = len(pairs.a)
    return {
        "account_a": shares.account_ids[pairs.a],
        "account_b": shares.account_ids[pairs.b],
        "kind": text_column([shares.kind] * n),
        "window_s": np.full(n, pairs.window / timedelta(seconds=1)),
        "n_objects": pairs.n_objects.astype(np.int64),
        "n_shared": n_shared,
        "expected": expected,
        "p_timing": p_timing,
        "p_selection": p_selection,
        "q_timing": adjusted(p_timing, tried.timing),
        "q_selection": adjusted(p_selection, tried.selection),
        "first_time": first.view("datetime64[us]"),
        "last_time": last.view("datetime64[us]"),
    }


def _compared(
    shares: Shares, kept: Histories, pairs: Pairs, near: np.ndarray[Any, Any], threads: int
) -> tuple[np.ndarray[Any, Any], ...]:
    """Objects in common, expected meetings, chance of so many, first and last time, of each pair."""
    window_us = min(pairs.window // timedelta(microseconds=1), LONGEST_US)
    n = len(pairs.a)
    n_shared, expected, p = np.empty(n, np.int64), np.empty(n, np.float64), np.empty(n, np.float64)
    first, last = np.empty(n, np.int64), np.empty(n, np.int64)

    def compare(begin: int) -> None:
        part = slice(begin, begin + CHUNK)
        _compare(
            pairs.a[part], pairs.b[part], pairs.n_objects[part], kept.start, kept.row, shares.object, shares.time_us,
            window_us, near, n_shared[part], expected[part], p[part], first[part], last[part],
        )  # fmt: skip

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(compare, range(0, n, CHUNK)))
    many = n_shared > EXACT_UP_TO
    p[many] = at_least_bound(expected[many], pairs.n_objects[many])
    return n_shared, expected, np.maximum(p, SMALLEST), first, last


@njit(nogil=True, cache=True)
def _compare(
    a: Any, b: Any, n_objects: Any, start: Any, row: Any, thing: Any, time: Any,
    window: int, near: Any, n_shared: Any, expected: Any, p: Any, first: Any, last: Any,
) -> None:  # fmt: skip
    """Fill in the last five for each pair, by merging the two accounts' shares; p is left out above EXACT_UP_TO."""
    chance, room = np.empty(EXACT_UP_TO, np.float64), np.empty(EXACT_UP_TO, np.float64)
    for pair in range(a.size):
        shared, hoped = 0, 0.0
        earliest, latest = np.int64(LONGEST_US), np.int64(-LONGEST_US)
        i, end_i = start[a[pair]], start[a[pair] + 1]
        j, end_j = start[b[pair]], start[b[pair] + 1]
        while i < end_i and j < end_j:
            if thing[row[i]] < thing[row[j]]:
                i += 1
            elif thing[row[i]] > thing[row[j]]:
                j += 1
            else:
                after_i, after_j = end_of_object(row, thing, i, end_i), end_of_object(row, thing, j, end_j)
                meets = share_chance(near[thing[row[i]]], after_i - i, after_j - j)
                if shared < EXACT_UP_TO:
                    chance[shared] = meets
                shared += 1
                hoped += meets
                row_a, row_b, apart = closest(row, time, i, after_i, j, after_j)
                if apart <= window:
                    earliest = min(earliest, time[row_a], time[row_b])
                    latest = max(latest, time[row_a], time[row_b])
                i, j = after_i, after_j
        n_shared[pair], expected[pair], first[pair], last[pair] = shared, hoped, earliest, latest
        p[pair] = at_least(chance, shared, n_objects[pair], room) if shared <= EXACT_UP_TO else 1.0
