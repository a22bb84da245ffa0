"""The bets of the group scan in plain Python, straight from their definition."""

from __future__ import annotations

import math

import numpy as np

from groundswell.detect.bets import SLOPES, STAKES


def binomial_tail(n, p, e):
    return sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(e, n + 1))


def slow_bets(k, hits, pi):
    """The bets as the docstring has them: the mean under S from the differences of S."""
    tails = [1.0] + [min(1.0, k * binomial_tail(k - 1, pi, e)) for e in range(1, k)] + [0.0]
    mass = [tails[e] - tails[e + 1] for e in range(k)]
    bets = []
    for slope in SLOPES.tolist():
        mean = sum(m * math.exp(slope * e) for e, m in enumerate(mass))
        bets += [math.log(1 - stake + stake * math.exp(slope * hits) / mean) for stake in STAKES.tolist()]
    return np.array(bets)
