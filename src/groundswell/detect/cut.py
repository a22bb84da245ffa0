"""How heavy must a pair be, to be beyond chance at all?

    Shares, window, fdr ──► Cut          a weight of each object, and the least sum of a pair that can be significant

In a long window nearly every two active accounts meet twice, and nearly all of them by chance: at an hour, 10 million
shares would give hundreds of millions of pairs. A pair that met on certain objects has at least the product of their
chances as its p under the timing null. So with minus the logarithm of the chance as weight, what is too light cannot be
significant, and the kernel never puts it out.
"""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from groundswell.detect.chance import meeting_chance
from groundswell.detect.fdr import Trials, trials
from groundswell.detect.histories import Histories, histories
from groundswell.detect.near import NearPairs, near_pairs
from groundswell.detect.pairs import microseconds
from groundswell.detect.product import how_many
from groundswell.detect.prune import Minimum, grouped, pruned
from groundswell.detect.shares import Shares

MOST_ROUNDS = 6
WORTH_ANOTHER_ROUND = 0.5
"""Counting once more costs as much as putting out, so it should halve what is put out."""

HAIR = 1 - 1e-9
"""A hair less than needed is asked for, so that rounding loses no pair."""


@dataclass(frozen=True, eq=False)
class Cut:
    """What a pair must bring to be beyond chance."""

    weight: np.ndarray[Any, np.dtype[np.float64]]
    """One an object: minus the logarithm of the chance that two of its sharers are near."""
    least: float
    """Least sum of the weights of the objects on which a pair met; infinite if none can be beyond chance."""
    n_pairs: int
    """Pairs at least as heavy as the last cut that was counted: an upper bound of those put out."""
    counted: NearPairs
    tried: Trials


def cut_of(
    shares: Shares,
    window: timedelta,
    *,
    fdr: float = 0.01,
    min_objects: int = 2,
    threads: int | None = None,
    kept: Histories | None = None,
) -> Cut:
    """The cut below which no pair has a timing q-value of `fdr` or less.

    Of m pairs that could have been tested, k with q at most `fdr` have p at most fdr x k / m (Benjamini & Hochberg).
    With all of m for k, a first cut follows; it lets K pairs through, and no more than K can be significant, from which
    a second cut follows, and so on. The pairs are counted, never stored.

    Raises
    ------
    ValueError
        `fdr` is not between 0 and 1.
    """
    if not 0 < fdr < 1:
        raise ValueError(f"fdr must lie between 0 and 1, got {fdr}")
    threads = threads or os.cpu_count() or 1
    kept = kept or histories(shares)
    counted = near_pairs(shares, window, kept)
    tried = trials(shares, min_objects=min_objects, threads=threads, kept=kept)
    chance = meeting_chance(counted)
    weight = -np.log(np.where(chance > 0, chance, 1.0))
    least, n_pairs = -math.log(fdr) * HAIR, max(tried.timing, 1)
    window_us, everything = microseconds(window), grouped(shares)
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(MOST_ROUNDS):
            minimum = Minimum(min_objects, weight, least)
            live = pruned(everything, window_us, minimum, pool, threads)
            before, n_pairs = n_pairs, how_many(live, window_us, minimum, pool, threads)
            if n_pairs == 0:
                return Cut(weight, math.inf, 0, counted, tried)
            least = -math.log(fdr * min(n_pairs / tried.timing, 1.0)) * HAIR
            if n_pairs > WORTH_ANOTHER_ROUND * before:
                break
    return Cut(weight, least, n_pairs, counted, tried)
