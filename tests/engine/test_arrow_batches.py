"""Columns to Arrow and back, as Spark's workers do it, without a Spark."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.engine.arrow_batches import (
    OF,
    OneTable,
    columns_of,
    on_batches,
    on_nothing,
    on_partition,
    on_partition_into,
    schema_of,
)
from groundswell.model.table import TableContract

pa = pytest.importorskip("pyarrow", reason="the extra 'spark' is not installed")

BATCHES = [pa.record_batch({"n": pa.array(part, pa.int64())}) for part in ([1, 2], [], [3])]


def summed(columns):
    return {"n": np.array([columns["n"].sum()]), "each": columns["n"][None, :]}


def rows(batches):
    return pa.Table.from_batches(list(batches)).to_pylist()


def test_a_partition_comes_at_once_and_batches_one_by_one_without_the_empty_ones():
    schema = "n bigint, each array<bigint>"
    function = OneTable(summed)

    assert rows(on_partition(function, schema)(iter(BATCHES))) == [{"n": 6, "each": [1, 2, 3]}]
    assert rows(on_batches(function, schema)(iter(BATCHES))) == [{"n": 3, "each": [1, 2]}, {"n": 3, "each": [3]}]


def test_several_tables_lie_side_by_side_under_their_names():
    def both(columns):
        yield "sums", {"n": np.array([columns["n"].sum()])}
        yield "names", {"name": np.array(["ana"], dtype=object)}

    found = on_partition_into(both, {"sums": "n bigint", "names": "name string"}, "n bigint, name string")(
        iter(BATCHES)
    )

    assert rows(found) == [{OF: "sums", "n": 6, "name": None}, {OF: "names", "n": None, "name": "ana"}]


def test_a_function_without_rows_is_called_once_for_each_partition_that_has_any():
    told = on_nothing(lambda *names: "+".join(names).encode(), ("ana", "ben"))

    assert [row["answer"] for row in rows(told(iter(BATCHES)))] == [b"ana+ben"]
    assert list(told(iter(BATCHES[1:2]))) == []


def test_lists_of_equal_lengths_become_a_matrix():
    found = columns_of(pa.table({"pair": pa.array([[1, 2], [3, 4]], pa.list_(pa.int64()))}))

    assert found["pair"].tolist() == [[1, 2], [3, 4]]


def test_a_contract_is_told_in_sparks_words():
    contract = TableContract("made_up", {"id": "text", "tags": "text[]", "n": "bigint", "at": "timestamp"}, ("id",))

    assert schema_of(contract) == "id string, tags array<string>, n bigint, at timestamp_ntz"
