"""Which format a table is in, and its rows: CSV and TSV, the first sheet of a workbook, or Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import IO

from groundswell.errors import MissingColumns, UnreadableFile
from groundswell.read.delimited import LONGEST_ROW, Rows
from groundswell.read.lines import capped_lines
from groundswell.read.naming import Naming, naming
from groundswell.read.parquet import parquet_columns, parquet_rows
from groundswell.read.reader import Broken, Reader, Record
from groundswell.read.recognised import Recognised, Tally, readers
from groundswell.read.spreadsheet import first_sheet, fitted
from groundswell.read.survey import Limits, Survey, text_of
from groundswell.read.unknown import listed, unknown

DELIMITERS = ",\t;|"
NO_HEADER = "the file has no header, and its first row has this format's order of columns"


def recognise_sheet(survey: Survey, columns: Mapping[str, str], limits: Limits) -> Recognised:
    """The first sheet of a workbook."""
    sheet = first_sheet(survey.path, limits)
    every = sheet.rows()
    header = next((row for row in every if isinstance(row, list)), None)
    if header is None:
        raise UnreadableFile(
            survey.path,
            "its first sheet is empty.",
            f"It has {sheet.n_sheets} sheets.",
            "Save the sheet with the posts as CSV UTF-8.",
        )
    names = _distinct(tuple(name.strip() for name in header))
    row = next((row for row in every if isinstance(row, list)), None)
    fit = None if row is None else fitted(row, len(names))
    named = naming(columns, names)
    first = dict(zip(names, fit if isinstance(fit, list) else [""] * len(names), strict=True))
    reader = _table_reader(survey, names, None if row is None else first, named)

    def records(tally: Tally) -> Iterator[Record | Broken]:
        walk = sheet.rows()
        next((row for row in walk if isinstance(row, list)), None)
        for row in walk:
            cells = fitted(row, len(names)) if isinstance(row, list) else row
            yield cells if isinstance(cells, Broken) else named.applied(dict(zip(names, cells, strict=True)))

    notes = [*named.notes]
    if sheet.n_sheets > 1:
        notes.append(f"The workbook has {sheet.n_sheets} sheets, and only the first was read.")
    return Recognised(
        reader=reader, sure=_sure(reader, (*names, *columns)), columns=names, records=records, notes=tuple(notes)
    )


def recognise_parquet(survey: Survey, columns: Mapping[str, str], limits: Limits) -> Recognised:
    """The rows of a Parquet file, each value as text."""
    names = tuple(parquet_columns(survey.path))
    first = next((record for record, _, _ in parquet_rows(survey.path, limits)), None)
    named = naming(columns, names)
    reader = _table_reader(survey, names, first, named)

    def records(tally: Tally) -> Iterator[Record | Broken]:
        for record, row, n in parquet_rows(survey.path, limits):
            tally.bytes_done = survey.n_bytes * row // n
            yield named.applied(record)

    return Recognised(
        reader=reader, sure=_sure(reader, (*names, *columns)), columns=names, records=records, notes=named.notes
    )


def recognise_delimited(survey: Survey, columns: Mapping[str, str], limits: Limits) -> Recognised:
    """Text with something between the cells, and a header unless a reader knows the order of its columns."""
    with text_of(survey, limits) as (stream, _):
        start = [line for line in islice(capped_lines(stream, LONGEST_ROW), 50) if isinstance(line, str)]
    _require_columns(survey, start, limits)
    if ordered := _without_header(start):
        reader, delimiter = ordered
        header, has_header = reader.by_position, False
        named = naming(columns, header)
    else:
        header, delimiter = _header(start, columns)
        named = naming(columns, header)
        has_header = True
        with text_of(survey, limits) as (stream, _):
            first = next((row for row in _rows(stream, delimiter) if isinstance(row, list)), None)
        record = None if first is None else dict(zip(header, first, strict=True))
        reader = _table_reader(survey, header, record, named)

    def records(tally: Tally) -> Iterator[Record | Broken]:
        with text_of(survey, limits) as (stream, meter):
            for row in _rows(stream, delimiter, escape=reader.escape, width=0 if has_header else len(header)):
                tally.bytes_done = meter.done
                if isinstance(row, list):
                    yield named.applied(dict(zip(header, row, strict=True)))
                else:
                    yield row

    def blocks(tally: Tally) -> Iterator[list[list[str]] | Broken]:
        with text_of(survey, limits) as (stream, meter):
            for block in _table(stream, delimiter, reader.escape).blocks():
                tally.bytes_done = meter.done
                yield block

    return Recognised(
        reader=reader,
        sure=_sure(reader, (*header, *columns)) if has_header else NO_HEADER,
        columns=header,
        records=records,
        notes=(*survey.notes, *named.notes),
        blocks=blocks if reader.to_block and has_header and not columns else None,
    )


def _require_columns(survey: Survey, start: list[str], limits: Limits) -> None:
    """Refuse a table too wide to be one, before a name is made of each of its columns."""
    line = next((line for line in start if not line.isspace()), "")
    n = 1 + max(line.count(delimiter) for delimiter in DELIMITERS)
    if n > limits.columns:
        raise UnreadableFile(
            survey.path,
            f"its first line has {n:,} columns.",
            f"It begins: {line[:60].rstrip()}",
            "No table of posts is so wide. If you trust it, allow it: `--limit columns=2000000`.",
        )


def _without_header(start: list[str]) -> tuple[Reader, str] | None:
    """The reader whose columns come in this order, if the file begins with a row and not with names."""
    lines = [line for line in start if not line.isspace()]
    for delimiter in DELIMITERS:
        cells = [_cells(line, delimiter) for line in lines[:1]]
        for reader in readers():
            if reader.by_position and cells and reader.fits(cells[0]):
                return reader, delimiter
    return None


def _rows(stream: IO[str], delimiter: str, *, escape: str = "", width: int = 0) -> Iterable[list[str] | Broken]:
    """The rows after the header, whose width they must have; all rows of this width where there is no header."""
    if width:
        return Rows(capped_lines(stream, LONGEST_ROW), delimiter, width, escape)
    return _table(stream, delimiter, escape)


def _table(stream: IO[str], delimiter: str, escape: str) -> Rows:
    lines = capped_lines(stream, LONGEST_ROW)
    header = next((line for line in lines if isinstance(line, str) and not line.isspace()), "")
    return Rows(lines, delimiter, len(_cells(header, delimiter)), escape)


def _header(start: list[str], columns: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """The column names and what stands between them: whatever makes a format of the header, else the most columns."""
    line = next((line for line in start if not line.isspace()), "")
    known: tuple[tuple[str, ...], str] | None = None
    widest: tuple[tuple[str, ...], str] = (line.strip()[:60],), ","
    for delimiter in DELIMITERS:
        names = tuple(name.strip() for name in _cells(line, delimiter))
        if len(names) > len(widest[0]):
            widest = names, delimiter
        as_record = _with_either_name(columns, names)
        if known is None and any(r.shape == "table" and r.knows(as_record) for r in readers()):
            known = names, delimiter
    names, delimiter = known or widest
    return _distinct(names), delimiter


def _with_either_name(columns: Mapping[str, str], names: tuple[str, ...]) -> Record:
    """A blank row under the file's names and ours, whether or not a zone stands behind the column of times."""
    either = [ours for ours, actual in columns.items() if actual in names or actual.rpartition("@")[0].strip() in names]
    return dict.fromkeys((*names, *either), "")


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter))
    except csv.Error:  # a cell too long for a column's name
        return [line[:60]]


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, with a number for those that stand there twice: the first keeps its name."""
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(distinct)


def _table_reader(survey: Survey, names: tuple[str, ...], first: Record | None, named: Naming) -> Reader:
    record = named.applied(first or dict.fromkeys(names, ""))
    if missing := [actual for ours, actual in named.columns.items() if actual not in names and ours not in names]:
        raise MissingColumns(survey.path.name, missing, names)
    known = [reader for reader in readers() if reader.shape == "table" and reader.knows(record)]
    if not known:
        raise unknown(survey, names)
    if first is None:
        raise UnreadableFile(
            survey.path,
            "it has a header and no rows.",
            f"The columns are: {listed(names)}.",
            "Was the export cut off, or the search empty? Fetch it again.",
        )
    # The reader with most of its columns here, so that a richer format wins over one it contains.
    return max(known, key=lambda reader: len(record.keys() & set(reader.columns)))


def _sure(reader: Reader, names: tuple[str, ...]) -> str:
    here = len(set(reader.columns) & set(names))
    return f"{here} of the {len(reader.columns)} columns of this format are there"


def names_in(survey: Survey, limits: Limits) -> tuple[str, ...]:
    """The names in the header, whether or not any reader knows them."""
    if survey.is_parquet:
        return tuple(parquet_columns(survey.path))
    if survey.packing == "xlsx":
        rows = first_sheet(survey.path, limits).rows()
        return _distinct(tuple(name.strip() for name in next((row for row in rows if isinstance(row, list)), [])))
    with text_of(survey, limits) as (stream, _):
        start = [line for line in islice(capped_lines(stream, LONGEST_ROW), 50) if isinstance(line, str)]
    return _header(start, {})[0]
