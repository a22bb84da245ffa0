"""Rows of a Parquet file as text, read through the engine a stretch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from groundswell.engine.duck import Duck
from groundswell.engine.engine import Engine
from groundswell.errors import UnreadableFile
from groundswell.read.reader import Record

STRETCH = 20_000

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


def parquet_rows(path: Path) -> Iterator[tuple[Record, int, int]]:
    """Each row as column to text, None where there is no value, with its number and the number of rows."""
    kinds = parquet_columns(path)
    chosen = ", ".join(f"{_as_text(name, kind)} as {_name(name)}" for name, kind in kinds.items())
    query = (
        f"select {chosen} from read_parquet($path, file_row_number = true) "
        "where file_row_number >= $begin and file_row_number < $end order by file_row_number"
    )
    with Duck() as engine:
        try:
            n = int(engine.rows("select count(*) from read_parquet($path)", path=str(path))[0][0])
            for begin in range(0, n, STRETCH):
                for i, record in enumerate(_records(engine, query, path, begin), begin + 1):
                    yield record, i, n
        except duckdb.Error as error:
            raise _unreadable(path, error) from None


def _records(engine: Engine, query: str, path: Path, begin: int) -> Iterator[Record]:
    columns = engine.query(query, path=str(path), begin=begin, end=begin + STRETCH)
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
