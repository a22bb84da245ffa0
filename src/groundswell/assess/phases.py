"""When did they come in? Stretches of time in which the members' share of the posts stayed the same.

    posts by members · posts, bin by bin ──► Phases      «mostly without them until 28 June, then …»

Each stretch has one share; where the next begins is chosen so that the binomial deviance of all stretches, plus a
price for each, is least. The least of all ways to cut is found exactly, by dynamic programming with the pruning of
PELT (Killick et al. 2012, doi:10.1080/01621459.2012.737745). Posts come in bursts, which a binomial does not know:
the deviance is divided by how much neighbouring bins differ beyond it, so that bursts alone make no stretch.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from groundswell.assess.timeline import Course, clock, spoken
from groundswell.assess.wording import counted, percent
from groundswell.model.campaign import Phase

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]

BINS_S = (3600.0, 6 * 3600.0, 86_400.0)
MOST_BINS = 400
FEWEST_BINS = 4
SHORTEST = 2
"""Bins; what stands out in one bin only is a burst."""
PRICE = 3.0
"""Times the logarithm of the number of bins, for each stretch."""
CHI2_95 = 3.841
MEDIAN_CHI2 = 0.4549
"""Median of a chi-squared variable with one degree of freedom."""
HARDLY = 0.02
"""A share below this is «mostly without them»."""


def phases(course: Course, *, precision_s: float) -> tuple[Phase, ...]:
    """The stretches of a campaign; one where nothing tells them apart, none without a post."""
    if not len(course.time_us):
        return ()
    width_s = _width(course, precision_s)
    width_us = round(width_s * 1e6)
    # Whole hours and days, as a clock shows them.
    start = int(course.time_us[0]) // width_us * width_us
    bins = (course.time_us - start) // width_us
    n_bins = int(bins[-1]) + 1
    whole = np.bincount(bins, minlength=n_bins).astype(np.float64)
    members = np.bincount(bins[course.by_member], minlength=n_bins).astype(np.float64)
    cuts = change_points(members, whole) if n_bins >= FEWEST_BINS else []
    edges = [0, *cuts, n_bins]
    told = []
    for number, (begin, end) in enumerate(pairwise(edges)):
        low, high = _doubt(members, whole, edges, number) if number else (None, None)
        told.append(
            Phase(
                begins=clock(start + begin * width_us),
                ends=clock(start + end * width_us),
                count=int(members[begin:end].sum()),
                whole=int(whole[begin:end].sum()),
                begins_low=None if low is None else clock(start + low * width_us),
                begins_high=None if high is None else clock(start + high * width_us),
            )
        )
    return tuple(told)


def phases_sentence(found: tuple[Phase, ...]) -> str:
    """The course of the members' share, in words."""
    if not found:
        return "No post matches, so there is no course of a share."
    whole, count = sum(phase.whole for phase in found), sum(phase.count for phase in found)
    posts = f"{count:,} of {counted(whole, 'post', 'posts')}"
    if not count or count == whole:
        return f"Members of reported groups wrote {posts} throughout."
    if len(found) == 1:
        return (
            f"Members of reported groups wrote {posts} ({percent(count / whole)}), and no change of that share over"
            " time stands out."
        )
    daily = all(phase.begins.endswith("T00:00:00Z") for phase in found[1:])
    parts = []
    for number, phase in enumerate(found):
        share = phase.count / phase.whole if phase.whole else 0.0
        told = f"{phase.count:,} of {counted(phase.whole, 'post', 'posts')} ({percent(share)})"
        when = _spoken(phase.begins, hour=not daily)
        if not number:
            mostly = "Mostly without them" if share < HARDLY else "With them"
            parts.append(f"{mostly} until {_spoken(phase.ends, hour=not daily)}: {told}")
        else:
            parts.append(f"from {when}: {told}")
    return "; ".join(parts) + "."


