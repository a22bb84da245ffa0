"""The hashtags that rose most above their own past."""

from __future__ import annotations

from groundswell.watch.panel import Panel
from groundswell.watch.ranked import trending_of

PANEL = Panel(
    name="trending_hashtags",
    title="Trending hashtags",
    question="Which hashtags rose above their own past?",
    caption="Shrunk by ten uses on both sides; under 30 uses nothing is said. A rise does not say why.",
    order=2,
    answer=lambda scope: trending_of(scope, "hashtag"),
)
