"""The first sheet of an Excel workbook (.xlsx) as rows of text. Formulas are never run, and nothing is guessed.

A cell that is text stays text to the last digit. A number of more than 15 digits has lost the others when it was
typed or pasted, so it comes out as 1.01421000000000E+18, which `read.ids` knows as rounded. A number that the sheet
shows as a date comes out as 2024-05-01T10:00:00.

XML that declares entities is refused: no spreadsheet does, and bombs are made of them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from groundswell.errors import UnreadableFile
from groundswell.read.archive import WORKBOOK, damaged
from groundswell.read.delimited import LONGEST_ROW, TOO_MANY
from groundswell.read.lines import SHOWN
from groundswell.read.reader import Broken
from groundswell.read.survey import Limits
from groundswell.read.writable import writable_text

CHUNK = 1 << 16

RATIO_FROM = 1 << 25
"""Bytes of a workbook's XML from which the ratio of unpacked to packed counts: each is a call in the parser."""

LAST_COLUMN = 16_384
"""Excel's own. A cell may claim to stand anywhere."""

LONGEST_TEXTS = 1 << 28
"""Characters of all distinct texts together, which are held in memory."""

EXACT_DIGITS = 15
BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
DATE_CODE = re.compile(r"[dmyhs]", re.IGNORECASE)
NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
REFERENCE = re.compile(r"([A-Z]{1,3})\d+")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
WIDE_CELL = "a cell beyond the last column"
LONG_ROW = f"a row longer than {LONGEST_ROW:,} characters"


@dataclass(kw_only=True)
class Sheet:
    """The first sheet: what its workbook calls it, and how to read its rows."""

    path: Path
    limits: Limits
    title: str
    member: str
    n_sheets: int
    first_day: datetime
    texts: list[str] = field(repr=False)
    date_styles: frozenset[int]

    def rows(self) -> Iterator[list[str] | Broken]:
        """Each row that has a cell, as far as its last cell."""
        with _parts(self.path, self.limits) as parts:
            yield from _Rows(self).read(parts, self.member)


def first_sheet(path: Path, limits: Limits) -> Sheet:
    """Open a workbook.

    Raises
    ------
    UnreadableFile
        It is damaged, declares entities, or holds no sheet.
    """
    with _parts(path, limits) as parts:
        sheets: list[tuple[str, str]] = []
        base = [False]

        def in_workbook(name: str, told: dict[str, str]) -> None:
            if name == "sheet":
                sheets.append((told.get("name", ""), told.get("id", "")))
            elif name == "workbookPr":
                base[0] = told.get("date1904", "") in ("1", "true")

        parts.walk(WORKBOOK, in_workbook)
        targets: dict[str, str] = {}
        parts.walk(
            "xl/_rels/workbook.xml.rels", lambda _, told: targets.update({told.get("Id", ""): told.get("Target", "")})
        )
        if not sheets:
            raise UnreadableFile(path, "the workbook has no sheet.", "Its list of sheets is empty.", "Save it again.")
        title, number = sheets[0]
        target = targets.get(number, "worksheets/sheet1.xml")
        return Sheet(
            path=path,
            limits=limits,
            title=title,
            member=target.lstrip("/") if target.startswith("/") else f"xl/{target}",
            n_sheets=len(sheets),
            first_day=datetime(1904, 1, 1) if base[0] else datetime(1899, 12, 30),
            texts=parts.shared_texts(),
            date_styles=parts.date_styles(),
        )


@contextmanager
def _parts(path: Path, limits: Limits) -> Iterator[_Parts]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield _Parts(path, archive, limits)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, RuntimeError, KeyError) as error:
        raise damaged(path, error) from None
    except expat.ExpatError as error:
        raise UnreadableFile(
            path, "a sheet of the workbook is no XML.", f"The parser says: {error}", "Save it again, or as CSV UTF-8."
        ) from None


class _Parts:
    """The XML files of a workbook, with what all of them together may unpack to."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._path, self._archive = path, archive
        self._limits = replace(limits, ratio_from_bytes=min(limits.ratio_from_bytes, RATIO_FROM))
        self._n_bytes, self._done = path.stat().st_size, 0
        # No member gives more than it declares, so nothing need be unpacked to see a bomb.
        self._limits.require(path, sum(one.file_size for one in archive.infolist()), self._n_bytes)

    def chunks(self, name: str) -> Iterator[bytes]:
        with self._archive.open(name) as stream:
            yield from self._counted(stream)

    def _counted(self, stream: IO[bytes]) -> Iterator[bytes]:
        while chunk := stream.read(CHUNK):
            self._done += len(chunk)
            self._limits.require(self._path, self._done, self._n_bytes)
            yield chunk

    def walk(self, name: str, start: Callable[[str, dict[str, str]], None]) -> None:
        """Tell of every element of a part; a part that is missing has none."""
        if name not in self._archive.namelist():
            return
        parser = self.parser()
        parser.StartElementHandler = lambda element, told: start(_local(element), _locals(told))
        for chunk in self.chunks(name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def parser(self) -> expat.XMLParserType:
        """A parser that refuses declarations of any kind."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.buffer_text = True
        return parser

    def _refuse(self, *_: object) -> None:
        raise UnreadableFile(
            self._path,
            "a sheet of the workbook declares entities.",
            "No spreadsheet program writes them; they can make a small file endless.",
            "If you trust it, open it in a spreadsheet program and save the sheet as CSV UTF-8.",
        )

    def shared_texts(self) -> list[str]:
        """The texts that cells point to by number."""
        if "xl/sharedStrings.xml" not in self._archive.namelist():
            return []
        texts: list[str] = []
        pieces: list[str] = []
        inside = {"t": False, "rPh": False}
        size = 0

        def start(element: str, _: dict[str, str]) -> None:
            if (name := _local(element)) in inside:
                inside[name] = True

        def end(element: str) -> None:
            nonlocal size
            if (name := _local(element)) in inside:
                inside[name] = False
            elif name == "si":
                texts.append(_unescaped("".join(pieces)))
                pieces.clear()
                if (size := size + len(texts[-1])) > LONGEST_TEXTS:
                    raise UnreadableFile(
                        self._path, "the workbook holds more text than fits in memory.", "", "Save the sheet as CSV."
                    )

        def data(text: str) -> None:
            # Readings in East Asian texts (rPh) are no part of them.
            if inside["t"] and not inside["rPh"]:
                pieces.append(text)

        parser = self.parser()
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
        for chunk in self.chunks("xl/sharedStrings.xml"):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
        return texts

    def date_styles(self) -> frozenset[int]:
        """The numbers of the styles that show a number as a date."""
        codes: dict[str, str] = {}
        formats: list[str] = []
        in_cells = [False]

        def start(name: str, told: dict[str, str]) -> None:
            if name == "numFmt":
                codes[told.get("numFmtId", "")] = told.get("formatCode", "")
            elif name in ("cellXfs", "cellStyleXfs", "cellStyles"):
                in_cells[0] = name == "cellXfs"
            elif name == "xf" and in_cells[0]:
                formats.append(told.get("numFmtId", ""))

        self.walk("xl/styles.xml", start)
        return frozenset(i for i, number in enumerate(formats) if _is_date(number, codes))


