"""The accounts that wrote most."""

from __future__ import annotations

from groundswell.watch.panel import Panel
from groundswell.watch.ranked import top_of

PANEL = Panel(
    name="active",
    title="Most active accounts",
    question="Who wrote most?",
    caption="Much is not together: activity is no sign of acting with anybody.",
    order=8,
    answer=lambda scope: top_of(scope, "account"),
)
