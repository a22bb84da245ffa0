"""What a page of panels is about: a stretch of time, a list or everybody, and the lists it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from groundswell.watch.controls import Control
from groundswell.watch.counts import Counts, Standing, counts
from groundswell.watch.log import Ints, Log, Uses
from groundswell.watch.span import Span


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What is looked at. It asks the log, each question once."""

    log: Log
    span: Span
    members: Ints | None
    """Account numbers of the list, sorted; None for everybody."""
    controls: tuple[Control, ...] = ()
    top: int = 20
    """Rows of a ranked panel."""

    def counts(self, kind: str, span: Span | None = None) -> Counts:
        """The scope's counts of a kind of item, in its own stretch or in another one."""
        return counts(self.of_scope(self.log.uses[kind].within(span or self.span)))

    def standing(self, kind: str) -> Standing:
        """The order of a kind of item in the scope's own stretch; three panels look at hashtags."""
        if kind not in self._standings:
            self._standings[kind] = Standing(self.counts(kind))
        return self._standings[kind]

    def used_by_all(self, kind: str, span: Span | None = None) -> tuple[Ints, Ints]:
        """Items that anybody used, in the order of their numbers, and all uses of each."""
        if self.members is None:
            if span is not None:
                items, uses, _ = self.counts(kind, span).per_item()
                return items, uses
            return self.standing(kind).items, self.standing(kind).uses
        found = self.log.uses[kind].within(span or self.span).item
        first = int(found.min()) if len(found) else 0
        uses = np.bincount(found - first)
        return np.flatnonzero(uses) + first, uses[uses > 0]

    def posts(self, span: Span | None = None) -> Ints:
        """Posts in a stretch of time, an account's at its number."""
        found = self.log.wrote.within(span or self.span)
        return np.bincount(found.account, minlength=len(self.log.people.ids) + 1)

    def of_scope(self, uses: Uses) -> Uses:
        """The uses by the list, or all of them."""
        if self.members is None:
            return uses
        return uses.only(self.is_member[uses.account])

    @cached_property
    def _standings(self) -> dict[str, Standing]:
        return {}

    @cached_property
    def is_member(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether an account is on the list, at its number."""
        chosen = np.zeros(len(self.log.people.ids) + 1, bool)
        chosen[slice(None) if self.members is None else self.members] = True
        return chosen

    def uses_before(self, kind: str, n: int) -> tuple[Ints, Ints, Ints]:
        """Item, stretch (0 is the last before) and uses by the scope, in `n` stretches of the same length before."""
        found = [np.unique(self.of_scope(one).item, return_counts=True) for one in self._before(self.log.uses[kind], n)]
        stretch = np.repeat(np.arange(n), [len(items) for items, _ in found])
        item, used = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return item.astype(np.int64), stretch, used

    def posts_before(self, n: int) -> Ints:
        """Posts of the scope in each of `n` stretches before."""
        return np.array([len(self.of_scope(one).time) for one in self._before(self.log.wrote, n)], np.int64)

    def _before(self, uses: Uses, n: int) -> list[Uses]:
        ends = [self.span.before(number).at for number in range(1, n + 2)]
        return [uses.between(after, until) for until, after in pairwise(ends)]

    @cached_property
    def written(self) -> Uses:
        """Posts of the scope in the stretch looked at."""
        return self.of_scope(self.log.wrote.within(self.span))

    @cached_property
    def wrote(self) -> Ints:
        """Posts in the stretch looked at, an account's at its number."""
        return self.posts()

    def n_posts(self, accounts: Ints | None, wrote: Ints | None = None) -> int:
        """Posts of some accounts, or of everybody."""
        told = self.wrote if wrote is None else wrote
        return int(told.sum() if accounts is None else told[accounts].sum())

    @cached_property
    def outsiders_seen(self) -> bool:
        """Whether anybody beside the list was collected in the stretch: without them no share of the whole is known."""
        return self.members is None or self.n_posts(None) > self.n_posts(self.members)

    def names(self, items: Ints) -> list[str]:
        """The names of items."""
        return [self.log.items[int(one)] for one in items]
