"""Spark and its dialect, as far as they go without a session; with one they are asked in tests/spark."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from groundswell.engine import spark
from groundswell.engine.dialect import spark_sql
from groundswell.engine.spark import NEEDED, Spark
from groundswell.errors import MissingExtra, WrongUse


def test_nothing_of_the_extra_is_loaded_before_it_is_asked_for():
    everything = "import groundswell.pipeline, sys; from groundswell.cli.verbs import Loaded; [*Loaded().values()]"
    loaded = f"{everything}; print(*sys.modules)"
    eager = {**os.environ, "EAGER_IMPORT": "1"}
    ran = subprocess.run([sys.executable, "-c", loaded], env=eager, capture_output=True, text=True, check=True)

    assert "groundswell.pipeline.on_spark" in ran.stdout.split()

    assert set(NEEDED) & set(ran.stdout.split()) == set()


@pytest.mark.parametrize("package", NEEDED)
def test_a_missing_package_is_told_with_the_extra_that_brings_it(monkeypatch, tmp_path, package):
    monkeypatch.setattr(spark, "find_spec", lambda name: None if name == package else object())

    with pytest.raises(MissingExtra, match=rf"(?s){package}.*groundswell\[spark\]"):
        Spark("local[1]", tmp_path)


def test_a_master_that_spark_does_not_know_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(spark, "find_spec", lambda name: object())

    with pytest.raises(WrongUse, match="'moon' is no place where Spark runs"):
        Spark("moon", tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("duckdb", "said"),
    [
        ("select a // $b as c from t", "A DIV :B"),
        ("select epoch_us(time) as us from t", "UNIX_MICROS(CAST(TIME AS TIMESTAMP))"),
        ("select len(hashtags), len(text) from posts", "SIZE(HASHTAGS), LENGTH(TEXT)"),
        (
            "select unnest(urls) as url, unnest(tags) as tag, x from t",
            "INLINE(ARRAYS_ZIP(URLS, TAGS)) AS (URL, TAG), X",
        ),
        ("select mode(lang order by lang) as lang from posts", "MODE(LANG, TRUE)"),
        ("select sha256(text)[1:16] as id from t", "SUBSTRING(SHA2(TEXT, 256), 1, 16)"),
        ("select * from t anti join s using (a)", "ANTI JOIN S USING (A)"),
    ],
)
def test_what_spark_says_otherwise_is_said_so(duckdb, said):
    pytest.importorskip("sqlglot", reason="the extra 'spark' is not installed")

    assert said in spark_sql(duckdb).upper().replace("`", "")


def test_parameters_stay_parameters():
    pytest.importorskip("sqlglot", reason="the extra 'spark' is not installed")

    assert "'; drop" not in spark_sql("select * from t where a = $name")
    assert ":name" in spark_sql("select * from t where a = $name")
