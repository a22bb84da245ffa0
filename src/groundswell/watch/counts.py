"""How often each account used each item in a stretch of time, and what follows from counts alone.

Uses ──► Counts      (item, account, n), every item once a post

rank          1 for the item with most uses; ties fall by name
rank range    the best and the worst rank when any one account, or the ten most active, are left out
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundswell.watch.log import Ints, Uses

TOP = 10
"""Accounts left out together: a rank that ten accounts make says so."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Sparse counts: parallel arrays, sorted by item and account."""

    item: Ints
    account: Ints
    n: Ints

    def of(self, accounts: Ints) -> Counts:
        """The counts of some accounts; sorted account numbers."""
        if not len(self.account):
            return self
        chosen = np.zeros(int(self.account.max()) + 1, bool)
        chosen[accounts[accounts < len(chosen)]] = True
        kept = chosen[self.account]
        return Counts(self.item[kept], self.account[kept], self.n[kept])

    def per_item(self) -> tuple[Ints, Ints, Ints]:
        """Items in the order of their numbers, with their uses and their accounts."""
        at = np.flatnonzero(np.diff(self.item, prepend=-1))
        uses = np.add.reduceat(self.n, at) if len(at) else np.zeros(0, np.int64)
        return self.item[at], uses, np.diff(at, append=len(self.item))


def counts(uses: Uses) -> Counts:
    """Count each account's uses of each item."""
    n_accounts = int(uses.account.max()) + 1 if len(uses.account) else 1
    both = np.sort(uses.item.astype(np.int64) * n_accounts + uses.account)
    at = np.flatnonzero(np.diff(both, prepend=-1))
    item, account = np.divmod(both[at], n_accounts)
    return Counts(item, account, np.diff(at, append=len(both)))


def ranking(items: Ints, uses: Ints) -> Ints:
    """Places of items from most used to least; ties fall by number, which is by name."""
    return np.argsort(items - uses * (int(items.max(initial=0)) + 1))


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
    of_shown = np.searchsorted(items, shown)
    standing = _Standing(uses, place, found)
    rank = standing.ranks()
    low, high = rank[of_shown], rank[of_shown]
    for number, one in enumerate(of_shown):
        best, worst = standing.without_each(int(one))
        low[number], high[number] = min(low[number], best), max(high[number], worst)
    if len(found.account):
        activity = np.bincount(found.account, weights=found.n).astype(np.int64)
        accounts = np.flatnonzero(activity)
        left_out = found.of(accounts[np.lexsort((accounts, -activity[accounts]))[:top]])
        gone = np.bincount(np.searchsorted(items, left_out.item), weights=left_out.n, minlength=len(items))
        left = np.empty(len(items), np.int64)
        left[ranking(items, uses - gone.astype(np.int64))] = np.arange(1, len(items) + 1)
        low, high = np.minimum(low, left[of_shown]), np.maximum(high, left[of_shown])
    return low, high


class _Standing:
    """The order of items, and how it changes when one account is left out."""

    def __init__(self, uses: Ints, place: Ints, found: Counts) -> None:
        self._uses = uses
        self._place, self._account, self._n = place, found.account, found.n
        # Two sheets to reckon on, an account's entry at its number; each question leaves them as zeros.
        self._own, self._fewer = np.zeros((2, int(found.account.max(initial=0)) + 1), np.int64)
        # An item's standing as one number, the smaller the further ahead; a tie falls by the item's number.
        self._key = np.arange(len(uses)) - uses * len(uses)
        self._order = np.argsort(self._key)
        self._ahead = self._key[self._order]
        self._with = self._key[place]
        self._without = self._with + found.n * len(uses)

    def ranks(self) -> Ints:
        """The rank of each item with everybody in."""
        rank = np.empty(len(self._uses), np.int64)
        rank[self._order] = np.arange(1, len(self._uses) + 1)
        return rank

    def without_each(self, one: int) -> tuple[int, int]:
        """The best and the worst rank of item `one` when each account in turn is left out.

        Without account a, item `one` has its uses less a's: the items that now stand before it are counted as if a
        were still in, less those that a's going puts behind it. Whoever didn't use it can only move it up.
        """
        mine = slice(*np.searchsorted(self._place, [one, one + 1]))
        user, own, key = self._account[mine], self._n[mine] * len(self._uses), int(self._key[one])
        near = np.flatnonzero((self._with < key + own.max(initial=0)) & (self._without > key))
        near = near[self._place[near] != one]
        account = self._account[near]
        self._own[user] = own
        left = key + self._own[account]
        passed = account[(self._with[near] < left) & (self._without[near] > left)]
        np.add.at(self._fewer, passed, 1)
        # Its own entry stands before the place that it has with fewer uses, so nothing is added for rank 1.
        ranks = np.searchsorted(self._ahead, key + own) - self._fewer[user]
        self._fewer[user] = self._own[user] = 0
        others = int(np.searchsorted(self._ahead, key)) + 1 - int(self._fewer[passed].max(initial=0))
        self._fewer[passed] = 0
        return min(others, int(ranks.min(initial=others))), int(ranks.max(initial=others))
