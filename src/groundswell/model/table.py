"""Tables between steps: named columns of equal length, and the contract that names them.

A step gets columns and returns columns. On disk a table is Parquet; in DuckDB it is a view; in between it is
a plain dict of numpy arrays, which all three understand without another library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from groundswell.errors import MissingColumns

Columns: TypeAlias = dict[str, np.ndarray[Any, Any]]
"""Named columns of equal length. Text is an object array of `str` or None, time is datetime64[us] in UTC."""


@dataclass(frozen=True)
class TableContract:
    """What a table is called, which columns it has, in this order, and how its rows are sorted."""

    name: str
    columns: Mapping[str, str]
    """Column name to DuckDB type."""
    order: tuple[str, ...]
    """The columns that sort it, so that equal input gives equal bytes."""

    def require(self, found: Iterable[str]) -> None:
        """Raise `MissingColumns` unless every column is there."""
        found = tuple(found)
        if missing := set(self.columns) - set(found):
            raise MissingColumns(self.name, missing, found)

    def empty(self) -> Columns:
        """The table with no rows."""
        return {name: np.empty(0, dtype=_DTYPES.get(kind, np.dtype(object))) for name, kind in self.columns.items()}


_DTYPES: dict[str, np.dtype[Any]] = {
    "bigint": np.dtype(np.int64),
    "integer": np.dtype(np.int32),
    "double": np.dtype(np.float64),
    "boolean": np.dtype(np.bool_),
    "timestamp": np.dtype("datetime64[us]"),
}


def text_column(values: Iterable[str | None]) -> np.ndarray[Any, Any]:
    """Text as an object array, one value a row; numpy's own guess would cut it or make it numbers."""
    listed = list(values)
    column = np.empty(len(listed), dtype=object)
    column[:] = listed
    return column


def n_rows(columns: Columns) -> int:
    """How many rows the table has."""
    return next((len(column) for column in columns.values()), 0)
