"""How often each account used each item in a stretch of time, and what follows from counts alone.

Uses ──► Counts      (item, account, n), every item once a post

rank          1 for the item with most uses; ties fall by name
rank range    the best and the worst rank when any one account, or the ten most active, are left out
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

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
        kept = np.flatnonzero(chosen[self.account])
        return Counts(self.item[kept], self.account[kept], self.n[kept])

    def per_item(self) -> tuple[Ints, Ints, Ints]:
        """Items in the order of their numbers, with their uses and their accounts."""
        at = _starts(self.item)
        uses = np.add.reduceat(self.n, at) if len(at) else np.zeros(0, np.int64)
        return self.item[at], uses, np.diff(at, append=len(self.item))


def counts(uses: Uses) -> Counts:
    """Count each account's uses of each item."""
    # Item and account as one number, the account in its lower bits: to take them apart again costs no division.
    bits = int(uses.account.max(initial=0)).bit_length()
    both = np.sort(uses.item.astype(np.int64) << bits | uses.account)
    at = _starts(both)
    kept = both[at]
    return Counts(kept >> bits, kept & ((1 << bits) - 1), np.diff(at, append=len(both)))


def _starts(ordered: Ints) -> Ints:
    """Where each run of equal numbers begins."""
    new = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return np.flatnonzero(new)


def ranking(items: Ints, uses: Ints) -> Ints:
    """Places of items from most used to least; ties fall by number, which is by name."""
    return np.argsort(items - uses * (int(items.max(initial=0)) + 1))


class Standing:
    """The order of items, and how it changes when accounts are left out."""

    def __init__(self, found: Counts, *, top: int = TOP) -> None:
        """Put items in their order.

        Parameters
        ----------
        top
            How many of the most active accounts are left out together, beside each alone.
        """
        self.items, self.uses, self.accounts = found.per_item()
        uses, accounts = self.uses, self.accounts
        self._found, self._top = found, top
        self._account, self._n = found.account, found.n
        # Where each item's entries begin; the last number is where they all end.
        self._begins = np.concatenate(([0], np.cumsum(accounts)))
        # Whoever used nothing else moves nothing else: only the others can carry an item past what stands behind it.
        self._used_more = np.bincount(found.account) > 1
        # Two sheets to reckon on, an account's entry at its number; each question leaves them as zeros.
        self._own, self._fewer = np.zeros((2, int(found.account.max(initial=0)) + 1), np.int64)
        # An item's standing as one number, the smaller the further ahead; a tie falls by the item's number.
        self._key = np.arange(len(uses)) - uses * len(uses)
        self._order = np.argsort(self._key)
        self._ahead = self._key[self._order]
        self.rank = np.empty(len(uses), np.int64)
        """The rank of each item with everybody in."""
        self.rank[self._order] = np.arange(1, len(uses) + 1)
        # How far back an item falls at most when one account is left out.
        most = np.maximum.reduceat(found.n, self._begins[:-1]) if len(uses) else uses
        self._furthest = self._key + most * len(uses)

    def ranges(self, shown: Ints) -> tuple[Ints, Ints]:
        """The best and the worst rank of each shown item when accounts are left out.

        Parameters
        ----------
        shown
            Item numbers, each among the items counted.

        Returns
        -------
        low, high
            Ranks from 1, parallel to `shown`; the rank with everybody in lies between them. An item that nobody else
            used ranks behind every item that is still used.
        """
        at = np.searchsorted(self.items, shown)
        left = self._without_top[at]
        low, high = np.minimum(self.rank[at], left), np.maximum(self.rank[at], left)
        for number, one in enumerate(at):
            best, worst = self.without_each(int(one))
            low[number], high[number] = min(low[number], best), max(high[number], worst)
        return low, high

    @cached_property
    def _without_top(self) -> Ints:
        """The rank of each item without the most active accounts."""
        activity = np.bincount(self._account, weights=self._n).astype(np.int64)
        active = np.flatnonzero(activity)
        left_out = self._found.of(active[np.lexsort((active, -activity[active]))[: self._top]])
        gone = np.bincount(np.searchsorted(self.items, left_out.item), weights=left_out.n, minlength=len(self.items))
        left = np.empty(len(self.items), np.int64)
        left[ranking(self.items, self.uses - gone.astype(np.int64))] = np.arange(1, len(self.items) + 1)
        return left

    def without_each(self, one: int) -> tuple[int, int]:
        """The best and the worst rank of item `one` when each account in turn is left out.

        Without account a, item `one` has its uses less a's: the items that now stand before it are counted as if a
        were still in, less those that a's going puts behind it. Whoever didn't use it can only move it up.
        """
        n_items, key = len(self.items), int(self._key[one])
        mine = slice(int(self._begins[one]), int(self._begins[one + 1]))
        user, own = self._account[mine], self._n[mine] * n_items
        reach = key + own[self._used_more[user]].max(initial=0)
        rivals = np.flatnonzero((self._key < reach) & (self._furthest > key))
        near, rival = self._entries(rivals[rivals != one])
        before = self._key[rival]
        behind = before + self._n[near] * n_items
        account = self._account[near]
        self._own[user] = own
        left = key + self._own[account]
        passed = account[(before < left) & (behind > left)]
        np.add.at(self._fewer, passed, 1)
        # Its own entry stands before the place that it has with fewer uses, so nothing is added for rank 1.
        ranks = np.searchsorted(self._ahead, key + own) - self._fewer[user]
        self._fewer[user] = self._own[user] = 0
        others = int(np.searchsorted(self._ahead, key)) + 1 - int(self._fewer[passed].max(initial=0))
        self._fewer[passed] = 0
        return min(others, int(ranks.min(initial=others))), int(ranks.max(initial=others))

    def _entries(self, items: Ints) -> tuple[Ints, Ints]:
        """The entries of some items, and the item of each."""
        begins, n = self._begins[items], self._begins[items + 1] - self._begins[items]
        ends = np.cumsum(n)
        return np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - ends + n, n), np.repeat(items, n)