def change_points(members: Floats, whole: Floats) -> list[int]:
    """Bins at which a new stretch begins.

    Parameters
    ----------
    members, whole
        Posts by members, and all posts, by bin.

    Returns
    -------
    list
        Sorted, without 0. Of equally good ways to cut, the one with the earliest last cut.
    """
    n = len(whole)
    price = PRICE * float(np.log(max(n, 2))) * dispersion(members, whole)
    at, of = np.concatenate([[0.0], np.cumsum(members)]), np.concatenate([[0.0], np.cumsum(whole)])
    best = np.full(n + 1, np.inf)
    best[0] = -price
    last = np.zeros(n + 1, dtype=np.int64)
    # A start that was too dear at some end, even before paying for a new stretch there, stays too dear for every end
    # that a stretch begun there can reach.
    lasts = {0: n}
    for end in range(SHORTEST, n + 1):
        if end > SHORTEST:
            lasts[end - SHORTEST] = n
        starts = np.array([start for start, most in lasts.items() if end <= most])
        costs = best[starts] + cost(at[end] - at[starts], of[end] - of[starts])
        chosen = int(np.argmin(costs))
        best[end], last[end] = costs[chosen] + price, starts[chosen]
        dear = starts[costs > best[end] + 1e-9]
        lasts = {start: min(most, end + SHORTEST - 1) if start in dear else most for start, most in lasts.items()}
        lasts = {start: most for start, most in lasts.items() if most > end}
    cuts = []
    end = n
    while end > 0:
        end = int(last[end])
        cuts.append(end)
    return sorted(cut for cut in cuts if cut)


def cost(members: Any, whole: Any) -> Any:
    """Deviance of stretches with one share each: minus twice the largest binomial log-likelihood, without constants."""
    members, others = np.asarray(members, dtype=np.float64), np.asarray(whole, dtype=np.float64) - members
    whole = members + others
    with np.errstate(divide="ignore", invalid="ignore"):
        said = np.where(members > 0, members * np.log(members / whole), 0.0)
        rest = np.where(others > 0, others * np.log(others / whole), 0.0)
    return -2.0 * (said + rest)


def dispersion(members: Floats, whole: Floats) -> float:
    """How much more neighbouring bins differ than a binomial would let them: 1 or above."""
    filled = whole > 0
    m, n = members[filled], whole[filled]
    together, of = m[:-1] + m[1:], n[:-1] + n[1:]
    share = together / of
    mixed = (share > 0) & (share < 1)
    if not mixed.any():
        return 1.0
    gap = (m[:-1] / n[:-1] - m[1:] / n[1:])[mixed]
    expected = (share * (1 - share) * (1 / n[:-1] + 1 / n[1:]))[mixed]
    return max(1.0, float(np.median(gap**2 / expected)) / MEDIAN_CHI2)


def _doubt(members: Floats, whole: Floats, edges: list[int], number: int) -> tuple[int, int]:
    """Bins at which this stretch may begin as well, the other cuts being kept: those within a likelihood ratio."""
    left, here, right = edges[number - 1], edges[number], edges[number + 1]
    scale = dispersion(members, whole)
    tried = range(left + 1, right)
    costs = [
        float(cost(members[left:at].sum(), whole[left:at].sum()) + cost(members[at:right].sum(), whole[at:right].sum()))
        for at in tried
    ]
    near = [at for at, c in zip(tried, costs, strict=True) if c - costs[here - left - 1] <= CHI2_95 * scale]
    return min(near), max(near)


def _width(course: Course, precision_s: float) -> float:
    span_s = (int(course.time_us[-1]) - int(course.time_us[0])) / 1e6
    for width in BINS_S:
        if width >= precision_s and span_s / width <= MOST_BINS / 2:
            return width
    return max(1.0, float(np.ceil(span_s / BINS_S[-1] / MOST_BINS))) * BINS_S[-1]


def _spoken(iso: str, *, hour: bool) -> str:
    return spoken(float(np.datetime64(iso.removesuffix("Z"), "us").astype(np.int64)), hour=hour)
