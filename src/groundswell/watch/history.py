"""An item over time: its rank line with a band, who used it first, and whether the list led or trailed.

item_history  all of it, for one item
history       rank at each step, inside the list and among everything, with the range when accounts are left out
first seen    the first use in the list and the first use outside it
lead          days between the median first uses of members and of everybody else; below zero the list came first
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from scipy.special import bdtr

from groundswell.watch.counts import Standing, ranking
from groundswell.watch.log import Ints, moment
from groundswell.watch.scope import Scope
from groundswell.watch.span import Span
from groundswell.watch.tally import DAY_US

MEDIAN_TAIL = 0.0125
"""What each end of a median's interval leaves out, so that the difference of two is right in 95 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One step of a rank line; ranks are None where the item was not used."""

    at: datetime
    count: int
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    count_all: int
    rank_all: int | None

    def as_json(self) -> dict[str, Any]:
        """The step, its time as ISO 8601 in UTC."""
        return {**asdict(self), "at": f"{self.at.isoformat()}Z"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Who used it first, and by how much the list led or trailed."""

    first_inside: datetime | None
    first_outside: datetime | None
    accounts_inside: int
    accounts_outside: int
    trails_days: float | None
    """Median first use of members less that of everybody else, in days; None where either side never used it."""

    def as_json(self) -> dict[str, Any]:
        """The figures, times as ISO 8601 in UTC."""
        times = {name: getattr(self, name) for name in ("first_inside", "first_outside")}
        return {
            **{name: None if time is None else f"{time.isoformat()}Z" for name, time in times.items()},
            "accounts_inside": self.accounts_inside,
            "accounts_outside": self.accounts_outside,
            "trails_days": None if self.trails_days is None else round(self.trails_days, 4),
        }


@dataclass(frozen=True, kw_only=True, eq=False)
class ItemHistory:
    """An item over time."""

    kind: str
    name: str
    span: Span
    """The stretch of the last step."""
    points: tuple[Point, ...]
    lead: Lead
    inside: Ints
    outside: Ints
    """First uses by accounts of the list and by everybody else: microseconds since 1970, sorted."""

    @property
    def trails_days_95(self) -> tuple[float, float] | None:
        """At least 95 % interval of `Lead.trails_days`; None where a side has too few accounts for one.

        Each median lies between two of its order statistics in 97.5 % of the samples, whatever they are drawn from
        (Thompson 1936, doi:10.1214/aoms/1177732502); the difference of the two then holds in 95 % of them.
        """
        ends = [_median_ends(side) for side in (self.inside, self.outside)]
        if ends[0] is None or ends[1] is None:
            return None
        return (ends[0][0] - ends[1][1]) / DAY_US, (ends[0][1] - ends[1][0]) / DAY_US


def item_history(scope: Scope, kind: str, item: int, name: str, *, steps: int = 14) -> ItemHistory:
    """The rank line of an item, who used it first, and how its users came."""
    inside, outside = first_uses(scope, kind, item)
    return ItemHistory(
        kind=kind,
        name=name,
        span=scope.span,
        points=history(scope, kind, item, steps=steps),
        lead=lead(scope, kind, item),
        inside=np.sort(inside),
        outside=np.sort(outside),
    )


def _median_ends(times: Ints) -> tuple[float, float] | None:
    """The order statistics between which the median lies in 97.5 % of the samples; None under seven values."""
    below = int((bdtr(np.arange(len(times) // 2 + 1), len(times), 0.5) <= MEDIAN_TAIL).sum())
    return (float(times[below - 1]), float(times[-below])) if below else None


def history(scope: Scope, kind: str, item: int, *, steps: int = 14, every_h: float = 24.0) -> tuple[Point, ...]:
    """The rank of an item over the stretch that ends at each step, oldest first."""
    points = []
    for number in reversed(range(steps)):
        span = Span(scope.span.at - number * timedelta(hours=every_h), scope.span.hours)
        standing = Standing(scope.counts(kind, span))
        count, rank = _place(standing.items, standing.uses, item)
        count_all, rank_all = _place(*scope.used_by_all(kind, span), item)
        low = high = None
        if rank is not None:
            ranges = standing.ranges(np.array([item], np.int64))
            low, high = (int(one[0]) for one in ranges)
        points.append(
            Point(
                at=span.at,
                count=count,
                rank=rank,
                rank_low=low,
                rank_high=high,
                count_all=count_all,
                rank_all=rank_all,
            )
        )
    return tuple(points)


def lead(scope: Scope, kind: str, item: int) -> Lead:
    """Who used an item first, up to the end of the stretch."""
    inside, outside = first_uses(scope, kind, item)
    return Lead(
        first_inside=moment(int(inside.min())) if len(inside) else None,
        first_outside=moment(int(outside.min())) if len(outside) else None,
        accounts_inside=len(inside),
        accounts_outside=len(outside),
        trails_days=float(np.median(inside) - np.median(outside)) / DAY_US if len(inside) and len(outside) else None,
    )


def first_uses(scope: Scope, kind: str, item: int) -> tuple[Ints, Ints]:
    """When each account of the list, and each other one, first used an item, up to the end of the stretch."""
    uses = scope.log.uses[kind].between(None, scope.span.at)
    uses = uses.only(uses.item == item)
    # The log is in the order of time, so an account's first entry is its first use.
    account, at = np.unique(uses.account, return_index=True)
    first = uses.time[at]
    member = np.zeros(len(account), bool) if scope.members is None else scope.is_member[account]
    return first[member], first[~member]


def _place(items: Ints, uses: Ints, item: int) -> tuple[int, int | None]:
    at = int(np.searchsorted(items, item))
    if at == len(items) or items[at] != item:
        return 0, None
    return int(uses[at]), int(np.flatnonzero(items[ranking(items, uses)] == item)[0]) + 1
