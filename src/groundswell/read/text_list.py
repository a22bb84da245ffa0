"""Texts to be compared: one a line, or the texts of any post file that a reader knows.

    path ──► rows of (id, text)

A table with a column ``text`` needs no account and no time for this.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from groundswell.errors import MissingColumns, UnreadableFile
from groundswell.model.post import Post
from groundswell.read.delimited import LONGEST_ROW, Rows
from groundswell.read.lines import capped_lines
from groundswell.read.reader import Broken, LeaveOut, Noted
from groundswell.read.recognise import Tally, recognise
from groundswell.read.survey import Survey, survey, text_of

TEXT_COLUMNS = ("text", "content", "body", "tweet", "message", "tweet_text", "full_text")
ID_COLUMNS = ("post_id", "id", "tweet_id", "status_id", "uri")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextList:
    """The texts of a file in its order."""

    read_as: str
    """In words, such as «a text a line»."""
    ids: tuple[str, ...]
    texts: tuple[str, ...]
    n_without_text: int
    """Rows that hold no text, or could not be read."""


def read_texts(path: Path, columns: Mapping[str, str] | None = None) -> TextList:
    """Read the texts of a file.

    Raises
    ------
    WrongUse
        There is no such file, or `columns` names one that it has not.
    UnreadableFile
        It is no text, or empty.
    """
    surveyed = survey(path)
    if not surveyed.is_parquet and (found := _table(surveyed)):
        return found
    try:
        known = recognise(surveyed, columns or {})
    except (UnreadableFile, MissingColumns):
        if surveyed.is_parquet or columns:
            raise
        return _lines(surveyed)
    rows: list[tuple[str, str | None]] = []
    for number, record in enumerate(known.records(Tally()), 1):
        if isinstance(record, Broken):
            rows.append((str(number), None))
            continue
        for row in known.reader.rows(record):
            try:
                read = known.reader.to_post(row)
            except LeaveOut:
                rows.append((str(number), None))
                continue
            post = read.read if isinstance(read, Noted) else read
            if isinstance(post, Post) and not post.is_repost:
                rows.append((post.post_id or str(number), post.text))
    return _listed(f"the original posts of {known.reader.title}", iter(rows))


def _table(surveyed: Survey) -> TextList | None:
    """The column of texts of a table, if its header names one."""
    with text_of(surveyed) as (stream, _):
        lines = capped_lines(stream, LONGEST_ROW)
        first = next(islice(lines, 1), "")
        header = first if isinstance(first, str) else ""
        for delimiter in ",\t;":
            cells = [cell.strip().lower() for cell in next(csv.reader([header], delimiter=delimiter), [])]
            column = next((cells.index(name) for name in TEXT_COLUMNS if name in cells), None)
            if column is None or any(name in cells for name in ("repost_of", "is_repost", "retweeted")):
                continue
            name = next((cells.index(one) for one in ID_COLUMNS if one in cells), None)
            rows = Rows(iter(lines), delimiter, len(cells))
            return _listed("a table of texts", _cells(rows, column, name))
    return None


def _cells(rows: Rows, column: int, name: int | None) -> Iterator[tuple[str, str | None]]:
    for number, cells in enumerate(rows, 1):
        if isinstance(cells, Broken):
            yield str(number), None
        else:
            yield (cells[name] if name is not None else str(number)), cells[column]


def _lines(surveyed: Survey) -> TextList:
    with text_of(surveyed) as (stream, _):
        rows = (
            (str(number), None if isinstance(line, Broken) else line.rstrip("\r\n"))
            for number, line in enumerate(capped_lines(stream, LONGEST_ROW), 1)
        )
        return _listed("a text a line", rows)


def _listed(read_as: str, rows: Iterator[tuple[str, str | None]]) -> TextList:
    ids, texts, n_without = [], [], 0
    for name, text in rows:
        ids.append(name)
        texts.append(text or "")
        n_without += not text
    return TextList(read_as=read_as, ids=tuple(ids), texts=tuple(texts), n_without_text=n_without)
