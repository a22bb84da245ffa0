"""The hashtags used most."""

from __future__ import annotations

from groundswell.watch.panel import Panel
from groundswell.watch.ranked import top_of

PANEL = Panel(
    name="hashtags",
    title="Top hashtags",
    question="Which hashtags were used most?",
    caption="A rank in a list is a rank in that list. The share beside it says how much of all uses that was.",
    order=1,
    answer=lambda scope: top_of(scope, "hashtag"),
)
