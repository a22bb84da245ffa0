"""The embedded engine: DuckDB in the process. It needs no server, spills to disk and fetches nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from groundswell.engine.memory import memory_bytes
from groundswell.model.table import Columns, TableContract

# DuckDB fetches extensions by itself unless told not to; an investigator's machine must stay silent.
OFFLINE = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "true",
}

# Lists go in as text and come apart inside: DuckDB guesses a column's type from some of its rows, and a list that is
# empty in all of those would not fit the others. It is also three times as quick.
BETWEEN, FILLED = "\x1f", "\x1e"
APART = "case {0} when '' then []::text[] else string_split({0}[2:], chr(31)) end"

LONGEST_TOLD = 200
"""Characters of a value that is written into a query; nothing that all rows say is longer but by design."""


class Duck:
    """An `Engine` on an in-memory DuckDB. Use it as a context manager, so that spill files go when it does."""

    def __init__(self, *, memory: str | None = None, spill: Path | None = None) -> None:
        """Open the engine.

        Parameters
        ----------
        memory
            Most memory DuckDB may take, such as ``"2GB"``; what does not fit spills to `spill`.
        spill
            Folder for spilled data; without one, the system's choice.

        Raises
        ------
        WrongUse
            `memory` is no amount of memory, or too little.
        """
        settings: dict[str, str | bool | int | float | list[str]] = {**OFFLINE}
        self.memory = None if memory is None else memory_bytes(memory)
        """Bytes; for whoever allocates beside the database."""
        if self.memory is not None:
            settings["memory_limit"] = f"{self.memory}B"
        if spill:
            settings["temp_directory"] = str(spill)
        self.con = duckdb.connect(config=settings)
        self.con.execute("set timezone = 'UTC'")
        self.con.execute("set preserve_insertion_order = true")
        self.con.execute("set enable_progress_bar = false")

    def __enter__(self) -> Duck:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the tables and the spill files go."""
        self.con.close()

    def query(self, sql: str, **parameters: Any) -> Columns:
        """Run a query and return its columns as plain numpy arrays.

        NULL becomes None in text columns, NaN in floats and NaT in times. A boolean or integer column with NULL
        comes back as an object array with None, so that unknown never turns into zero.
        """
        fetched = self.con.execute(sql, parameters or None).fetchnumpy()
        return {name: _plain(column) for name, column in fetched.items()}

    def rows(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """Run a query and return its rows; for small answers."""
        return self.con.execute(sql, parameters or None).fetchall()

    def define(self, name: str, sql: str, **parameters: Any) -> None:
        """Make a table called `name` of a query's result, in place of any older one."""
        self._drop(name)
        self.con.execute(f"create table {_name(name)} as {sql}", parameters or None)

    def derive(
        self, contract: TableContract, sql: str, function: Callable[[Columns], Columns], *, at_once: bool = False
    ) -> None:
        """Make the contract's table of what a function gives for the rows of a query; here always at once."""
        self.load(contract, function(self.query(sql)))

    def load(self, contract: TableContract, columns: Columns) -> None:
        """Make the contract's table of these columns, each cast to the type the contract gives it."""
        arriving, casts = self._cast(contract, columns)
        self._drop(contract.name)
        self.con.register("arriving", arriving)
        try:
            self.con.execute(f"create table {_name(contract.name)} as select {_chosen(casts)} from arriving")
        finally:
            self.con.unregister("arriving")

    def write(self, contract: TableContract, columns: Columns, path: Path) -> None:
        """Write columns as one Parquet file, sorted, without making a table of them first.

        Packed quickly rather than small: level 3 takes a third longer over the whole and saves 4 %.
        """
        arriving, casts = self._cast(contract, columns)
        # Sorted as they arrive: lists and what all rows say would be carried along, which took half as long again.
        keys = ", ".join(casts[name] for name in contract.order if name in arriving)
        order = f"order by {keys}" if keys else ""
        # A cursor of its own, so that a thread may write while another asks.
        with self.con.cursor() as con:
            con.register("arriving", arriving)
            con.execute(
                f"copy (select {_chosen(casts)} from (select * from arriving {order})) "
                f"to {_text(str(path))} (format parquet, compression zstd, compression_level 1)"
            )

    def _cast(self, contract: TableContract, columns: Columns) -> tuple[Columns, dict[str, str]]:
        """The columns as they go in, and how each becomes what the contract says."""
        contract.require(columns)
        arriving = {name: columns[name] for name in contract.columns}
        casts = {}
        for name, kind in contract.columns.items():
            joined = _joined(arriving[name]) if kind == "text[]" else None
            if joined is not None:
                arriving[name] = joined
            value = f"{_name(name)}::{kind}" if joined is None else APART.format(_name(name))
            is_text = joined is not None or kind == "text"
            if is_text and len(arriving) > 1 and (told := _same(arriving[name])) is not None:
                # Half the columns of posts say the same in every row; DuckDB would look at each.
                value = value.replace(_name(name), told)
                del arriving[name]
            casts[name] = value
        return arriving, casts

    def open(self, contract: TableContract, paths: list[Path]) -> None:
        """Make the contract's view over Parquet files, empty if there are none."""
        if not paths:
            self.load(contract, contract.empty())
            return
        names = ", ".join(_name(name) for name in contract.columns)
        files = ", ".join(_text(str(path)) for path in paths)
        self._drop(contract.name)
        self.con.execute(f"create view {_name(contract.name)} as select {names} from read_parquet([{files}])")

    def save(self, contract: TableContract, path: Path) -> None:
        """Write the contract's table as one Parquet file, sorted: equal rows give equal bytes."""
        names = ", ".join(_name(name) for name in contract.columns)
        order = ", ".join(_name(name) for name in contract.order)
        self.con.execute(
            f"copy (select {names} from {_name(contract.name)} order by {order}) "
            f"to {_text(str(path))} (format parquet, compression zstd)"
        )

    def _drop(self, name: str) -> None:
        kinds = self.con.execute(
            "select table_type from information_schema.tables where table_name = $name and table_schema = 'main'",
            {"name": name},
        ).fetchall()
        for (kind,) in kinds:
            self.con.execute(f"drop {'view' if kind == 'VIEW' else 'table'} {_name(name)}")


def _chosen(casts: Mapping[str, str]) -> str:
    """Each column under its name."""
    return ", ".join(f"{value} as {_name(name)}" for name, value in casts.items())


def _joined(column: np.ndarray[Any, Any]) -> np.ndarray[Any, Any] | None:
    """Lists of text as text; None if that could not be undone."""
    try:
        lists = [each for each in column.tolist() if each is not None]
        if len(lists) == len(column) and not any(map(len, lists)):
            return np.full(len(column), "", dtype=object)
        joined = [None if each is None else FILLED + BETWEEN.join(each) if len(each) else "" for each in column]
        filled = list(filter(None, joined))
        if sum(map(len, lists)) != "".join(filled).count(BETWEEN) + len(filled):
            return None
    except TypeError:
        return None
    return np.fromiter(joined, dtype=object, count=len(joined))


def _same(column: np.ndarray[Any, Any]) -> str | None:
    """What all rows say, as SQL; None where they differ, and where writing it would be no shorter way."""
    values: list[Any] = column.tolist()
    first = values[0] if values else 0
    if first is not None and (not isinstance(first, str) or len(first) > LONGEST_TOLD or "\0" in first):
        return None
    if values != [first] * len(values):
        return None
    return "null" if first is None else _text(first)


def _plain(column: Any) -> np.ndarray[Any, Any]:
    if not isinstance(column, np.ma.MaskedArray):
        return np.asarray(column)
    if not column.mask.any():
        return np.asarray(column.data)
    if column.dtype.kind == "f":
        return np.asarray(column.filled(np.nan))
    if column.dtype.kind == "M":
        return np.asarray(column.filled(np.datetime64("NaT")))
    objects = np.asarray(column.data).astype(object)
    objects[column.mask] = None
    return objects


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
