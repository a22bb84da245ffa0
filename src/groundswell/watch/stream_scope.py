"""Ranked panels of what is being collected: a `Scope` that asks the stream instead of stored tables.

Ranks ──► Watched      everybody, the last hours, the panels that rank items
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundswell.watch.counts import Counts
from groundswell.watch.log import Ints, Log, Names, People, Uses
from groundswell.watch.panel import panels
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
    """Everybody, in the stretch that the stream holds; the log is empty and never asked."""

    ranks: Ranks
    kind: str

    def counts(self, kind: str, span: Span | None = None) -> Counts:
        """Everybody's counts of a kind of item, as the stream keeps them."""
        return self.ranks.counts(kind)

    def posts(self, span: Span | None = None) -> Ints:
        """Posts of each account: an account's uses of itself are its posts."""
        return self.ranks.counts("account").n

    def names(self, items: Ints) -> list[str]:
        """The names of items of this kind."""
        listed = self.ranks.names(self.kind)
        return [listed[int(one)] for one in items]


def watch_stream(ranks: Ranks, *, top: int = 20) -> Watched | None:
    """What everybody used in the stretch that the stream holds; None before the first post."""
    span = ranks.span
    if span is None:
        return None
    nothing = _nothing()
    answers = []
    for panel in panels():
        if (kind := PANELS.get(panel.name)) is not None:
            scope = StreamScope(log=nothing, span=span, members=None, top=top, ranks=ranks, kind=kind)
            answers.append((panel, panel.answer(scope)))
    return Watched(
        span=span,
        list_name=None,
        n_members=0,
        n_seen=0,
        n_posts=ranks.n_posts,
        n_posts_all=ranks.n_posts,
        controls=(),
        precision=None,
        answers=tuple(answers),
        placebo=None,
        sentence=None,
        lead=None,
    )


def _nothing() -> Log:
    """A log of no post."""
    numbers, times = np.empty(0, np.int32), np.empty(0, np.int64)
    names = Names(np.empty(0, np.uint8), np.zeros(1, np.int64))
    people = People(names, numbers, times, np.empty(0, np.float64))
    wrote = Uses(times, numbers, numbers, numbers)
    return Log(uses={}, wrote=wrote, items=names, firsts=(), people=people, languages=names)
