"""The verdict on a campaign: that of its groups; without one, only what comparators and planted campaigns allow.

«Nothing was found» is no verdict by itself. It becomes «not distinguishable from organic comparators» only where a
group would have been seen, and where the campaign's statistics lie within those of comparators; else nobody can tell.
"""

from __future__ import annotations

from collections.abc import Sequence

import scipy

from groundswell.assess.verdict import run_verdict
from groundswell.model.campaign import Comparison
from groundswell.model.finding import Verdict
from groundswell.model.power import Planted, Power

FEWEST_ACCOUNTS, FEWEST_DAYS = 30, 2
"""A campaign below this has no room for a group that the rule could report beside a crowd to measure it by."""
FEWEST_COMPARED = 3
"""Statistics that must have been compared."""
PACE_S = 600.0
"""The slowest planted campaigns that must be seen: a day's work for people, not for a timer."""
SIZE = 12
MOST_UNSEEN = 0.1
"""Largest part of the posts that the smallest campaign which is seen may be: where it would be a third of them, a group
just below it could be a third as well, and nobody should speak of organic."""
OFTEN = 0.5
"""Least rate at which they are reported, and least lower end of its 95 % interval over all paces."""


def campaign_verdict(
    verdicts: Sequence[Verdict],
    comparisons: Sequence[Comparison],
    power: Power | None,
    *,
    n_posts: int,
    n_accounts: int,
    n_days: int,
    inauthentic: bool,
) -> Verdict:
    """The verdict on a campaign.

    Parameters
    ----------
    verdicts
        On the reported groups that took part.
    comparisons
        The campaign's statistics among comparators.
    power
        What planted campaigns show; None where none were planted.
    n_posts, n_accounts, n_days
        Of the campaign.
    inauthentic
        Whether profiles outside every group show signs that identity is misrepresented.
    """
    if verdicts:
        return run_verdict(verdicts)
    if inauthentic:
        return Verdict.INAUTHENTIC
    compared = len(comparisons) >= FEWEST_COMPARED and not any(one.outside for one in comparisons)
    roomy = n_accounts >= FEWEST_ACCOUNTS and n_days >= FEWEST_DAYS
    return Verdict.ORGANIC if compared and roomy and powerful(power, n_posts) else Verdict.CANNOT_TELL


def unseen(power: Power | None) -> int | None:
    """Accounts that a group which went unseen could have; None where it could be any number.

    It is the smallest planted size that was reported often enough, less one, if sizes above it were too; and it must
    not be above `SIZE`. Often enough is at every pace looked at every second time, and over the paces together so
    often that the interval begins there: one pace alone is planted too few times for an interval so narrow.
    """
    seen = _smallest_seen(power)
    return seen[0].design.size - 1 if seen else None


def powerful(power: Power | None, n_posts: int) -> bool:
    """Whether a group would have been seen before it wrote more than `MOST_UNSEEN` of so many posts."""
    seen = _smallest_seen(power)
    posts = [one.design.size * one.design.n_objects * one.design.turnout for one in seen]
    return bool(posts) and max(posts) <= MOST_UNSEEN * n_posts


def _smallest_seen(power: Power | None) -> Sequence[Planted]:
    """The planted campaigns of the smallest size that was reported often enough; none where there is none."""
    of_size: dict[int, list[Planted]] = {}
    for one in power.planted if power else ():
        if one.design.pace_s <= PACE_S:
            of_size.setdefault(one.design.size, []).append(one)
    seen: Sequence[Planted] = ()
    for size in sorted(of_size, reverse=True):
        if not _often(of_size[size]):
            break
        seen = of_size[size] if size <= SIZE else ()
    return seen


def _often(planted: Sequence[Planted]) -> bool:
    n, n_found = sum(one.n for one in planted), sum(one.n_found for one in planted)
    if not n or min(one.rate for one in planted) < OFTEN:
        return False
    return float(scipy.stats.binomtest(n_found, n).proportion_ci(0.95, method="exact").low) >= OFTEN
