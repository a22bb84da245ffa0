"""What a page of panels is about: a stretch of time, a list or everybody, and the lists it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.model.table import Columns
from groundswell.watch.controls import Control
from groundswell.watch.counts import Counts, Ints, counts
from groundswell.watch.span import Span

WROTE = "select account, count(*) as n from wrote where time > $start and time <= $at group by account order by account"


BEFORE = """
with chosen as (select unnest($accounts) as account)
select {key} (epoch_us($start::timestamp) - epoch_us(time)) // $length_us as stretch, count(*) as n from {table}
where {only} time <= $start::timestamp and time > $start::timestamp - to_microseconds($n * $length_us)
  and ($everybody or account in (select account from chosen))
group by all order by all
"""
"""Uses, or posts, in each of the stretches before: stretch 0 ends where the one looked at begins."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What is looked at. It asks the tables of `watch.uses`, each question once."""

    engine: Engine
    span: Span
    members: Ints | None
    """Account numbers of the list, sorted; None for everybody."""
    controls: tuple[Control, ...] = ()
    top: int = 20
    """Rows of a ranked panel."""

    def counts(self, kind: str, span: Span | None = None) -> Counts:
        """Everybody's counts of a kind of item."""
        return counts(self.engine, kind, span or self.span)

    def posts(self, span: Span | None = None) -> dict[int, int]:
        """Posts of each account in a stretch of time."""
        stretch = span or self.span
        found = self.engine.query(WROTE, start=stretch.start, at=stretch.at)
        return dict(zip(found["account"].tolist(), found["n"].tolist(), strict=True))

    def uses_before(self, kind: str, n: int) -> tuple[Ints, Ints, Ints]:
        """Item, stretch (0 is the last before) and uses by the scope, in `n` stretches of the same length before."""
        found = self._before("item,", "uses", "kind = $of_kind and", n, of_kind=kind)
        return found["item"].astype(np.int64), found["stretch"].astype(np.int64), found["n"].astype(np.int64)

    def posts_before(self, n: int) -> Ints:
        """Posts of the scope in each of `n` stretches before."""
        found = self._before("", "wrote", "", n)
        told = np.zeros(n, np.int64)
        told[found["stretch"].astype(np.int64)] = found["n"].astype(np.int64)
        return told

    def _before(self, key: str, table: str, only: str, n: int, **asked: str) -> Columns:
        members = [] if self.members is None else [int(one) for one in self.members]
        return self.engine.query(
            BEFORE.format(key=key, table=table, only=only),
            accounts=members or [-1],
            everybody=self.members is None,
            start=self.span.start,
            length_us=round(self.span.hours * 3_600_000_000),
            n=n,
            **asked,
        )

    @cached_property
    def wrote(self) -> dict[int, int]:
        """Posts of each account in the stretch looked at."""
        return self.posts()

    def n_posts(self, accounts: Ints | None, wrote: dict[int, int] | None = None) -> int:
        """Posts of some accounts, or of everybody."""
        told = self.wrote if wrote is None else wrote
        return sum(told.values()) if accounts is None else sum(told.get(int(one), 0) for one in accounts)

    @cached_property
    def outsiders_seen(self) -> bool:
        """Whether anybody beside the list was collected in the stretch: without them no share of the whole is known."""
        return self.members is None or bool(set(self.wrote) - set(map(int, self.members)))

    def names(self, items: Ints) -> list[str]:
        """The names of items."""
        if not len(items):
            return []
        found = self.engine.query(
            "select item, name from items where item in (select unnest($items)) order by item",
            items=sorted({int(one) for one in items}),
        )
        told = dict(zip(found["item"].tolist(), found["name"], strict=True))
        return [str(told[int(one)]) for one in items]


def numbers_of(engine: Engine, account_ids: list[str]) -> Ints:
    """The numbers of accounts that wrote anything, sorted; others have none."""
    found = engine.query(
        "select account from people where account_id in (select unnest($ids)) order by account", ids=sorted(account_ids)
    )
    return found["account"].astype(np.int64)
