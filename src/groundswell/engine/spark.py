"""Spark, for data that outgrow one machine: the same SQL, and the same functions over Arrow batches.

    Spark(master) ──► define (SQL) · number (a total order) · mapped, several, matched (Python over batches) ──► tables

Every table is written to the scratch folder as Parquet before it is used. So a step runs once however often it is
read, a task that is lost is run again on the same rows, and nothing that grows with the data comes to the driver.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from groundswell.engine.arrow_batches import (
    OF,
    Function,
    OneTable,
    SeveralOf,
    columns_of,
    on_batches,
    on_matches,
    on_nothing,
    on_partition,
    on_partition_into,
    schema_of,
    spark_type,
    types_of,
)
from groundswell.engine.dialect import spark_sql
from groundswell.errors import MissingExtra, WrongUse
from groundswell.model.table import Columns, TableContract

ROWS_A_TASK = 250_000
"""Rows that a Python worker holds at a time: some 10 MB of numbers, and a second of work."""

FEW = 1_000_000
"""Rows that one task sorts or joins with ease."""

NEEDED = ("pyspark", "pyarrow", "pandas", "sqlglot")

MASTERS = ("local", "local[", "local-cluster[", "spark://", "yarn", "k8s://")

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
    "spark.sql.catalogImplementation": "in-memory",
}

BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For a Java that only plans: its second compiler would cost more than it saves."""

