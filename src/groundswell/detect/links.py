"""Links: every pair that met often enough, in every window, with what chance expects.

    Shares, windows ──► links          one row a pair and window, significant or not

This module counts and compares with chance; it does not judge. Whether accounts act together is decided about groups,
and a link outside every group is no finding.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from groundswell.detect.chance import meeting_chance, timing
from groundswell.detect.cut import cut_of
from groundswell.detect.fdr import Trials, adjusted, trials
from groundswell.detect.histories import Histories, histories, in_common, most_in_common
from groundswell.detect.near import NearPairs, near_pairs
from groundswell.detect.pairs import Pairs, microseconds, pairs_within
from groundswell.detect.selection import selection
from groundswell.detect.shares import Shares
from groundswell.model.link import LINKS
from groundswell.model.table import Columns, text_column

CHUNK = 1 << 20
"""Rows of objects in common that a thread holds at a time: 28 MB, and enough work to keep it busy."""


def links(
    shares: Shares,
    windows: Sequence[timedelta],
    *,
    min_objects: int = 2,
    threads: int | None = None,
    memory: int | None = None,
) -> Columns:
    """Every pair of accounts that shared `min_objects` objects or more within a window, with two nulls beside it.

    Parameters
    ----------
    shares
        All shares of one kind. Every share counts, repeated ones too.
    windows
        Longest times between two shares that still count, ends included. Each is a list of links of its own: q-values
        are taken within a window, so that asking for one more changes no other.
    min_objects
        Fewest distinct objects.
    threads
        How many work at once; all cores by default. The answer does not depend on it.
    memory
        Bytes that counting the pairs may take (`memory_plan`); the table of links comes on top.

    Returns
    -------
    the columns of ``LINKS``, sorted by window, then the two accounts
        ``n_objects`` met on and ``n_shared`` in common at any time; ``expected`` meetings under the timing null;
        ``p`` and ``q`` under the timing null (`chance`) and the selection null (`selection`); ``first_time`` and
        ``last_time``, the earliest and latest post of its meetings, the two closest posts standing for an object.

    Notes
    -----
    Time: the pair kernel, and for each link a merge of the two accounts' shares.
    """
    tables = [
        _named(shares, pairs, figures) for pairs, figures in linked(shares, windows, min_objects, threads, memory)
    ]
    if not tables:
        return LINKS.empty()
    return {name: np.concatenate([table[name] for table in tables]) for name in LINKS.columns}


def links_beyond_chance(
    shares: Shares, window: timedelta, *, fdr: float = 0.01, min_objects: int = 2, threads: int | None = None
) -> Columns:
    """Only the links whose timing q-value is `fdr` or less, without putting out the others first.

    For windows in which nearly all accounts meet: an hour on 10 million shares. Rows and figures are those that `links`
    gives for them, but for ``q_selection``, which is unknown (NaN): it would need the other links.

    Notes
    -----
    `cut` says which pairs are put out. Time: the pair kernel, a few times.
    """
    threads = threads or os.cpu_count() or 1
    kept = histories(shares)
    cut = cut_of(shares, window, fdr=fdr, min_objects=min_objects, threads=threads, kept=kept)
    if not math.isfinite(cut.least):
        return LINKS.empty()
    (pairs,) = pairs_within(
        shares, [window], min_objects=min_objects, weights=[cut.weight], min_weight=cut.least, threads=threads
    )
    table = _named(shares, pairs, _figures(shares, kept, pairs, cut.tried, threads, cut.counted))
    table["q_selection"] = np.full(len(pairs.a), np.nan)
    significant = table["q_timing"] <= fdr
    return {name: column[significant] for name, column in table.items()}


def linked(
    shares: Shares,
    windows: Sequence[timedelta],
    min_objects: int,
    threads: int | None = None,
    memory: int | None = None,
) -> Iterator[tuple[Pairs, Columns]]:
    """The links of one window after the other, shortest first: the pairs as numbers, and their other columns.

    For those who look at few of many links: two million of them cost seconds in names alone.
    """
    threads = threads or os.cpu_count() or 1
    kept = histories(shares)
    tried = trials(shares, min_objects=min_objects, threads=threads, kept=kept)
    for window in sorted(set(windows)):
        (pairs,) = pairs_within(shares, [window], min_objects=min_objects, threads=threads, memory=memory)
        yield pairs, _figures(shares, kept, pairs, tried, threads, near_pairs(shares, window, kept))


def _named(shares: Shares, pairs: Pairs, figures: Columns) -> Columns:
    n = len(pairs.a)
    return {
        "account_a": shares.account_ids[pairs.a],
        "account_b": shares.account_ids[pairs.b],
        "kind": text_column([shares.kind] * n),
        "window_s": np.full(n, pairs.window / timedelta(seconds=1)),
        **figures,
    }


def _figures(shares: Shares, kept: Histories, pairs: Pairs, tried: Trials, threads: int, counted: NearPairs) -> Columns:
    n_shared, expected, p_timing, first, last = compared(shares, kept, pairs, meeting_chance(counted), threads)
    p_selection = selection(shares, counted, pairs, kept)
    return {
        "n_objects": pairs.n_objects.astype(np.int64),
        "n_shared": n_shared,
        "expected": expected,
        "p_timing": p_timing,
        "p_selection": p_selection,
        "q_timing": adjusted(p_timing, tried.timing),
        "q_selection": adjusted(p_selection, tried.selection),
        "first_time": first.view("datetime64[us]"),
        "last_time": last.view("datetime64[us]"),
    }


def compared(
    shares: Shares, kept: Histories, pairs: Pairs, near: np.ndarray[Any, Any], threads: int
) -> list[np.ndarray[Any, Any]]:
    """Objects in common, expected meetings, chance of so many, first and last time, of each pair."""
    window_us = microseconds(pairs.window)

    def compare(chunk: tuple[int, int]) -> tuple[np.ndarray[Any, Any], ...]:
        part = slice(*chunk)
        common = in_common(shares, kept, pairs.a[part], pairs.b[part])
        expected, p = timing(common, near, pairs.n_objects[part])
        time_a, time_b = shares.time_us[common.row_a], shares.time_us[common.row_b]
        met = np.abs(time_b - time_a) <= window_us
        # Each pair met at least once, so every stretch between these starts holds its meetings and nothing else.
        begin = np.concatenate(([0], np.cumsum(pairs.n_objects[part])[:-1]))
        first = np.minimum.reduceat(np.minimum(time_a, time_b)[met], begin)
        last = np.maximum.reduceat(np.maximum(time_a, time_b)[met], begin)
        return np.diff(common.start), expected, p, first, last

    chunks = _chunks(most_in_common(kept, pairs.a, pairs.b))
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(compare, chunks))
    if not parts:
        return [np.empty(0, dtype) for dtype in (np.int64, np.float64, np.float64, np.int64, np.int64)]
    return [np.concatenate(column) for column in zip(*parts, strict=True)]


def _chunks(room: np.ndarray[Any, Any]) -> list[tuple[int, int]]:
    """Cut the pairs into runs that need about `CHUNK` rows, each at least one pair long."""
    if not len(room):
        return []
    filled = np.cumsum(room)
    cuts = np.searchsorted(filled, np.arange(CHUNK, int(filled[-1]), CHUNK))
    return list(pairwise(np.unique([0, *cuts.tolist(), len(room)]).tolist()))
