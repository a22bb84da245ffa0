"""How often do two sharers of an object stand near each other where nobody is known to act together?

    data/reference.csv ──► for one kind and window, the chance for an object of each size          the outside yardstick

The yardstick of a group is its own outsiders. Where hardly any are left, or where those left belong to the same block
of accounts, these rates from organic collections stand in. They are of a few collections and a few years: so the
highest of them counts, at the upper end of its interval, and a kind that they hardly hold has none.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import scipy

from groundswell.detect.first_shares import Floats

SIZES = (2, 4, 11, 41)
"""Objects of 2 and 3, 4 to 10, 11 to 40, and more sharers are looked at together."""

FEWEST_PAIRS = 40
"""Fewer pairs than this in a collection say nothing about it."""

CONFIDENCE = 0.975
"""Upper end of the 95 % interval (doi:10.1093/biomet/26.4.404), as if pairs were independent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What one organic collection shows of one kind, window and size."""

    kind: str
    collection: str
    window_s: float
    fewest: int
    """Sharers of the smallest objects counted here; one of `SIZES`."""
    objects: int
    pairs: int
    """Pairs of sharers of the same object."""
    near: int
    """Those of them within the window."""


@cache
def shipped() -> tuple[Rate, ...]:
    """The rates that come with the program; how they were made stands at the head of the file."""
    text = files("groundswell.detect").joinpath("data", "reference.csv").read_text(encoding="utf-8")
    reader = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Rate(
            kind=row["kind"],
            collection=row["collection"],
            window_s=float(row["window_s"]),
            fewest=int(row["fewest"]),
            objects=int(row["objects"]),
            pairs=int(row["pairs"]),
            near=int(row["near"]),
        )
        for row in reader
    )


def reference(kind: str, window_s: float, rates: Iterable[Rate] | None = None) -> Floats | None:
    """The chance that two sharers stand within the window, for each of `SIZES`; None where no collection says.

    Parameters
    ----------
    kind
        Of trace.
    window_s
        In seconds. The shortest measured window that is not shorter stands for it: what happens within ten seconds
        happens within a minute.
    rates
        `shipped` ones if not given.

    Notes
    -----
    Of the collections with 40 pairs or more of the size, the highest upper end counts; where none has so many, the next
    smaller size stands for it. A rate from a crowded evening is too high for a quiet month: it errs on the silent side.
    """
    of_kind = [rate for rate in (shipped() if rates is None else rates) if rate.kind == kind]
    measured = [rate.window_s for rate in of_kind if rate.window_s >= window_s]
    if not measured:
        return None
    at = [rate for rate in of_kind if rate.window_s == min(measured)]
    known = _highest(at)
    if known is None:
        return None
    of_size = np.empty(len(SIZES))
    for place, fewest in enumerate(SIZES):
        known = of_size[place] = _highest(rate for rate in at if rate.fewest == fewest) or known
    return of_size


def _highest(rates: Iterable[Rate]) -> float | None:
    """The highest upper end over collections; None where none has enough pairs."""
    near: dict[str, int] = defaultdict(int)
    pairs: dict[str, int] = defaultdict(int)
    for rate in rates:
        near[rate.collection] += rate.near
        pairs[rate.collection] += rate.pairs
    ends = [
        float(scipy.stats.beta.ppf(CONFIDENCE, near[name] + 1, pairs[name] - near[name]))
        if near[name] < pairs[name]
        else 1.0
        for name in pairs
        if pairs[name] >= FEWEST_PAIRS
    ]
    return max(ends, default=None)
