"""The selection null on Spark.

compared, present, shares ──► hours ──► met_by_chance ──► chances      a row a pair: p_selection and all there was
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from groundswell.detect.chance import poisson_at_least
from groundswell.detect.on_spark.compared import SCHEMA
from groundswell.detect.on_spark.first_pass import by_hour
from groundswell.detect.on_spark.live import Setting
from groundswell.detect.on_spark.shares import Kind
from groundswell.detect.on_spark.sums import TILE, rows_times, stretches, summed
from groundswell.detect.selection import TABLE_POINTS, interpolated, met_on, part_of_counts, row_products, table_of
from groundswell.engine.spark import Spark
from groundswell.model.table import Columns

HOURS = (
    "select account, array["
    + ", ".join(f"count(*) filter (where hour = {hour})" for hour in range(24))
    + """] as hours
from (select account, time_us // 3600000000 % 24 as hour from shares)
group by account
"""
)

HOURLY = """
select kind, hour, count(*) as n
from (select kind, time_us // 3600000000 % 24 as hour from shares)
group by kind, hour
"""

PRESENT = """
select setting, account
from (select setting, a as account from pairs union all select setting, b as account from pairs)
group by setting, account
"""

LAST = """
select setting, account from present
qualify row_number() over (partition by setting order by account desc) < $tile
order by setting, account desc
"""

MET = """
select c.*, ha.hours as hours_a, hb.hours as hours_b
from {table} as c join hours as ha on c.a = ha.account join hours as hb on c.b = hb.account
"""

COMPARED = f"{SCHEMA}, q_timing double"

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
    spark: Spark, table: str, kinds: tuple[Kind, ...], settings: tuple[Setting, ...], windows_us: tuple[int, ...]
) -> None:
    """Make the table ``chances``, of `table`: the pairs as compared in time, with their ``q_timing``."""
    spark.define("hours", HOURS)
    spark.define("present", PRESENT)
    told = _told(spark, kinds, settings, windows_us)
    spark.mapped("met_by_chance", MET.format(table=table), _Chance(told), f"{COMPARED}, chance double")
    filled = _tabulated(spark, told, settings, windows_us)
    spark.mapped("chances", "select * from met_by_chance", _Surprise(filled), f"{COMPARED}, p_selection double")


def _told(
    spark: Spark, kinds: tuple[Kind, ...], settings: tuple[Setting, ...], windows_us: tuple[int, ...]
) -> dict[int, Expected]:
    """What each setting with links needs, its table of expected meetings aside."""
    hourly = {kind.number: np.zeros(24, np.int64) for kind in kinds}
    for kind, hour, n in spark.rows(HOURLY):
        hourly[kind][hour] = n
    together = by_hour(spark, len(windows_us))
    same = _sums_of_squares(spark, kinds)
    present = dict(spark.rows("select setting, count(*) as n from present group by setting"))
    last = spark.query(LAST, tile=TILE)
    told = {}
    for setting in settings:
        if n_present := present.get(setting.number, 0):
            kind = kinds[setting.kind]
            shape = together[kind.number][windows_us.index(setting.window_us)]
            shape = shape / shape.sum()
            told[setting.number] = Expected(
                everyone=hourly[kind.number] / kind.n_shares,
                n_shares=kind.n_shares,
                distinct=float(1.0 - same[kind.number]),
                shape=(shape + shape.T) / 2,
                n_present=n_present,
                last=np.sort(last["account"][last["setting"] == setting.number][: n_present % TILE]),
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
        rows=spark.count("names"),
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
        "select kind, place, n, sum(objects)::bigint as objects from sizes group by kind, place, n"
        " order by kind, place, n"
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
        place = windows_us.index(setting.window_us)
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
