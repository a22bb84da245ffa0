"""One line of a ranked panel: never a count without its whole, never a rank without what it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from groundswell.watch.lift import Lift
from groundswell.watch.trending import Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An item and everything that stands beside its count."""

    item: int
    name: str
    count: int
    """Uses in the scope: posts of the list, or of everybody, that carry it."""
    accounts: int
    """Accounts of the scope that used it."""
    share_list: float | None
    """Part of the scope's posts that carry it; None without a post."""
    share_all: float | None
    """Part of all collected uses of it that are the scope's; None where nothing but the list was collected."""
    count_all: int
    """All collected uses of it in the same stretch: the whole of `share_all`."""
    rank: int
    rank_all: int | None
    """Its rank among everything collected; None where nothing but the list was collected."""
    rank_low: int
    rank_high: int
    lift: Lift | None
    """None without a list, or without accounts to compare with."""
    trend: Trend | None
    """None under 30 uses, or without a past."""

    def as_json(self) -> dict[str, Any]:
        """The row as `watch --json` prints it."""
        return {
            "name": self.name,
            "count": self.count,
            "accounts": self.accounts,
            "share_list": None if self.share_list is None else round(self.share_list, 6),
            "share_all": None if self.share_all is None else round(self.share_all, 6),
            "count_all": self.count_all,
            "lift": self.lift.as_json() if self.lift else None,
            "rank": self.rank,
            "rank_all": self.rank_all,
            "rank_low": self.rank_low,
            "rank_high": self.rank_high,
            "trend": self.trend.as_json() if self.trend else None,
        }
