"""Did they start it, carry it early, or come late? Three answers to one question, and a role where they agree.

    Course ──► first use · members among the first k accounts · median lag · shift of the two curves ──► Role

The earliest post that was collected is not the first there was, and coming first moves nobody by itself. Members of
one group act together, so the intervals, which draw accounts one by one, are narrower than they would be in truth;
that is why a role needs two signs that agree.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import scipy

from groundswell.assess.timeline import Course, Ints, clock, spoken
from groundswell.assess.wording import counted, duration, figure, part
from groundswell.model.campaign import FirstOf, LeadLag, Role

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]

FIRST = (10, 100, 1_000)
"""Places looked at (docs/campaigns.md, time to first k); those below half of all accounts."""
LEVEL = 0.01
FEWEST = 5
"""Accounts on each side; a role of fewer is an anecdote."""

N_DRAWS = 400
N_SHIFT_DRAWS = 100
"""Fewer, for each goes through all posts."""
MOST_BINS = 600
BINS_S = (60.0, 600.0, 3600.0, 21_600.0, 86_400.0)
LONGEST_SHIFT = 24
"""Bins to either side."""


def lead_lag(course: Course, *, precision_s: float, seed: int, with_shift: bool = True) -> LeadLag:
    """Say whether the members lead or trail in this campaign.

    Parameters
    ----------
    precision_s
        The clock's grain; a lag within it is none.
    seed
        Of the draws.
    with_shift
        Whether to look for the shift of the curves, which takes longest and is no part of the role.
    """
    first = course.first_us
    members, others = np.sort(first[course.is_member]), np.sort(first[~course.is_member])
    if not len(members) or not len(others):
        who = "members of reported groups" if not len(members) else "other accounts"
        return LeadLag(
            role=Role.CANNOT_TELL,
            sentence=f"0 of {counted(len(first), 'account', 'accounts')} in the campaign are {who}, so nobody can be"
            " said to lead or to trail.",
        )
    places = tuple(_first_of(course, k) for k in FIRST if 2 * k <= len(first))
    lag_s, low_s, high_s = _median_lag(members, others, seed)
    width_s, shift = _shift(course, precision_s, seed) if with_shift else (0.0, None)
    leads = members[0] < others[0] - precision_s * 1e6
    early = any(_over(place, len(members), len(first)) for place in places)
    late = low_s > precision_s and not early
    role = _role(len(members), len(others), leads=leads, early=early, late=late)
    return LeadLag(
        role=role,
        sentence=_sentence(role, course, places, lag_s, (low_s, high_s), precision_s),
        first_member=clock(members[0]),
        first_other=clock(others[0]),
        first=places,
        median_lag_s=lag_s,
        median_lag_low_s=low_s,
        median_lag_high_s=high_s,
        shift_s=shift[0] if shift else None,
        shift_low_s=shift[1] if shift else None,
        shift_high_s=shift[2] if shift else None,
        bin_s=width_s if shift else None,
    )


def _role(members: int, others: int, *, leads: bool, early: bool, late: bool) -> Role:
    if min(members, others) < FEWEST:
        return Role.CANNOT_TELL
    if early:
        return Role.ORIGINATOR if leads else Role.EARLY_AMPLIFIER
    return Role.TRAILER if late and not leads else Role.CANNOT_TELL


def _first_of(course: Course, k: int) -> FirstOf:
    # Of two that came at the same moment the other comes first: doubt speaks against the claim.
    order = np.lexsort((np.arange(len(course.first_us)), course.is_member, course.first_us))
    return FirstOf(
        k=k,
        members=int(course.is_member[order[:k]].sum()),
        expected=float(k * course.is_member.mean()),
        posts=int(course.by_member[:k].sum()),
    )


def _over(place: FirstOf, members: int, accounts: int) -> bool:
    """Whether more members stand among the first than a draw by lot would put there."""
    return float(scipy.stats.hypergeom.sf(place.members - 1, accounts, members, place.k)) < LEVEL / len(FIRST)


def _median_lag(members: Ints, others: Ints, seed: int) -> tuple[float, float, float]:
    """Median first use of members minus others in seconds, with a 95 % interval over accounts drawn again."""
    rng = np.random.default_rng(seed)
    lag_us = np.median(members) - np.median(others)
    drawn = _medians(members, rng) - _medians(others, rng)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(lag_us / 1e6), float(min(low, lag_us) / 1e6), float(max(high, lag_us) / 1e6)


def _medians(times: Ints, rng: np.random.Generator) -> Floats:
    """Medians of samples drawn again, told by which place in the sorted sample the middle one has.

    The median of n draws from a sorted sample is the sample's value at the place where a beta-distributed level falls.
    """
    n = len(times)
    level = rng.beta((n + 1) / 2, (n + 1) / 2, size=N_DRAWS)
    return times[np.minimum((level * n).astype(np.int64), n - 1)].astype(np.float64)


def _shift(course: Course, precision_s: float, seed: int) -> tuple[float, tuple[float, float, float] | None]:
    """Shift of the others' curve against the members' at which they go best together, and its interval in seconds."""
    start, end = int(course.time_us[0]), int(course.time_us[-1])
    fitting = [width for width in BINS_S if width >= precision_s and (end - start) / 1e6 / width <= MOST_BINS]
    width_s = fitting[0] if fitting else max(BINS_S[-1], (end - start) / 1e6 / MOST_BINS)
    n_bins = int((end - start) / 1e6 / width_s) + 1
    if n_bins < 2 * LONGEST_SHIFT or min(course.by_member.sum(), (~course.by_member).sum()) < 10 * FEWEST:
        return width_s, None
    bins = ((course.time_us - start) / 1e6 // width_s).astype(np.int64)
    rng = np.random.default_rng(seed)
    n_accounts = len(course.is_member)
    whole = _best_shift(bins, course.by_member, np.ones(len(bins)), n_bins)
    if whole is None:
        return width_s, None
    drawn = []
    for _ in range(N_SHIFT_DRAWS):
        times = rng.multinomial(n_accounts, np.full(n_accounts, 1 / n_accounts))[course.account].astype(np.float64)
        if (shift := _best_shift(bins, course.by_member, times, n_bins)) is not None:
            drawn.append(shift)
    low, high = np.quantile(drawn, [0.025, 0.975]) if drawn else (-LONGEST_SHIFT, LONGEST_SHIFT)
    return width_s, (whole * width_s, float(min(low, whole) * width_s), float(max(high, whole) * width_s))


def _best_shift(bins: Ints, by_member: Any, times: Floats, n_bins: int) -> int | None:
    """The shift in bins with the largest correlation of the two curves' changes; None where one never changes."""
    ours = np.diff(np.bincount(bins[by_member], times[by_member], minlength=n_bins))
    theirs = np.diff(np.bincount(bins[~by_member], times[~by_member], minlength=n_bins))
    if not ours.any() or not theirs.any():
        return None
    shifts = range(-LONGEST_SHIFT, LONGEST_SHIFT + 1)
    return max(shifts, key=lambda shift: (_product(ours, theirs, shift), -abs(shift)))


