"""A panel: one question about a stretch of time, answered with rows. One file of `panels`, ending in PANEL.

Scope ──► Ranked (items with ranks)  or  Tally (hours, days, languages)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import groundswell.watch.panels
from groundswell.model.plugins import found
from groundswell.watch.row import Row
from groundswell.watch.scope import Scope


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One question."""

    name: str
    """As it stands in `watch --json`."""
    title: str
    question: str
    """What it answers, in words a journalist would use."""
    caption: str
    """What would mislead."""
    order: int
    """Where it stands on the page."""
    answer: Callable[[Scope], Answer]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a panel found."""

    rows: Sequence[Row] | Sequence[dict[str, Any]]
    n_items: int
    """Of how many items the rows are the first."""
    shape: Literal["ranked", "tally"] = "ranked"

    def as_json(self) -> dict[str, Any]:
        """The rows, as they are printed."""
        rows = [row.as_json() if isinstance(row, Row) else row for row in self.rows]
        return {"shape": self.shape, "n_items": self.n_items, "rows": rows}


@cache
def panels() -> tuple[Panel, ...]:
    """Every panel, in the order of the page."""
    return tuple(sorted(found(groundswell.watch.panels, "PANEL"), key=lambda one: (one.order, one.name)))
