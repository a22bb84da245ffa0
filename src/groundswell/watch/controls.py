"""Control lists: for each member of a list an account like it that is on no list, drawn by a seed.

    member ──same language, same tenth of activity, same age where known──► a stand-in       three lists and more

What a list does is news only if accounts like its members don't do the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from groundswell.watch.log import Ints, People

N_CONTROLS = 3
"""At least three, so that one can see how much they differ."""

TENTHS = 10
AGE_YEARS = 2.0
AGES = 1 << 20
"""Accounts whose births are in the same two years are of an age."""


@dataclass(frozen=True, eq=False)
class Control:
    """One control list."""

    accounts: Ints
    """Account numbers, sorted."""
    n_unmatched: int
    """Members of the list for whom no account of the same kind was left: the control list is so much shorter."""


def draw_controls(
    people: People, members: Ints, *, n: int = N_CONTROLS, seed: int = 0, never: Iterable[int] = ()
) -> tuple[Control, ...]:
    """Draw control lists, none with a member of the list or of another control list in it.

    Parameters
    ----------
    members
        Account numbers of the list.
    never
        More accounts that must not stand in, such as members of other lists.
    """
    return _drawn(people, tuple(map(int, members)), n, seed, tuple(never))


@lru_cache(maxsize=8)
def _drawn(people: People, listed: tuple[int, ...], n: int, seed: int, never: tuple[int, ...]) -> tuple[Control, ...]:
    """The same lists stand beside a list at every moment, so they are drawn once."""
    members = np.array(listed, np.int64)
    tenth = np.searchsorted(np.quantile(people.n_posts, np.linspace(0, 1, TENTHS + 1)[1:-1]), people.n_posts)
    age = np.floor(np.nan_to_num(people.born / (AGE_YEARS * 365.25 * 86_400e6), nan=-1.0))
    # One number for language, activity and age, in this order.
    kind = (people.lang.astype(np.int64) * TENTHS + tenth) * AGES + age.astype(np.int64)
    free = np.ones(len(kind), bool)
    free[members - 1] = False
    free[[one - 1 for one in never]] = False
    order = np.argsort(kind, kind="stable")
    order = order[free[order]]
    rng = np.random.default_rng(seed)
    ends = np.flatnonzero(np.diff(kind[order])) + 1
    pools = {int(kind[pool[0]]): list(rng.permutation(pool + 1)) for pool in np.split(order, ends) if len(pool)}
    drawn: list[Control] = []
    for _ in range(n):
        chosen: list[int] = []
        for member in sorted(map(int, members)):
            pool = pools.get(int(kind[member - 1]))
            if pool:
                chosen.append(int(pool.pop()))
        drawn.append(Control(np.array(sorted(chosen), np.int64), len(members) - len(chosen)))
    return tuple(drawn)
