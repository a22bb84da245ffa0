"""The links shared most."""

from __future__ import annotations

from groundswell.watch.panel import Panel
from groundswell.watch.ranked import top_of

PANEL = Panel(
    name="urls",
    title="Top links",
    question="Which links were shared most?",
    caption="Short links are not resolved: one page may stand under several addresses.",
    order=4,
    answer=lambda scope: top_of(scope, "url"),
)
