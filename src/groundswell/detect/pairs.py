"""The pair kernel: which accounts shared how many of the same objects within a window of each other.

Shares, windows ──► Pairs          one row a pair that met on enough objects, one table a window
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.detect.bucketed import pairs_of_numbers
from groundswell.detect.compiled import COMPILES
from groundswell.detect.memory_plan import Plan, planned
from groundswell.detect.prefix import CHEAP, in_common_by_prefix, prefixes
from groundswell.detect.product import counted
from groundswell.detect.prune import Live, Minimum, grouped, pruned
from groundswell.detect.shares import Shares
from groundswell.engine.overflow import Overflow

# Longer than any two times lie apart, and far from overflow when subtracted.
LONGEST_US = 1 << 62


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
    memory: int | None = None,
    spill: Path | None = None,
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
        For each window, a weight of every object number, none below 0, such as minus the log of the chance to meet
        on it.
    min_weight
        A pair is put out only if the weights of the objects on which it met sum to this or more. What is below is
        never stored, so that long windows don't fill the memory with chance pairs.
    threads
        How many work at once. The answer does not depend on it.
    memory
        Bytes that the numbers may take, the shares included (`memory_plan`). Accounts are then counted in as many
        shards as that needs, and pairs that don't fit lie in a file. The answer does not depend on it.
    spill
        Folder of that file, which has no name and is gone with the process; the system's choice by default.

    Returns
    -------
    one `Pairs` for each window, in the order of `windows`

    Raises
    ------
    ValueError
        `min_objects` is below 1, a window is negative, or `weights` does not fit the windows and the objects.

    Notes
    -----
    Shares that can't matter are set aside (`prune`), then near shares are multiplied (`product`); the twin in SQL is
    `bucketed`. Time O(shares + pairs of near shares). Memory about 60 bytes a share, 16 bytes a thread and account,
    12 bytes a pair put out: pairs below the minimum are never stored. The posts behind a pair are in `meetings`.
    """
    if min_objects < 1:
        raise ValueError(f"min_objects must be 1 or more, got {min_objects}")
    if any(window < timedelta(0) for window in windows):
        raise ValueError(f"a window can't be negative, got {min(windows)}")
    if weights is not None and [len(weight) for weight in weights] != [len(shares.object_ids)] * len(windows):
        raise ValueError(f"weights must hold {len(windows)} arrays, each with {len(shares.object_ids)} objects")
    threads = threads or os.cpu_count() or 1
    if not COMPILES and weights is None:
        return tuple(_by_join(shares, window, min_objects) for window in windows)
    sweeps = [[window] for window in windows] if weights is not None else [sorted(set(windows))] if windows else []
    plan = planned(
        shares.n,
        len(shares.account_ids),
        windows=max(map(len, sweeps), default=1),
        weighed=weights is not None,
        threads=threads,
        memory=memory,
    )
    everything = grouped(shares)
    found: dict[int, Pairs] = {}
    with ThreadPoolExecutor(plan.threads) as pool:
        for number, sweep in enumerate(sweeps):
            minimum = Minimum(min_objects)
            if weights is not None:
                minimum = Minimum(min_objects, np.ascontiguousarray(weights[number], dtype=np.float64), min_weight)
            for pairs in _in_one_sweep(everything, sweep, minimum, pool, plan, spill):
                wanted = (
                    [number] if weights is not None else [k for k, one in enumerate(windows) if one == pairs.window]
                )
                found |= dict.fromkeys(wanted, pairs)
    return tuple(found[number] for number in range(len(windows)))


def _by_join(shares: Shares, window: timedelta, min_objects: int) -> Pairs:
    """The same from the database: quicker than the kernel where it can't be compiled."""
    found = pairs_of_numbers(shares, window, min_objects=min_objects)
    columns = (found[name].astype(np.int32) for name in ("account_a", "account_b", "n_objects"))
    return Pairs(window, *columns)


def _in_one_sweep(
    everything: Live,
    windows: Sequence[timedelta],
    minimum: Minimum,
    pool: ThreadPoolExecutor,
    plan: Plan,
    spill: Path | None,
) -> tuple[Pairs, ...]:
    """The pairs of each window, ascending, from one walk through the widest."""
    windows_us = np.array([microseconds(window) for window in windows], dtype=np.int64)
    live = pruned(everything, int(windows_us[-1]), minimum, pool, plan.threads)
    room = None if plan.pairs_bytes is None else plan.pairs_bytes // len(windows)
    tables = [Overflow(3, most_bytes=room, folder=spill) for _ in windows]
    if len(windows) == 1 and not minimum.weight.size and _is_endless(live, windows_us):
        meetings = int((np.diff(live.start) ** 2).sum())
        if meetings > CHEAP and (index := prefixes(live, minimum.objects)).steps < meetings:
            for part in in_common_by_prefix(index, pool, plan.threads):
                tables[0].add(part)
            return (Pairs(windows[0], *tables[0].columns()),)
    for a, b, n_objects, _ in counted(live, windows_us, minimum, pool, plan.threads, plan.shards):
        for number, table in enumerate(tables[:-1]):
            met = n_objects[:, number] >= minimum.objects
            table.add((a[met], b[met], n_objects[met, number]))
        tables[-1].add((a, b, n_objects[:, -1]))
    return tuple(Pairs(window, *table.columns()) for window, table in zip(windows, tables, strict=True))


def _is_endless(live: Live, windows_us: np.ndarray[Any, np.dtype[np.int64]]) -> bool:
    """Whether any two shares of an object are near."""
    longest = live.time_us[live.start[1:] - 1] - live.time_us[live.start[:-1]]
    return bool((longest <= windows_us[-1]).all())


def microseconds(window: timedelta) -> int:
    """The window in whole microseconds, cut to what can be subtracted from a time without overflow."""
    return min(window // timedelta(microseconds=1), LONGEST_US)
