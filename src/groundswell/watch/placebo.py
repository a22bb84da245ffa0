"""The placebo: a list of nobody in particular goes through the same page, and what it rings for is a false alarm.

control list in the list's place, the others as its controls ──► of 20 items, how many lifts leave 1 out
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from groundswell.watch.audit import wilson
from groundswell.watch.counts import ranking
from groundswell.watch.ranked import rows_of
from groundswell.watch.scope import Scope

N_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Placebo:
    """How often the page rings for nothing."""

    alarms: int
    tried: int

    def as_json(self) -> dict[str, Any]:
        """The count, its whole and the 95 % interval of the rate."""
        low, high = wilson(self.alarms, self.tried) if self.tried else (0.0, 1.0)
        return {"alarms": self.alarms, "tried": self.tried, "low": round(low, 4), "high": round(high, 4)}


def placebo(scope: Scope, *, kind: str = "hashtag", seed: int = 0) -> Placebo | None:
    """Try items drawn from what a control list used; None without enough control lists."""
    if len(scope.controls) < 3:
        return None
    stand_in, *others = scope.controls
    tried = replace(scope, members=stand_in.accounts, controls=tuple(others))
    everybody = scope.counts(kind)
    inside = everybody.of(stand_in.accounts)
    items, uses, _ = inside.per_item()
    if not len(items):
        return Placebo(0, 0)
    drawn = np.sort(np.random.default_rng(seed).permutation(items[ranking(items, uses)][:200])[:N_ITEMS])
    lifts = [row.lift for row in rows_of(tried, kind, drawn, everybody, inside, {})]
    told = [one for one in lifts if one is not None]
    return Placebo(sum(not one.typical for one in told), len(told))
