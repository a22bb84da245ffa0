"""Who should be weighed? Groups of accounts whose pairs meet more often than objects of their size suggest.

    FirstShares, Tally ──► Candidates          liberal on purpose: what is proposed here is paid for in `evidence`

It promises nothing: a group that is not proposed is lost, and one that is proposed in vain costs time.
"""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from groundswell.detect.communities import communities
from groundswell.detect.compiled import compiled
from groundswell.detect.first_shares import FirstShares, Floats, Ints
from groundswell.detect.pairs import pairs_within
from groundswell.detect.poisson_binomial import at_least, log_bound, surely_common
from groundswell.detect.product import how_many
from groundswell.detect.prune import Minimum, grouped, pruned
from groundswell.detect.refine import SMALLEST
from groundswell.detect.yardstick import Tally, trimmed_prior

# Three nets: the wide ones find thin groups, such as one of which three in ten take part each time; the finest keeps
# two groups apart that the others join.
LEVELS = (1e-3, 1e-4, 1e-7)
LEAST_OBJECTS = 2
LARGEST = 400

# More would take minutes to sort into communities. A million posts, as people post them, have 100,000 in an hour.
MOST_PAIRS = 3_000_000

# Among so few accounts every two that met twice are worth a look. A campaign can be most of what such data repeat, and
# then it is in step with the trimmed prior too.
FEW_ACCOUNTS = 200


@dataclass(frozen=True, eq=False)
class Candidates:
    """Groups to weigh in one window, and how many pairs they came from."""

    groups: tuple[Ints, ...]
    """Sorted account numbers; those of the widest net first. No group stands here twice."""
    plain: tuple[Ints, ...]
    """Groups that hang together by meetings alone, in small data only. They may be anything: unlike the others, nobody
    but their own members leaves them out of a yardstick."""
    n_pairs: int
    """Pairs that met more often than chance at the widest level."""
    n_too_large: int
    """Communities that had to be split because they were above 400 accounts."""
    n_left_out: int = 0
    """Pairs that were not looked at, because there were more than `MOST_PAIRS`: those least beyond chance."""


def candidates(
    log: FirstShares, whole: Tally, *, resolution: float, seed: int, memory: int | None = None
) -> Candidates:
    """Propose groups in the window of `whole`.

    A pair is a tie if it met on two objects or more, and the chance of that many is at most 1e-3 (and once more
    1e-4, and 1e-7) if each object they have in common had the chance of its size: the trimmed prior, so that a
    campaign's own objects don't hide it. Communities of these ties are the candidates. With 200 accounts or fewer to
    choose from, two meetings are a tie as well, whatever their chance.

    Notes
    -----
    docs/how_it_works.md. A pair that met on certain objects has at least the product of their chances as its p; the
    kernel drops pairs whose product is above the level, and loses none.
    """
    chance = np.minimum(trimmed_prior(whole), 1.0)
    weight = -np.log(chance)
    small = log.n_eligible <= FEW_ACCOUNTS
    # A hair less than needed, so that rounding loses no pair; the test below decides.
    least, n_left_out = (0.0, 0) if small else bearable(whole, weight, -math.log(LEVELS[0]) * (1 - 1e-9))
    (pairs,) = pairs_within(
        log.shares,
        [timedelta(microseconds=int(whole.window_us))],
        min_objects=LEAST_OBJECTS,
        weights=[weight],
        min_weight=least,
        memory=memory,
    )
    level = pair_levels(
        pairs.a, pairs.b, pairs.n_objects, log.by_account, log.account_start, log.shares.object, chance, LEVELS
    )
    rank = _by_first_appearance(log)
    back = np.argsort(rank)
    groups: dict[bytes, Ints] = {}
    plain: dict[bytes, Ints] = {}
    n_too_large = 0

    def tied(reached: int) -> tuple[list[Ints], int]:
        ties = level >= reached
        return communities(
            rank[pairs.a[ties]],
            rank[pairs.b[ties]],
            resolution=resolution,
            seed=seed,
            smallest=SMALLEST,
            largest=LARGEST,
        )

    nets = range(0 if small else 1, len(LEVELS) + 1)
    # Each net is searched from its own seed, so they may be searched side by side.
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        found = list(pool.map(tied, nets))
    for reached, (parts, n_split) in zip(nets, found, strict=True):
        n_too_large += n_split
        for part in parts:
            members = np.sort(back[part])
            (groups if reached else plain).setdefault(members.tobytes(), members)
    only_plain = tuple(members for key, members in plain.items() if key not in groups)
    return Candidates(tuple(groups.values()), only_plain, int(np.count_nonzero(level)), n_too_large, n_left_out)


def bearable(whole: Tally, weight: Floats, least: float, most: int = MOST_PAIRS) -> tuple[float, int]:
    """The least weight of a pair, doubled until no more than `most` are put out, and how many are then left out."""
    if int(whole.near.sum()) <= most * LEAST_OBJECTS:
        return least, 0
    threads = os.cpu_count() or 1
    everything = grouped(whole.log.shares)
    counts: list[int] = []
    with ThreadPoolExecutor(threads) as pool:
        while True:
            minimum = Minimum(LEAST_OBJECTS, weight, least * 2 ** len(counts))
            live = pruned(everything, whole.window_us, minimum, pool, threads)
            counts.append(how_many(live, whole.window_us, minimum, pool, threads))
            if counts[-1] <= most:
                return minimum.weight_sum, counts[0] - counts[-1]


def _by_first_appearance(log: FirstShares) -> Ints:
    """Number accounts by their first share in time, so that the communities do not depend on names."""
    first = np.full(log.n_accounts, np.iinfo(np.int64).max)
    np.minimum.at(first, log.shares.account, log.shares.time_us)
    rank = np.empty(log.n_accounts, np.int64)
    rank[np.lexsort((np.diff(log.account_start), first))] = np.arange(log.n_accounts)
    return rank


@compiled
def pair_levels(
    a: np.ndarray[Any, Any],
    b: np.ndarray[Any, Any],
    met: np.ndarray[Any, Any],
    by_account: Ints,
    account_start: Ints,
    thing: np.ndarray[Any, Any],
    chance: Floats,
    levels: tuple[float, ...],
) -> np.ndarray[Any, np.dtype[np.int8]]:
    """How many of the levels, the widest first, each pair's p is at or below.

    p is that of the objects that both shared at any time.
    """
    level = np.zeros(a.size, np.int8)
    common = np.empty(by_account.size)
    for pair in range(a.size):
        i, end_i = account_start[a[pair]], account_start[a[pair] + 1]
        j, end_j = account_start[b[pair]], account_start[b[pair] + 1]
        n, expected = 0, 0.0
        while i < end_i and j < end_j:
            left, right = thing[by_account[i]], thing[by_account[j]]
            if left < right:
                i += 1
            elif left > right:
                j += 1
            else:
                common[n] = chance[left]
                expected += chance[left]
                n += 1
                i += 1
                j += 1
        hits = met[pair]
        if surely_common(expected, hits):
            continue
        if log_bound(expected, hits) <= math.log(levels[-1]):
            level[pair] = len(levels)
            continue
        p = at_least(common[:n], hits)
        for one in levels:
            level[pair] += p <= one
    return level
