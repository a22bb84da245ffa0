"""Spark, for data that outgrow one machine: the same SQL, and the same functions over Arrow batches.

    Spark(master) ──► define (SQL) · number (a total order) · mapped, matched (Python over whole partitions) ──► tables

Every table is written to the scratch folder as Parquet before it is used. So a step runs once however often it is
read, a task that is lost is run again on the same rows, and nothing that grows with the data comes to the driver.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from groundswell.engine.dialect import spark_sql
from groundswell.errors import MissingExtra, WrongUse
from groundswell.model.table import Columns, TableContract

ROWS_A_TASK = 500_000
"""Rows that a Python worker holds at a time: some 20 MB of numbers, and a second or two of work."""

NEEDED = ("pyspark", "pyarrow", "pandas", "sqlglot")

MASTERS = ("local", "local[", "local-cluster[", "spark://", "yarn", "k8s://")

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
    "spark.sql.catalogImplementation": "in-memory",
}

Function = Callable[[Columns], Iterable[Columns]]


class Spark:
    """An `Engine` on a Spark session, with a scratch folder that all its workers see."""

    def __init__(self, master: str, scratch: Path, *, settings: dict[str, str] | None = None) -> None:
        """Open a session, or join the one that this process has already.

        Parameters
        ----------
        master
            Where Spark runs, such as ``local[2]``, ``local-cluster[2,1,2048]``, ``spark://host:7077`` or ``yarn``.
        scratch
            Folder for tables between steps, emptied by `close`. Every worker must see it under the same path.
        settings
            Further Spark settings.

        Raises
        ------
        MissingExtra
            A package of the extra is not installed.
        WrongUse
            `master` is none that Spark knows.
        """
        for package in NEEDED:
            if find_spec(package) is None:
                raise MissingExtra("spark", "Spark", package)
        if not master.startswith(MASTERS):
            raise WrongUse(
                f"{master!r} is no place where Spark runs.\n"
                "  Say `--master 'local[2]'` for this machine, `spark://host:7077` for a cluster of its own, or yarn."
            )
        from pyspark.sql import SparkSession

        # The workers need the packages that this process has.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        scratch.mkdir(parents=True, exist_ok=True)
        self.scratch = Path(tempfile.mkdtemp(prefix="spark-", dir=scratch)).resolve()
        builder = SparkSession.builder.master(master).appName("groundswell")
        told = {**SETTINGS, "spark.local.dir": str(self.scratch / "shuffle"), **(settings or {})}
        if master.startswith("local"):
            told.setdefault("spark.driver.host", "127.0.0.1")
        for name, value in told.items():
            builder = builder.config(name, value)
        self._own = SparkSession.getActiveSession() is None
        self.session: Any = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")
        self.cores = int(self.session.sparkContext.defaultParallelism)
        self.session.conf.set("spark.sql.shuffle.partitions", str(2 * self.cores))
        self._paths: dict[str, Path] = {}
        self._made = 0

    def __enter__(self) -> Spark:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the scratch tables go, and stop the session unless it was there before, as in a notebook."""
        if self._own:
            self.session.stop()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def frame(self, sql: str, **parameters: Any) -> Any:
        """The query as a data frame of Spark's; nothing has run yet."""
        return self.session.sql(spark_sql(sql), args=parameters or None)

    def query(self, sql: str, **parameters: Any) -> Columns:
        """Run a query and return its columns as numpy arrays: for answers that do not grow with the data."""
        return columns_of(self.frame(sql, **parameters).toArrow())

    def rows(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """Run a query and return its rows; for small answers."""
        return [tuple(row) for row in self.frame(sql, **parameters).collect()]

    def define(self, name: str, sql: str, **parameters: Any) -> None:
        """Make a table called `name` of a query's result, in place of any older one."""
        self._keep(name, self.frame(sql, **parameters))

    def number(self, name: str, sql: str, *, by: tuple[str, ...]) -> None:
        """Make a table of a query's rows in the order of `by`, numbered from 0 in the column ``number``.

        The column ``part`` says in which stretch of that order a row stands. The rows are sorted by all workers; only
        the length of each stretch comes to the driver.
        """
        inside = 33  # Spark's own numbers: the stretch, then 33 bits for the place in it
        ordered = self.frame(sql).orderBy(*by).selectExpr("*", "monotonically_increasing_id() as at")
        self._keep(f"{name}_at", ordered)
        lengths = self.session.sql(f"select shiftright(at, {inside}) as part, count(*) as n from {name}_at group by 1")
        starts, before = [], 0
        for part, n in sorted(tuple(row) for row in lengths.collect()):
            starts.append((part, before - (part << inside)))
            before += n
        listed = ", ".join(f"({part}L, {start}L)" for part, start in starts) or "(0L, 0L)"
        columns = ", ".join(one for one in ordered.columns if one != "at")
        self._keep(
            name,
            self.session.sql(
                f"select {columns}, at + start as number, part from {name}_at"
                f" join (values {listed} as starts(part, start)) on part = shiftright(at, {inside})"
            ),
        )

    def mapped(self, name: str, sql: str, function: Function, schema: str, *, by: tuple[str, ...]) -> None:
        """Make a table of what a function gives for all rows that agree in `by`, a whole partition at a time.

        Parameters
        ----------
        function
            From the columns of a partition to any number of tables. It is sent to the workers by name.
        schema
            The columns of these tables, in Spark's words.
        by
            Rows that agree in these columns come to one call; rows that don't may.
        """
        frame = self.frame(sql)
        parts = max(self.cores, -(-frame.count() // ROWS_A_TASK))
        self._keep(name, frame.repartition(parts, *by).mapInArrow(_whole(function, schema), schema))

    def matched(
        self, name: str, left: str, right: str, function: Callable[[Columns, Columns], Columns], schema: str, *, by: str
    ) -> None:
        """Make a table of what a function gives for the rows of two queries that agree in the column `by`."""
        both = self.frame(left).groupBy(by).cogroup(self.frame(right).groupBy(by))
        self._keep(name, both.applyInArrow(_both(function, schema), schema))

    def once(self, function: Callable[..., bytes], *told: Any) -> bytes:
        """Call a function on one of the workers, so that its memory is not the driver's."""
        one = self.session.range(1).repartition(1)
        [[answer]] = one.mapInArrow(_once(function, told), "answer binary").collect()
        return bytes(answer)

    def load(self, contract: TableContract, columns: Columns) -> None:
        """Make the contract's table of these columns, each cast to the type the contract gives it."""
        contract.require(columns)
        import pyarrow as pa

        arrow = pa.table({name: pa.array(columns[name], from_pandas=True) for name in contract.columns})
        frame = self.session.createDataFrame(arrow)
        chosen = [f"cast({name} as {_spark_type(kind)}) as {name}" for name, kind in contract.columns.items()]
        self._keep(contract.name, frame.selectExpr(*chosen))

    def open(self, contract: TableContract, paths: list[Path]) -> None:
        """Make the contract's view over Parquet files, empty if there are none."""
        if not paths:
            self.load(contract, contract.empty())
            return
        frame = self.session.read.parquet(*(f"file://{path.resolve()}" for path in paths))
        frame.select(*contract.columns).createOrReplaceTempView(contract.name)

    def save(self, contract: TableContract, path: Path) -> None:
        """Write the contract's table as one Parquet file, sorted: the very bytes that DuckDB writes.

        The workers write it in parts; DuckDB sorts these into one file, spilling what it can't hold.
        """
        from groundswell.engine.duck import Duck

        with tempfile.TemporaryDirectory(dir=self.scratch) as spill, Duck(memory="1GB", spill=Path(spill)) as engine:
            engine.open(contract, self.parts(contract))
            engine.save(contract, path)

    def parts(self, contract: TableContract) -> list[Path]:
        """Parquet files that together hold the contract's table."""
        self._keep(f"{contract.name}_parts", self.session.table(contract.name).select(*contract.columns))
        return self.files(f"{contract.name}_parts")

    def files(self, name: str) -> list[Path]:
        """The Parquet files of a table that was made here."""
        return sorted(self._paths[name].glob("*.parquet"))

    def write(self, contract: TableContract, columns: Columns, path: Path) -> None:
        """Write columns as one Parquet file, sorted; DuckDB does it better."""
        from groundswell.engine.duck import Duck

        with Duck() as engine:
            engine.write(contract, columns, path)

    def _keep(self, name: str, frame: Any) -> None:
        """Write a table and let `name` stand for it."""
        self._made += 1
        path = self.scratch / f"{self._made:04}-{name}"
        frame.write.parquet(f"file://{path}")
        self.session.read.schema(frame.schema).parquet(f"file://{path}").createOrReplaceTempView(name)
        if older := self._paths.get(name):
            shutil.rmtree(older, ignore_errors=True)
        self._paths[name] = path


def _whole(function: Function, schema: str) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """Calls a function on all batches of a partition at once."""

    def called(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        listed = list(batches)
        if sum(batch.num_rows for batch in listed):
            for found in function(columns_of(pa.Table.from_batches(listed))):
                yield from _arrow(found, schema).to_batches()

    return called


def _both(function: Callable[[Columns, Columns], Columns], schema: str) -> Callable[[Any, Any], Any]:
    """Calls a function on the two sides of a match."""
    return lambda left, right: _arrow(function(columns_of(left), columns_of(right)), schema)


def _once(function: Callable[..., bytes], told: tuple[Any, ...]) -> Callable[[Iterator[Any]], Iterator[Any]]:
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


def _arrow(columns: Columns, schema: str) -> Any:
    """Columns as an Arrow table with the types that Spark was told."""
    import pyarrow as pa

    types = {"bigint": pa.int64(), "double": pa.float64(), "int": pa.int32(), "array<bigint>": pa.list_(pa.int64())}
    arrays, names = [], []
    for told in schema.split(", "):
        name, kind = told.split(" ")
        values: Any = columns[name]
        arrays.append(pa.array(list(values) if kind.startswith("array") else values, types[kind]))
        names.append(name)
    return pa.table(arrays, names=names)


def _spark_type(kind: str) -> str:
    """A type of our contracts in Spark's words."""
    if kind.endswith("[]"):
        return f"array<{_spark_type(kind[:-2])}>"
    return {"text": "string", "integer": "int", "timestamp": "timestamp_ntz"}.get(kind, kind)
