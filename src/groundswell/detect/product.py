"""Counting meetings: a sparse product of accounts with themselves, in which only near shares multiply.

    Live, windows ──► (a, b, n_objects)          pairs in order, those below the minimum never stored

Gustavson's row-by-row product (1978, doi:10.1145/355791.355796): for one account at a time, walk the windows around
its shares and count the accounts that stand there. Several windows are walked as rings, the narrowest first, so that
each object counts in the narrowest ring in which it is met, and a sum over the rings gives every window's count.

Rows come by object and are walked by account. They are first dealt out to blocks of neighbouring accounts, each block
small enough for the processor's cache, and put by account within a block when its turn comes: dealt out to all accounts
at once, nearly every row would wait for the memory.

A pair is written down at the moment its count reaches the minimum (`product_kernel`). Memory is the rows, an entry a
thread and account, and the answer; no other pair ever exists.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from groundswell.detect.product_kernel import fill, product, renumbered, rows_of
from groundswell.detect.prune import Live, Minimum, parts_of
from groundswell.engine.room import room

# More chunks than threads, so that one with many meetings does not keep the others waiting.
CHUNKS_A_THREAD = 8
# A block of this many rows takes 256 kB, half of what the cache of one core holds; more blocks than this would
# be too many places to write to at a time.
ROWS_A_BLOCK, MOST_BLOCKS = 1 << 14, 1 << 10
BLOCKS_A_SHARD = 4

Chunk = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any], int]


def counted(
    live: Live,
    windows_us: np.ndarray[Any, np.dtype[np.int64]],
    minimum: Minimum,
    pool: ThreadPoolExecutor,
    threads: int,
    shards: int = 1,
) -> Iterator[Chunk]:
    """The pairs (a, b, n_objects) that bring the minimum in the widest window, a < b, sorted; chunk by chunk.

    Parameters
    ----------
    live
        What the pruning for the widest window left.
    windows_us
        Ascending, in microseconds. Weights are for one window only.
    minimum
        What a pair must bring in the widest window.
    pool, threads
        Accounts are dealt out to this many workers.
    shards
        Parts of the accounts whose rows are brought together at a time; each costs another look at every row.

    Returns
    -------
    chunks of a, b (int32), n_objects (pairs x windows, int32), and how many pairs they are

    Notes
    -----
    Time is one step for each two shares of one object within the widest window, of either order.
    """
    yield from _chunks(live, windows_us, minimum, pool, threads, shards, listing=True)


def how_many(live: Live, window_us: int, minimum: Minimum, pool: ThreadPoolExecutor, threads: int) -> int:
    """How many pairs `counted` would list, without listing any."""
    windows_us = np.array([window_us])
    return sum(n for *_, n in _chunks(live, windows_us, minimum, pool, threads, 1, listing=False))


def _chunks(
    live: Live,
    windows_us: np.ndarray[Any, np.dtype[np.int64]],
    minimum: Minimum,
    pool: ThreadPoolExecutor,
    threads: int,
    shards: int,
    *,
    listing: bool,
) -> Iterator[Chunk]:
    """The product in chunks of accounts with about equal work, in order."""
    weight = minimum.weight if minimum.weight.size else None
    present, account = renumbered(live.account, live.n_accounts)
    wanted = max(live.n // ROWS_A_BLOCK, threads * CHUNKS_A_THREAD, shards * BLOCKS_A_SHARD)
    bits = max(0, (len(present) // min(wanted, MOST_BLOCKS)).bit_length() - 1)
    n_blocks = -(-len(present) >> bits)
    parts = list(parts_of(live, threads))
    rows = [(int(live.start[first]), int(live.start[last])) for first, last in parts]
    tallies = list(pool.map(lambda part: rows_of(account, part[0], part[1], bits, n_blocks), rows))
    filled = np.cumsum(np.sum(tallies, axis=0))
    cuts = np.searchsorted(filled, np.linspace(0, live.n, shards + 1)[1:-1], side="right").tolist()
    for lowest, highest in pairwise([0, *cuts, n_blocks]):
        n_rows = np.sum([tally[lowest:highest] for tally in tallies], axis=0)
        block_start = np.concatenate(([0], np.cumsum(n_rows)))
        width = 2 + 2 * len(windows_us)
        visits = room(int(block_start[-1]) * width, np.int32).reshape(-1, width)
        free = block_start[:-1].copy()
        jobs = []
        for part, tally in zip(parts, tallies, strict=True):
            jobs.append((part, free.copy()))
            free += tally[lowest:highest]

        def filled_in(job: Any, visits: Any = visits, lowest: int = lowest) -> Any:
            (first, last), free = job
            return fill(live.start, account, live.time_us, first, last, windows_us, bits, lowest, free, visits)

        widest, works = zip(*pool.map(filled_in, jobs), strict=True)
        work = np.sum(works, axis=0)
        even = np.linspace(0, work.sum(), threads * CHUNKS_A_THREAD + 1)[1:-1]
        edges = [0, *np.searchsorted(np.cumsum(work), even).tolist(), highest - lowest]
        walked = partial(
            product,
            lowest=lowest,
            bits=bits,
            block_start=block_start,
            visits=visits.view(np.uint32),
            thing=live.object,
            account=account,
            n_accounts=len(present),
            widest=max(widest),
            rings=None if len(windows_us) == 1 else len(windows_us),
            min_objects=minimum.objects,
            weight=weight,
            min_weight=minimum.weight_sum,
            listing=listing,
        )

        for a, b, n_objects, n in _in_order(pool, walked, list(pairwise(edges)), threads + 1):
            yield present[a], present[b], n_objects, n


def _in_order(
    pool: ThreadPoolExecutor, walked: Callable[[int, int], Chunk], chunks: list[tuple[int, int]], ahead: int
) -> Iterator[Chunk]:
    """Each chunk's answer in order, few of them waiting at a time: what is not fetched yet fills the memory."""
    waiting: deque[Future[Chunk]] = deque()
    for first, last in chunks:
        waiting.append(pool.submit(walked, first, last))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