def _product(ours: Floats, theirs: Floats, shift: int) -> float:
    if shift >= 0:
        return float(ours[: len(ours) - shift] @ theirs[shift:])
    return float(ours[-shift:] @ theirs[:shift])


def _sentence(
    role: Role,
    course: Course,
    places: tuple[FirstOf, ...],
    lag_s: float,
    interval_s: tuple[float, float],
    precision_s: float,
) -> str:
    n_members, n = int(course.is_member.sum()), len(course.is_member)
    members, others = course.first_us[course.is_member].min(), course.first_us[~course.is_member].min()
    first = "a member" if members < others else "another account" if others < members else "members and others alike"
    seen = f"The first use that was collected, on {spoken(min(members, others), hour=True)}, was by {first}"
    if places:
        place = places[0]
        seen += (
            f"; among the first {place.k} of {n:,} accounts {place.members} were members, where"
            f" {figure(place.expected)} would be by lot"
        )
    when = (
        "at the same time as"
        if abs(lag_s) <= precision_s
        else f"{duration(abs(lag_s))} {'after' if lag_s > 0 else 'before'}"
    )
    ends = " to ".join(f"{duration(abs(end))} {'after' if end > 0 else 'before'}" for end in interval_s)
    lag = (
        f"the median member came {when} the median other account (95 % interval {ends},"
        f" {part(n_members, n, 'account', 'accounts')} being members)"
    )
    said = {
        Role.ORIGINATOR: "so among what was collected they stand at the beginning. Earlier posts may lie outside it",
        Role.EARLY_AMPLIFIER: "so they were early, and not the first. It does not say who moved whom",
        Role.TRAILER: "so they came after the others had begun",
        Role.CANNOT_TELL: "which does not tell whether they lead or trail",
    }[role]
    return f"{seen}; {lag}, {said}."
