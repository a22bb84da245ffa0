"""A part of a whole with an honest interval.

Counted in everything that was read, the part is exact. As an estimate for what was not read it is a share among
*accounts* drawn at random, each with all its posts: a few busy accounts can move it, so the interval is wider than
the number of posts suggests (docs/campaigns.md: resample accounts, not posts).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from groundswell.model.finding import Share

Z95 = 1.959963984540054

SAMPLED = (
    "95 %, taking the accounts read as a random sample with all their posts; counted among what was read, the share"
    " is exact. Who belongs to the groups is taken as found"
)
COUNTED = "everything was counted; who belongs to the groups is taken as found"


def portion(
    of: str,
    per_account: Iterable[tuple[int, bool]],
    *,
    census: bool = False,
    missing: int | None = None,
) -> Share:
    """The members' part of a whole, with its interval.

    Parameters
    ----------
    of
        What is counted, such as ``posts with #OpenGate``.
    per_account
        For each account: how many it has, and whether it is a member. Give 1 for each to count accounts.
    census
        The data are all there is, so nothing but the missing is uncertain.
    missing
        How many are known to be missing; None where that is not known.

    Returns
    -------
    Share
        With a Wilson interval on the effective number of independent posts (Kish 1965: n / deff, deff from the
        linearised variance of a ratio over accounts), and Manski's (1990) upper bound if all the missing were theirs.
    """
    pairs = np.array([(n, member) for n, member in per_account], dtype=np.float64).reshape(-1, 2)
    n, member = pairs[:, 0], pairs[:, 1].astype(bool)
    whole, count = int(n.sum()), int(n[member].sum())
    low = high = share = count / whole if whole else 0.0
    if whole and not census:
        low, high = wilson(share, whole / design_effect(n, member))
    return Share(
        of=of,
        count=count,
        whole=whole,
        low=min(low, share),
        high=max(high, share),
        basis=COUNTED if census else SAMPLED,
        high_if_missing=(count + missing) / (whole + missing) if missing and whole else None,
    )


def wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's (1927) 95 % interval of a share seen in `n` independent draws; `n` need not be whole."""
    centre = (share + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    half = Z95 / (1 + Z95**2 / n) * float(np.sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2)))
    return max(0.0, centre - half), min(1.0, centre + half)


def design_effect(
    n: np.ndarray[tuple[int], np.dtype[np.float64]], member: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> float:
    """How much less a post says because its account wrote others: 1 when each account wrote one.

    Where the share is 0 or 1 the variance can't be seen; the mean cluster size weighted by posts stands in.
    """
    whole = float(n.sum())
    share = float(n[member].sum()) / whole
    if share in (0.0, 1.0):
        return float((n**2).sum() / whole)
    variance = float((((member - share) * n) ** 2).sum()) / whole**2
    return max(1.0, variance / (share * (1 - share) / whole))
