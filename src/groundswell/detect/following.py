"""Who follows whom, by the numbers of a log.

follow list, account ids ──► Following          for each account of the log, those of it that it follows
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from groundswell.model.table import Columns, n_rows

Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, eq=False)
class Following:
    """Account i of a log follows the accounts ``followed[start[i] : start[i + 1]]`` of it, sorted."""

    start: Ints
    followed: Ints

    @property
    def n_listed(self) -> int:
        """Accounts of which it is known that they follow somebody in the log."""
        return int(np.count_nonzero(np.diff(self.start)))

    def listed_of(self, accounts: Ints) -> Ints:
        """Those of these accounts of which that is known."""
        return np.asarray(accounts[self.start[accounts + 1] > self.start[accounts]])

    def followers_of(self, followed: int, accounts: Ints) -> int:
        """How many of these accounts follow one."""
        return sum(followed in self.followed[self.start[one] : self.start[one + 1]] for one in accounts)


def following(account_ids: Any, follows: Columns) -> Following:
    """Number a follow list: the pairs of two different accounts among the sorted `account_ids`, each once."""
    number = {account_id: at for at, account_id in enumerate(account_ids)}
    pairs = np.full((n_rows(follows), 2), -1, np.int64)
    for side, name in enumerate(("follower", "followed")):
        pairs[:, side] = [number.get(account_id, -1) for account_id in follows[name]]
    pairs = np.unique(pairs[(pairs >= 0).all(axis=1) & (pairs[:, 0] != pairs[:, 1])], axis=0)
    start = np.searchsorted(pairs[:, 0], np.arange(len(account_ids) + 1)).astype(np.int64)
    return Following(start, np.ascontiguousarray(pairs[:, 1]))
