"""Hashtags that belong together."""

from __future__ import annotations

from groundswell.watch.panel import Panel
from groundswell.watch.topics import topics

PANEL = Panel(
    name="topics",
    title="Topics",
    question="Which hashtags stand in the same posts?",
    caption="Standing together is a matter of posts, not of the people who wrote them.",
    order=3,
    answer=topics,
)
