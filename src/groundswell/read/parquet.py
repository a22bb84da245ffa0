"""Rows of a Parquet file as text, read through the engine a stretch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from groundswell.engine.duck import Duck
from groundswell.engine.engine import Engine
from groundswell.errors import UnreadableFile
from groundswell.read.reader import Record
from groundswell.read.survey import LIMITS, Limits

STRETCH = 20_000

N_ROWS = "select count(*) from read_parquet($path)"

AT_ONCE = 1 << 26
"""Characters of a stretch; where its rows are larger, fewer are read at a time."""

MEMORY = "600MB"
"""For the engine: a list of a thousand million equal numbers is a few bytes in a file."""

# A whole number kept as a float, as pandas does beside missing values, is the whole number again. Above 2^53 a
# float has lost digits, and its notation with an exponent lets `read.ids` see that. NUL, which no post contains,
# becomes U+FFFD here as in every other format.
AS_TEXT = {
    "float": "case when isnan({0}) then null when {0} = trunc({0}) and abs({0}) < 9007199254740992 "
    "then {0}::bigint::varchar else {0}::varchar end",
    "nested": "to_json({0})::varchar",
    "other": "{0}::varchar",
    "text": "replace({0}, chr(0), chr(65533))",
}


def parquet_columns(path: Path) -> dict[str, str]:
    """The columns of a Parquet file with their types.

    Raises
    ------
    UnreadableFile
        The file begins like Parquet and is none, or breaks off.
    """
    with Duck() as engine:
        try:
            rows = engine.rows("describe select * from read_parquet($path)", path=str(path))
        except duckdb.Error as error:
            raise _unreadable(path, error) from None
    return {row[0]: row[1] for row in rows}


def parquet_rows(path: Path, limits: Limits = LIMITS) -> Iterator[tuple[Record, int, int]]:
    """Each row as column to text, None where there is no value, with its number and the number of rows.

    Raises
    ------
    UnreadableFile
        It is damaged, or holds far more than `limits` allow a file of its size.
    """
    kinds = parquet_columns(path)
    chosen = ", ".join(f"{_as_text(name, kind)} as {_name(name)}" for name, kind in kinds.items())
    query = (
        f"select {chosen} from read_parquet($path, file_row_number = true) "
        "where file_row_number >= $begin and file_row_number < $end order by file_row_number"
    )
    # What repeats takes no room in a file: what comes out is counted before it is made.
    sizes = " + ".join(f"coalesce(strlen({_as_text(name, kind)}), 0) + 1" for name, kind in kinds.items())
    count = f"""
        select file_row_number // {STRETCH}, count(*), sum({sizes})
        from read_parquet($path, file_row_number = true) group by 1 order by 1
    """
    with Duck(memory=MEMORY) as engine:
        try:
            n, n_bytes, done = int(engine.rows(N_ROWS, path=str(path))[0][0]), path.stat().st_size, 0
            limits.require(path, n * len(kinds), n_bytes)
            stretches = engine.rows(count, path=str(path))
            limits.require(path, sum(int(size) for _, _, size in stretches), n_bytes)
            for stretch, rows, size in stretches:
                step = max(1, rows * AT_ONCE // max(AT_ONCE, int(size)))
                for begin in range(stretch * STRETCH, stretch * STRETCH + rows, step):
                    end = min(begin + step, stretch * STRETCH + rows)
                    for record in _records(engine, query, path, begin, end):
                        done += 1
                        yield record, done, n
        except duckdb.Error as error:
            raise _unreadable(path, error) from None


def _records(engine: Engine, query: str, path: Path, begin: int, end: int) -> Iterator[Record]:
    columns = engine.query(query, path=str(path), begin=begin, end=end)
    names = list(columns)
    for values in zip(*(column.tolist() for column in columns.values()), strict=True):
        yield dict(zip(names, values, strict=True))


def _as_text(name: str, kind: str) -> str:
    if kind in ("DOUBLE", "FLOAT"):
        form = AS_TEXT["float"]
    elif kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        form = AS_TEXT["nested"]
    elif kind == "VARCHAR":
        form = AS_TEXT["text"]
    else:
        form = AS_TEXT["other"]
    return form.format(_name(name))


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _unreadable(path: Path, error: Exception) -> UnreadableFile:
    lines = str(error).splitlines() or ["nothing"]
    return UnreadableFile(
        path, "the Parquet file is damaged or breaks off.", f"The engine says: {lines[0]}", "Fetch it again."
    )
