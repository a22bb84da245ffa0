"""Rows of a CSV or TSV file, as far as strangers' quoting lets one tell them apart.

    lines ──► rows of cells; a region whose quotes make no sense is one `Broken` row, and reading goes on after it

A quote that is opened and never closed would swallow the rest of the file. Here a row that spans several lines
counts only if its quotes close properly; otherwise reading takes up again at the next line that is a whole row
by itself.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from itertools import chain
from typing import Any

from groundswell.read.lines import SHOWN
from groundswell.read.reader import Broken

LONGEST_ROW = 1 << 22
"""Characters of a row, all its lines together."""

MOST_REPAIRS = 1000
"""Each repair looks ahead by one cell's length at most; after so many, quotes may no longer span lines, so that a
hostile file costs seconds and not hours."""

BLOCK = 1_000
"""Lines parsed at a time while nothing is wrong with them."""

NEVER_CLOSED = "a quote that is never closed"
TOO_LONG = "a cell longer than 131,072 characters"
TOO_FEW = "fewer cells than the header"
TOO_MANY = "more cells than the header"


class Rows:
    """The rows of a table after its header. Iterate once."""

    def __init__(self, lines: Iterator[str | Broken], delimiter: str, width: int, escape: str = "") -> None:
        """Read `lines` as rows of `width` cells; `escape` guards a quote where a second quote does not."""
        self._lines, self._width = lines, width
        self._dialect: dict[str, Any] = {"delimiter": delimiter}
        if escape:
            self._dialect |= {"escapechar": escape, "doublequote": True}
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._taken_chars = 0
        self._broken: Broken | None = None
        self._at_end = False
        self._repairs = 0

    def __iter__(self) -> Iterator[list[str] | Broken]:
        for block in self.blocks():
            if isinstance(block, Broken):
                yield block
            else:
                yield from block

    def blocks(self) -> Iterator[list[list[str]] | Broken]:
        """The same rows, as many at a time as nothing was wrong with."""
        while not self._at_end or self._again:
            if not self._again and self._repairs <= MOST_REPAIRS:
                yield self._block()
            if self._again or self._repairs > MOST_REPAIRS:
                for row in self._carefully():
                    yield row if isinstance(row, Broken) else [row]
            if self._broken and not self._again:
                yield self._broken
                self._broken = None

    def _carefully(self) -> Iterator[list[str] | Broken]:
        """Rows one by one, until a block can be tried again or something is given up."""
        try:
            for cells in csv.reader(self._feed(), **self._dialect, strict=True):
                if len(cells) == self._width:
                    yield cells
                elif len(self._taken) > 1:
                    yield self._repaired(_count_reason(len(cells), self._width))
                elif cells and self._taken != [""]:
                    yield Broken(_count_reason(len(cells), self._width), self._taken[0][:SHOWN])
                self._forget()
                if not self._again and self._repairs <= MOST_REPAIRS:
                    return
        except csv.Error as error:
            yield self._one_line() or self._repaired(TOO_LONG if "limit" in str(error) else NEVER_CLOSED)
        self._forget()

    def _block(self) -> list[list[str]]:
        """Whole rows from the next lines, as far as all is well; the rest is left for the careful way, row by row."""
        lines: list[str] = []
        n_chars = 0
        for line in self._lines:
            if isinstance(line, Broken):
                self._broken = line
                break
            lines.append(line)
            n_chars += len(line)
            if len(lines) >= BLOCK or n_chars > LONGEST_ROW // 4:
                break
        else:
            self._at_end = True
        try:
            return self._parted(lines)
        except csv.Error:
            pass
        rows: list[list[str]] = []
        done = 0
        reader = csv.reader(lines, strict=True, **self._dialect)
        try:
            for cells in reader:
                if len(cells) != self._width:
                    break
                rows.append(cells)
                done = reader.line_num
        except csv.Error:
            pass
        self._again.extend(lines[done:])
        return rows

    def _parted(self, lines: list[str]) -> list[list[str]]:
        """The rows of lines with which all is well: what the csv module makes of them, for a third of the time.

        Parted at its delimiters a line without quotes is its cells, and so is one that quotes each cell and has no
        other quote. The module reads every other line, and those that its row goes on in.

        Raises
        ------
        csv.Error
            Something is wrong with one of them.
        """
        delimiter, width, dialect = self._dialect["delimiter"], self._width, self._dialect
        # Of one column the module alone tells an empty cell from a blank line.
        if "escapechar" in dialect or width == 1 or max(map(len, lines), default=0) > csv.field_size_limit():
            rows = list(csv.reader(lines, strict=True, **dialect))
            if not all(map(width.__eq__, map(len, rows))):
                raise csv.Error("not as many cells as the header")
            return rows
        rows, between, n_quotes = [], f'"{delimiter}"', 2 * width
        rest = iter(lines)
        for line in rest:
            if '"' not in line:
                cells = line.rstrip("\r\n").split(delimiter)
            else:
                whole = line.rstrip("\r\n")
                cells = whole[1:-1].split(between)
                # As many quotes as go round the cells: then none is inside of one.
                if len(cells) != width or line.count('"') != n_quotes or whole[0] != '"' or whole[-1] != '"':
                    cells = next(csv.reader(chain((line,), rest), strict=True, **dialect))
            if len(cells) != width:
                raise csv.Error("not as many cells as the header")
            rows.append(cells)
        return rows

    def _feed(self) -> Iterator[str]:
        """Lines for the parser. It ends early where a line is too long to be one, or a row to be one."""
        while self._taken_chars < LONGEST_ROW and not (self._taken and self._repairs > MOST_REPAIRS):
            if self._again:
                line = self._again.popleft()
            elif self._broken:
                return
            else:
                fresh = next(self._lines, None)
                if fresh is None:
                    self._at_end = True
                    return
                if isinstance(fresh, Broken):
                    self._broken = fresh
                    return
                line = fresh
            self._taken.append(line)
            self._taken_chars += len(line)
            yield line

    def _forget(self) -> None:
        self._taken.clear()
        self._taken_chars = 0

    def _one_line(self) -> list[str] | None:
        """The first line as a row by itself, if its quotes are careless rather than open."""
        first = self._taken[0]
        try:
            next(csv.reader([first], **self._dialect, strict=True))
        except csv.Error as error:
            if "unexpected end" in str(error) or "limit" in str(error):
                return None
        cells = next(csv.reader([first], **self._dialect))
        if len(cells) != self._width:
            return None
        self._again.extendleft(reversed(self._taken[1:]))
        return cells

    def _repaired(self, reason: str) -> Broken:
        """Give up the lines before the next one that is a whole row by itself."""
        self._repairs += 1
        until = next((i for i, line in enumerate(self._taken) if i and self._is_whole(line)), len(self._taken))
        self._again.extendleft(reversed(self._taken[until:]))
        return Broken(reason, self._taken[0][:SHOWN])

    def _is_whole(self, line: str) -> bool:
        try:
            return len(next(csv.reader([line], **self._dialect, strict=True))) == self._width
        except (csv.Error, StopIteration):
            return False


def _count_reason(n: int, width: int) -> str:
    return TOO_FEW if n < width else TOO_MANY
