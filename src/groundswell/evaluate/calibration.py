"""Is the timing null what it says? In a world where nothing is planted, its p-values should be spread evenly.

    Shares, window ──► the largest gap between the p-values and an even spread (Kolmogorov–Smirnov)

Pairs are drawn at random, whether they met or not: a table of links holds only those that did, and is no fair sample.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import scipy

from groundswell.detect.chance import meeting_chance, timing
from groundswell.detect.histories import histories, in_common
from groundswell.detect.near import near_pairs
from groundswell.detect.pairs import microseconds
from groundswell.detect.shares import Shares

DRAWN = 200_000
"""Pairs drawn; few of them have enough in common."""

LEAST_EXPECTED = 0.5
"""Of a pair that can hardly meet, p is 1 or nearly so, and says nothing about the null."""


def unevenness(shares: Shares, window: timedelta, *, seed: int = 0) -> float | None:
    """The Kolmogorov–Smirnov distance of the mid-p of pairs drawn at random from an even spread.

    Parameters
    ----------
    shares
        All shares of one kind; only each account's first share of an object is looked at.
    window
        Within which two shares meet.
    seed
        Of the draw.

    Returns
    -------
    0 to 1, or None where fewer than 100 of the pairs could be expected to meet at least every other time
        Meetings are counted in whole numbers, so that even a true null is some hundredths away from 0.

    Notes
    -----
    mid-p is P(T > t) + P(T = t) / 2. Pairs of the same accounts depend on each other: it is a distance to look
    at, and no test.
    """
    first = shares.first()
    rng = np.random.default_rng(seed)
    n_shared = np.bincount(first.account, minlength=len(first.account_ids))
    able = np.flatnonzero(n_shared >= 2)
    if len(able) < 2:
        return None
    # The active ones more often: a pair with little in common is not looked at anyway.
    odds = n_shared[able] / n_shared[able].sum()
    a, b = (rng.choice(able, DRAWN, p=odds).astype(np.int32) for _ in range(2))
    a, b = np.unique(np.sort(np.stack((a, b)), axis=0)[:, a != b], axis=1)
    common = in_common(first, histories(first), a, b)
    lag_us = np.abs(first.time_us[common.row_b] - first.time_us[common.row_a])
    met = np.concatenate(([0], np.cumsum(lag_us <= microseconds(window))))
    hits = np.diff(met[common.start])
    chance = meeting_chance(near_pairs(first, window))
    expected, at_least = timing(common, chance, np.maximum(hits, 1))
    at_least = np.where(hits > 0, at_least, 1.0)
    _, more = timing(common, chance, hits + 1)
    told = expected >= LEAST_EXPECTED
    if np.count_nonzero(told) < 100:
        return None
    return float(scipy.stats.kstest((at_least[told] + more[told]) / 2, "uniform").statistic)
