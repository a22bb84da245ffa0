"""What could the group scan not have seen in data like these?

    Shares, window ──► Visible         for groups of some sizes, the fewest occasions that would have been reported

Worked out with the evidence of `evidence` itself, for made-up groups on typical objects of this very data. A group
that acts less often, or wider apart than the window, may be there all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from groundswell.detect.bets import N_BETS, add_bets, log10_e
from groundswell.detect.decision import DIGITS_FOR_THIN, ENOUGH_OCCASIONS, LEAST_OCCASIONS, least_together
from groundswell.detect.evidence import price
from groundswell.detect.first_shares import first_shares
from groundswell.detect.shares import Shares
from groundswell.detect.speed import speed_of
from groundswell.detect.yardstick import tally, yardstick

SIZES = (3, 5, 10, 20, 50)
TURNOUTS = (1.0, 0.6)
MOST_OCCASIONS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Visible:
    """The smallest campaign of one size that would have been reported."""

    window_s: float
    size: int
    """Accounts."""
    turnout: float
    """Share of them that take part in each occasion, all within the window."""
    n_occasions: int | None
    """Fewest objects that they must share in step; None if a thousand would not do."""


def smallest_visible(
    shares: Shares,
    window_s: float,
    *,
    needed: float,
    theta: float = 3.0,
    sizes: Sequence[int] = SIZES,
    turnouts: Sequence[float] = TURNOUTS,
) -> tuple[Visible, ...]:
    """For each size and turnout, the fewest occasions with which a group would have been reported.

    Parameters
    ----------
    shares
        All shares of one kind.
    window_s
        A window of the scan, in seconds.
    needed
        Digits that a report needs: ``Scan.needed_digits``.

    Returns
    -------
    one `Visible` for each turnout and size, in that order

    Notes
    -----
    A typical object is one on which a share, drawn at random from those on objects with several sharers, is seen: the
    median chance over them. The members are of usual speed, and nobody leads. Finding such a group is another matter:
    the scan must have it among its candidates, so true power is a little less.
    """
    log = first_shares(shares)
    speed = speed_of(log)
    near_share = yardstick(tally(log, speed, round(window_s * 1e6))).near_share
    on_shared = near_share[log.shares.object[log.n_sharers[log.shares.object] >= 2]]
    typical = float(np.median(on_shared)) if len(on_shared) else 1.0
    return tuple(
        Visible(
            window_s=window_s,
            size=size,
            turnout=turnout,
            n_occasions=_fewest(size, max(2, round(turnout * size)), typical, theta, needed, log.n_eligible),
        )
        for turnout in turnouts
        for size in sizes
    )


def _fewest(size: int, together: int, near_share: float, theta: float, needed: float, n_eligible: int) -> int | None:
    if together < least_together(size):
        return None
    bets = np.zeros((1, N_BETS))
    add_bets(together, together - 1, min(1.0, theta * near_share / 2), np.empty(together + 1), bets, 0)
    cost = price(n_eligible, size)
    for n in range(LEAST_OCCASIONS, MOST_OCCASIONS + 1):
        digits = float(log10_e(n * bets[0])) - cost
        thin = n < ENOUGH_OCCASIONS and digits < needed + DIGITS_FOR_THIN
        if digits >= needed and not thin:
            return n
    return None
