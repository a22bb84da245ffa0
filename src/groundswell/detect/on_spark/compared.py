"""What two accounts have in common, and the timing null, on Spark.

    pairs, in_common ──► compared      setting · a · b · n_objects · n_shared · expected · p_timing · first · last

Pairs fall into blocks by their first account; a block gets the shares of all its accounts, as far as somebody else
shared the same object, and is compared by the function that compares them on one machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from groundswell.detect.chance import meeting_chance
from groundswell.detect.histories import histories
from groundswell.detect.links import compared
from groundswell.detect.near import NearPairs
from groundswell.detect.on_spark.live import Setting
from groundswell.detect.on_spark.shares import local
from groundswell.detect.pairs import Pairs
from groundswell.engine.spark import Spark
from groundswell.model.table import Columns

PAIRS_A_BLOCK = 200_000

SCHEMA = (
    "setting bigint, a bigint, b bigint, n_objects bigint, n_shared bigint, expected double, p_timing double,"
    " first_us bigint, last_us bigint"
)

PAIRS = "select a % {blocks} as block, setting, a, b, n_objects from pairs"

ROWS = """
with present as (
    select distinct a % {blocks} as block, a as account from pairs
    union
    select distinct a % {blocks} as block, b as account from pairs
)
select block, account, object, time_us, possible, near
from in_common join present using (account)
"""


@dataclass(frozen=True)
class _Comparing:
    """Compares the pairs of a block."""

    settings: tuple[Setting, ...]
    windows: tuple[timedelta, ...]

    def __call__(self, pairs: Columns, rows: Columns) -> Columns:
        shares = local(rows)
        kept = histories(shares)
        first_row = np.unique(rows["object"], return_index=True)[1]
        possible, near = rows["possible"][first_row], rows["near"][first_row]
        parts = []
        for setting in self.settings:
            mine = pairs["setting"] == setting.number
            if not mine.any():
                continue
            window = timedelta(microseconds=setting.window_us)
            a, b = (np.searchsorted(shares.account_ids, pairs[side][mine]).astype(np.int32) for side in "ab")
            order = np.lexsort((b, a))
            found = Pairs(window, a[order], b[order], pairs["n_objects"][mine][order].astype(np.int32))
            chance = meeting_chance(
                NearPairs(near[:, self.windows.index(window)], possible, np.empty((0, 0), np.int64))
            )
            n_shared, expected, p, first, last = compared(shares, kept, found, chance, 1)
            parts.append(
                {
                    "setting": np.full(len(a), setting.number),
                    "a": shares.account_ids[found.a],
                    "b": shares.account_ids[found.b],
                    "n_objects": found.n_objects.astype(np.int64),
                    "n_shared": n_shared,
                    "expected": expected,
                    "p_timing": p,
                    "first_us": first,
                    "last_us": last,
                }
            )
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def define_compared(spark: Spark, settings: tuple[Setting, ...], windows: tuple[timedelta, ...]) -> None:
    """Make the table ``compared``, of ``pairs`` and ``in_common``."""
    blocks = max(spark.cores, -(-spark.count("pairs") // PAIRS_A_BLOCK))
    bounded = tuple(setting for setting in settings if not setting.unbounded)
    spark.matched(
        "compared",
        PAIRS.format(blocks=blocks),
        ROWS.format(blocks=blocks),
        _Comparing(bounded, windows),
        SCHEMA,
        by="block",
    )
