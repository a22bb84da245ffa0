"""How many pairs could have been tested, on Spark: the figures of `fdr.trials`.

touched, live ──► Trials      one a kind
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from groundswell.detect.fdr import CHEAP, Trials, trials
from groundswell.detect.on_spark.live import Setting
from groundswell.detect.on_spark.shares import local
from groundswell.engine.spark import Spark
from groundswell.model.table import Columns

ABLE = """
select kind, count(*) as n from (
    select kind, account from touched group by kind, account having sum(objects) >= $min_objects
) group by kind
"""

SHARED = """
select setting, sum(n * (n - 1) // 2)::bigint as n from (
    select setting, object, count(*) as n from live where setting in ({unbounded}) group by setting, object
) group by setting
"""


@dataclass(frozen=True)
class _Counting:
    """Pairs with enough objects in common, counted by the pair kernel in one partition a kind."""

    min_objects: int

    def __call__(self, columns: Columns) -> Iterator[Columns]:
        for setting in np.unique(columns["setting"]):
            mine = columns["setting"] == setting
            shares = local({name: column[mine] for name, column in columns.items()})
            counted = trials(shares, min_objects=self.min_objects, threads=1)
            yield {"setting": np.array([setting]), "n": np.array([counted.timing])}


def trials_of(spark: Spark, settings: tuple[Setting, ...], live: dict[int, int], min_objects: int) -> dict[int, Trials]:
    """The trials of each kind, of the tables ``touched`` and ``live``.

    Where counting is cheap (`fdr.CHEAP`), one worker does it: it then has no more than that many pairs to look at.

    Parameters
    ----------
    live
        Rows of ``live``, by setting.
    """
    unbounded = [setting for setting in settings if setting.unbounded]
    able = dict(spark.rows(ABLE, min_objects=min_objects))
    shared = dict(spark.rows(SHARED.format(unbounded=", ".join(str(each.number) for each in unbounded))))
    cheap = [each.number for each in unbounded if 0 < shared.get(each.number, 0) <= CHEAP]
    counted = {}
    if cheap:
        spark.mapped(
            "testable",
            f"select setting, account, object, time_us from live where setting in ({', '.join(map(str, cheap))})",
            _Counting(min_objects),
            "setting bigint, n bigint",
            by=("setting",),
            rows=sum(live[number] for number in cheap),
        )
        counted = dict(spark.rows("select setting, n from testable"))
    found = {}
    for setting in unbounded:
        n = able.get(setting.kind, 0)
        of_able, of_shares = n * (n - 1) // 2, shared.get(setting.number, 0)
        exact = of_shares <= CHEAP
        timing = counted.get(setting.number, 0) if exact else min(of_able, of_shares // min_objects)
        found[setting.kind] = Trials(timing, of_able, timing_exact=exact)
    return found
