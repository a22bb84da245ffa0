"""Which format a file is in, by its content and never by its name.

Survey ──recognise──► Recognised      the reader, how sure, the columns, and the records themselves
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import islice
from types import ModuleType
from typing import IO

from groundswell.errors import MissingColumns, UnreadableFile, WrongUse
from groundswell.model.plugins import found
from groundswell.read import json_lines
from groundswell.read.archive import shown
from groundswell.read.delimited import LONGEST_ROW, Rows
from groundswell.read.lines import SHOWN, capped_lines
from groundswell.read.naming import NEEDED, Naming, likely, naming
from groundswell.read.parquet import parquet_columns, parquet_rows
from groundswell.read.reader import Broken, Reader, Record
from groundswell.read.spreadsheet import first_sheet, fitted
from groundswell.read.survey import LIMITS, Limits, Survey, text_of

LOOKED_AT = 200
"""Records looked at to tell a JSON format; a stream may begin with other events than posts."""

DELIMITERS = ",\t;|"
NO_HEADER = "the file has no header, and its first row has this format's order of columns"
OTHER_FORMAT = "JSON without the keys of this format"

SHOWN_COLUMNS = 30
"""Column names that an error message lists."""


@dataclass(kw_only=True)
class Tally:
    """What turned up while the records were read."""

    bytes_done: int = 0
    n_keys_twice: int = 0


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """A file and the reader that knows it."""

    reader: Reader
    sure: str
    """How sure that is, in words."""
    columns: tuple[str, ...]
    """The columns or keys seen, under the names they have in the file."""
    records: Callable[[Tally], Iterator[Record | Broken]]
    """Reads the records from the beginning, and keeps the tally."""
    notes: tuple[str, ...] = field(default=())
    blocks: Callable[[Tally], Iterator[list[list[str]] | Broken]] | None = None
    """The same rows as `records`, many at a time and as bare cells, where the reader can take them so."""


def readers() -> list[Reader]:
    """Every reader there is: dropping its file in registers it."""
    package: ModuleType = __import__("groundswell.read", fromlist=["read"])
    return found(package, "READER")


def recognise(survey: Survey, columns: Mapping[str, str], limits: Limits = LIMITS) -> Recognised:
    """Find the reader that knows a file.

    Parameters
    ----------
    survey
        What `read.survey.survey` told of the file.
    columns
        Our name of a column to the file's own, such as ``{"time": "tweet_created"}``.
    limits
        For packed files.

    Raises
    ------
    UnreadableFile
        No reader knows it, or it has no rows.
    MissingColumns
        A column named in `columns` is not in the file.
    """
    _require_our_names(columns)
    if survey.members:
        return _members(survey, columns, limits)
    if survey.is_parquet:
        return _parquet(survey, columns)
    if survey.packing == "xlsx":
        return _spreadsheet(survey, columns, limits)
    if _begins_like_json(survey):
        return _json(survey, columns, limits)
    return _delimited(survey, columns, limits)


def columns_in(survey: Survey, limits: Limits = LIMITS) -> tuple[str, ...]:
    """The columns or keys of a file, whether or not any reader knows it."""
    if survey.members:
        return columns_in(survey.members[0], limits)
    if survey.is_parquet:
        return tuple(parquet_columns(survey.path))
    if survey.packing == "xlsx":
        rows = first_sheet(survey.path, limits).rows()
        return _distinct(tuple(name.strip() for name in next((row for row in rows if isinstance(row, list)), [])))
    if _begins_like_json(survey):
        with text_of(survey, limits) as (stream, _):
            lines = list(islice(capped_lines(stream, json_lines.LONGEST_LINE), LOOKED_AT))
        parser = json_lines.Parser()
        found = (one for line in lines if isinstance(line, str) for one in parser.records(line))
        return tuple(dict.fromkeys(key for one in found if not isinstance(one, Broken) for key in one))
    with text_of(survey, limits) as (stream, _):
        start = [line for line in islice(capped_lines(stream, LONGEST_ROW), 50) if isinstance(line, str)]
    return _header(start, {})[0]


def _members(survey: Survey, columns: Mapping[str, str], limits: Limits) -> Recognised:
    """The files of an archive as one; all must be in one format."""
    each = [recognise(member, columns, limits) for member in survey.members]
    first = each[0]
    for member, one in zip(survey.members, each, strict=True):
        if one.reader.name != first.reader.name:
            raise UnreadableFile(
                survey.path,
                "the files in this archive are in different formats.",
                f"{shown(survey.members[0].member)} is {first.reader.title};"
                f" {shown(member.member)} is {one.reader.title}.",
                "Unpack it and name the files; several files are one data set.",
            )

    def records(tally: Tally) -> Iterator[Record | Broken]:
        for i, one in enumerate(each, 1):
            yield from one.records(tally)
            tally.bytes_done = survey.n_bytes * i // len(each)

    held = f"The archive holds {len(each)} files, which were read one after the other in the order of their names."
    notes = (held, *dict.fromkeys(note for one in each for note in one.notes))
    return replace(first, records=records, notes=notes)


def _spreadsheet(survey: Survey, columns: Mapping[str, str], limits: Limits) -> Recognised:
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


def _parquet(survey: Survey, columns: Mapping[str, str]) -> Recognised:
    names = tuple(parquet_columns(survey.path))
    first = next((record for record, _, _ in parquet_rows(survey.path)), None)
    named = naming(columns, names)
    reader = _table_reader(survey, names, first, named)

    def records(tally: Tally) -> Iterator[Record | Broken]:
        for record, row, n in parquet_rows(survey.path):
            tally.bytes_done = survey.n_bytes * row // n
            yield named.applied(record)

    return Recognised(
        reader=reader, sure=_sure(reader, (*names, *columns)), columns=names, records=records, notes=named.notes
    )


def _delimited(survey: Survey, columns: Mapping[str, str], limits: Limits) -> Recognised:
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


def _json(survey: Survey, columns: Mapping[str, str], limits: Limits) -> Recognised:
    whole = _is_one_document(survey, limits)

    def raw(tally: Tally) -> Iterator[Record | Broken]:
        parser = json_lines.Parser()
        with text_of(survey, limits) as (stream, meter):
            if whole:
                yield from parser.records(stream.read())
            else:
                for line in capped_lines(stream, json_lines.LONGEST_LINE):
                    if isinstance(line, Broken):
                        yield line
                    elif line and not line.isspace():
                        yield from parser.records(line)
                    tally.bytes_done, tally.n_keys_twice = meter.done, parser.n_twice
        tally.bytes_done, tally.n_keys_twice = survey.n_bytes, parser.n_twice

    start = list(islice(raw(Tally()), LOOKED_AT))
    seen = [record for record in start if not isinstance(record, Broken)]
    keys = tuple(dict.fromkeys(key for record in seen for key in record))
    if not seen:
        reasons = sorted({record.reason for record in start if isinstance(record, Broken)})
        raise UnreadableFile(
            survey.path,
            "it begins like JSON, but nothing in it can be read as JSON objects.",
            f"Seen: {', '.join(reasons) or 'nothing'}.",
            "Was the download cut off? Posts are read from JSON objects, one a line or in one list.",
        )
    named = naming(columns, keys)
    sample = [named.applied(record) for record in seen]
    known = {reader.name: sum(map(reader.knows, sample)) for reader in readers()}
    best = max(readers(), key=lambda reader: (known[reader.name], reader.shape == "lines"))
    if not known[best.name]:
        raise _unknown(survey, keys, is_json=True)

    def records(tally: Tally) -> Iterator[Record | Broken]:
        for record in raw(tally):
            if isinstance(record, Broken):
                yield record
            elif best.knows(ours := named.applied(record)):
                yield ours
            else:
                yield Broken(OTHER_FORMAT, ", ".join(record)[:SHOWN])

    sure = f"{known[best.name]:,} of the first {len(start):,} records have the keys of this format"
    notes = (*survey.notes, *named.notes)
    return Recognised(reader=best, sure=sure, columns=keys, records=records, notes=notes)


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
        raise _unknown(survey, names)
    if first is None:
        raise UnreadableFile(
            survey.path,
            "it has a header and no rows.",
            f"The columns are: {_listed(names)}.",
            "Was the export cut off, or the search empty? Fetch it again.",
        )
    # The reader with most of its columns here, so that a richer format wins over one it contains.
    return max(known, key=lambda reader: len(record.keys() & set(reader.columns)))


def _require_our_names(columns: Mapping[str, str]) -> None:
    names = sorted({name for reader in readers() if reader.shape == "table" for name in reader.columns})
    for name in columns:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            raise WrongUse(
                f"`--column {name}={columns[name]}`: we have no column {name!r}.\n"
                f"  The first name is ours, the second the file's, as in `--column time=tweet_created`.\n"
                f"  Ours are, among others: account_id, time, post_id, text, urls, hashtags, is_repost, reply_to."
                + (f"\n  Did you mean {near[0]!r}?" if near else "")
            )


def _sure(reader: Reader, names: tuple[str, ...]) -> str:
    here = len(set(reader.columns) & set(names))
    return f"{here} of the {len(reader.columns)} columns of this format are there"


def _begins_like_json(survey: Survey) -> bool:
    encoding = "utf-8" if survey.encoding == "utf-8-sig" else survey.encoding
    return survey.first.decode(encoding, "replace").lstrip("\ufeff \t\r\n\0").startswith(("{", "["))


def _is_one_document(survey: Survey, limits: Limits) -> bool:
    """Whether the file is one JSON value over several lines rather than one a line."""
    with text_of(survey, limits) as (stream, _):
        every = capped_lines(stream, json_lines.LONGEST_LINE)
        lines = (line for line in every if isinstance(line, str) and not line.isspace())
        first, *more = list(islice(lines, 20)) or [""]
        if not more or any(isinstance(record, dict) for record in json_lines.Parser().records(first)):
            return False
        # A line that begins with a brace at its margin is an object of its own; inside a document it is indented.
        if first.startswith("{") and any(line.startswith("{") for line in more):
            return False
        return len(first) + sum(map(len, more)) + sum(map(len, lines)) < json_lines.LARGEST_DOCUMENT


def _unknown(survey: Survey, names: tuple[str, ...], *, is_json: bool = False) -> UnreadableFile:
    shape = "lines" if is_json else "table"
    alike = [reader for reader in readers() if reader.shape == shape]
    nearest = max(alike, key=lambda reader: (len(set(reader.columns) & set(names)), reader.name == "posts-table"))
    shared = sorted(set(nearest.columns) & set(names))
    lacks = [name for name in NEEDED if name not in names]
    hints = [f"--column {ours}={near}" for ours in lacks if (near := likely(ours, names))]
    seen = f"The columns are: {_listed(names)}."
    if len(shared) > 1:
        seen += f"\n  The nearest format is {nearest.name} ({nearest.title}); it shares {_listed(shared)}."
    return UnreadableFile(
        survey.path,
        "no reader knows this format.",
        seen,
        "A table of posts needs an account and a time; say which columns hold them: "
        f"`{' '.join(hints) or '--column account_id=… --column time=…'}`.\n"
        "  Or let `groundswell inspect FILE --write-mapping map.toml` write down what it guesses.",
    )


def _listed(names: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(name[:60] for name in names[:SHOWN_COLUMNS])
    return shown + (f" and {len(names) - SHOWN_COLUMNS} more" if len(names) > SHOWN_COLUMNS else "")
