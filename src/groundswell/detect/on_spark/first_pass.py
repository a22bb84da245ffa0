"""What can be said of each object by itself, on Spark, in one pass over all shares.

    shares ──► in_common      share · near, a number a window: of objects that somebody else shared too
               sizes          kind · place · n · objects: how many objects have n near pairs in the window at that place
               by_hour        kind · place · n: near pairs by window and by the hours of both shares
               touched        kind · account · objects
               met, reach     the shares that meet anyone, and what they leave each account (`live`)

All shares of an object lie in one partition. What is counted for accounts is counted a partition at a time; the sums
are left to SQL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from groundswell.detect.near import HOURS, near_pairs
from groundswell.detect.on_spark.live import MET, REACH, Setting, meeting, objects_of_accounts
from groundswell.detect.on_spark.shares import local
from groundswell.detect.shares import Shares
from groundswell.engine.spark import Spark
from groundswell.model.table import Columns

SCHEMAS = {
    "in_common": "account bigint, object bigint, time_us bigint, possible bigint, near array<bigint>",
    "sizes": "kind bigint, place bigint, n bigint, objects bigint",
    "by_hour": "kind bigint, place bigint, n bigint",
    "touched": "kind bigint, account bigint, objects bigint",
    "met_0": MET,
    "reach_0": REACH,
}


@dataclass(frozen=True)
class _Counting:
    """Counts a partition; a value, so that it can be sent to the workers."""

    windows: tuple[timedelta, ...]
    settings: tuple[Setting, ...]

    def __call__(self, columns: Columns) -> Iterator[tuple[str, Columns]]:
        for kind in np.unique(columns["kind"]):
            mine = columns["kind"] == kind
            shares = local({name: column[mine] for name, column in columns.items()})
            yield from self._near(int(kind), shares)
            account, objects, _ = objects_of_accounts(shares.account, shares.object)
            yield "touched", {"kind": _all(kind, account), "account": shares.account_ids[account], "objects": objects}
            for setting in self.settings:
                if setting.kind == kind:
                    met, reach = meeting(shares, setting)
                    yield "met_0", met
                    yield "reach_0", reach

    def _near(self, kind: int, shares: Shares) -> Iterator[tuple[str, Columns]]:
        counted = [near_pairs(shares, window) for window in self.windows]
        possible = counted[0].possible
        near = np.stack([each.near for each in counted], axis=1)
        common = np.flatnonzero(possible[shares.object] > 0)
        yield (
            "in_common",
            {
                "account": shares.account_ids[shares.account[common]],
                "object": shares.object_ids[shares.object[common]],
                "time_us": shares.time_us[common],
                "possible": possible[shares.object[common]],
                "near": near[shares.object[common]],
            },
        )
        for place, each in enumerate(counted):
            n, objects = np.unique(each.near[each.near > 0], return_counts=True)
            yield "sizes", {"kind": _all(kind, n), "place": _all(place, n), "n": n, "objects": objects}
        hours = np.concatenate([each.by_hour.ravel() for each in counted])
        yield "by_hour", {"kind": _all(kind, hours), "place": np.arange(len(hours)), "n": hours}


def _all(value: Any, column: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The same number as often as the column has rows."""
    return np.full(len(column), value, dtype=np.int64)


def define_first_pass(spark: Spark, windows: Sequence[timedelta], settings: tuple[Setting, ...]) -> None:
    """Make the tables of `SCHEMAS`, of the table ``shares``."""
    counting = _Counting(tuple(windows), settings)
    spark.several(SCHEMAS, "select * from shares", counting, by=("object",), rows=spark.count("shares"))


def by_hour(spark: Spark, n_windows: int) -> dict[int, np.ndarray[Any, Any]]:
    """For each kind, near pairs by the hours of the earlier and the later share: shape windows x 24 x 24."""
    found = spark.query(
        "select kind, place, sum(n)::bigint as n from by_hour group by kind, place order by kind, place"
    )
    return {
        int(kind): found["n"][found["kind"] == kind].reshape(n_windows, HOURS, HOURS)
        for kind in np.unique(found["kind"])
    }