LASTING = "-XX:+UseParallelGC " + " ".join(
    f"-XX:Tier4{name}Threshold={n}"
    for name, n in (("Invocation", 50_000), ("MinInvocation", 6_000), ("Compile", 150_000), ("BackEdge", 400_000))
)
"""For one that works on data: the second compiler comes ten times later, for what runs long, not for each plan."""


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
            # On a machine of one's own; clusters have their own words for it.
            plans_only = master.startswith("local-cluster")
            told = {
                "spark.driver.host": "127.0.0.1",
                "spark.driver.extraJavaOptions": BRIEF if plans_only else LASTING,
                "spark.executor.extraJavaOptions": LASTING,
                **told,
            }
        for name, value in told.items():
            builder = builder.config(name, value)
        self._own = SparkSession.getActiveSession() is None
        self.session: Any = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")
        self.cores = int(self.session.sparkContext.defaultParallelism)
        self._paths: dict[str, Path] = {}
        self._most = 0
        self._suit(0)
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

    def view(self, name: str, sql: str, **parameters: Any) -> None:
        """Let `name` stand for a query that runs anew wherever it is read: for what costs next to nothing."""
        self.frame(sql, **parameters).createOrReplaceTempView(name)

    def count(self, name: str) -> int:
        """Rows of a table that was made here, read off the ends of its files."""
        return sum(footer.num_rows for footer in self._footers(name))

    def number(self, name: str, sql: str, *, by: tuple[str, ...]) -> None:
        """Make a table of a query's rows in the order of `by`, numbered from 0 in the column ``number``.

        The column ``part`` says in which stretch of that order a row stands. The rows are sorted by all workers; only
        the length of each stretch comes to the driver.
        """
        inside = 33  # Spark's own numbers: the stretch, then 33 bits for the place in it
        ordered = self.frame(sql).orderBy(*by).selectExpr("*", "monotonically_increasing_id() as at")
        kept = f"{name}_at"
        self._keep(kept, ordered)
        lengths: dict[int, int] = {}
        for footer in self._footers(kept):
            if footer.num_rows:
                lengths[_least(footer, "at") >> inside] = footer.num_rows
        starts, before = [0] * (max(lengths, default=0) + 1), 0
        for part, n in sorted(lengths.items()):
            starts[part] = before - (part << inside)
            before += n
        columns = ", ".join(one for one in ordered.columns if one != "at")
        listed = ", ".join(f"{start}L" for start in starts)
        stretch = f"cast(shiftright(at, {inside}) as int)"
        numbered = f"select {columns}, at + array({listed})[{stretch}] as number, {stretch} as part from {kept}"
        self.session.sql(numbered).createOrReplaceTempView(name)
        self._paths[name] = self._paths[kept]

    def mapped(
        self, name: str, sql: str, function: Function, schema: str, *, by: tuple[str, ...] = (), rows: int = 0
    ) -> None:
        """Make a table of what a function gives for the rows of a query.

        Parameters
        ----------
        function
            From columns to any number of tables. It is sent to the workers by name.
        schema
            The columns of these tables, in Spark's words.
        by
            Rows that agree in these columns come to one call, with all others of their partition; rows that don't may.
            Without them the rows come in batches as they lie, for functions that look at one row at a time.
        rows
            About how many rows the query has, which says how many partitions there are.
        """
        frame = self._dealt(sql, by, rows)
        self._keep(name, frame.mapInArrow((on_partition if by else on_batches)(function, schema), schema))

    def several(
        self, schemas: Mapping[str, str], sql: str, function: SeveralOf, *, by: tuple[str, ...], rows: int
    ) -> None:
        """Make several tables in one pass over the rows of a query; see `mapped`.

        Parameters
        ----------
        schemas
            For each table, its columns. Columns of one name have one type.
        function
            From columns to any number of tables, each after its name.
        """
        wide = ", ".join(dict.fromkeys(column for schema in schemas.values() for column in schema.split(", ")))
        mapped = self._dealt(sql, by, rows).mapInArrow(
            on_partition_into(function, schemas, wide), f"{OF} string, {wide}"
        )
        path = self._written("-".join(schemas), mapped.write.partitionBy(OF))
        found = self.session.read.schema(f"{wide}, {OF} string").parquet(f"file://{path}")
        for name, schema in schemas.items():
            found.where(f"{OF} = '{name}'").select(*types_of(schema)).createOrReplaceTempView(name)
            self._paths[name] = path / f"{OF}={name}"

    def matched(
        self, name: str, left: str, right: str, function: Callable[[Columns, Columns], Columns], schema: str, *, by: str
    ) -> None:
        """Make a table of what a function gives for the rows of two queries that agree in the column `by`."""
        both = self.frame(left).groupBy(by).cogroup(self.frame(right).groupBy(by))
        self._keep(name, both.applyInArrow(on_matches(function, schema), schema))

    def once(self, function: Callable[..., bytes], *told: Any) -> bytes:
        """Call a function on one of the workers, so that its memory is not the driver's."""
        one = self.session.range(1).repartition(1)
        [[answer]] = one.mapInArrow(on_nothing(function, told), "answer binary").collect()
        return bytes(answer)

    def derive(
        self, contract: TableContract, sql: str, function: Callable[[Columns], Columns], *, at_once: bool = False
    ) -> None:
        """Make the contract's table of what a function gives for the rows of a query, in batches or all at once."""
        frame, schema = self.frame(sql), schema_of(contract)
        if at_once:
            mapped = frame.repartition(1).mapInArrow(on_partition(OneTable(function), schema), schema)
        else:
            mapped = frame.mapInArrow(on_batches(OneTable(function), schema), schema)
        self._keep(contract.name, mapped)

    def load(self, contract: TableContract, columns: Columns) -> None:
        """Make the contract's table of these columns, each cast to the type the contract gives it."""
        contract.require(columns)
        import pyarrow as pa

        arrow = pa.table({name: pa.array(columns[name], from_pandas=True) for name in contract.columns})
        frame = self.session.createDataFrame(arrow)
        chosen = [f"cast({name} as {spark_type(kind)}) as {name}" for name, kind in contract.columns.items()]
        self._keep(contract.name, frame.selectExpr(*chosen))

    def open(self, contract: TableContract, paths: list[Path]) -> None:
        """Make the contract's view over Parquet files, empty if there are none."""
        from pyarrow.parquet import read_metadata

        if not paths:
            self.load(contract, contract.empty())
            return
        self._suit(sum(read_metadata(path).num_rows for path in paths))
        frame = self.session.read.parquet(*(f"file://{path.resolve()}" for path in paths))
        frame.select(*contract.columns).createOrReplaceTempView(contract.name)

    def save(self, contract: TableContract, path: Path) -> None:
        """Write the contract's table as one Parquet file, sorted: the very bytes that DuckDB writes.

        The workers write it in parts; DuckDB sorts these into one file, spilling what it can't hold.
        """
        from groundswell.engine.duck import Duck

        in_parts = TableContract("in_parts", contract.columns, contract.order)
        with tempfile.TemporaryDirectory(dir=self.scratch) as spill, Duck(memory="1GB", spill=Path(spill)) as engine:
            engine.open(in_parts, self.parts(contract))
            # Of many files DuckDB doesn't know whether a column has NULLs, and packs it in another way.
            engine.define(contract.name, "select * from in_parts")
            engine.save(contract, path)

    def parts(self, contract: TableContract) -> list[Path]:
        """Parquet files that together hold the contract's table."""
        if contract.name not in self._paths:
            self._keep(contract.name, self.session.table(contract.name).select(*contract.columns))
        return self.files(contract.name)

    def files(self, name: str) -> list[Path]:
        """The Parquet files of a table that was made here."""
        return sorted(self._paths[name].glob("*.parquet"))

    def write(self, contract: TableContract, columns: Columns, path: Path) -> None:
        """Write columns as one Parquet file, sorted; DuckDB does it better."""
        from groundswell.engine.duck import Duck

        with Duck() as engine:
            engine.write(contract, columns, path)

    def _suit(self, rows: int) -> None:
        """Plan for the largest table seen: few rows go by the first plan, for another costs more than it can save."""
        self._most = max(self._most, rows)
        self.session.conf.set("spark.sql.adaptive.enabled", str(self._most > FEW).lower())
        self.session.conf.set("spark.sql.shuffle.partitions", str(max(2 * self.cores, self._most // FEW)))

    def _keep(self, name: str, frame: Any) -> None:
        """Write a table and let `name` stand for it."""
        path = self._written(name, frame.write)
        self.session.read.schema(frame.schema).parquet(f"file://{path}").createOrReplaceTempView(name)
        if older := self._paths.get(name):
            shutil.rmtree(older, ignore_errors=True)
        self._paths[name] = path

    def _written(self, name: str, writer: Any) -> Path:
        """Where Spark has written what the writer holds."""
        self._made += 1
        path = self.scratch / f"{self._made:04}-{name}"
        writer.parquet(f"file://{path}")
        return path

    def _dealt(self, sql: str, by: tuple[str, ...], rows: int) -> Any:
        """A query's rows in as many partitions as workers can hold, with those that agree in `by` in one."""
        frame = self.frame(sql)
        return frame.repartition(self.cores * -(-max(rows, 1) // (self.cores * ROWS_A_TASK)), *by) if by else frame

    def _footers(self, name: str) -> Iterator[Any]:
        """What the files of a table say of themselves."""
        from pyarrow.parquet import read_metadata

        return map(read_metadata, self.files(name))


def _least(footer: Any, column: str) -> int:
    """The least number in a column of a Parquet file."""
    at = footer.schema.names.index(column)
    groups = (footer.row_group(number) for number in range(footer.num_row_groups))
    return min(int(group.column(at).statistics.min) for group in groups)
