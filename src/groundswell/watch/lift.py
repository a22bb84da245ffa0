"""Lift: how many times as often the list used an item as matched control lists did, with an interval.

    (k + ½) / posts of the list          k of the list's posts carry the item
    ───────────────────────────          1 means: as the comparison lists do
    (k₀ + ½) / posts of the controls

The interval is Katz's on the log of the ratio (Katz et al. 1978, doi:10.2307/2530610), widened by how much the
controls differ among themselves beyond counting noise: three control lists that disagree say that little is known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Z95 = 1.959963984540054
CONTINUITY = 0.5


@dataclass(frozen=True, slots=True)
class Lift:
    """A ratio with its 95 % interval."""

    ratio: float
    low: float
    high: float

    @property
    def typical(self) -> bool:
        """Whether the interval covers 1: no more and no less than the comparison lists."""
        return self.low <= 1.0 <= self.high

    def as_json(self) -> dict[str, float]:
        """Three figures, rounded as they are printed."""
        return {"ratio": round(self.ratio, 4), "low": round(self.low, 4), "high": round(self.high, 4)}


def times(ratio: float) -> str:
    """A ratio in two significant digits, as one says it.

    >>> times(0.268), times(1.7), times(553.2), times(8_912.0), times(0.001)
    ('0.27', '1.7', '550', '8,900', 'less than 0.01')
    """
    return "less than 0.01" if ratio < 0.01 else f"{float(f'{ratio:.2g}'):,.10g}"


def lift(k: int, posts: int, controls: Sequence[tuple[int, int]]) -> Lift | None:
    """The lift of an item; None where there is nothing to compare with.

    Parameters
    ----------
    k, posts
        Posts of the list with the item, and all of its posts.
    controls
        The same two numbers of each control list.
    """
    k0, posts0 = sum(one for one, _ in controls), sum(all_of for _, all_of in controls)
    if not posts or not posts0 or len(controls) < 2:
        return None
    ratio = (k + CONTINUITY) / posts / ((k0 + CONTINUITY) / posts0)
    noise = 1 / (k + CONTINUITY) - 1 / (posts + CONTINUITY)
    noise += (1 / (k0 + CONTINUITY) - 1 / (posts0 + CONTINUITY)) * _overdispersion(controls, k0 / posts0)
    width = Z95 * math.sqrt(max(noise, 0.0))
    return Lift(ratio, ratio * math.exp(-width), ratio * math.exp(width))


def _overdispersion(controls: Sequence[tuple[int, int]], rate: float) -> float:
    """How much more the controls differ than counts of one rate would: 1 where they don't."""
    if not rate:
        return 1.0
    spread = sum((k - posts * rate) ** 2 / (posts * rate) for k, posts in controls if posts)
    return max(1.0, spread / (len(controls) - 1))
