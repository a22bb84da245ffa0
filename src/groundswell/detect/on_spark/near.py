"""How often two shares of an object stand near each other, on Spark.

    shares ──► near      kind · object · possible · near, a number a window · by_hour

All shares of an object lie in one partition: the count is one step a share, however many of them there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from groundswell.detect.near import HOURS, near_pairs
from groundswell.detect.on_spark.shares import local
from groundswell.engine.spark import Spark
from groundswell.model.table import Columns

SCHEMA = "kind bigint, object bigint, possible bigint, near array<bigint>"

TOTALS = -1
"""The object of rows that hold, for a partition and kind, near pairs by window and by the hours of both shares."""


@dataclass(frozen=True)
class _Near:
    """Counts a partition; a value, so that it can be sent to the workers."""

    windows: tuple[timedelta, ...]

    def __call__(self, columns: Columns) -> Iterator[Columns]:
        for kind in np.unique(columns["kind"]):
            mine = columns["kind"] == kind
            shares = local({name: column[mine] for name, column in columns.items()})
            counted = [near_pairs(shares, window) for window in self.windows]
            things = np.append(shares.object_ids, TOTALS)
            listed = np.empty(len(things), dtype=object)
            listed[:-1] = list(np.stack([each.near for each in counted], axis=1))
            listed[-1] = np.concatenate([each.by_hour.ravel() for each in counted])
            yield {
                "kind": np.full(len(things), kind),
                "object": things,
                "possible": np.append(counted[0].possible, 0),
                "near": listed,
            }


def define_near(spark: Spark, windows: Sequence[timedelta]) -> None:
    """Make the table ``near``, of the table ``shares``."""
    spark.mapped(
        "near", "select kind, account, object, time_us from shares", _Near(tuple(windows)), SCHEMA, by=("object",)
    )


def by_hour(spark: Spark, n_windows: int) -> dict[int, np.ndarray[Any, Any]]:
    """For each kind, near pairs by the hours of the earlier and the later share: shape windows x 24 x 24."""
    found = spark.query(
        "select kind, place, sum(n)::bigint as n from ("
        "select kind, unnest(near) as n, generate_subscripts(near, 1) as place from near where object = $totals"
        ") group by kind, place order by kind, place",
        totals=TOTALS,
    )
    return {
        int(kind): found["n"][found["kind"] == kind].reshape(n_windows, HOURS, HOURS)
        for kind in np.unique(found["kind"])
    }
