"""Shares that can't take part in any link, set aside on Spark: the rules of `prune`, in turns.

    met, reach ──► able ──► live      setting · account · object · time_us
     ▲                       │
     └──── another round ────┘

A setting is a kind of trace and a window; the last window of a kind is none at all, for the pairs that could have been
tested. Who meets anyone is found where all shares of an object are; what that leaves an account is summed over all of
them. The rules stop, for each setting, at the very round where they stop on one machine: how many pairs could have
been tested hangs on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.detect.on_spark.shares import local
from groundswell.detect.pairs import LONGEST_US
from groundswell.detect.prune import MOST_ROUNDS, WORTH_ANOTHER_ROUND, Minimum, grouped, pruned
from groundswell.detect.shares import Shares
from groundswell.engine.spark import Spark
from groundswell.model.table import Columns

MET = "setting bigint, account bigint, object bigint, time_us bigint"

REACH = "setting bigint, account bigint, objects bigint, n bigint"
"""Objects on which an account meets anyone, and its shares of them: of one partition, hence to be summed."""

ABLE = """
select setting, account, sum(n)::bigint as n from {reach}
group by setting, account
having sum(objects) >= $min_objects
"""

LIVE = """
select setting, account, object, time_us from {met} semi join {able} using (setting, account)
where setting in ({settings})
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


def meeting(shares: Shares, setting: Setting) -> tuple[Columns, Columns]:
    """The shares that meet anyone in a setting, and what they leave each account: rows of `MET` and of `REACH`."""
    with ThreadPoolExecutor(1) as pool:
        live = pruned(grouped(shares), setting.window_us, Minimum(1), pool, 1)
    thing = np.repeat(live.object, np.diff(live.start))
    account, objects, n = objects_of_accounts(live.account, thing)
    return (
        {
            "setting": np.full(live.n, setting.number),
            "account": shares.account_ids[live.account],
            "object": shares.object_ids[thing],
            "time_us": live.time_us,
        },
        {
            "setting": np.full(len(account), setting.number),
            "account": shares.account_ids[account],
            "objects": objects,
            "n": n,
        },
    )


def objects_of_accounts(
    account: np.ndarray[Any, Any], thing: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Each account that has a share, on how many distinct objects, and its shares."""
    pairs, n = np.unique(account.astype(np.int64) << 32 | thing, return_counts=True)
    found, first, objects = np.unique(pairs >> 32, return_index=True, return_counts=True)
    return found, objects, np.add.reduceat(n, first) if len(n) else n


@dataclass(frozen=True)
class _Meeting:
    """Another round for the shares of a partition."""

    settings: tuple[Setting, ...]
    round: int

    def __call__(self, columns: Columns) -> Iterator[tuple[str, Columns]]:
        for setting in self.settings:
            mine = columns["setting"] == setting.number
            if mine.any():
                met, reach = meeting(local({name: column[mine] for name, column in columns.items()}), setting)
                yield f"met_{self.round}", met
                yield f"reach_{self.round}", reach


def define_live(
    spark: Spark, settings: tuple[Setting, ...], n_shares: dict[int, int], min_objects: int
) -> dict[int, int]:
    """Make the view ``live`` of ``met_0`` and ``reach_0``; returns its shares by setting.

    Parameters
    ----------
    n_shares
        All shares, by kind.
    """
    before = {setting.number: n_shares[setting.kind] for setting in settings}
    found: dict[int, int] = {}
    going = settings
    finished = []
    for turn in range(MOST_ROUNDS):
        met, reach, able = f"met_{turn}", f"reach_{turn}", f"able_{turn}"
        spark.define(able, ABLE.format(reach=reach), min_objects=min_objects)
        after = dict(spark.rows(f"select setting, sum(n)::bigint as n from {able} group by setting"))
        after = {setting.number: after.get(setting.number, 0) for setting in going}
        last = turn == MOST_ROUNDS - 1
        done = [
            number for number, n in after.items() if last or not n or n > (1 - WORTH_ANOTHER_ROUND) * before[number]
        ]
        found |= {number: after[number] for number in done}
        going = tuple(setting for setting in going if setting.number not in done)
        if done:
            finished.append(LIVE.format(met=met, able=able, settings=", ".join(map(str, done))))
        if not going:
            break
        before = after
        spark.several(
            {f"met_{turn + 1}": MET, f"reach_{turn + 1}": REACH},
            LIVE.format(met=met, able=able, settings=", ".join(str(setting.number) for setting in going)),
            _Meeting(going, turn + 1),
            by=("object",),
            rows=sum(after[setting.number] for setting in going),
        )
    spark.view("live", " union all ".join(finished))
    return found
