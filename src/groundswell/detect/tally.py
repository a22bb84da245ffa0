"""How many pairs stand within a window, and how many would be expected, by stratum of speed?

Both kernels work on *runs*: rows next to one another that may be paired, such as the sharers of one object, or the
members of one group among them. What a yardstick must leave out is then the same count on other runs.

The pairs themselves are never put down: a window that slides over a run keeps how many rows of each stratum it
holds, so an object that 50,000 accounts shared within an hour costs 50,000 x 21 steps and not its billion pairs.
"""

from __future__ import annotations

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.first_shares import Floats, Ints
from groundswell.detect.speed import N_STRATA, Strata


@compiled
def near_pairs(start: Ints, time_us: Ints, stratum: Strata, window_us: int) -> tuple[Ints, Ints]:
    """Unordered pairs of a run at most a window apart.

    Parameters
    ----------
    start
        Run i has the rows ``start[i]`` to ``start[i + 1]``, sorted by time.
    time_us, stratum
        One a row.

    Returns
    -------
    near : (runs,)
        Pairs in each run.
    by_strata : (strata, strata), symmetric
        The same pairs over all runs by their two strata; a pair inside one stratum counts twice, as both orders.
    """
    near = np.zeros(start.size - 1, np.int64)
    by_strata = np.zeros((N_STRATA, N_STRATA), np.int64)
    held = np.zeros(N_STRATA, np.int64)
    for run in range(start.size - 1):
        for one in range(N_STRATA):
            held[one] = 0
        low = start[run]
        for row in range(start[run], start[run + 1]):
            while time_us[row] - time_us[low] > window_us:
                held[stratum[low]] -= 1
                low += 1
            near[run] += row - low
            own = stratum[row]
            if row - low < N_STRATA:
                for other in range(low, row):
                    by_strata[own, stratum[other]] += 1
                    by_strata[stratum[other], own] += 1
            else:
                for other in range(N_STRATA):
                    by_strata[own, other] += held[other]
                    by_strata[other, own] += held[other]
            held[own] += 1
    return near, by_strata


@compiled
def expected_pairs(start: Ints, stratum: Strata, weight: Floats) -> Floats:
    """Pairs of each run by their two strata, each run times its weight.

    With the chance that two sharers of the run's object stand together as weight, these are the pairs to expect if
    speed made no difference. Counted as in `near_pairs`: (strata, strata), both orders.
    """
    expected = np.zeros((N_STRATA, N_STRATA))
    held = np.zeros(N_STRATA)
    for run in range(start.size - 1):
        first, end = start[run], start[run + 1]
        if end - first < N_STRATA:
            for row in range(first, end):
                for other in range(first, row):
                    expected[stratum[row], stratum[other]] += weight[run]
                    expected[stratum[other], stratum[row]] += weight[run]
        else:
            for one in range(N_STRATA):
                held[one] = 0.0
            for row in range(first, end):
                held[stratum[row]] += 1
            for one in range(N_STRATA):
                for other in range(N_STRATA):
                    expected[one, other] += weight[run] * held[one] * (held[other] - (one == other))
    return expected
