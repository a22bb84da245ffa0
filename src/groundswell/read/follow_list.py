"""A follow list: a table of two columns, who follows and whom.

follower,followed          account ids, or handles with or without @; more columns may stand beside
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from groundswell.errors import MissingColumns, UnreadableFile
from groundswell.read.delimited import LONGEST_ROW, Rows
from groundswell.read.lines import capped_lines
from groundswell.read.parquet import parquet_columns, parquet_rows
from groundswell.read.survey import LIMITS, Limits, Survey, survey, text_of

COLUMNS = {
    "follower": ("follower", "follower_id", "follower_account_id"),
    "followed": ("followed", "followed_id", "followee", "followee_id", "followed_account_id"),
}
"""Our column, and what others call it. «source» and «target» are not among them: tools differ in which is which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFollows:
    """What a file holds."""

    sha256: str
    pairs: frozenset[tuple[str, str]]
    """Names as they are written, each pair once; rows with an empty cell or a wrong number of cells are none."""
    rows: int


def read_follow_list(path: Path, limits: Limits = LIMITS) -> ListedFollows:
    """Read a follow list: CSV, TSV or Parquet, also packed.

    Raises
    ------
    WrongUse
        There is no such file.
    MissingColumns
        A column is not there.
    UnreadableFile
        It holds no pair.
    """
    surveyed = survey(path, limits)
    rows = _parquet(surveyed, limits) if surveyed.is_parquet else _text(surveyed, limits)
    pairs = {(follower, followed) for follower, followed in rows if follower and followed and follower != followed}
    if not pairs:
        raise UnreadableFile(
            path,
            "it holds no pair of accounts.",
            f"{len(rows):,} rows were looked at.",
            "A follow list has a line a pair: who follows, then whom.",
        )
    return ListedFollows(sha256=surveyed.sha256, pairs=frozenset(pairs), rows=len(rows))


def _parquet(surveyed: Survey, limits: Limits) -> list[tuple[str, str]]:
    names = tuple(parquet_columns(surveyed.path))
    follower, followed = (names[at] for at in _places(surveyed.path, names))
    return [
        (str(record.get(follower) or "").strip(), str(record.get(followed) or "").strip())
        for record, _, _ in parquet_rows(surveyed.path, limits)
    ]


def _text(surveyed: Survey, limits: Limits) -> list[tuple[str, str]]:
    with text_of(surveyed, limits) as (stream, _):
        lines = capped_lines(stream, LONGEST_ROW)
        first = next((line for line in islice(lines, 1) if isinstance(line, str)), "")
        delimiter = max(",\t;", key=first.count)
        header = tuple(next(csv.reader([first], delimiter=delimiter), []))
        follower, followed = _places(surveyed.path, header)
        return [
            (row[follower].strip(), row[followed].strip()) if isinstance(row, list) else ("", "")
            for row in Rows(lines, delimiter, len(header))
        ]


def _places(path: Path, header: tuple[str, ...]) -> tuple[int, int]:
    """Where the two columns stand."""
    cells = [cell.strip().lower() for cell in header]
    found = {ours: next((cells.index(n) for n in theirs if n in cells), -1) for ours, theirs in COLUMNS.items()}
    if missing := [ours for ours, at in found.items() if at < 0]:
        raise MissingColumns(path.name, missing, header)
    return found["follower"], found["followed"]
