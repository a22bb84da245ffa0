"""How often do two sharers of an object stand within the window of each other, if they are nothing to each other?

    FirstShares, Speed, window ──► Tally ──► Yardstick         the groups that are being weighed left out of it

The yardstick of an object is its own outsiders. Where a group owns an object there are few of them, and objects of
the same size stand in; where hardly any outsiders are left anywhere, organic collections do (`reference`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.first_shares import FirstShares, Floats, Ints
from groundswell.detect.reference import SIZES, reference
from groundswell.detect.speed import Speed, Strata
from groundswell.detect.tally import expected_pairs, near_pairs

# Pairs' worth of trust: in the objects of the same size when one object is judged, in all objects when a size is,
# and in the expectation when two strata of speed are (docs/how_it_works.md).
TRUST_IN_SIZE = 10.0
TRUST_IN_ALL = 20.0
TRUST_IN_STRATA = 2.0

# Objects of 2, 3, 4-6, 7-10, 11-15, 16-25 sharers and so on are of one size; the last class takes all from 10,322.
CLASSES_PER_OCTAVE = 1.5
N_CLASSES = 21

# The quarter of objects most in step may be a campaign's own, and does not count when candidates are looked for.
TRIMMED = 0.25

# A campaign of hundreds can own most objects of one size; few campaigns own those of five sizes.
SIZES_BESIDE = 2

# With fewer pairs of outsiders than this, over all objects of a kind, the reference says what is usual.
FEW_PAIRS = 100

OUTSIDE = -1
"""The label of an account that belongs to no group."""


@dataclass(frozen=True, eq=False)
class Yardstick:
    """What chance gives in one window."""

    near_share: Floats
    """For each object, the chance that two of its sharers stand within the window."""
    ratio: Floats
    """How many times more often two strata of speed stand together than that, at least 1. (strata, strata)"""
    by_reference: bool = False
    """Whether rates from outside the data had a part in it."""


@dataclass(frozen=True, eq=False)
class Tally:
    """Everything that stands within one window of each other, before any group is left out."""

    log: FirstShares
    stratum: Strata
    window_us: int
    near: Ints
    """Pairs of each object's sharers within the window."""
    by_strata: Ints
    """All of those pairs by their strata, both orders."""

    @cached_property
    def pairs(self) -> Floats:
        """Pairs of each object's sharers, near or not."""
        n = self.log.n_sharers.astype(np.float64)
        return n * (n - 1) / 2

    @cached_property
    def lone(self) -> Ints:
        """An object without a pair of sharers, which stands for all of those, for most are; none if there is none."""
        return np.flatnonzero(self.log.n_sharers < 2)[:1]

    @cached_property
    def judged(self) -> Ints:
        """The objects with a pair of sharers, and `lone`; sorted."""
        return np.sort(np.concatenate((self.lone, np.flatnonzero(self.log.n_sharers >= 2))))

    @cached_property
    def reference(self) -> Floats | None:
        """For each object, the rate of its size in organic collections; None where none says."""
        of_size = reference(self.log.shares.kind, self.window_us / 1e6)
        if of_size is None:
            return None
        size = np.searchsorted(SIZES, np.maximum(self.log.n_sharers, SIZES[0]), side="right") - 1
        return np.asarray(of_size[size])

    @cached_property
    def size_class(self) -> Ints:
        """The class of size of each object."""
        octave = np.log2(np.maximum(self.log.n_sharers, 2))
        return np.minimum(np.floor(octave * CLASSES_PER_OCTAVE).astype(np.int64), N_CLASSES - 1)


def tally(log: FirstShares, speed: Speed, window_us: int) -> Tally:
    """Count the near pairs of every object. O(shares x strata)."""
    near, by_strata = near_pairs(log.start, log.shares.time_us, speed.stratum, window_us)
    return Tally(log, speed.stratum, window_us, near, by_strata)


def yardstick(whole: Tally, label: Ints | None = None, *, no_lower: bool = False) -> Yardstick:
    """What chance gives, without the pairs inside groups.

    Parameters
    ----------
    label
        For each account, the number of its group, or `OUTSIDE`. Pairs of accounts with the same number leave the
        count of near pairs and the count of all pairs alike.
    no_lower
        No object's chance is below that of its size in the reference: for data in which one block of accounts is most
        of what there is. Where the reference is silent this is all the same as without.

    Notes
    -----
    docs/how_it_works.md. Where fewer than a hundred pairs of outsiders are left, sizes are drawn towards the reference
    instead of towards the overall rate. A kind without a reference then gets a `near_share` near one half, which no
    group can beat: there is nothing to compare with.
    """
    judged = whole.judged
    near, pairs = whole.near[judged].astype(np.float64), whole.pairs[judged]
    by_strata = whole.by_strata.astype(np.float64)
    inside = None
    if label is not None and (label != OUTSIDE).any():
        inside = _Inside.of(whole, label)
        met = inside.pairs > 0
        at = np.searchsorted(judged, inside.object[met])
        near -= np.bincount(at, weights=inside.near[met], minlength=len(near))
        pairs -= np.bincount(at, weights=inside.pairs[met], minlength=len(pairs))
        by_strata = by_strata - inside.by_strata
    from_outside = whole.reference[judged] if whole.reference is not None else None
    if not no_lower and pairs.sum() >= FEW_PAIRS:
        from_outside = None
    prior = _of_size(whole.size_class[judged], near, pairs, from_outside if pairs.sum() < FEW_PAIRS else None)
    rate = (near + TRUST_IN_SIZE * prior) / (pairs + TRUST_IN_SIZE)
    if no_lower and from_outside is not None:
        rate = np.maximum(rate, from_outside)
    near_share = np.empty(len(whole.near))
    near_share[:] = rate[np.searchsorted(judged, whole.lone)] if len(whole.lone) else 0.0
    near_share[judged] = rate
    expected = expected_pairs(whole.log.start, whole.stratum, near_share)
    if inside is not None:
        expected = expected - expected_pairs(inside.start, inside.stratum, near_share[inside.object])
    ratio = (by_strata + TRUST_IN_STRATA) / (np.maximum(expected, 0) + TRUST_IN_STRATA)
    return Yardstick(near_share, np.maximum(ratio, 1.0), by_reference=from_outside is not None)


