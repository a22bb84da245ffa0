"""Shares that can't take part in any link, set aside before the counting starts.

    Shares, window ──► Live          the shares that may still matter, grouped by object

A share with no share by another account within the window meets nobody. An account whose remaining shares touch
fewer objects than a link needs has no link. Dropping one can strand another, so the two rules take turns. What
is dropped changes no count: the pruning is exact. On a log of 10 million shares and a window of 60 s it leaves
four in ten.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled, prefetch
from groundswell.detect.shares import Shares
from groundswell.engine.room import room

# Another round costs as much as it can save once it drops less than this part of the shares.
WORTH_ANOTHER_ROUND = 0.03
MOST_ROUNDS = 6
LOW_HALF = (1 << 32) - 1
AHEAD = 16
"""Accounts are asked for so many rows before their turn: each stands somewhere else in the memory."""
# Weights are added in another order here than in the product; nobody may drop out by the last digit.
ROUNDING = 1 - 1e-9


NO_WEIGHT = np.empty(0, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Minimum:
    """What a pair must bring to be put out."""

    objects: int
    """Fewest distinct objects on which it met."""
    weight: np.ndarray[Any, np.dtype[np.float64]] = field(default_factory=lambda: NO_WEIGHT)
    """A weight of every object number, none below 0; or empty, if weights don't matter."""
    weight_sum: float = 0.0
    """Least sum of the weights of the objects on which it met."""


@dataclass(frozen=True, eq=False)
class Live:
    """Shares grouped by object, by time inside an object. Group g is rows ``start[g]`` to ``start[g + 1]``."""

    start: np.ndarray[Any, np.dtype[np.int64]]
    object: np.ndarray[Any, np.dtype[np.int32]]
    """The object of each group, ascending."""
    account: np.ndarray[Any, np.dtype[np.int32]]
    time_us: np.ndarray[Any, np.dtype[np.int64]]
    n_accounts: int
    """Accounts are numbered below this, present or not."""

    @property
    def n(self) -> int:
        """Number of shares."""
        return len(self.account)


def grouped(shares: Shares) -> Live:
    """Every share, grouped by object: nothing pruned yet."""
    starts = _starts(shares.object)
    return Live(
        start=np.append(starts, shares.n),
        object=shares.object[starts],
        account=shares.account,
        time_us=shares.time_us,
        n_accounts=len(shares.account_ids),
    )


@compiled
def _starts(thing: Any) -> Any:
    """The first row of each object."""
    n = 0
    for i in range(thing.size):
        n += i == 0 or thing[i] != thing[i - 1]
    starts = np.empty(n, np.int64)
    n = 0
    for i in range(thing.size):
        if i == 0 or thing[i] != thing[i - 1]:
            starts[n] = i
            n += 1
    return starts


def pruned(live: Live, window_us: int, minimum: Minimum, pool: ThreadPoolExecutor, threads: int) -> Live:
    """Only the shares that can take part in a pair that brings the minimum.

    Parameters
    ----------
    live
        Shares grouped by object.
    window_us
        Longest time between two shares that meet, in microseconds.
    minimum
        What a pair, hence each of its accounts, must bring.
    pool, threads
        Objects are dealt out to this many workers.
    """
    for _ in range(MOST_ROUNDS):
        before = live.n
        # An index that can't be negative is looked at once, not twice.
        number = live.account.view(np.uint32)
        parts = list(parts_of(live, threads))

        def marked(part: tuple[int, int], live: Live = live, number: Any = number) -> Any:
            return _mark(
                live.start, live.object, number, live.time_us, *part, window_us, live.n_accounts, minimum.weight
            )

        marks = list(pool.map(marked, parts))
        degree = np.sum([mark[1] for mark in marks], axis=0, dtype=np.int32)
        able = degree >= minimum.objects
        if minimum.weight.size:
            able &= np.sum([mark[2] for mark in marks], axis=0) >= minimum.weight_sum * ROUNDING

        def staying(job: Any, live: Live = live, number: Any = number, able: Any = able) -> Any:
            (first, last), mark = job
            return _stay(live.start, number, first, last, mark[0], able)

        counts = list(pool.map(staying, zip(parts, marks, strict=True)))
        begins = np.concatenate(([0], np.cumsum([n for n, _ in counts]))).tolist()
        account, time_us = room(begins[-1] + 1, np.uint32), room(begins[-1] + 1, np.int64)

        def kept(
            job: Any, live: Live = live, number: Any = number, account: Any = account, time_us: Any = time_us
        ) -> Any:
            (first, last), mark, (_, end), begin = job
            return _keep(
                live.start, live.object, number, live.time_us, first, last, mark[0], end, begin, account, time_us
            )

        jobs = zip(parts, marks, counts, begins[:-1], strict=True)
        sizes, objects = (np.concatenate(column) for column in zip(*pool.map(kept, jobs), strict=True))
        live = Live(
            start=np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))),
            object=objects,
            account=account[:-1].view(np.int32),
            time_us=time_us[:-1],
            n_accounts=live.n_accounts,
        )
        if live.n > (1 - WORTH_ANOTHER_ROUND) * before:
            break
    return live


