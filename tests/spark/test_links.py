"""Links on Spark: to the last bit those of one process, for every scenario that a few thousand shares can tell."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import numpy as np

from groundswell.detect.links import links
from groundswell.detect.on_spark.links import define_links
from groundswell.detect.selection import TABLE_POINTS
from groundswell.detect.shares import shares_of
from groundswell.engine.duck import Duck
from groundswell.model.link import LINKS
from groundswell.model.table import text_column
from groundswell.model.trace import TRACES
from groundswell.simulate.catalogue import simulate
from groundswell.store.run_folder import concatenate

SCENARIOS = (
    "activists", "calm", "crossposters", "fandom-small", "fast", "favourites", "log", "news",
    "planted", "planted-owned", "planted-small", "planted-tenth", "quiet", "repeats", "wire",
)  # fmt: skip


def log_of(scenario, shares):
    """A scenario's share log as traces whose kind is its name: so one pass of Spark's tells all of them."""
    log = simulate(scenario, seed=1, shares=shares).shares
    rows = len(log["account_id"])
    return {
        "kind": text_column([scenario] * rows),
        "object_id": log["object_id"],
        "account_id": log["account_id"],
        "post_id": log["content_id"],
        "time": (log["timestamp_share"] * 1_000_000).astype("datetime64[us]"),
    }


def both(spark, folder, tables, windows, **options):
    """The links of one process and those of Spark, to the last bit and in the order of their files; and the former."""
    cell = {"cell": options.pop("cell")} if "cell" in options else {}
    with Duck() as engine:
        engine.load(TRACES, {name: np.concatenate([table[name] for table in tables]) for name in TRACES.columns})
        engine.save(TRACES, folder / "traces.parquet")
        kinds = engine.rows("select distinct kind from traces order by kind")
        found = concatenate([links(shares_of(engine, kind), windows, **options) for (kind,) in kinds], LINKS.empty())
        engine.load(LINKS, found)
        engine.save(LINKS, folder / "one.parquet")
    spark.open(TRACES, [folder / "traces.parquet"])
    define_links(spark, windows, **options, **cell)
    spark.save(LINKS, folder / "many.parquet")
    return bits(folder / "one.parquet"), bits(folder / "many.parquet"), found


def bits(path):
    """A digest of each column of a table, in the order of its rows; that of the file would also tell its encoding."""
    with Duck() as engine:
        columns = engine.query("select * from read_parquet($path)", path=str(path))
    return {
        name: sha256("\0".join(column).encode() if column.dtype == object else column.tobytes()).hexdigest()
        for name, column in columns.items()
    }


def test_links_are_the_same_to_the_last_bit_in_every_scenario(spark, tmp_path):
    windows = [timedelta(seconds=60), timedelta(hours=1)]

    one, many, found = both(spark, tmp_path, [log_of(name, 3000) for name in SCENARIOS], windows)

    assert set(found["kind"]) == set(SCENARIOS)
    assert one == many


def test_objects_split_between_workers_change_no_link(spark, tmp_path):
    windows = [timedelta(seconds=10), timedelta(hours=6)]
    tables = [log_of(name, 3000) for name in ("calm", "repeats", "wire")]

    one, many, found = both(spark, tmp_path, tables, windows, min_objects=3, cell=15)

    assert len(found["kind"]) > 400
    assert dict(spark.rows("select classes > 1 as split, count(*) as n from cells group by 1"))[True] > 1000
    assert one == many


def test_few_links_and_none_at_all_are_the_same_by_plans_for_many_rows(spark, tmp_path, monkeypatch):
    monkeypatch.setattr("groundswell.engine.spark.FEW", 1000)
    tables = [log_of("quiet", 1000), log_of("calm", 1000)]

    one, many, found = both(spark, tmp_path, tables, [timedelta(seconds=1), timedelta(minutes=5)])

    assert set(found["window_s"]) == {300.0}
    assert 0 < np.count_nonzero(found["kind"] == "quiet") <= TABLE_POINTS
    assert one == many
