"""An item over time: its rank line with a band, who used it first, and whether the list led or trailed.

history       rank at each step, inside the list and among everything, with the range when accounts are left out
first seen    the first use in the list and the first use outside it
lead          days between the median first uses of members and of everybody else; below zero the list came first
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from groundswell.watch.counts import rank_ranges, ranking
from groundswell.watch.log import moment
from groundswell.watch.scope import Scope
from groundswell.watch.span import Span
from groundswell.watch.tally import DAY_US


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


def history(scope: Scope, kind: str, item: int, *, steps: int = 14, every_h: float = 24.0) -> tuple[Point, ...]:
    """The rank of an item over the stretch that ends at each step, oldest first."""
    points = []
    for number in reversed(range(steps)):
        span = Span(scope.span.at - number * timedelta(hours=every_h), scope.span.hours)
        everybody = scope.counts(kind, span)
        inside = everybody if scope.members is None else everybody.of(scope.members)
        count, rank = _place(inside, item)
        count_all, rank_all = _place(everybody, item)
        low = high = None
        if rank is not None:
            ranges = rank_ranges(inside, np.array([item], np.int64))
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
    uses = scope.log.uses[kind].between(None, scope.span.at)
    uses = uses.only(uses.item == item)
    # The log is in the order of time, so an account's first entry is its first use.
    account, at = np.unique(uses.account, return_index=True)
    first = uses.time[at]
    member = np.zeros(len(account), bool) if scope.members is None else scope.is_member[account]
    inside, outside = first[member], first[~member]
    return Lead(
        first_inside=moment(int(inside.min())) if len(inside) else None,
        first_outside=moment(int(outside.min())) if len(outside) else None,
        accounts_inside=len(inside),
        accounts_outside=len(outside),
        trails_days=float(np.median(inside) - np.median(outside)) / DAY_US if len(inside) and len(outside) else None,
    )


def _place(found: Any, item: int) -> tuple[int, int | None]:
    items, uses, _ = found.per_item()
    at = int(np.searchsorted(items, item))
    if at == len(items) or items[at] != item:
        return 0, None
    return int(uses[at]), int(np.flatnonzero(items[ranking(items, uses)] == item)[0]) + 1
