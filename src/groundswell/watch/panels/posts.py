"""The posts repeated most."""

from __future__ import annotations

from groundswell.watch.panel import Panel
from groundswell.watch.ranked import top_of

PANEL = Panel(
    name="posts",
    title="Most shared posts",
    question="Which posts were reposted most?",
    caption="Reposts that were collected; the platform may know of more.",
    order=6,
    answer=lambda scope: top_of(scope, "post"),
)
