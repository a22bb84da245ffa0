"""How sure is the place without them? The hashtags ranked again on accounts drawn again, groups kept as they are sure.

    uses by hashtag and account × how sure each group is ──► RankDraws      95 % of the places, how often in the top

Accounts are drawn again with all they wrote, as for the shares of a campaign; a group counts as one with the weight of
its evidence, all its accounts together. A place that jumps about under that is no place to print without its range.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from groundswell.model.campaign import RankDraws

N_DRAWS = 200
"""A place is a whole number and its range a rough one; each draw counts every use again."""

Ints = np.ndarray[Any, np.dtype[np.int64]]


def rank_draws(
    tag: Ints,
    account: Ints,
    uses: Ints,
    group: Ints,
    certain: Sequence[float],
    asked: int,
    *,
    top: int,
    seed: int,
    census: bool = False,
) -> RankDraws:
    """The places of one hashtag without the groups, over draws.

    Parameters
    ----------
    tag, account, uses
        Shape n. A row for each hashtag and account that used it, and how often.
    group
        Shape n. The account's group, by its place in `certain`; -1 for none.
    certain
        For each group, how sure it is that it is one, 0 to 1.
    asked
        The hashtag whose places are sought.
    top
        Places that count as the top.
    seed
        Of the draws.
    census
        All accounts there were are here, so none are drawn again.

    Raises
    ------
    ValueError
        There are no uses.
    """
    if not len(tag):
        raise ValueError("no uses to rank by")
    rng = np.random.default_rng([seed, 0x72616E6B])
    n_tags, n_accounts = int(tag.max()) + 1, int(account.max()) + 1
    sure = np.array([*certain, 0.0])
    places: dict[str, list[int]] = {"uses": [], "accounts": []}
    with_them = []
    for _ in range(N_DRAWS):
        times = (
            np.ones(n_accounts)
            if census
            else np.bincount(rng.integers(0, n_accounts, n_accounts), minlength=n_accounts)
        )[account]
        out = (rng.random(len(sure)) < sure)[group]
        left = np.where(out, 0, times)
        places["uses"].append(_place(tag, left * uses, asked, n_tags))
        places["accounts"].append(_place(tag, left, asked, n_tags))
        with_them.append(_place(tag, times * uses, asked, n_tags))
    ends = {way: np.quantile(told, [0.025, 0.975], method="nearest") for way, told in places.items()}
    return RankDraws(
        n=N_DRAWS,
        without_low={way: int(low) for way, (low, _) in ends.items()},
        without_high={way: int(high) for way, (_, high) in ends.items()},
        in_top_with=float(np.mean(np.array(with_them) <= top)),
        in_top_without=float(np.mean(np.array(places["uses"]) <= top)),
    )


def _place(tag: Ints, weight: Any, asked: int, n_tags: int) -> int:
    """One more than the number of hashtags that weigh more."""
    total = np.bincount(tag, weights=weight, minlength=n_tags)
    return 1 + int((total > total[asked]).sum())
