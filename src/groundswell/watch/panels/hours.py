"""Posts by hour of the day."""

from __future__ import annotations

from groundswell.watch.panel import Panel
from groundswell.watch.tally import hour_of, tally

PANEL = Panel(
    name="hours",
    title="By hour",
    question="When in the day were the posts written?",
    caption="Hours in UTC. An hour says nothing of where somebody is.",
    order=9,
    answer=lambda scope: tally(scope, hour_of),
)
