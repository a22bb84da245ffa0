"""Control lists: for each member of a list an account like it that is on no list, drawn by a seed.

    member ──same language, same tenth of activity, same age where known──► a stand-in       three lists and more

What a list does is news only if accounts like its members don't do the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.watch.counts import Ints

N_CONTROLS = 3
"""At least three, so that one can see how much they differ."""

TENTHS = 10
AGE_YEARS = 2.0
"""Accounts whose births are in the same two years are of an age."""

PEOPLE = (
    "select account, coalesce(lang, '') as lang, n_posts, epoch_us(created_at) as born from people order by account"
)


@dataclass(frozen=True, eq=False)
class Control:
    """One control list."""

    accounts: Ints
    """Account numbers, sorted."""
    n_unmatched: int
    """Members of the list for whom no account of the same kind was left: the control list is so much shorter."""


def draw_controls(
    engine: Engine, members: Ints, *, n: int = N_CONTROLS, seed: int = 0, never: Iterable[int] = ()
) -> tuple[Control, ...]:
    """Draw control lists, none with a member of the list or of another control list in it.

    Parameters
    ----------
    members
        Account numbers of the list.
    never
        More accounts that must not stand in, such as members of other lists.
    """
    people = engine.query(PEOPLE)
    account, n_posts = people["account"].astype(np.int64), people["n_posts"].astype(np.int64)
    born = np.array([np.nan if one is None else float(one) for one in people["born"]])
    tenth = np.searchsorted(np.quantile(n_posts, np.linspace(0, 1, TENTHS + 1)[1:-1]), n_posts)
    age = np.floor(np.nan_to_num(born / (AGE_YEARS * 365.25 * 86_400e6), nan=-1.0))
    strata: dict[tuple[str, int, float], list[int]] = {}
    of_member: dict[int, tuple[str, int, float]] = {}
    taken = set(map(int, members)) | set(never)
    for number, lang, activity, years in zip(account, people["lang"], tenth, age, strict=True):
        kind = (str(lang), int(activity), float(years))
        if int(number) in taken:
            of_member[int(number)] = kind
        else:
            strata.setdefault(kind, []).append(int(number))
    rng = np.random.default_rng(seed)
    pools = {kind: list(rng.permutation(pool)) for kind, pool in sorted(strata.items())}
    drawn: list[Control] = []
    for _ in range(n):
        chosen: list[int] = []
        for member in sorted(map(int, members)):
            pool = pools.get(of_member.get(member, ("", -1, -1.0)))
            if pool:
                chosen.append(int(pool.pop()))
        drawn.append(Control(np.array(sorted(chosen), np.int64), len(members) - len(chosen)))
    return tuple(drawn)
