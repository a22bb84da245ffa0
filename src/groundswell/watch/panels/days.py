"""Posts a day."""

from __future__ import annotations

from datetime import timedelta

from groundswell.watch.log import EPOCH
from groundswell.watch.panel import Panel
from groundswell.watch.tally import day_of, tally


def _date(day: int) -> str:
    return (EPOCH + timedelta(days=day)).date().isoformat()


PANEL = Panel(
    name="days",
    title="By day",
    question="How many posts a day?",
    caption="The first and the last day may be cut by the stretch.",
    order=11,
    answer=lambda scope: tally(scope, day_of, _date),
)
