"""How often each account used each item in a stretch of time, and what follows from counts alone.

uses ──► Counts      (item, account, n), every item once a post

rank          1 for the item with most uses; ties fall by name
rank range    the best and the worst rank when any one account, or the ten most active, are left out
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.watch.span import Span

Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

TOP = 10
"""Accounts left out together: a rank that ten accounts make says so."""

COUNTS = """
select item, account, count(*) as n from uses
where kind = $kind and time > $start and time <= $at group by item, account order by item, account
"""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Sparse counts: parallel arrays, sorted by item and account."""

    item: Ints
    account: Ints
    n: Ints

    def of(self, accounts: Ints) -> Counts:
        """The counts of some accounts; sorted account numbers."""
        kept = np.isin(self.account, accounts, assume_unique=False)
        return Counts(self.item[kept], self.account[kept], self.n[kept])

    def per_item(self) -> tuple[Ints, Ints, Ints]:
        """Items in the order of their numbers, with their uses and their accounts."""
        items, at, n_accounts = np.unique(self.item, return_index=True, return_counts=True)
        uses = np.add.reduceat(self.n, at) if len(at) else np.zeros(0, np.int64)
        return items, uses, n_accounts.astype(np.int64)


def counts(engine: Engine, kind: str, span: Span) -> Counts:
    """Count a kind of item over a stretch of time."""
    found = engine.query(COUNTS, kind=kind, start=span.start, at=span.at)
    return Counts(*(found[name].astype(np.int64) for name in ("item", "account", "n")))


def ranking(items: Ints, uses: Ints) -> Ints:
    """Places of items from most used to least; ties fall by number, which is by name."""
    return np.lexsort((items, -uses))


def rank_ranges(found: Counts, shown: Ints, *, top: int = TOP) -> tuple[Ints, Ints]:
    """The best and the worst rank of each shown item when accounts are left out.

    Parameters
    ----------
    shown
        Item numbers, each among the items counted.
    top
        How many of the most active accounts are left out together, beside each alone.

    Returns
    -------
    low, high
        Ranks from 1, parallel to `shown`; the rank with everybody in lies between them. An item that nobody else
        used ranks behind every item that is still used.
    """
    items, uses, _ = found.per_item()
    place = np.searchsorted(items, found.item)
    order = ranking(items, uses)
    rank = np.empty(len(items), np.int64)
    rank[order] = np.arange(1, len(items) + 1)
    of_shown = np.searchsorted(items, shown)
    low, high = rank[of_shown].copy(), rank[of_shown].copy()
    accounts, account_at = np.unique(found.account, return_inverse=True)
    for number, one in enumerate(of_shown):
        alone = _ranks_without_each(uses, place, account_at, found.n, len(accounts), int(one))
        if len(alone):
            low[number] = min(low[number], alone.min())
            high[number] = max(high[number], alone.max())
    if len(accounts):
        activity = np.bincount(account_at, weights=found.n).astype(np.int64)
        busiest = np.lexsort((accounts, -activity))[:top]
        without = uses - np.bincount(
            place[np.isin(account_at, busiest)], weights=found.n[np.isin(account_at, busiest)], minlength=len(items)
        ).astype(np.int64)
        left = np.empty(len(items), np.int64)
        left[ranking(items, without)] = np.arange(1, len(items) + 1)
        low, high = np.minimum(low, left[of_shown]), np.maximum(high, left[of_shown])
    return low, high


def _ranks_without_each(uses: Ints, place: Ints, account: Ints, n: Ints, n_accounts: int, one: int) -> Ints:
    """The rank of item `one` without each account: 1 and the items that then stand before it.

    Without account a, item `one` has its uses less a's. Others stand before it as counted with all their uses; those
    that a used too are counted once more with what is left of them.
    """
    own = np.zeros(n_accounts, np.int64)
    mine = place == one
    own[account[mine]] = n[mine]
    left = uses[one] - own
    # A tie falls by number: a lower number stands before.
    before, after = np.sort(uses[:one]), np.sort(uses[one + 1 :])
    standing = (len(before) - np.searchsorted(before, left, side="left")) + (
        len(after) - np.searchsorted(after, left, side="right")
    )
    other = ~mine
    at, of, used = place[other], account[other], n[other]
    ahead = np.where(at < one, uses[at] >= left[of], uses[at] > left[of])
    still = np.where(at < one, uses[at] - used >= left[of], uses[at] - used > left[of])
    standing -= np.bincount(of[ahead & ~still], minlength=n_accounts).astype(np.int64)
    ranks: Ints = standing + 1
    return ranks
