"""The placebo: a list of nobody in particular goes through the same page, and what it rings for is a false alarm.

control list in the list's place, the others as its controls ──► of 20 items, how many lifts leave 1 out

`watch.placebo_nights` does so night after night: one page says little of how often pages err.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from groundswell.watch.audit import wilson
from groundswell.watch.counts import ranking
from groundswell.watch.ranked import lifts_of
from groundswell.watch.scope import Scope

N_ITEMS = 20
MOST_USED = 200
"""Items are drawn from so many of the most used: a page shows no others."""


@dataclass(frozen=True, slots=True)
class Placebo:
    """How often the page rings for nothing."""

    rang: tuple[str, ...]
    """Names of the items whose lift left 1 out, sorted: every one a false alarm."""
    tried: int

    @property
    def alarms(self) -> int:
        """How many rang."""
        return len(self.rang)

    def as_json(self) -> dict[str, Any]:
        """The count, its whole and the 95 % interval of the rate."""
        low, high = wilson(self.alarms, self.tried) if self.tried else (0.0, 1.0)
        return {
            "alarms": self.alarms,
            "tried": self.tried,
            "low": round(low, 4),
            "high": round(high, 4),
            "rang": list(self.rang),
        }


def placebo(scope: Scope, *, kind: str = "hashtag", seed: int = 0) -> Placebo | None:
    """Try items drawn from what the first control list used; None without enough control lists.

    Whoever is on the scope's own list is left out of it: the stand-in is nobody's choice.
    """
    if len(scope.controls) < 3:
        return None
    stand_in, *others = scope.controls
    items, uses, _ = replace(scope, members=stand_in.accounts).counts(kind).per_item()
    drawn = np.sort(np.random.default_rng(seed).permutation(items[ranking(items, uses)][:MOST_USED])[:N_ITEMS])
    lifts = lifts_of(scope, kind, drawn, stand_in.accounts, others)
    told = [(name, one) for name, one in zip(scope.names(drawn), lifts, strict=True) if one is not None]
    return Placebo(tuple(sorted(name for name, one in told if not one.typical)), len(told))
