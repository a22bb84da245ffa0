"""The sites whose pages were shared most."""

from __future__ import annotations

from groundswell.watch.panel import Panel
from groundswell.watch.ranked import top_of

PANEL = Panel(
    name="domains",
    title="Top sites",
    question="Pages of which sites were shared most?",
    caption="A site counts once a post, however many of its pages the post names.",
    order=5,
    answer=lambda scope: top_of(scope, "domain"),
)
