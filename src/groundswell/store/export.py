"""A study's posts or profiles as one file that `groundswell read` takes back without losing anything.

    posts.parquet   types and all          posts.jsonl   null is unknown          posts.csv   the column ``empty``

In a CSV file an unknown cell and an empty text look alike, so ``empty`` names the columns of a row whose text is
empty. Lists are JSON, times ISO 8601 in UTC to the microsecond. No cell is changed for the sake of a spreadsheet.
Ids and words leave as they came: this is for people who hold the study, not for publication.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import IO, Any

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.errors import Failed, NothingToDo, WrongUse
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.progress import Progress, silent
from groundswell.model.table import TableContract
from groundswell.store.segments import flush
from groundswell.store.study import Study

TABLES = {"posts": POSTS, "accounts": ACCOUNTS}
STRETCH = 20_000
"""Rows in memory at a time."""
LONGEST_CELL = 131_072
"""Characters of a cell that readers of CSV take, ours among them."""


def export(study: Study, engine: Engine, path: Path, *, table: str = "posts", progress: Progress = silent) -> int:
    """Write a table of the study as one file; equal studies give equal bytes.

    Parameters
    ----------
    path
        Ends in ``.parquet``, ``.csv`` or ``.jsonl``; nothing may be there.
    table
        ``posts`` or ``accounts``, the latter with one row an account.

    Returns
    -------
    the number of rows

    Raises
    ------
    WrongUse
        Another ending or table, or a file that exists.
    NothingToDo
        There is no such row in the study.
    Failed
        A CSV file can't hold a cell; the other two can.
    """
    contract, write = TABLES.get(table), WRITERS.get(path.suffix)
    if contract is None or write is None:
        raise WrongUse(
            f"Can't export {table!r} as {path.name!r}.\n  The tables are posts and accounts; a file ends in .parquet,"
            " .csv or .jsonl.\n  For example: `groundswell export gate.study -o posts.parquet`."
        )
    if path.exists() or not path.parent.is_dir():
        seen = "is there already" if path.exists() else "would lie in a folder that is not there"
        raise WrongUse(f"{str(path)!r} {seen}.\n  Nothing is overwritten and no folder made.\n  Name a new file.")
    study.open_tables(engine)
    n = int(engine.rows(f"select count(*) from {table}")[0][0])
    if not n:
        raise NothingToDo(f"There is nothing in the table {table!r} of this study.\n  Read a file into it first.")
    with tempfile.TemporaryDirectory(prefix=".part-", dir=path.parent) as folder:
        aside, sorted_rows = Path(folder) / "whole", Path(folder) / "sorted.parquet"
        engine.save(contract, sorted_rows)
        with aside.open("w", encoding="utf-8", newline="") as file, closing(_rows(engine, sorted_rows, n)) as rows:
            for done in write(file, contract, rows):
                progress(f"Writing {path.name}", min(done, n), n)
        if path.suffix == ".parquet":
            sorted_rows.replace(aside)
        flush(aside)
        aside.replace(path)
    return n


def _rows(engine: Engine, path: Path, n: int) -> Generator[dict[str, Any], None, None]:
    """The rows in their order as plain values, a stretch at a time."""
    stretch = (
        "select * exclude (file_row_number) from read_parquet($path, file_row_number = true)"
        " where file_row_number >= $begin and file_row_number < $end order by file_row_number"
    )
    for begin in range(0, n, STRETCH):
        columns = engine.query(stretch, path=str(path), begin=begin, end=begin + STRETCH)
        for values in zip(*(_plain(column) for column in columns.values()), strict=True):
            yield dict(zip(columns, values, strict=True))


def _plain(column: np.ndarray[Any, Any]) -> list[Any]:
    if column.dtype.kind == "M":
        return [None if np.isnat(time) else f"{time.astype('datetime64[us]')}Z" for time in column]
    return [each.tolist() if isinstance(each, np.ndarray) else each for each in column.tolist()]


def _csv(file: IO[str], contract: TableContract, rows: Iterator[Mapping[str, Any]]) -> Iterator[int]:
    out = csv.writer(file)
    out.writerow((*contract.columns, "empty"))
    for n, row in enumerate(rows, 1):
        cells = [_cell(value) for value in row.values()]
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise Failed(
                f"A cell of a CSV file holds at most {LONGEST_CELL:,} characters.\n"
                f"  Row {n:,} has a longer one; nothing was written.\n  Export .parquet or .jsonl."
            )
        out.writerow((*cells, " ".join(name for name, value in row.items() if value == "")))
        if n % STRETCH == 0:
            yield n


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _json_lines(file: IO[str], contract: TableContract, rows: Iterator[Mapping[str, Any]]) -> Iterator[int]:
    for n, row in enumerate(rows, 1):
        file.write(json.dumps({name: row[name] for name in contract.columns}, ensure_ascii=False) + "\n")
        if n % STRETCH == 0:
            yield n


def _parquet(file: IO[str], contract: TableContract, rows: Iterator[Mapping[str, Any]]) -> Iterator[int]:
    """The sorted rows are Parquet already."""
    return iter(())


Writer = Callable[[IO[str], TableContract, Iterator[Mapping[str, Any]]], Iterator[int]]
WRITERS: dict[str, Writer] = {".csv": _csv, ".jsonl": _json_lines, ".parquet": _parquet}
"""By the ending of the file's name."""
