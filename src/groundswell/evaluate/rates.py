"""A number measured over made-up worlds never stands alone: its interval and its worlds stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from groundswell.evaluate.scores import clopper_pearson, mean_interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A rate or a mean over seeds, 0 to 1, with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int
    """Worlds it rests on."""


def rate(hits: int, of: int) -> Estimate:
    """The part of `of` worlds in which something happened, with the exact interval (Clopper–Pearson).

    Raises
    ------
    ValueError
        `of` is not positive.
    """
    if of < 1:
        raise ValueError("a rate needs a world")
    low, high = clopper_pearson(hits, of)
    return Estimate(value=hits / of, low=low, high=high, n=of)


def mean(values: Sequence[float]) -> Estimate | None:
    """The mean of parts, with Student's interval; None of nothing."""
    if not values:
        return None
    low, high = mean_interval(values)
    return Estimate(value=fmean(values), low=low, high=high, n=len(values))
