"""Posts by language."""

from __future__ import annotations

from groundswell.watch.panel import Panel
from groundswell.watch.tally import language_of, tally

PANEL = Panel(
    name="languages",
    title="Languages",
    question="In which languages?",
    caption="As the platform told; where it did not, it is unknown and not English.",
    order=12,
    answer=lambda scope: tally(scope, language_of, scope.log.languages.__getitem__),
)