def parts_of(live: Live, threads: int) -> Iterator[tuple[int, int]]:
    """Cut the objects into `threads` ranges with about as many shares each."""
    cuts = np.searchsorted(live.start, np.linspace(0, live.n, threads + 1))
    cuts[0], cuts[-1] = 0, len(live.object)
    return zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)


@compiled
def _mark(
    start: Any, thing: Any, account: Any, time: Any, first: int, last: int, window: int, n_accounts: int, weight: Any
) -> Any:
    """Which rows of groups `first` to `last` meet anyone; the objects, and their weight, each account has left.

    An entry of `objects` is group + 1 << 32 | objects, so that a row costs one look at its account.
    """
    base, end = start[first], start[last] - 1
    meets = np.zeros(start[last] - base, np.bool_)
    objects = np.zeros(n_accounts, np.int64)
    load = np.zeros(n_accounts if weight.size else 0, np.float64)
    for group in range(first, last):
        low, high = start[group], start[group + 1]
        if high - low < 2:
            continue
        run = low  # the first of the rows of one account that end at the row before
        for i in range(low + 1, high):
            if account[i] != account[i - 1]:
                earlier = i - 1
                while earlier >= run and time[i] - time[earlier] <= window:
                    meets[earlier - base] = True
                    earlier -= 1
                run = i
            meets[i - base] = run > low and time[i] - time[run - 1] <= window
        stamp = group + 1
        for i in range(low, high):
            prefetch(objects, np.uint64(account[min(i + AHEAD, end)]))
            if meets[i - base]:
                entry = objects[account[i]]
                if entry >> 32 != stamp:
                    objects[account[i]] = stamp << 32 | (entry & LOW_HALF) + 1
                    if weight.size:
                        load[account[i]] += weight[thing[group]]
    return meets, _low_halves(objects), load


@compiled
def _low_halves(entries: Any) -> Any:
    halves = np.empty(entries.size, np.int32)
    for i in range(entries.size):
        halves[i] = entries[i] & LOW_HALF
    return halves


@compiled
def _stay(start: Any, account: Any, first: int, last: int, meets: Any, able: Any) -> Any:
    """Leave in `meets` the rows whose account is able; how many they are, and the row after the last of them."""
    base = start[first]
    n, end = 0, base
    for i in range(base, start[last]):
        stays = meets[i - base] and able[account[i]]
        meets[i - base] = stays
        n += stays
        if stays:
            end = i + 1
    return n, end


@compiled
def _keep(
    start: Any, thing: Any, account: Any, time: Any, first: int, last: int, stays: Any, end: int, begin: int,
    accounts: Any, times: Any,
) -> Any:  # fmt: skip
    """Put the rows of groups `first` to `last` that stay into `accounts` and `times` from `begin` on; empty groups go.

    A row that goes is written too, and overwritten by the next: no branch is cheaper than a guess. After `end` none
    stays, and there the rows of another worker may begin.
    """
    base = start[first]
    sizes, objects = np.empty(last - first, np.int64), np.empty(last - first, thing.dtype)
    row, groups = begin, 0
    for group in range(first, last):
        opened = row
        for i in range(start[group], min(start[group + 1], end)):
            accounts[row], times[row] = account[i], time[i]
            row += stays[i - base]
        if row > opened:
            sizes[groups], objects[groups] = row - opened, thing[group]
            groups += 1
    return sizes[:groups], objects[:groups]
