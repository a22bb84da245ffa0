"""Addresses in a file: one a line, a column of a table, or whatever links stand in its lines.

sites.txt, spoofs.csv, posts.csv ──► each address, with the rows in which it stands
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from groundswell.errors import UnreadableFile
from groundswell.personas.domains import host_of
from groundswell.read.delimited import LONGEST_ROW, Rows
from groundswell.read.lines import capped_lines
from groundswell.read.reader import Broken
from groundswell.read.survey import survey, text_of

COLUMNS = ("domain", "host", "site", "url", "link", "urls", "links", "address", "website", "spoof_domain")
"""Headers that name a column of addresses."""

LINK = re.compile(r"https?://[^\s<>\"'|,;)\]}]+", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s|,;]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressList:
    """The addresses of a file."""

    rows_of: dict[str, tuple[int, ...]]
    """Address to the rows in which it stands, from 1."""
    rows: int
    rows_without: int
    """Rows that hold no address, or could not be read."""


def read_addresses(path: Path) -> AddressList:
    """Read the addresses of a file; ``.gz`` and ``.zst`` as they are.

    Raises
    ------
    WrongUse
        There is no such file.
    UnreadableFile
        It is no text, or holds no address.
    """
    surveyed = survey(path)
    found: dict[str, list[int]] = {}
    rows = without = 0
    with text_of(surveyed) as (stream, _):
        lines = capped_lines(stream, LONGEST_ROW)
        start = list(islice(lines, 1))
        column = _column(start[0]) if start and isinstance(start[0], str) else None
        told = _cells(lines, *column) if column else (_in_line(line) for line in chain(start, lines))
        for rows, addresses in enumerate(told, 1):
            without += not addresses
            for one in dict.fromkeys(addresses):
                found.setdefault(one, []).append(rows)
    if not found:
        raise UnreadableFile(
            path,
            "it holds no address.",
            f"{rows:,} rows were looked at.",
            "Write one address a line, or a table with a column such as domain or url.",
        )
    return AddressList(rows_of={one: tuple(found[one]) for one in sorted(found)}, rows=rows, rows_without=without)


def _column(header: str) -> tuple[int, int, str] | None:
    """Where the addresses stand, how many columns there are, and what stands between them."""
    for delimiter in ",\t;":
        cells = [cell.strip().lower() for cell in next(csv.reader([header], delimiter=delimiter), [])]
        if at := [cells.index(name) for name in COLUMNS if name in cells]:
            return at[0], len(cells), delimiter
    return None


def _cells(lines: Iterator[str | Broken], at: int, width: int, delimiter: str) -> Iterator[list[str]]:
    for row in Rows(lines, delimiter, width):
        yield [] if isinstance(row, Broken) else _addresses(row[at])


def _in_line(line: str | Broken) -> list[str]:
    if isinstance(line, Broken) or line.lstrip().startswith("#"):
        return []
    return LINK.findall(line) or _addresses(line)


def _addresses(text: str) -> list[str]:
    """The addresses in a cell: its links, or its words where each is a host."""
    if links := LINK.findall(text):
        return links
    words = [word for word in _BETWEEN.split(text.strip(" []'\"")) if word]
    return words if words and all(host_of(word) for word in words) else []
