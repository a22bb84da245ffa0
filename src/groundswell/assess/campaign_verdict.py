"""The verdict on a campaign: that of its groups; without one, only what comparators and planted campaigns allow.

«Nothing was found» is no verdict by itself. It becomes «not distinguishable from organic comparators» only where a
group would have been seen, and where the campaign's statistics lie within those of comparators; else nobody can tell.
"""

from __future__ import annotations

from collections.abc import Sequence

from groundswell.assess.verdict import run_verdict
from groundswell.model.campaign import Comparison
from groundswell.model.finding import Verdict
from groundswell.model.power import Power

FEWEST_ACCOUNTS, FEWEST_DAYS = 30, 2
"""A campaign below this has no room for a group that the rule could report beside a crowd to measure it by."""
FEWEST_COMPARED = 3
"""Statistics that must have been compared."""
PACE_S = 600.0
"""The slowest planted campaigns that must be seen: a day's work for people, not for a timer."""
SIZE = 12
OFTEN = 0.5
"""Least lower end of the rate at which they are reported."""


def campaign_verdict(
    verdicts: Sequence[Verdict],
    comparisons: Sequence[Comparison],
    power: Power | None,
    *,
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
    inauthentic
        Whether profiles outside every group show signs that identity is misrepresented.
    """
    if verdicts:
        return run_verdict(verdicts)
    if inauthentic:
        return Verdict.INAUTHENTIC
    compared = len(comparisons) >= FEWEST_COMPARED and not any(one.outside for one in comparisons)
    roomy = n_accounts >= FEWEST_ACCOUNTS and n_days >= FEWEST_DAYS
    return Verdict.ORGANIC if compared and roomy and unseen(power) is not None else Verdict.CANNOT_TELL


def unseen(power: Power | None) -> int | None:
    """Accounts that a group which went unseen could have; None where it could be any number.

    It is the smallest planted size that was reported often enough at every pace looked at, less one, if sizes above it
    were too; and it must not be above `SIZE`.
    """
    if power is None:
        return None
    rates: dict[int, list[float]] = {}
    for one in power.planted:
        if one.design.pace_s <= PACE_S:
            rates.setdefault(one.design.size, []).append(one.low)
    seen: int | None = None
    for size in sorted(rates, reverse=True):
        if min(rates[size]) < OFTEN:
            break
        seen = size
    return seen - 1 if seen is not None and seen <= SIZE else None
