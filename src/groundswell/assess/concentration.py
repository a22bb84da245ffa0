"""On how many shoulders does it rest? Gini, the busiest hundredth, and the effective number of accounts.

Heavy tails are ordinary, and all three depend on how many accounts there are: compare like with like only,
at equal numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from groundswell.model.campaign import Concentration


def concentration(of: str, counts: Iterable[int]) -> Concentration | None:
    """How unevenly these counts are spread over their accounts; None where the total is 0.

    >>> one = concentration("posts", [1, 1, 1, 1])
    >>> (one.gini, one.top_share, one.effective)
    (0.0, 0.25, 4.0)
    """
    x = np.sort(np.array(list(counts), dtype=np.float64))
    if not len(x) or not x.sum():
        return None
    return Concentration(
        of=of,
        n=len(x),
        total=int(x.sum()),
        gini=gini(x),
        top_share=float(x[-math.ceil(len(x) / 100) :].sum() / x.sum()),
        effective=float(x.sum() ** 2 / (x**2).sum()),
    )


def gini(ascending: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    """Gini's coefficient of sorted counts: half the mean difference of two accounts, in units of the mean.

    >>> gini(np.array([0.0, 0.0, 0.0, 4.0]))
    0.75
    """
    n, total = len(ascending), float(ascending.sum())
    places = np.arange(1, n + 1)
    return max(0.0, float(((2 * places - n - 1) * ascending).sum() / (n * total)))
