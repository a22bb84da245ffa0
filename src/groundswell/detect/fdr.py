"""False discoveries among links: q-values over all pairs that could have been tested.

    p of the links, number of pairs that could have been tested ──► q

A link is listed because it met; all the pairs that did not are tests as well, with p = 1. Leaving them out would
make every list look significant.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.pairs import LONGEST_US
from groundswell.detect.product import how_many
from groundswell.detect.prune import Live, Minimum, grouped, pruned
from groundswell.detect.shares import Shares

CHEAP = 100_000_000
"""Pairs of shares of one object, over all objects, up to which testable pairs are counted and not bounded: some
three seconds of one core."""


@dataclass(frozen=True, slots=True)
class Trials:
    """How many pairs of accounts could have been tested, under each null."""

    timing: int
    """Pairs that share the minimum of objects at any time: counted, or bounded from above (see `timing_exact`)."""
    selection: int
    """All pairs of accounts that each shared the minimum of objects."""
    timing_exact: bool


def trials(shares: Shares, *, min_objects: int, threads: int, cheap: int = CHEAP) -> Trials:
    """Count the pairs of accounts that could have been links.

    The timing null can only test pairs with `min_objects` objects in common. They are counted by the pair kernel
    without a window, where that is cheap; else they are bounded by the smaller of two numbers: all pairs of accounts
    that have enough objects, and the pairs of shares of one object divided by `min_objects`. A bound makes q larger,
    never smaller.

    Parameters
    ----------
    shares
        All shares of the kind.
    min_objects
        Fewest objects of a link.
    threads
        How many work at once.
    cheap
        Pairs of shares up to which counting is cheap.
    """
    everything = grouped(shares)
    able = int((objects_of(everything) >= min_objects).sum())
    pairs_of_able = able * (able - 1) // 2
    with ThreadPoolExecutor(threads) as pool:
        minimum = Minimum(min_objects)
        live = pruned(everything, LONGEST_US, minimum, pool, threads)
        size = np.diff(live.start)
        pairs_of_shares = int((size * (size - 1) // 2).sum())
        if pairs_of_shares <= cheap:
            return Trials(how_many(live, LONGEST_US, minimum, pool, threads), pairs_of_able, timing_exact=True)
    return Trials(min(pairs_of_able, pairs_of_shares // min_objects), pairs_of_able, timing_exact=False)


def adjusted(p: np.ndarray[Any, Any], tested: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The q-value of each p: the smallest false discovery rate at which it would be reported.

    Parameters
    ----------
    p
        Chances of the pairs that are listed, in any order.
    tested
        Number of pairs that could have been tested, listed ones included; the others have p = 1.

    Returns
    -------
    q, shape of `p`

    Raises
    ------
    ValueError
        `tested` is smaller than the number of pairs listed.

    Notes
    -----
    Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    if tested < len(p):
        raise ValueError(f"{len(p)} pairs are listed, but only {tested} could have been tested")
    order = np.argsort(p, kind="stable")
    scaled = p[order] * tested / np.arange(1, len(p) + 1)
    q = np.empty(len(p), dtype=np.float64)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q


def objects_of(live: Live) -> np.ndarray[Any, np.dtype[np.int32]]:
    """How many distinct objects each account shared, by account number."""
    return np.asarray(_objects_of(live.start, live.account, live.n_accounts))


@compiled
def _objects_of(start: Any, account: Any, n_accounts: int) -> Any:
    seen, objects = np.full(n_accounts, -1, np.int32), np.zeros(n_accounts, np.int32)
    for group in range(start.size - 1):
        for i in range(start[group], start[group + 1]):
            if seen[account[i]] != group:
                seen[account[i]] = group
                objects[account[i]] += 1
    return objects
