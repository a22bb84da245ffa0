"""What a step may ask of an engine: run a query, hold a table, write a table. Nothing more.

SQL is written once, in DuckDB's dialect, with named parameters (``$name``). Nothing is ever pasted into it but
names from our own contracts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from groundswell.model.table import Columns, TableContract


class Engine(Protocol):
    """Runs SQL over named tables."""

    def query(self, sql: str, **parameters: Any) -> Columns:
        """Run a query and return its columns as numpy arrays."""
        ...

    def rows(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """Run a query and return its rows; for small answers."""
        ...

    def define(self, name: str, sql: str, **parameters: Any) -> None:
        """Make a table called `name` of a query's result, in place of any older one."""
        ...

    def derive(
        self, contract: TableContract, sql: str, function: Callable[[Columns], Columns], *, at_once: bool = False
    ) -> None:
        """Make the contract's table of what a function gives for the rows of a query, in batches or all at once.

        On Spark the workers call it, so it is a function of a module, or a value that can be called.
        """
        ...

    def load(self, contract: TableContract, columns: Columns) -> None:
        """Make the contract's table of these columns."""
        ...

    def write(self, contract: TableContract, columns: Columns, path: Path) -> None:
        """Write columns as one Parquet file, sorted; the same rows as `load` and `save` give."""
        ...

    def open(self, contract: TableContract, paths: list[Path]) -> None:
        """Make the contract's view over Parquet files, empty if there are none."""
        ...

    def save(self, contract: TableContract, path: Path) -> None:
        """Write the contract's table as one Parquet file, sorted: equal rows give equal bytes."""
        ...
