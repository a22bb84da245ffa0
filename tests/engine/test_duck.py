"""Duck: tables in, tables out, and unknown stays unknown."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.errors import MissingColumns
from groundswell.model.table import TableContract, text_column

SEEN = TableContract(
    "seen",
    {"who": "text", "when": "timestamp", "n": "bigint", "share": "double", "sure": "boolean"},
    order=("who", "n"),
)


def some():
    return {
        "who": text_column(["ben", None, "ana"]),
        "when": np.array(["2024-05-01T10:00:00.000001", "NaT", "2024-05-01"], dtype="datetime64[us]"),
        "n": np.array([2, None, 1], dtype=object),
        "share": np.array([0.5, np.nan, 0.25]),
        "sure": np.array([True, None, False], dtype=object),
    }


def test_unknown_comes_back_as_unknown_and_not_as_zero(engine):
    engine.load(SEEN, some())
    found = engine.query("select * from seen order by n nulls last")

    assert list(found["n"]) == [1, 2, None]
    assert list(found["sure"]) == [False, True, None]
    assert list(found["who"]) == ["ana", "ben", None]
    assert np.isnat(found["when"][2])
    assert np.isnan(found["share"][2])


def test_equal_rows_in_any_order_give_equal_bytes(engine, tmp_path):
    columns = some()
    for name, order in (("a", [0, 1, 2]), ("b", [2, 0, 1])):
        engine.load(SEEN, {key: column[order] for key, column in columns.items()})
        engine.save(SEEN, tmp_path / name)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_what_was_saved_opens_again(engine, tmp_path):
    engine.load(SEEN, some())
    engine.save(SEEN, tmp_path / "it's seen.parquet")
    engine.open(SEEN, [tmp_path / "it's seen.parquet"])

    assert engine.rows("select count(*), count(n) from seen") == [(3, 2)]


def test_opening_nothing_gives_an_empty_table(engine):
    engine.open(SEEN, [])

    assert engine.query("select * from seen")["who"].size == 0


def test_a_missing_column_is_named_with_the_likely_one(engine):
    columns = some()
    columns["whom"] = columns.pop("who")

    with pytest.raises(MissingColumns, match="no column 'who'") as caught:
        engine.load(SEEN, columns)
    assert "Did you mean 'whom'?" in str(caught.value)


def test_the_engine_fetches_nothing(engine):
    settings = dict(engine.rows("select name, value from duckdb_settings() where name like 'auto%extensions'"))

    assert settings["autoinstall_known_extensions"] == "false"
    assert settings["autoload_known_extensions"] == "false"


def test_writing_gives_the_rows_that_loading_and_saving_give(engine, tmp_path):
    engine.load(SEEN, some())
    engine.save(SEEN, tmp_path / "saved.parquet")

    for name in ("written", "again"):
        engine.write(SEEN, some(), tmp_path / f"{name}.parquet")

    saved, written = (
        engine.rows("select * from read_parquet($path)", path=str(tmp_path / f"{name}.parquet"))
        for name in ("saved", "written")
    )
    assert str(written) == str(saved)
    assert (tmp_path / "written.parquet").read_bytes() == (tmp_path / "again.parquet").read_bytes()
