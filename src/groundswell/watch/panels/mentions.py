"""The accounts named most."""

from __future__ import annotations

from groundswell.watch.panel import Panel
from groundswell.watch.ranked import top_of

PANEL = Panel(
    name="mentions",
    title="Most mentioned",
    question="Who was mentioned most?",
    caption="To be mentioned is not to take part.",
    order=7,
    answer=lambda scope: top_of(scope, "mention"),
)
