"""SQL written once: what traces and panels ask of DuckDB gives the same tables on Spark."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.engine.duck import Duck
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.trace import TRACES
from groundswell.simulate.catalogue import simulate
from groundswell.traces.long_table import trace
from groundswell.watch.uses import define_uses

QUERIES = (
    "select unnest(hashtags) as tag, generate_subscripts(hashtags, 1) as place, post_id from posts",
    "select post_id, len(hashtags) as many, len(text) as letters from posts",
    "select epoch_us(time) // 1000000 as second, epoch_us(time) % 7 as rest, post_id from posts",
    "select make_timestamp(epoch_us(time) // 60000000 * 60000000)::timestamp as minute, post_id from posts",
    "select account_id, mode(lang order by lang) as lang, count(*) filter (where is_repost) as n from posts group by 1",
    "select account_id, string_agg(post_id, ' ' order by post_id) as posts from posts group by account_id",
    "select time, row_number() over (partition by account_id order by time, post_id) as n, post_id from posts",
    "select least(account_id, $other) as low, greatest(account_id, $other) as high, post_id from posts",
    "select post_id from posts qualify row_number() over (partition by account_id order by time, post_id) = 1",
)


@pytest.fixture(scope="module")
def posts(spark, tmp_path_factory):
    """The posts and accounts of a demo set, open in both engines."""
    folder = tmp_path_factory.mktemp("posts")
    world = simulate("demo-campaign", seed=0)
    with Duck() as engine:
        for contract, columns in ((POSTS, world.posts), (ACCOUNTS, world.accounts)):
            engine.load(contract, columns)
            engine.save(contract, folder / f"{contract.name}.parquet")
            engine.open(contract, [folder / f"{contract.name}.parquet"])
            spark.open(contract, [folder / f"{contract.name}.parquet"])
        yield engine


def plain(rows):
    return sorted(rows, key=repr)


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_gives_the_same_rows_on_both(spark, posts, query):
    told = {"other": "m"} if "$other" in query else {}

    assert plain(posts.rows(query, **told)) == plain(spark.rows(query, **told))


def test_traces_made_on_spark_are_the_same_bytes_and_no_text_comes_to_the_driver(spark, posts, tmp_path, monkeypatch):
    monkeypatch.setattr(spark, "query", None)
    monkeypatch.setattr(spark, "load", None)
    counted = {engine: trace(engine) for engine in (posts, spark)}
    for engine, name in ((posts, "one"), (spark, "many")):
        engine.save(TRACES, tmp_path / name)

    assert counted[posts] == counted[spark]
    assert sum(counted[posts].values()) > 1000
    assert (tmp_path / "one").read_bytes() == (tmp_path / "many").read_bytes()


RANKS = """
select kind, item, count(*) as n, count(distinct account) as accounts,
    row_number() over (partition by kind order by count(*) desc, item) as rank
from uses group by kind, item
"""


def test_what_panels_count_and_rank_is_the_same_on_spark(spark, posts, monkeypatch):
    with monkeypatch.context() as no_collecting:
        no_collecting.setattr(spark, "query", None)
        define_uses(spark)
    define_uses(posts)

    for query in ("select * from people", "select * from items", "select * from uses", "select * from wrote", RANKS):
        assert plain(posts.rows(query)) == plain(spark.rows(query)), query


def test_columns_come_back_as_they_went_in(spark):
    columns = {
        "kind": np.array(["url", "url"], dtype=object),
        "object_id": np.array(["u", "ü"], dtype=object),
        "account_id": np.array(["ana", "ben"], dtype=object),
        "post_id": np.array(["1", None], dtype=object),
        "time": np.array(["2024-05-01T10:00:00.000001", "2024-05-01T10:00:01"], dtype="datetime64[us]"),
    }

    spark.load(TRACES, columns)
    found = spark.query("select * from traces order by account_id")

    assert all(np.array_equal(found[name], columns[name]) for name in columns)
