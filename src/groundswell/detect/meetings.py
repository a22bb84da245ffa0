"""The posts behind a link: on each object where a pair met, the two closest.

Shares, pairs, window ──► meetings          account_a, account_b, object, both posts, both times, the lag
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np

from groundswell.detect.histories import histories, in_common
from groundswell.detect.pairs import microseconds
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
    common = in_common(shares, histories(shares), a[order], b[order])
    lag_us = shares.time_us[common.row_b] - shares.time_us[common.row_a]
    met = np.abs(lag_us) <= microseconds(window)
    row_a, row_b = common.row_a[met], common.row_b[met]
    return {
        "account_a": shares.account_ids[shares.account[row_a]],
        "account_b": shares.account_ids[shares.account[row_b]],
        "kind": text_column([shares.kind] * len(row_a)),
        "object_id": shares.object_ids[shares.object[row_a]],
        "post_a": shares.post[row_a],
        "post_b": shares.post[row_b],
        "time_a": shares.time_us[row_a].view("datetime64[us]"),
        "time_b": shares.time_us[row_b].view("datetime64[us]"),
        "lag_s": lag_us[met] / 1e6,
    }
