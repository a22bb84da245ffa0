"""Trending: more than this item's own past would give, shrunk, and never from a tiny base.

    (k + κ) / (E + κ)      k uses in the stretch, E uses expected from the stretches before it, κ = 10

«Up 233,000 %» was printed of a hashtag because its own past was nothing. Shrinking by ten uses on both sides makes
that 24 at 233 uses from none, and under 30 uses nothing is said at all. The estimate is the mean of a gamma prior of
weight κ about 1 (Morris 1983, doi:10.1080/01621459.1983.10477920).
"""

from __future__ import annotations

from dataclasses import dataclass

from groundswell.watch.log import Ints

KAPPA = 10.0
FEWEST = 30
"""Below so many uses in the stretch nothing is said."""
STRETCHES = 7
"""Stretches of the same length before, whose mean is the past."""


@dataclass(frozen=True, slots=True)
class Trend:
    """How much more than before."""

    expected: float
    score: float

    def as_json(self) -> dict[str, float]:
        """Both figures, rounded as they are printed."""
        return {"expected": round(self.expected, 2), "score": round(self.score, 4)}


def trend(k: int, before: Ints, posts: int, posts_before: Ints) -> Trend | None:
    """The trend of an item; None under `FEWEST` uses or without a past.

    Parameters
    ----------
    before
        Uses in each of the stretches before.
    posts, posts_before
        All posts of the scope, in the stretch and in each before it: a busier day is no trend.
    """
    if k < FEWEST or not posts_before.sum():
        return None
    expected = float(before.sum()) * posts / float(posts_before.sum())
    return Trend(expected, (k + KAPPA) / (expected + KAPPA))
