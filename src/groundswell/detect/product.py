"""Counting meetings: a sparse product of accounts with themselves, in which only near shares multiply.

    Live, window ──► (a, b, n_objects)          pairs in order, those below the minimum never stored

Gustavson's row-by-row product (1978, doi:10.1145/355791.355796): for one account at a time, walk the windows around
its shares and count the accounts that stand there. The counts lie in one dense array a thread. Each entry carries
a stamp, the number of the (account, object) under way, so that an object counts once however often either
repeats it, and so that nothing is ever cleared. A pair is written down at the moment its count reaches the
minimum. Memory is the rows, an entry a thread and account, and the answer; no other pair ever exists.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.prune import Live, Minimum

# More chunks than threads, so that one with many meetings does not keep the others waiting.
CHUNKS_A_THREAD = 8
FIRST_ROOM = 1 << 12
LOW_HALF = (1 << 32) - 1


def counted(
    live: Live, window_us: int, minimum: Minimum, pool: ThreadPoolExecutor, threads: int
) -> tuple[np.ndarray[Any, np.dtype[np.int32]], ...]:
    """The pairs (a, b, n_objects) that bring the minimum, a < b, sorted.

    Time is one step for each two shares of one object within the window, of either order.
    """
    present, parts = _parts(live, window_us, minimum, pool, threads, listing=True)
    a, b, n_objects = (np.concatenate(column) for column in list(zip(*parts, strict=True))[:3])
    return present[a], present[b], n_objects


def how_many(live: Live, window_us: int, minimum: Minimum, pool: ThreadPoolExecutor, threads: int) -> int:
    """How many pairs `counted` would list, without listing any."""
    _, parts = _parts(live, window_us, minimum, pool, threads, listing=False)
    return sum(n for _, _, _, n in parts)


def _parts(
    live: Live, window_us: int, minimum: Minimum, pool: ThreadPoolExecutor, threads: int, *, listing: bool
) -> tuple[np.ndarray[Any, np.dtype[np.int32]], list[Any]]:
    """The product in chunks of accounts with about equal work, in order; and the accounts that its numbers mean."""
    present, account = _renumbered(live.account, live.n_accounts)
    account_start, visits, work, widest = _visits(
        live.start, live.object, account, live.time_us, window_us, len(present)
    )
    cuts = np.linspace(0, work.sum(), threads * CHUNKS_A_THREAD + 1)[1:-1]
    edges = [0, *np.searchsorted(np.cumsum(work), cuts).tolist(), len(present)]

    seen = (account_start, visits, account, len(present), widest)

    def product(chunk: tuple[int, int]) -> Any:
        return _product(*chunk, *seen, minimum.objects, minimum.weight, minimum.weight_sum, listing)

    return present, list(pool.map(product, pairwise(edges)))


@compiled
def _renumbered(account: Any, n_accounts: int) -> Any:
    """The accounts that are present, ascending, and each row's place among them: dense numbers share cache lines."""
    place = np.zeros(n_accounts, np.int32)
    for i in range(account.size):
        place[account[i]] = 1
    present = np.empty(place.sum(), np.int32)
    n = 0
    for number in range(n_accounts):
        if place[number]:
            present[n], place[number] = number, n
            n += 1
    row = np.empty(account.size, np.int32)
    for i in range(account.size):
        row[i] = place[account[i]]
    return present, row


@compiled
def _visits(start: Any, thing: Any, account: Any, time: Any, window: int, n_accounts: int) -> Any:
    """Rows by account instead of by object: (first row in its window, row after the last, object) of each.

    With where each account's rows start, how many rows its windows hold, and how many the widest window holds.
    """
    account_start = np.zeros(n_accounts + 1, np.int64)
    for i in range(account.size):
        account_start[account[i] + 1] += 1
    for number in range(n_accounts):
        account_start[number + 1] += account_start[number]
    free = account_start[:-1].copy()
    visits = np.empty((account.size, 3), np.int32)
    work = np.zeros(n_accounts, np.int64)
    widest = 0
    for group in range(thing.size):
        low = high = start[group]
        for i in range(start[group], start[group + 1]):
            while time[i] - time[low] > window:
                low += 1
            while high < start[group + 1] and time[high] - time[i] <= window:
                high += 1
            slot = free[account[i]]
            free[account[i]] = slot + 1
            visits[slot, 0], visits[slot, 1], visits[slot, 2] = low, high, thing[group]
            work[account[i]] += high - low
            widest = max(widest, high - low)
    return account_start, visits, work, widest


@compiled
def _product(
    first: int,
    last: int,
    account_start: Any,
    visits: Any,
    account: Any,
    n_accounts: int,
    widest: int,
    min_objects: int,
    weight: Any,
    min_weight: float,
    listing: bool,
) -> Any:
    """The pairs whose first account lies from `first` to `last`, and how many they are.

    An entry of `count` is stamp << 32 | objects.
    """
    count = np.zeros(n_accounts, np.int64)
    load = np.zeros(n_accounts if weight.size else 0, np.float64)
    enough = np.empty(n_accounts, np.int64)
    later = np.empty(widest, np.int32)
    out_a, out_b, out_n = np.empty(FIRST_ROOM, np.int32), np.empty(FIRST_ROOM, np.int32), np.empty(FIRST_ROOM, np.int32)
    n, stamp = 0, 0
    for a in range(first, last):
        if account_start[a + 1] - account_start[a] < min_objects:
            continue
        opened = stamp + 1
        under_way = -1
        met = 0
        for visit in range(account_start[a], account_start[a + 1]):
            thing = visits[visit, 2]
            if thing != under_way:
                stamp += 1
                under_way = thing
            # Which accounts come after a is a coin toss, and a mispredicted branch costs more than a needless copy.
            n_later = 0
            for row in range(visits[visit, 0], visits[visit, 1]):
                later[n_later] = account[row]
                n_later += account[row] > a
            for k in range(n_later):
                b = later[k]
                entry = count[b]
                stamped = entry >> 32
                if stamped == stamp:
                    continue
                objects = 1 if stamped < opened else (entry & LOW_HALF) + 1
                count[b] = stamp << 32 | objects
                if weight.size:
                    load[b] = weight[thing] if objects == 1 else load[b] + weight[thing]
                if objects == min_objects:
                    enough[met] = b
                    met += 1
        if weight.size:
            light, met = met, 0
            for k in range(light):
                if load[enough[k]] >= min_weight:
                    enough[met] = enough[k]
                    met += 1
        if not listing:
            n += met
            continue
        if n + met > out_a.size:
            room = max(2 * out_a.size, n + met)
            out_a, out_b, out_n = _grown(out_a, n, room), _grown(out_b, n, room), _grown(out_n, n, room)
        enough[:met].sort()
        for k in range(met):
            out_a[n], out_b[n], out_n[n] = a, enough[k], count[enough[k]] & LOW_HALF
            n += 1
    listed = n if listing else 0
    return out_a[:listed], out_b[:listed], out_n[:listed], n


@compiled
def _grown(column: Any, n: int, room: int) -> Any:
    larger = np.empty(room, column.dtype)
    for i in range(n):  # a slice would say it shorter and compile for three seconds
        larger[i] = column[i]
    return larger
