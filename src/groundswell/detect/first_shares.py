"""First shares, readable both ways: the sharers of an object in time, and the objects of an account.

    Shares ──► FirstShares         rows sorted by object, then time; and where each object and account has its rows

An account's first share of an object stands for all of them. Of the later ones the timing nulls know nothing: with
them, a pair could meet on more objects than it has in common.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.following import Following, following
from groundswell.detect.shares import Shares
from groundswell.model.table import Columns

Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, eq=False)
class FirstShares:
    """The first share of each object by each account. A row is a number into `shares`."""

    shares: Shares
    start: Ints
    """Object i has the rows ``start[i]`` to ``start[i + 1]``, in time."""
    by_account: Ints
    """Rows sorted by account, then object."""
    account_start: Ints
    """Account i has the rows ``by_account[account_start[i] : account_start[i + 1]]``."""
    following: Following | None = None
    """Who follows whom, where somebody listed it."""

    @property
    def n_accounts(self) -> int:
        """Number of accounts."""
        return len(self.shares.account_ids)

    @property
    def n_objects(self) -> int:
        """Number of objects."""
        return len(self.shares.object_ids)

    @cached_property
    def n_sharers(self) -> Ints:
        """Accounts that shared each object."""
        return np.diff(self.start)

    @cached_property
    def n_active(self) -> int:
        """Accounts with two objects or more."""
        return int(np.count_nonzero(np.diff(self.account_start) >= 2))

    @cached_property
    def n_eligible(self) -> int:
        """Accounts with two objects or more that somebody else shared too: those a group could be chosen from.

        Who shared what is given; by chance is only when. So those who can't have met anyone twice cost nothing.
        """
        met = self.n_sharers[self.shares.object] >= 2
        return int(np.count_nonzero(np.bincount(self.shares.account[met], minlength=self.n_accounts) >= 2))

    def rows_of(self, accounts: Iterable[int]) -> Ints:
        """Every row of these accounts, sorted: by object, then time."""
        chosen = accounts if isinstance(accounts, np.ndarray) else np.fromiter(accounts, np.int64)
        rows = _rows_of(self.by_account, self.account_start, chosen)
        rows.sort()
        return rows

    def numbers_of(self, account_ids: Iterable[str]) -> Ints:
        """The numbers of these accounts, sorted. Those that shared nothing of this kind are left out."""
        return self.shares.numbers_of(account_ids)


def first_shares(shares: Shares, follows: Columns | None = None) -> FirstShares:
    """Index the first shares among `shares`, and the accounts by a follow list. O(n log n)."""
    first = shares.first()
    order = np.lexsort((first.object, first.account))
    return FirstShares(
        shares=first,
        start=_starts(first.object, len(first.object_ids)),
        by_account=order,
        account_start=_starts(first.account, len(first.account_ids)),
        following=None if follows is None else following(first.account_ids, follows),
    )


def _starts(number: np.ndarray[Any, Any], n: int) -> Ints:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(np.bincount(number, minlength=n), dtype=np.int64)))


@compiled
def _rows_of(by_account: Ints, start: Ints, accounts: Ints) -> Ints:
    """The rows of these accounts, one account's after the other's."""
    n = 0
    for account in accounts:
        n += start[account + 1] - start[account]
    rows = np.empty(n, np.int64)
    n = 0
    for account in accounts:
        for at in range(start[account], start[account + 1]):
            rows[n] = by_account[at]
            n += 1
    return rows
