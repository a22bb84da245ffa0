"""The chance of so many successes when every trial has its own odds."""

from __future__ import annotations

import math

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.first_shares import Floats


@compiled
def at_least(chance: Floats, hits: int) -> float:
    """P(at least `hits` of the independent trials succeed), summed without cancellation. O(trials x hits)."""
    if hits <= 0:
        return 1.0
    if hits > chance.size:
        return 0.0
    state = np.zeros(hits + 1)  # the last one: so many, or more
    state[0] = 1.0
    for p in chance:
        state[hits] += state[hits - 1] * p
        for n in range(hits - 1, 0, -1):
            state[n] = state[n] * (1.0 - p) + state[n - 1] * p
        state[0] *= 1.0 - p
    return float(state[hits])


@compiled
def surely_common(expected: float, hits: int) -> bool:
    """Whether `hits` can't be rarer than one in two: a median is never below the mean rounded down."""
    return hits <= math.floor(expected)


@compiled
def log_bound(expected: float, hits: int) -> float:
    """Chernoff's upper bound of the log chance of `hits` or more; 0 where it says nothing."""
    if hits <= expected or expected <= 0.0:
        return 0.0
    return hits - expected - hits * math.log(hits / expected)
