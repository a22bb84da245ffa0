"""Ranked panels of what is being collected: a `Scope` that asks the stream instead of stored tables.

Ranks ──► Watched      everybody, the last hours, the panels that rank items
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.watch.counts import Counts, Ints
from groundswell.watch.panel import panels
from groundswell.watch.ranked import rows_of
from groundswell.watch.counts import ranking
from groundswell.watch.panel import Answer
from groundswell.watch.row import Row
from groundswell.watch.scope import Scope
from groundswell.watch.span import Span
from groundswell.watch.stream import Ranks
from groundswell.watch.watch import Watched

PANELS = {
    "hashtags": "hashtag",
    "urls": "url",
    "domains": "domain",
    "posts": "post",
    "mentions": "mention",
    "active": "account",
}
"""Panels that a stream answers, with the kind of item that each ranks. Trends need the seven stretches before, topics
and tallies the posts; they are answered of what is stored."""


@dataclass(frozen=True, kw_only=True)
class StreamScope(Scope):
    """Everybody, in the stretch that the stream holds."""

    ranks: Ranks
    kind: str

    def posts(self, span: Span | None = None) -> dict[int, int]:
        """Posts of each account; an account's uses of itself are its posts."""
        found = self.ranks.counts("account")
        return dict(zip(found.account.tolist(), found.n.tolist(), strict=True))

    def names(self, items: Ints) -> list[str]:
        """The names of items of this kind."""
        listed = self.ranks.names(self.kind)
        return [listed[int(one)] for one in items]