def _is_date(number: str, codes: dict[str, str]) -> bool:
    if number in codes:
        return DATE_CODE.search(NOT_CODE.sub("", codes[number])) is not None
    return number.isdecimal() and len(number) < 4 and int(number) in BUILT_IN_DATES


class _Rows:
    """One walk through a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._ready: list[list[str] | Broken] = []
        self._cells: list[str] = []
        self._size = 0
        self._wide = False
        self._told: dict[str, str] = {}
        self._pieces: list[str] = []
        self._in_value = False

    def read(self, parts: _Parts, member: str) -> Iterator[list[str] | Broken]:
        """The rows, as soon as they are whole."""
        parser = parts.parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._data
        for chunk in parts.chunks(member):
            parser.Parse(chunk, False)
            yield from self._ready
            self._ready.clear()
        parser.Parse(b"", True)
        yield from self._ready

    def _start(self, element: str, told: dict[str, str]) -> None:
        name = _local(element)
        if name == "row":
            self._cells, self._size, self._wide = [], 0, False
        elif name == "c":
            self._told, self._pieces = told, []
        elif name in ("v", "t"):
            self._in_value = True

    def _data(self, text: str) -> None:
        if self._in_value and self._size <= LONGEST_ROW:
            self._pieces.append(text)
            self._size += len(text)

    def _end(self, element: str) -> None:
        name = _local(element)
        if name in ("v", "t"):
            self._in_value = False
        elif name == "c":
            self._take_cell()
        elif name == "row":
            self._take_row()

    def _take_cell(self) -> None:
        found = REFERENCE.fullmatch(self._told.get("r", ""))
        column = _number(found.group(1)) if found else len(self._cells) + 1
        if column > LAST_COLUMN:
            self._wide = True
            return
        if column > len(self._cells):
            self._cells.extend([""] * (column - len(self._cells)))
        self._cells[column - 1] = self._value("".join(self._pieces))

    def _take_row(self) -> None:
        while self._cells and not self._cells[-1]:
            self._cells.pop()
        if self._wide or self._size > LONGEST_ROW:
            self._ready.append(Broken(WIDE_CELL if self._wide else LONG_ROW, ", ".join(self._cells)[:SHOWN]))
        elif self._cells:
            self._ready.append(self._cells)

    def _value(self, written: str) -> str:
        kind = self._told.get("t", "n")
        if kind == "s":
            at = int(written) if written.isdecimal() and len(written) < 10 else len(self._sheet.texts)
            return self._sheet.texts[at] if at < len(self._sheet.texts) else ""
        if kind in ("inlineStr", "str"):
            return _unescaped(written)
        if kind == "b":
            return "true" if written == "1" else "false"
        if kind == "e":
            return ""
        return self._number(written) if written and kind == "n" else written

    def _number(self, written: str) -> str:
        style = self._told.get("s", "")
        if style.isdecimal() and len(style) < 6 and int(style) in self._sheet.date_styles:
            return self._date(written)
        digits = written.removeprefix("-")
        if digits.isdecimal() and EXACT_DIGITS < len(digits) < 300:
            return f"{int(written):.14E}"
        return written

    def _date(self, written: str) -> str:
        try:
            moment = self._sheet.first_day + timedelta(milliseconds=round(float(written) * 86_400_000))
        except (ValueError, OverflowError):
            return written
        return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


def fitted(row: list[str], width: int) -> list[str] | Broken:
    """The row as wide as the header; a sheet leaves out the empty cells at its end."""
    if len(row) > width:
        return Broken(TOO_MANY, ", ".join(row)[:SHOWN])
    return row + [""] * (width - len(row))


def _unescaped(text: str) -> str:
    """_x000D_ is a character that XML can't hold; NUL and halves of pairs no table can."""
    if "_x" not in text:
        return text
    return writable_text(ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text))


def _number(letters: str) -> int:
    n = 0
    for letter in letters:
        n = n * 26 + ord(letter) - 64
    return n


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _locals(told: dict[str, Any]) -> dict[str, str]:
    return {_local(name): value for name, value in told.items()}
