"""Counting meetings: a sparse product of accounts with themselves, in which only near shares multiply.

    Live, windows ──► (a, b, n_objects)          pairs in order, those below the minimum never stored

Gustavson's row-by-row product (1978, doi:10.1145/355791.355796): for one account at a time, walk the windows around
its shares and count the accounts that stand there. Several windows are walked as rings, the narrowest first, so that
each object counts in the narrowest ring in which it is met, and a sum over the rings gives every window's count.

Rows come by object and are walked by account. They are first dealt out to blocks of neighbouring accounts, each block
small enough for the processor's cache, and put by account within a block when its turn comes: dealt out to all accounts
at once, nearly every row would wait for the memory.

The counts lie in one dense array a thread. Each entry carries a stamp, the number of the (account, object) under way,
so that an object counts once however often either repeats it, and so that nothing is ever cleared. A pair is written
down at the moment its count reaches the minimum. Memory is the rows, an entry a thread and account, and the answer; no
other pair ever exists.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.prune import Live, Minimum, parts_of

# More chunks than threads, so that one with many meetings does not keep the others waiting.
CHUNKS_A_THREAD = 8
# A block of this many rows takes 256 kB, half of what the cache of one core holds; more blocks than this would
# be too many places to write to at a time.
ROWS_A_BLOCK, MOST_BLOCKS = 1 << 14, 1 << 10
BLOCKS_A_SHARD = 4
FIRST_ROOM = 1 << 12
LOW_HALF = (1 << 32) - 1

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
    present, account = _renumbered(live.account, live.n_accounts)
    wanted = max(live.n // ROWS_A_BLOCK, threads * CHUNKS_A_THREAD, shards * BLOCKS_A_SHARD)
    bits = max(0, (len(present) // min(wanted, MOST_BLOCKS)).bit_length() - 1)
    n_blocks = -(-len(present) >> bits)
    parts = list(parts_of(live, threads))
    rows = [(int(live.start[first]), int(live.start[last])) for first, last in parts]
    tallies = list(pool.map(lambda part: _rows_of(account, part[0], part[1], bits, n_blocks), rows))
    filled = np.cumsum(np.sum(tallies, axis=0))
    cuts = np.searchsorted(filled, np.linspace(0, live.n, shards + 1)[1:-1], side="right").tolist()
    for lowest, highest in pairwise([0, *cuts, n_blocks]):
        n_rows = np.sum([tally[lowest:highest] for tally in tallies], axis=0)
        block_start = np.concatenate(([0], np.cumsum(n_rows)))
        visits = np.empty((int(block_start[-1]), 2 + 2 * len(windows_us)), np.int32)
        free = block_start[:-1].copy()
        jobs = []
        for part, tally in zip(parts, tallies, strict=True):
            jobs.append((part, free.copy()))
            free += tally[lowest:highest]

        def fill(job: Any, visits: Any = visits, lowest: int = lowest) -> Any:
            (first, last), free = job
            return _fill(live.start, account, live.time_us, first, last, windows_us, bits, lowest, free, visits)

        widest, works = zip(*pool.map(fill, jobs), strict=True)
        work = np.sum(works, axis=0)
        even = np.linspace(0, work.sum(), threads * CHUNKS_A_THREAD + 1)[1:-1]
        edges = [0, *np.searchsorted(np.cumsum(work), even).tolist(), highest - lowest]
        walked = partial(
            _product,
            lowest=lowest,
            bits=bits,
            block_start=block_start,
            visits=visits,
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


@compiled
def _renumbered(account: Any, n_accounts: int) -> Any:
    """The accounts that are present, ascending, and each row's place among them: dense numbers share cache lines.

    Places have no sign, because an index that might be negative is looked at twice: the product takes half as long.
    """
    place = np.zeros(n_accounts, np.uint32)
    for i in range(account.size):
        place[account[i]] = 1
    present = np.empty(place.sum(), np.int32)
    n = 0
    for number in range(n_accounts):
        if place[number]:
            present[n], place[number] = number, n
            n += 1
    row = np.empty(account.size, np.uint32)
    for i in range(account.size):
        row[i] = place[account[i]]
    return present, row


@compiled
def _rows_of(account: Any, first: int, last: int, bits: int, n_blocks: int) -> Any:
    """How many of the rows `first` to `last` each block of accounts has."""
    tally = np.zeros(n_blocks, np.int64)
    for i in range(first, last):
        tally[account[i] >> np.uint32(bits)] += 1
    return tally


@compiled
def _fill(
    start: Any, account: Any, time: Any, first: int, last: int, windows: Any, bits: int, lowest: int, free: Any,
    visits: Any,
) -> Any:  # fmt: skip
    """Put rows by block of accounts, those of the blocks from `lowest` on that have a place in `free`.

    A visit is (account, group, first row in the narrowest window, row after its last, the same of the next window, …).
    `free` is where the next row of each block goes. Tells how many rows the widest window has, and all of each block.
    """
    n_windows = windows.size
    low, high = np.empty(n_windows, np.int64), np.empty(n_windows, np.int64)
    work = np.zeros(free.size, np.int64)
    widest = 0
    for group in range(first, last):
        for k in range(n_windows):
            low[k] = high[k] = start[group]
        for i in range(start[group], start[group + 1]):
            for k in range(n_windows):
                while time[i] - time[low[k]] > windows[k]:
                    low[k] += 1
                while high[k] < start[group + 1] and time[high[k]] - time[i] <= windows[k]:
                    high[k] += 1
            block = np.int64(account[i] >> np.uint32(bits)) - lowest
            if block < 0 or block >= free.size:
                continue
            slot = free[block]
            free[block] = slot + 1
            visits[slot, 0], visits[slot, 1] = account[i], group
            for k in range(n_windows):
                visits[slot, 2 + 2 * k], visits[slot, 3 + 2 * k] = low[k], high[k]
            n_rows = high[n_windows - 1] - low[n_windows - 1]
            work[block] += n_rows
            widest = max(widest, n_rows)
    return widest, work


@compiled
def _product(
    first: int, last: int, lowest: int, bits: int, block_start: Any, visits: Any, thing: Any, account: Any,
    n_accounts: int, widest: int, rings: Any, min_objects: int, weight: Any, min_weight: float, listing: bool,
) -> Any:  # fmt: skip
    """The pairs whose first account lies in the blocks `first` to `last` after `lowest`, and how many they are.

    An entry of `count` is stamp << 32 | objects.
    """
    n_windows = 1 if rings is None else rings
    count = np.zeros(n_accounts, np.int64)
    ring: Any = None if rings is None else np.zeros((n_accounts, n_windows), np.int32)
    load: Any = None if weight is None else np.zeros(n_accounts, np.float64)
    enough = np.empty(n_accounts, np.int64)
    later = np.empty(widest, np.uint32)
    out_a, out_b = np.empty(FIRST_ROOM, np.int32), np.empty(FIRST_ROOM, np.int32)
    out_n = np.empty((FIRST_ROOM, n_windows), np.int32)
    largest = 0
    for block in range(first, last):
        largest = max(largest, block_start[block + 1] - block_start[block])
    order, account_end = np.empty(largest, np.int32), np.empty(1 << bits, np.int64)
    n, stamp, begin, end = 0, 0, 0, 0
    for a in range((lowest + first) << bits, min((lowest + last) << bits, n_accounts)):
        at = a & ((1 << bits) - 1)
        if at == 0:
            block = (a >> bits) - lowest
            _put_by_account(visits, block_start[block], block_start[block + 1], a, order, account_end)
            end = 0
        begin, end = end, account_end[at]
        if end - begin < min_objects:
            continue
        opened = stamp + 1
        met, under_way, heavier = 0, -1, 0.0
        if rings is None:
            for nth in range(begin, end):
                visit = order[nth]
                if visits[visit, 1] != under_way:
                    under_way = visits[visit, 1]
                    stamp += 1
                    if weight is not None:
                        heavier = weight[thing[under_way]]
                # Which accounts come after a is a coin toss, and a mispredicted branch costs more than a needless copy.
                n_later = 0
                for row in range(visits[visit, 2], visits[visit, 3]):
                    later[n_later] = account[row]
                    n_later += account[row] > a
                for at in range(n_later):
                    b = later[at]
                    entry = count[b]
                    stamped = entry >> 32
                    if stamped == stamp:
                        continue
                    objects = 1 if stamped < opened else (entry & LOW_HALF) + 1
                    count[b] = stamp << 32 | objects
                    if load is not None:
                        load[b] = heavier if objects == 1 else load[b] + heavier
                    if objects == min_objects:
                        enough[met] = b
                        met += 1
        else:
            nth = begin
            while nth < end:
                after = nth + 1
                while after < end and visits[order[after], 1] == visits[order[nth], 1]:
                    after += 1
                stamp += 1
                for k in range(n_windows):
                    for here in order[nth:after]:
                        met = _meet_in_ring(
                            visits[here], k, account, a, later, stamp, opened, count, ring, min_objects, enough, met
                        )
                nth = after
        if weight is not None:
            light, met = met, 0
            for at in range(light):
                if load[enough[at]] >= min_weight:
                    enough[met] = enough[at]
                    met += 1
        if not listing:
            n += met
            continue
        if n + met > out_a.size:
            room = max(2 * out_a.size, n + met)
            out_a, out_b = _grown(out_a, n, room), _grown(out_b, n, room)
            wider = np.empty((room, n_windows), np.int32)
            for at in range(n):
                for k in range(n_windows):
                    wider[at, k] = out_n[at, k]
            out_n = wider
        if met > 1:
            enough[:met].sort()
        for at in range(met):
            b = enough[at]
            out_a[n], out_b[n] = a, b
            if rings is None:
                out_n[n, 0] = count[b] & LOW_HALF
            else:
                objects = 0
                for k in range(n_windows):
                    objects += ring[b, k]
                    out_n[n, k] = objects
            n += 1
    listed = n if listing else 0
    return out_a[:listed], out_b[:listed], out_n[:listed], n


@compiled
def _put_by_account(visits: Any, begin: int, end: int, lowest: int, order: Any, account_end: Any) -> None:
    """Number the visits of a block by account, from `lowest` on; `account_end` is where those of each end."""
    account_end[:] = 0
    for visit in range(begin, end):
        account_end[visits[visit, 0] - lowest] += 1
    total = 0
    for at in range(account_end.size):
        total, account_end[at] = total + account_end[at], total
    for visit in range(begin, end):
        at = visits[visit, 0] - lowest
        order[account_end[at]] = visit
        account_end[at] += 1


@compiled
def _meet_in_ring(
    visit: Any, k: int, account: Any, a: int, later: Any, stamp: int, opened: int, count: Any, ring: Any,
    min_objects: int, enough: Any, met: int,
) -> int:  # fmt: skip
    """Count the object under way for accounts after `a` in the k-th ring; those who reach the minimum join the `met`.

    The rows of a ring lie on both sides of the narrower window; the first ring is a window.
    """
    n_later = 0
    for side in range(2 if k else 1):
        low = visit[1 + 2 * k] if side else visit[2 + 2 * k]
        high = visit[2 * k] if k and not side else visit[3 + 2 * k]
        for row in range(low, high):
            later[n_later] = account[row]
            n_later += account[row] > a
    for at in range(n_later):
        b = later[at]
        entry = count[b]
        stamped = entry >> 32
        if stamped == stamp:
            continue
        objects = 1 if stamped < opened else (entry & LOW_HALF) + 1
        count[b] = stamp << 32 | objects
        if objects == 1:
            for each in range(ring.shape[1]):
                ring[b, each] = 0
        ring[b, k] += 1
        if objects == min_objects:
            enough[met] = b
            met += 1
    return met


@compiled
def _grown(column: Any, n: int, room: int) -> Any:
    larger = np.empty(room, column.dtype)
    for i in range(n):  # a slice would say it shorter and compile for three seconds
        larger[i] = column[i]
    return larger
