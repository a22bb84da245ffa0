"""The posts behind a link: on each object where a pair met, the two closest.

Shares, pairs, window ──► meetings          account_a, account_b, object, both posts, both times, the lag
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
from numba import njit

from groundswell.detect.histories import closest, end_of_object, histories
from groundswell.detect.pairs import LONGEST_US
from groundswell.detect.shares import Shares
from groundswell.model.table import Columns, text_column


def meetings(shares: Shares, pairs: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]], window: timedelta) -> Columns:
    """The two closest posts of each pair on each object that both shared within `window`.

    Of equally close posts the earliest are taken. Where one account shared twice at the same instant, it is the
    post whose id comes first.

    Parameters
    ----------
    shares
        All shares of the kind.
    pairs
        Account numbers (a, b), ``a < b``, in any order.
    window
        Longest time between the two posts, ends included.

    Returns
    -------
    the columns of ``MEETINGS``
        ``lag_s`` is time_b - time_a in seconds, negative when B was first. Sorted by the two accounts, then the object.

    Notes
    -----
    Merges the two accounts' sorted shares: time O(shares of a + shares of b) for each pair.
    """
    a, b = (np.asarray(column, dtype=np.int32) for column in pairs)
    order = np.lexsort((b, a))
    a, b = a[order], b[order]
    kept = histories(shares)
    row_a, row_b = _meetings(
        a,
        b,
        kept.start,
        kept.row,
        shares.object,
        shares.time_us,
        min(window // timedelta(microseconds=1), LONGEST_US),
    )
    time_a, time_b = shares.time_us[row_a], shares.time_us[row_b]
    return {
        "account_a": shares.account_ids[shares.account[row_a]],
        "account_b": shares.account_ids[shares.account[row_b]],
        "kind": text_column([shares.kind] * len(row_a)),
        "object_id": shares.object_ids[shares.object[row_a]],
        "post_a": shares.post[row_a],
        "post_b": shares.post[row_b],
        "time_a": time_a.view("datetime64[us]"),
        "time_b": time_b.view("datetime64[us]"),
        "lag_s": (time_b - time_a) / 1e6,
    }


@njit(nogil=True, cache=True)
def _meetings(a: Any, b: Any, start: Any, row: Any, thing: Any, time: Any, window: int) -> Any:
    """Rows (of a, of b) of every meeting, pair by pair. Counted in a first round, written in a second."""
    rows_a, rows_b = np.empty(0, np.int64), np.empty(0, np.int64)
    for writing in range(2):
        n = 0
        for pair in range(a.size):
            i, end_i = start[a[pair]], start[a[pair] + 1]
            j, end_j = start[b[pair]], start[b[pair] + 1]
            while i < end_i and j < end_j:
                if thing[row[i]] < thing[row[j]]:
                    i += 1
                elif thing[row[i]] > thing[row[j]]:
                    j += 1
                else:
                    after_i, after_j = end_of_object(row, thing, i, end_i), end_of_object(row, thing, j, end_j)
                    row_a, row_b, apart = closest(row, time, i, after_i, j, after_j)
                    if apart <= window:
                        if writing:
                            rows_a[n], rows_b[n] = row_a, row_b
                        n += 1
                    i, j = after_i, after_j
        if not writing:
            rows_a, rows_b = np.empty(n, np.int64), np.empty(n, np.int64)
    return rows_a, rows_b
