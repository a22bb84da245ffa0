"""Posts a day."""

from __future__ import annotations

from groundswell.watch.panel import Panel
from groundswell.watch.tally import tally

PANEL = Panel(
    name="days",
    title="By day",
    question="How many posts a day?",
    caption="The first and the last day may be cut by the stretch.",
    order=11,
    answer=lambda scope: tally(scope, "strftime(time, '%Y-%m-%d')"),
)
