"""Accounts that have many objects in common at any time, without comparing all that have one.

    Live, minimum ──► (a, b, n_objects)          the pairs of an endless window, those below the minimum never looked at

Two accounts with w objects in common have one in common among the rarest n - w + 1 of each (n being how many objects an
account has), wherever the others lie: the prefix filter (Chaudhuri, Ganti & Kaushik 2006, doi:10.1109/ICDE.2006.9;
Bayardo, Ma & Srikant 2007, doi:10.1145/1242572.1242591). So only accounts that meet in these prefixes are compared, and
the famous objects, which nearly everybody shares, bring nobody together. It is exact. It pays where a few objects are
shared by nearly all; elsewhere `product` is cheaper.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.prune import Live

CHUNKS_A_THREAD = 8
FIRST_ROOM = 1 << 12

CHEAP = 100_000_000
"""Pairs of shares of one object up to which the product takes less than a second, and nothing else is considered."""

Part = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]


@dataclass(frozen=True, eq=False)
class Prefixes:
    """The objects of each account, the rarest first, and the accounts that have an object among their rarest."""

    account_start: np.ndarray[Any, np.dtype[np.int64]]
    """Account i has ``objects[account_start[i] : account_start[i + 1]]``."""
    objects: np.ndarray[Any, np.dtype[np.int32]]
    """Ranks by number of shares, ascending."""
    length: np.ndarray[Any, np.dtype[np.int64]]
    """How many of them, from the first on, are the account's prefix; 0 for accounts below the minimum."""
    posting_start: np.ndarray[Any, np.dtype[np.int64]]
    postings: np.ndarray[Any, np.dtype[np.int32]]
    """The accounts with object i in their prefix, ascending, from ``posting_start[i]`` on."""
    min_objects: int

    @property
    def steps(self) -> int:
        """At most so many objects are looked at in comparing all who meet in a prefix."""
        n = np.diff(self.posting_start)
        mean = len(self.objects) / max(int(np.count_nonzero(self.length)), 1)
        return int((n * (n - 1) // 2).sum() * mean)


def prefixes(live: Live, min_objects: int) -> Prefixes:
    """Index shares grouped by object; times don't matter. O(shares log objects), 8 bytes a share."""
    by_size = np.argsort(np.diff(live.start), kind="stable")
    account_start, objects = _rarest_first(live.start, by_size, live.account, live.n_accounts)
    length = np.maximum(np.diff(account_start) - min_objects + 1, 0)
    posting_start, postings = _postings(account_start, objects, length, len(live.object))
    return Prefixes(account_start, objects, length, posting_start, postings, min_objects)


def in_common_by_prefix(index: Prefixes, pool: ThreadPoolExecutor, threads: int) -> Iterator[Part]:
    """The pairs with the minimum of objects in common, in chunks of a, b and n_objects (int32), sorted.

    Time is a step for each two accounts in the prefixes of an object, and a walk through one account's objects for each
    pair that meets there.
    """
    reach = np.concatenate(([0], np.cumsum(np.diff(index.posting_start)[index.objects])))
    work = np.diff(reach[index.account_start]) * (index.length > 0)
    even = np.linspace(0, work.sum(), threads * CHUNKS_A_THREAD + 1)[1:-1]
    edges = [0, *np.searchsorted(np.cumsum(work), even).tolist(), len(work)]
    compared = partial(
        _compared,
        account_start=index.account_start,
        objects=index.objects,
        prefix=index.length,
        posting_start=index.posting_start,
        postings=index.postings,
        min_objects=index.min_objects,
    )
    yield from pool.map(compared, edges[:-1], edges[1:])


@compiled
def _rarest_first(start: Any, by_size: Any, account: Any, n_accounts: int) -> Any:
    """The objects of each account, each once, as ranks by how many shares they have, ascending."""
    seen = np.full(n_accounts, -1, np.int32)
    account_start = np.zeros(n_accounts + 1, np.int64)
    for group in by_size:
        for i in range(start[group], start[group + 1]):
            if seen[account[i]] != group:
                seen[account[i]] = group
                account_start[account[i] + 1] += 1
    for a in range(n_accounts):
        account_start[a + 1] += account_start[a]
    free = account_start[:-1].copy()
    objects = np.empty(account_start[n_accounts], np.int32)
    seen[:] = -1
    for rank in range(by_size.size):
        group = by_size[rank]
        for i in range(start[group], start[group + 1]):
            if seen[account[i]] != group:
                seen[account[i]] = group
                objects[free[account[i]]] = rank
                free[account[i]] += 1
    return account_start, objects


@compiled
def _postings(account_start: Any, objects: Any, prefix: Any, n_objects: int) -> Any:
    """Which accounts have each object in their prefix, ascending."""
    posting_start = np.zeros(n_objects + 1, np.int64)
    for a in range(prefix.size):
        for at in range(account_start[a], account_start[a] + prefix[a]):
            posting_start[objects[at] + 1] += 1
    for rank in range(n_objects):
        posting_start[rank + 1] += posting_start[rank]
    free = posting_start[:-1].copy()
    postings = np.empty(posting_start[n_objects], np.int32)
    for a in range(prefix.size):
        for at in range(account_start[a], account_start[a] + prefix[a]):
            postings[free[objects[at]]] = a
            free[objects[at]] += 1
    return posting_start, postings


@compiled
def _compared(
    first: int, last: int, account_start: Any, objects: Any, prefix: Any, posting_start: Any, postings: Any,
    min_objects: int,
) -> Any:  # fmt: skip
    """The pairs whose first account lies from `first` to `last`."""
    seen = np.full(prefix.size, -1, np.int32)
    own = np.full(posting_start.size - 1, -1, np.int32)
    near = np.empty(prefix.size, np.int64)
    out_a, out_b, out_n = np.empty(FIRST_ROOM, np.int32), np.empty(FIRST_ROOM, np.int32), np.empty(FIRST_ROOM, np.int32)
    n = 0
    for a in range(first, last):
        if prefix[a] < 1:
            continue
        n_near = 0
        for at in range(account_start[a], account_start[a] + prefix[a]):
            for k in range(posting_start[objects[at] + 1] - 1, posting_start[objects[at]] - 1, -1):
                b = postings[k]
                if b <= a:
                    break
                if seen[b] != a:
                    seen[b] = a
                    near[n_near] = b
                    n_near += 1
        if n_near == 0:
            continue
        for at in range(account_start[a], account_start[a + 1]):
            own[objects[at]] = a
        if n + n_near > out_a.size:
            room = max(2 * out_a.size, n + n_near)
            out_a, out_b, out_n = _grown(out_a, n, room), _grown(out_b, n, room), _grown(out_n, n, room)
        if n_near > 1:
            near[:n_near].sort()
        for k in range(n_near):
            b = near[k]
            common = 0
            left = account_start[b + 1] - account_start[b]
            for at in range(account_start[b], account_start[b + 1]):
                common += own[objects[at]] == a
                left -= 1
                if common + left < min_objects:
                    break
            if common >= min_objects:
                out_a[n], out_b[n], out_n[n] = a, b, common
                n += 1
    return out_a[:n], out_b[:n], out_n[:n]


@compiled
def _grown(column: Any, n: int, room: int) -> Any:
    larger = np.empty(room, column.dtype)
    for i in range(n):
        larger[i] = column[i]
    return larger
