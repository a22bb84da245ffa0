"""Our functions on Spark's workers: numpy columns from Arrow batches and back, one shape of call a function.

    Arrow batches ──► columns ──► a function of ours ──► columns ──► Arrow, with the types that Spark was told

Spark sends what stands here to its workers, and calls it there with iterators over batches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.model.table import Columns, TableContract

Function = Callable[[Columns], Iterable[Columns]]
SeveralOf = Callable[[Columns], Iterable[tuple[str, Columns]]]
Called = Callable[[Iterator[Any]], Iterator[Any]]

OF = "of_table"
"""Where tables that are made in one pass lie side by side, the column that says to which a row belongs."""


@dataclass(frozen=True)
class OneTable:
    """A function that gives one table, as one that gives any number."""

    function: Callable[[Columns], Columns]

    def __call__(self, columns: Columns) -> Iterator[Columns]:
        """The one table."""
        yield self.function(columns)


def on_partition(function: Function, schema: str) -> Called:
    """Calls a function on all batches of a partition at once."""

    def called(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        listed = list(batches)
        if sum(batch.num_rows for batch in listed):
            for found in function(columns_of(pa.Table.from_batches(listed))):
                yield from _arrow_of(found, schema).to_batches()

    return called


def on_batches(function: Function, schema: str) -> Called:
    """Calls a function on each batch."""

    def called(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        for batch in batches:
            if batch.num_rows:
                for found in function(columns_of(pa.Table.from_batches([batch]))):
                    yield from _arrow_of(found, schema).to_batches()

    return called


def on_partition_into(function: SeveralOf, schemas: Mapping[str, str], wide: str) -> Called:
    """Calls a function on all batches of a partition at once; says of each row to which table it belongs."""

    def called(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        listed = list(batches)
        if sum(batch.num_rows for batch in listed):
            for name, found in function(columns_of(pa.Table.from_batches(listed))):
                table = _arrow_of(found, schemas[name])
                columns = {OF: pa.repeat(name, table.num_rows)}
                for column, kind in types_of(wide).items():
                    known = column in table.column_names
                    columns[column] = table[column] if known else pa.nulls(table.num_rows, kind)
                yield from pa.table(columns).to_batches()

    return called


def on_matches(function: Callable[[Columns, Columns], Columns], schema: str) -> Callable[[Any, Any], Any]:
    """Calls a function on the two sides of a match."""
    return lambda left, right: _arrow_of(function(columns_of(left), columns_of(right)), schema)


def on_nothing(function: Callable[..., bytes], told: tuple[Any, ...]) -> Called:
    """Calls a function that needs no rows."""

    def called(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        if sum(batch.num_rows for batch in batches):
            yield pa.record_batch({"answer": pa.array([function(*told)], pa.binary())})

    return called


def columns_of(table: Any) -> Columns:
    """An Arrow table as numpy arrays; a list of equal lengths becomes a row of a matrix."""
    found: Columns = {}
    for name in table.column_names:
        column = table[name].combine_chunks()
        if str(column.type).startswith("list"):
            flat = column.flatten().to_numpy(zero_copy_only=False)
            found[name] = flat.reshape(len(column), -1) if len(column) else flat.reshape(0, 0)
        else:
            found[name] = column.to_numpy(zero_copy_only=False)
    return found


def _arrow_of(columns: Columns, schema: str) -> Any:
    """Columns as an Arrow table with the types that Spark was told; a matrix becomes a list a row."""
    import pyarrow as pa

    arrays = {}
    for name, kind in types_of(schema).items():
        values = columns[name]
        if values.ndim == 2:
            starts = np.arange(len(values) + 1, dtype=np.int32) * values.shape[1]
            arrays[name] = pa.ListArray.from_arrays(starts, pa.array(values.ravel(), kind.value_type))
        else:
            arrays[name] = pa.array(values, kind)
    return pa.table(arrays)


def types_of(schema: str) -> dict[str, Any]:
    """The columns of a table told in Spark's words, and their types in Arrow's."""
    import pyarrow as pa

    kinds = {
        "bigint": pa.int64(),
        "double": pa.float64(),
        "string": pa.string(),
        "array<bigint>": pa.list_(pa.int64()),
    }
    told = (column.split(" ") for column in schema.split(", "))
    return {name: kinds[kind] for name, kind in told}


def schema_of(contract: TableContract) -> str:
    """The columns of a contract in Spark's words."""
    return ", ".join(f"{name} {spark_type(kind)}" for name, kind in contract.columns.items())


def spark_type(kind: str) -> str:
    """A type of our contracts in Spark's words."""
    if kind.endswith("[]"):
        return f"array<{spark_type(kind[:-2])}>"
    return {"text": "string", "integer": "int", "timestamp": "timestamp_ntz"}.get(kind, kind)
