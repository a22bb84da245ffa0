"""Posts by day of the week."""

from __future__ import annotations

from groundswell.watch.panel import Panel
from groundswell.watch.tally import tally, weekday_of

DAYS = {1: "Monday", 2: "Tuesday", 3: "Wednesday", 4: "Thursday", 5: "Friday", 6: "Saturday", 7: "Sunday"}

PANEL = Panel(
    name="weekdays",
    title="By weekday",
    question="On which days of the week?",
    caption="Two days can't show a week: look at a longer stretch.",
    order=10,
    answer=lambda scope: tally(scope, weekday_of, DAYS.__getitem__),
)
