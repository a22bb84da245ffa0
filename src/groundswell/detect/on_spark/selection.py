"""The selection null on Spark.

compared, shares, near ──► chances      setting · a · b · p_selection and all that was there
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from groundswell.detect.chance import poisson_at_least
from groundswell.detect.on_spark import near
from groundswell.detect.on_spark.compared import SCHEMA
from groundswell.detect.on_spark.live import Setting
from groundswell.detect.on_spark.shares import Kind
from groundswell.detect.on_spark.sums import TILE, rows_times, stretches, summed
from groundswell.detect.selection import TABLE_POINTS, interpolated, met_on, part_of_counts, row_products, table_of
from groundswell.engine.spark import Spark
from groundswell.model.table import Columns

HOUR = """
select kind, account, hour, count(*) as n
from (select kind, account, time_us // 3600000000 % 24 as hour from shares)
group by kind, account, hour
"""

STRETCH = 1 << 20
"""Accounts whose shares are summed at a time."""


@dataclass(frozen=True, eq=False)
class Expected:
    """What the selection null needs to know of one setting; nothing in it grows with the data."""

    everyone: np.ndarray[Any, Any]
    n_shares: int
    distinct: float
    shape: np.ndarray[Any, Any]
    """Near pairs by both hours, made symmetric: what an account's hours are multiplied with."""
    n_present: int
    last: np.ndarray[Any, Any]
    """The last accounts of those that have a link: see `sums.rows_times`."""
    read_off: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None = None
    exact: Mapping[tuple[int, int], float] | None = None


@dataclass(frozen=True)
class _Chance:
    """For each pair, the chance that a near pair of shares is theirs."""

    of: Mapping[int, Expected]

    def __call__(self, columns: Columns) -> Iterator[Columns]:
        for number, told in self.of.items():
            mine = columns["setting"] == number
            if not mine.any():
                continue
            found = {name: column[mine] for name, column in columns.items()}
            part_a, part_b = (
                part_of_counts(found[side].astype(np.int64), told.everyone, told.n_shares)
                for side in ("hours_a", "hours_b")
            )
            at = np.searchsorted(told.last, found["b"])
            known = at < len(told.last)
            known[known] = told.last[at[known]] == found["b"][known]
            reach = rows_times(part_b, np.where(known, at, -1), told.n_present, told.shape)
            row = np.arange(len(reach))
            together = row_products(part_a, row, reach, row) / told.distinct
            yield {name: found[name] for name in found if not name.startswith("hours")} | {"chance": 2 * together}


@dataclass(frozen=True)
class _Surprise:
    """For each pair, the chance of as many meetings."""

    of: Mapping[int, Expected]

    def __call__(self, columns: Columns) -> Iterator[Columns]:
        for number, told in self.of.items():
            mine = columns["setting"] == number
            if not mine.any():
                continue
            found = {name: column[mine] for name, column in columns.items()}
            if told.read_off is not None:
                expected = interpolated(found["chance"], *told.read_off)
            else:
                assert told.exact is not None
                expected = np.array(
                    [told.exact[a, b] for a, b in zip(found["a"].tolist(), found["b"].tolist(), strict=True)]
                )
            del found["chance"]
            yield found | {"p_selection": poisson_at_least(expected, found["n_objects"])}


def define_chances(
    spark: Spark, kinds: tuple[Kind, ...], settings: tuple[Setting, ...], windows_us: tuple[int, ...]
) -> None:
    """Make the table ``chances``, of ``compared``, ``shares`` and ``near``."""
    spark.define("hour", HOUR)
    spark.define(
        "hours",
        "select account, array["
        + ", ".join(f"coalesce(sum(n) filter (where hour = {hour}), 0)::bigint" for hour in range(24))
        + "] as hours from hour group by account",
    )
    present = dict(
        spark.rows(
            "select setting, count(*) as n from ("
            "select setting, a from compared union select setting, b as a from compared) group by setting"
        )
    )
    told = _told(spark, kinds, settings, windows_us, present)
    spark.mapped(
        "met_by_chance",
        "select c.*, ha.hours as hours_a, hb.hours as hours_b from compared as c"
        " join hours as ha on c.a = ha.account join hours as hb on c.b = hb.account",
        _Chance(told),
        SCHEMA + ", chance double",
        by=("a", "b"),
    )
    spark.mapped(
        "chances",
        "select * from met_by_chance",
        _Surprise(_tabulated(spark, told, settings, windows_us)),
        SCHEMA + ", p_selection double",
        by=("a", "b"),
    )


def _told(
    spark: Spark,
    kinds: tuple[Kind, ...],
    settings: tuple[Setting, ...],
    windows_us: tuple[int, ...],
    present: Mapping[int, int],
) -> dict[int, Expected]:
    """What each setting with links needs, its table of expected meetings aside."""
    hourly = {kind.number: np.zeros(24, np.int64) for kind in kinds}
    for kind, hour, n in spark.rows("select kind, hour, sum(n)::bigint as n from hour group by kind, hour"):
        hourly[kind][hour] = n
    together = near.by_hour(spark, len(windows_us))
    same = _sums_of_squares(spark, kinds)
    told = {}
    for setting in settings:
        if n_present := present.get(setting.number, 0):
            kind = kinds[setting.kind]
            shape = together[kind.number][windows_us.index(setting.window_us)]
            shape = shape / shape.sum()
            last = spark.query(
                "select a from (select a from compared where setting = $number union"
                " select b as a from compared where setting = $number) order by a desc limit $n",
                number=setting.number,
                n=n_present % TILE,
            )["a"]
            told[setting.number] = Expected(
                everyone=hourly[kind.number] / kind.n_shares,
                n_shares=kind.n_shares,
                distinct=float(1.0 - same[kind.number]),
                shape=(shape + shape.T) / 2,
                n_present=n_present,
                last=np.sort(last),
            )
    return told


@dataclass(frozen=True)
class _Squares:
    """The squared parts of all shares that accounts have, summed a stretch at a time."""

    kinds: tuple[Kind, ...]

    def __call__(self, columns: Columns) -> Iterator[Columns]:
        for kind in self.kinds:
            mine = np.flatnonzero(columns["kind"] == kind.number)
            for stretch in np.unique(columns["stretch"][mine]):
                rows = mine[columns["stretch"][mine] == stretch]
                n = columns["n"][rows[np.argsort(columns["number"][rows])]]
                total = np.sum((n / kind.n_shares) ** 2)
                yield {"kind": np.array([kind.number]), "stretch": np.array([stretch]), "total": np.array([total])}


def _sums_of_squares(spark: Spark, kinds: tuple[Kind, ...]) -> dict[int, float]:
    """For each kind, the sum over accounts of the square of their part of all shares."""
    starts = ", ".join(
        f"({kind.number}, {at}, {kind.first_account + start}, {kind.first_account + end})"
        for kind in kinds
        for at, (start, end) in enumerate(stretches(kind.n_accounts, STRETCH))
    )
    spark.mapped(
        "squares",
        "select t.kind, t.stretch, a.number, a.n from accounts as a"
        f" join (values {starts}) as t(kind, stretch, first, after) on a.number >= t.first and a.number < t.after",
        _Squares(kinds),
        "kind bigint, stretch bigint, total double",
        by=("kind", "stretch"),
    )
    parts: dict[int, list[float]] = {kind.number: [] for kind in kinds}
    for kind_number, _, total in spark.rows("select kind, stretch, total from squares order by kind, stretch"):
        parts[kind_number].append(total)
    return {kind.number: summed(parts[kind.number], kind.n_accounts, STRETCH) for kind in kinds}


def _tabulated(
    spark: Spark, told: Mapping[int, Expected], settings: tuple[Setting, ...], windows_us: tuple[int, ...]
) -> dict[int, Expected]:
    """The same, with the table of expected meetings; few links are reckoned here, as on one machine."""
    sizes = spark.query(
        "select kind, place, n, count(*) as objects from ("
        "select kind, unnest(near) as n, generate_subscripts(near, 1) as place from near where object <> $totals"
        ") where n > 0 group by kind, place, n order by kind, place, n",
        totals=near.TOTALS,
    )
    extent = {
        number: rest
        for number, *rest in spark.rows(
            "select setting, count(*) as n, min(chance) as least, max(chance) as most from met_by_chance"
            " group by setting"
        )
    }
    found = {}
    for setting in settings:
        if setting.number not in told:
            continue
        place = windows_us.index(setting.window_us) + 1
        mine = (sizes["kind"] == setting.kind) & (sizes["place"] == place)
        size, objects = sizes["n"][mine], sizes["objects"][mine]
        n, least, most = extent[setting.number]
        own = told[setting.number]
        if n > TABLE_POINTS:
            filled = replace(own, read_off=table_of(least, most, size, objects))
        else:
            few = spark.query(
                "select a, b, chance from met_by_chance where setting = $number order by a, b", number=setting.number
            )
            expected = met_on(few["chance"], size, objects)
            pairs = zip(few["a"].tolist(), few["b"].tolist(), strict=True)
            filled = replace(own, exact=dict(zip(pairs, expected.tolist(), strict=True)))
        found[setting.number] = filled
    return found
