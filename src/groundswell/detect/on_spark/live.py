"""Shares that can't take part in any link, set aside on Spark: the rules of `prune`, in turns.

    shares ──► live      setting · kind · account · object · time_us

A setting is a kind of trace and a window; the last window of a kind is none at all, for the pairs that could have been
tested. The rules stop, for each setting, at the very round where they stop on one machine: how many pairs could have
been tested hangs on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from groundswell.detect.on_spark.shares import local
from groundswell.detect.pairs import LONGEST_US
from groundswell.detect.prune import MOST_ROUNDS, WORTH_ANOTHER_ROUND, Minimum, grouped, pruned
from groundswell.engine.spark import Spark
from groundswell.model.table import Columns

SCHEMA = "setting bigint, kind bigint, account bigint, object bigint, time_us bigint"

ABLE = """
with able as (
    select setting, account from met
    group by setting, account
    having count(distinct object) >= $min_objects
)
select setting, kind, account, object, time_us from met semi join able using (setting, account)
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """One kind of trace in one window."""

    number: int
    kind: int
    window_us: int

    @property
    def unbounded(self) -> bool:
        """Whether it is there for the pairs that could have been tested, and gives no links."""
        return self.window_us == LONGEST_US


@dataclass(frozen=True)
class _Meeting:
    """The shares of a partition that meet anyone, in each setting."""

    settings: tuple[Setting, ...]

    def __call__(self, columns: Columns) -> Iterator[Columns]:
        for setting in self.settings:
            mine = columns["kind"] == setting.kind
            if "setting" in columns:
                mine &= columns["setting"] == setting.number
            if not mine.any():
                continue
            shares = local({name: column[mine] for name, column in columns.items()})
            with ThreadPoolExecutor(1) as pool:
                live = pruned(grouped(shares), setting.window_us, Minimum(1), pool, 1)
            yield {
                "setting": np.full(live.n, setting.number),
                "kind": np.full(live.n, setting.kind),
                "account": shares.account_ids[live.account],
                "object": np.repeat(shares.object_ids[live.object], np.diff(live.start)),
                "time_us": live.time_us,
            }


def define_live(spark: Spark, settings: tuple[Setting, ...], n_shares: dict[int, int], min_objects: int) -> None:
    """Make the table ``live``, of the table ``shares``; `n_shares` by kind."""
    before = {setting.number: n_shares[setting.kind] for setting in settings}
    going = settings
    finished: list[Setting] = []
    spark.mapped("met", "select kind, account, object, time_us from shares", _Meeting(going), SCHEMA, by=("object",))
    for left in range(MOST_ROUNDS - 1, -1, -1):
        spark.define("live", ABLE, min_objects=min_objects)
        after = dict(spark.rows("select setting, count(*) as n from live group by setting"))
        done = [
            setting
            for setting in going
            if not left or after.get(setting.number, 0) > (1 - WORTH_ANOTHER_ROUND) * before[setting.number]
        ]
        for setting in done:
            finished.append(setting)
            spark.define(f"live_{setting.number}", "select * from live where setting = $number", number=setting.number)
        going = tuple(setting for setting in going if setting not in done)
        if not going:
            break
        before = after | {setting.number: after.get(setting.number, 0) for setting in going}
        spark.mapped("met", "select * from live", _Meeting(going), SCHEMA, by=("object",))
    every = " union all ".join(f"select * from live_{setting.number}" for setting in finished)
    spark.define("live", every)
