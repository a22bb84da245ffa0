"""The pair kernel: which accounts shared how many of the same objects within a window of each other.

    Shares, windows ──► Pairs          one row a pair that met on enough objects, one table a window
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from groundswell.detect.shares import Shares


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of accounts that met on enough objects, sorted by (a, b). Numbers are those of the `Shares`."""

    window: timedelta
    a: np.ndarray[Any, np.dtype[np.int32]]
    b: np.ndarray[Any, np.dtype[np.int32]]
    """`a < b`, so each pair stands here once."""
    n_objects: np.ndarray[Any, np.dtype[np.int32]]
    """Distinct objects that both shared within the window of each other, ends included."""


def pairs_within(
    shares: Shares,
    windows: Sequence[timedelta],
    *,
    min_objects: int = 2,
    weights: Sequence[np.ndarray[Any, Any]] | None = None,
    min_weight: float = 0.0,
    threads: int | None = None,
) -> tuple[Pairs, ...]:
    """Every pair of distinct accounts that shared `min_objects` objects or more within each window.

    Parameters
    ----------
    shares
        Sorted by object, then time. Every share counts, not only an account's first of an object.
    windows
        Longest times between two shares that still count, ends included.
    min_objects
        Fewest distinct objects.
    weights
        For each window, a weight of every object, in digits or nats as you like. A pair is put out only if the
        weights of the objects on which it met sum to `min_weight` or more.
    threads
        How many work at once. The answer does not depend on it.

    Returns
    -------
    one `Pairs` for each window, in the order of `windows`
    """
    found = []
    for number, window in enumerate(windows):
        window_us = window // timedelta(microseconds=1)
        weight = None if weights is None else weights[number]
        met: dict[tuple[int, int], set[int]] = defaultdict(set)
        low = 0
        for i in range(shares.n):
            while shares.object[low] != shares.object[i] or shares.time_us[i] - shares.time_us[low] > window_us:
                low += 1
            for j in range(low, i):
                pair = sorted((int(shares.account[i]), int(shares.account[j])))
                if pair[0] != pair[1]:
                    met[pair[0], pair[1]].add(int(shares.object[i]))
        rows = [
            (a, b, len(objects))
            for (a, b), objects in sorted(met.items())
            if len(objects) >= min_objects and (weight is None or sum(weight[o] for o in objects) >= min_weight)
        ]
        table = np.array(rows, dtype=np.int32).reshape(-1, 3)
        found.append(Pairs(window, table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy()))
    return tuple(found)
