"""`--engine` and `--master`: what they say no to."""

from __future__ import annotations


def test_an_engine_that_is_none_is_refused(groundswell):
    said = groundswell("run", "posts.csv", "--engine", "flink")

    assert said.code == 2
    assert "'flink' is no engine" in said.err
    assert "duckdb, spark" in said.err


def test_a_master_without_spark_is_refused(groundswell):
    said = groundswell("run", "posts.csv", "--master", "local[2]")

    assert said.code == 2
    assert "Say `--engine spark` as well" in said.err