def trimmed_prior(whole: Tally) -> Floats:
    """The chance for an object of its size, going by the three quarters of such objects that are least in step.

    A campaign's own objects are in step because of the campaign, and would hide it. The rate of the quarter that is
    left out is made up for by dividing by three quarters. A campaign of hundreds may own most objects of one size:
    no size has a higher chance than the median of itself and those beside it.
    """
    near, pairs = whole.near.astype(np.float64), whole.pairs
    overall = _overall(near, pairs)
    rate_of = np.full(N_CLASSES, np.nan)
    share = near / np.maximum(pairs, 1)
    for size in np.unique(whole.size_class):
        members = np.flatnonzero((whole.size_class == size) & (pairs > 0))
        if not len(members):
            continue
        calm_first = members[np.lexsort((pairs[members], share[members]))]
        kept = calm_first[: max(1, int(np.ceil(len(members) * (1 - TRIMMED))))]
        rate = (near[kept].sum() + TRUST_IN_ALL / 2 * overall) / (pairs[kept].sum() + TRUST_IN_ALL)
        rate_of[size] = min(rate / (1 - TRIMMED), 1.0)
    return np.asarray(_no_outliers(rate_of, min(overall, 1.0))[whole.size_class])


def _no_outliers(rate_of: Floats, otherwise: float) -> Floats:
    """Each size's rate, but no more than the median of it and the sizes beside it."""
    smooth = np.full(len(rate_of), otherwise)
    for size in np.flatnonzero(~np.isnan(rate_of)):
        beside = rate_of[max(0, size - SIZES_BESIDE) : size + SIZES_BESIDE + 1]
        smooth[size] = min(rate_of[size], float(np.nanmedian(beside)))
    return smooth


def _overall(near: Floats, pairs: Floats) -> float:
    # Half a pair in one: no data is no reason to call anything impossible (Jeffreys).
    return float((near.sum() + 0.5) / (pairs.sum() + 1.0))


def _of_size(size_class: Ints, near: Floats, pairs: Floats, from_outside: Floats | None) -> Floats:
    """The rate of each object's size, drawn towards the overall rate, or towards what organic collections say."""
    near_of = np.bincount(size_class, weights=near, minlength=N_CLASSES)[size_class]
    pairs_of = np.bincount(size_class, weights=pairs, minlength=N_CLASSES)[size_class]
    toward = _overall(near, pairs) if from_outside is None else from_outside
    return np.asarray((near_of + TRUST_IN_ALL * toward) / (pairs_of + TRUST_IN_ALL))


@dataclass(frozen=True, eq=False)
class _Inside:
    """The pairs inside groups, counted like those of objects: a run is the members of one group on one object."""

    object: Ints
    start: Ints
    stratum: Strata
    near: Ints
    pairs: Floats
    by_strata: Ints

    @classmethod
    def of(cls, whole: Tally, label: Ints) -> _Inside:
        log = whole.log
        rows, thing, start = members_by_object(log.shares.account, log.start, label, int(label.max()) + 1)
        stratum = whole.stratum[rows]
        near, by_strata = near_pairs(start, log.shares.time_us[rows], stratum, whole.window_us)
        n = np.diff(start).astype(np.float64)
        return cls(thing, start, stratum, near, n * (n - 1) / 2, by_strata)


@compiled
def members_by_object(
    account: np.ndarray[Any, np.dtype[np.int32]], start: Ints, label: Ints, n_groups: int
) -> tuple[Ints, Ints, Ints]:
    """The rows of accounts in groups, by object, then group, then time: (rows, the object of each run, its start).

    Counted into their places object by object: sorting was half of what a yardstick took.
    """
    # Room that is not written to costs nothing.
    rows = np.empty(account.size, np.int64)
    thing, begin = np.empty(account.size, np.int64), np.empty(account.size + 1, np.int64)
    free, here = np.zeros(n_groups, np.int64), np.empty(n_groups, np.int64)
    n_runs = at = 0
    for one in range(start.size - 1):
        n_here = 0
        for row in range(start[one], start[one + 1]):
            group = label[account[row]]
            if group == OUTSIDE:
                continue
            if free[group] == 0:
                here[n_here] = group
                n_here += 1
            free[group] += 1
        if n_here == 0:
            continue
        here[:n_here].sort()
        for group in here[:n_here]:
            thing[n_runs], begin[n_runs] = one, at
            n_runs += 1
            of_group = free[group]
            free[group] = at
            at += of_group
        for row in range(start[one], start[one + 1]):
            group = label[account[row]]
            if group != OUTSIDE:
                rows[free[group]] = row
                free[group] += 1
        for group in here[:n_here]:
            free[group] = 0
    begin[n_runs] = at
    return rows[:at], thing[:n_runs], begin[: n_runs + 1]
