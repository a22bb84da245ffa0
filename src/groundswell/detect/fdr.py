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
from groundswell.detect.histories import Histories, histories
from groundswell.detect.pairs import LONGEST_US
from groundswell.detect.product import how_many
from groundswell.detect.prune import WORTH_ANOTHER_ROUND, Live, Minimum, grouped, pruned
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


def trials(
    shares: Shares, *, min_objects: int, threads: int, cheap: int = CHEAP, kept: Histories | None = None
) -> Trials:
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
    kept
        The `histories` of the shares, if they are there already.
    """
    kept = kept or histories(shares)
    everything = grouped(shares)
    able, pairs_of_shares = _testable(everything, kept, min_objects)
    pairs_of_able = able * (able - 1) // 2
    if pairs_of_shares is None or pairs_of_shares <= cheap:
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


def _testable(everything: Live, kept: Histories, min_objects: int) -> tuple[int, int | None]:
    """Accounts that have enough objects; and pairs of shares of one object that pruning leaves at any distance.

    The latter only if pruning would stop after its first round, as it does on all but small logs: then it is known
    without moving a share. Else None.
    """
    crowded = np.asarray(_crowded(everything.start, everything.account))
    size = np.diff(everything.start) * crowded
    place = np.zeros(int(everything.object[-1]) + 1 if len(everything.object) else 0, np.int32)
    place[everything.object] = np.arange(len(everything.object))
    able = int(_able(kept.start, kept.object, place, crowded, size, min_objects))
    settled = int(size.sum()) > (1 - WORTH_ANOTHER_ROUND) * everything.n
    return able, int((size * (size - 1) // 2).sum()) if settled else None


@compiled
def _crowded(start: Any, account: Any) -> Any:
    """Which groups have shares by more than one account."""
    crowded = np.zeros(start.size - 1, np.bool_)
    for group in range(crowded.size):
        i = start[group] + 1
        while i < start[group + 1] and account[i] == account[i - 1]:
            i += 1
        crowded[group] = i < start[group + 1]
    return crowded


@compiled
def _able(start: Any, thing: Any, place: Any, crowded: Any, size: Any, min_objects: int) -> int:
    """How many accounts have enough objects; takes the shares of those with too few crowded ones off `size`."""
    able = 0
    for account in range(start.size - 1):
        objects = met = 0
        for i in range(start[account], start[account + 1]):
            if i == start[account] or thing[i] != thing[i - 1]:
                objects += 1
                met += crowded[place[thing[i]]]
        able += objects >= min_objects
        if met < min_objects:
            for i in range(start[account], start[account + 1]):
                size[place[thing[i]]] -= crowded[place[thing[i]]]
    return able
