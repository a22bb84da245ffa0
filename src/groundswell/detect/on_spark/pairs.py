"""The pair kernel on Spark: each partition counts the objects that it holds, and the counts are added up.

    live ──► pairs      setting · a · b · n_objects

An object that very many accounts shared would keep one worker busy for all. Its accounts fall into classes, and each
two classes are a cell of its own: every pair of accounts lies in just one cell, so the sum stays exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from groundswell.detect.on_spark.live import Setting
from groundswell.detect.on_spark.shares import local
from groundswell.detect.pairs import pairs_within
from groundswell.engine.spark import Spark
from groundswell.model.table import Columns

CELL = 20_000
"""Shares of one object above which it is split: a worker compares so many with each other in about a second."""

SCHEMA = "setting bigint, a bigint, b bigint, n_objects bigint"

SPLIT = "select number as object, (n + $cell - 1) // $cell as classes from objects where n > $cell"

WHOLE = """
select setting, account, object, time_us, 1 as classes, 0 as low, 0 as high
from live
where setting in ({bounded})
"""

CELLS = (
    """
with split as (
    select live.*, classes, account % classes as class, unnest(range(classes::integer)) as beside
    from live join size using (object)
)
"""
    + WHOLE.replace("from live", "from live anti join size using (object)")
    + """
union all
select setting, account, object, time_us, classes, least(class, beside), greatest(class, beside)
from split where setting in ({bounded})
"""
)

SUMS = """
select setting, a, b, sum(n_objects)::bigint as n_objects
from met_on
group by setting, a, b
having sum(n_objects) >= $min_objects
"""


@dataclass(frozen=True)
class _Counting:
    """The pairs of a partition, on the objects that it holds."""

    settings: tuple[Setting, ...]

    def __call__(self, columns: Columns) -> Iterator[Columns]:
        for setting in self.settings:
            mine = columns["setting"] == setting.number
            whole = mine & (columns["classes"] == 1)
            if whole.any():
                yield self._pairs(setting, columns, whole)
            split = np.flatnonzero(mine & (columns["classes"] > 1))
            cells = np.stack([columns[name][split] for name in ("high", "low", "object")])
            order = np.lexsort(cells)
            starts = np.flatnonzero((np.diff(cells[:, order], axis=1) != 0).any(axis=0)) + 1
            for cell in np.split(split[order], starts) if len(split) else ():
                found = self._pairs(setting, columns, cell)
                low, high, classes = (columns[name][cell[0]] for name in ("low", "high", "classes"))
                of_a, of_b = found["a"] % classes, found["b"] % classes
                inside = (np.minimum(of_a, of_b) == low) & (np.maximum(of_a, of_b) == high)
                yield {name: column[inside] for name, column in found.items()}

    @staticmethod
    def _pairs(setting: Setting, columns: Columns, rows: np.ndarray) -> Columns:
        shares = local({name: columns[name][rows] for name in ("account", "object", "time_us")})
        window = timedelta(microseconds=setting.window_us)
        (pairs,) = pairs_within(shares, [window], min_objects=1, threads=1)
        return {
            "setting": np.full(len(pairs.a), setting.number),
            "a": shares.account_ids[pairs.a],
            "b": shares.account_ids[pairs.b],
            "n_objects": pairs.n_objects.astype(np.int64),
        }


def define_pairs(
    spark: Spark, settings: tuple[Setting, ...], live: dict[int, int], min_objects: int, *, cell: int = CELL
) -> None:
    """Make the table ``pairs``, of ``live``: every pair that met on `min_objects` objects or more.

    Parameters
    ----------
    live
        Rows of ``live``, by setting.
    """
    bounded = tuple(setting for setting in settings if not setting.unbounded)
    spark.define("size", SPLIT, cell=cell)
    cells = CELLS if spark.count("size") else WHOLE
    spark.view("cells", cells.format(bounded=", ".join(str(each.number) for each in bounded)))
    rows = sum(live[each.number] for each in bounded)
    by = ("object", "low", "high")
    spark.mapped("met_on", "select * from cells", _Counting(bounded), SCHEMA, by=by, rows=rows)
    spark.define("pairs", SUMS, min_objects=min_objects)
