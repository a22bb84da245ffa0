"""The arithmetic of `product`: one account's windows are walked, and those who stand there are counted.

    a's windows ──► later accounts, one after another ──► those met often enough by a glance ──► counted

The counts lie in one dense array a thread. Each entry carries a stamp, the number of the (account, object) under way,
so that an object counts once however often either repeats it, and so that nothing is ever cleared.

That array is larger than the processor's cache, and of a thousand meetings in a short window hardly three are of a pair
that meets again. So those an account meets are first thrown together in slots that do fit the cache. Who stands in a
slot that too few were thrown into can't have been met often enough, and is not counted. Which slots several share
costs time and never changes the answer.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled, prefetch

FIRST_ROOM = 1 << 12
LOW_HALF = (1 << 32) - 1
AHEAD = 8
"""Windows are asked for so many before their turn: each begins somewhere else in the memory."""
LINE = np.uint64(16)
"""Accounts that the memory hands over at once."""
AT_ONCE = 1 << 16
"""Meetings and shares of one account that are put down together; an account with more is counted without slots."""
FEWEST_SLOTS, SLOTS_A_MEETING = 1 << 15, 8
"""A slot is a byte, so the fewest fill the nearest cache."""
PATIENCE = 1 << 16
"""Once the slots rule out less than three meetings in four, after so many, they are left out: they no longer pay."""


@compiled
def renumbered(account: Any, n_accounts: int) -> Any:
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
def rows_of(account: Any, first: int, last: int, bits: int, n_blocks: int) -> Any:
    """How many of the rows `first` to `last` each block of accounts has."""
    tally = np.zeros(n_blocks, np.int64)
    for i in range(first, last):
        tally[account[i] >> np.uint32(bits)] += 1
    return tally


@compiled
def fill(
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
def product(
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
    later = np.empty(max(widest, AT_ONCE), np.uint32)
    later_end = np.empty(AT_ONCE, np.uint64)
    slots = np.zeros(max(FEWEST_SLOTS, SLOTS_A_MEETING * AT_ONCE), np.uint8)
    n_seen: Any = 0
    n_doubtful: Any = 0
    out_a, out_b = np.empty(FIRST_ROOM, np.int32), np.empty(FIRST_ROOM, np.int32)
    out_n = np.empty((FIRST_ROOM, n_windows), np.int32)
    largest = 0
    for block in range(first, last):
        largest = max(largest, block_start[block + 1] - block_start[block])
    order, account_end = np.empty(largest, np.uint32), np.empty(1 << bits, np.int64)
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
        nth = begin
        if rings is None:
            while nth < end:
                after = _walk(visits, order, nth, end, account, a, later, later_end)
                mask, least = np.uint32(0), 0
                slotted = after - nth == end - begin and 4 * n_doubtful <= n_seen + PATIENCE and min_objects > 1
                n_later = later_end[after - 1 - nth]
                if slotted:
                    mask, least = _mask(np.int64(n_later)), (1 << min(min_objects, 8)) - 1
                    doubtful = _throw(later, n_later, slots, mask, least)
                    n_seen += np.int64(n_later)
                    n_doubtful += doubtful
                    if doubtful == 0:
                        _clear(later, n_later, slots, mask)
                        break
                row = np.uint64(0)
                for visit in range(nth, after):
                    group = visits[order[visit], 1]
                    if group != under_way:
                        under_way = group
                        stamp += 1
                        if weight is not None:
                            heavier = weight[thing[under_way]]
                    while row < later_end[visit - nth]:
                        b = later[row]
                        row += np.uint64(1)
                        if slots[b & mask] < least:
                            continue
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
                if slotted:
                    _clear(later, n_later, slots, mask)
                nth = after
        else:
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
def _walk(visits: Any, order: Any, first: int, last: int, account: Any, a: int, later: Any, later_end: Any) -> int:
    """The accounts after `a` in the windows of the visits `first` to `last`; the first visit without room.

    They go to `later` one after another; `later_end` is where those of each visit end.

    Which accounts come after a is a coin toss, and a mispredicted branch costs more than a needless copy.
    """
    own, n = np.uint32(a), np.uint64(0)
    for nth in range(first, last):
        visit, coming = order[nth], order[min(nth + AHEAD, last - 1)]
        low, high = np.uint64(visits[visit, 2]), np.uint64(visits[visit, 3])
        if nth > first and (n + high - low > later.size or nth - first == later_end.size):
            return nth
        prefetch(account, np.uint64(visits[coming, 2]))
        prefetch(account, np.uint64(visits[coming, 2]) + LINE)
        for row in range(low, high):
            later[n] = account[row]
            n += np.uint64(account[row] > own)
        later_end[nth - first] = n
    return last


@compiled
def _mask(n: Any) -> Any:
    """One less than the number of slots for so many meetings."""
    n_slots = FEWEST_SLOTS
    while n_slots < SLOTS_A_MEETING * n:
        n_slots *= 2
    return np.uint32(n_slots - 1)


@compiled
def _throw(later: Any, n: Any, slots: Any, mask: Any, least: int) -> Any:
    """Throw each meeting into the slot of its account; how many fell into one that has enough.

    A slot with m meetings has the lowest m of its eight bits set.
    """
    full: Any = 0
    for at in range(n):
        slot = later[at] & mask
        filled = np.uint8(slots[slot] << 1 | 1)
        slots[slot] = filled
        full += filled >= least
    return full


@compiled
def _clear(later: Any, n: Any, slots: Any, mask: Any) -> None:
    for at in range(n):
        slots[later[at] & mask] = 0


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
