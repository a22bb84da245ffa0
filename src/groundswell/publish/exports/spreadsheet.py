"""The tables for a spreadsheet program, which would run a cell that begins with = and round an id of 18 digits.

    =cmd|…      -->  '=cmd|…         914580356430536707      -->  '914580356430536707
    'quoted     -->  ''quoted        so that taking one mark away gives back every cell

The mark is an apostrophe. It stands before a cell that a spreadsheet could take for a formula, before a long
number, and before a cell that begins with an apostrophe; `plain` takes it away. ``about.json`` says that it is
there. No other export changes a cell.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from groundswell.publish.exports.csv_tables import about_json, table_csv
from groundswell.publish.exports.export import Export, Material
from groundswell.publish.exports.plain_tables import plain_tables

MARK = "'"
# CWE-1236: what begins a formula, in the widths that spreadsheets fold, after blanks that they skip.
FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@|%\t\r\n\uff1d\uff0b\uff0d\uff20]|'")
LONG_NUMBER = re.compile(r"\d{12,}")
GUARD_SAYS = "A cell that begins with ' had none; take the first ' away to get it back."


def marked(cell: str) -> str:
    """The cell as a spreadsheet takes it for text.

    >>> marked("=1+1"), marked("gate"), marked("'x"), marked("914580356430536707")
    ("'=1+1", 'gate', "''x", "'914580356430536707")
    """
    return MARK + cell if FORMULA.match(cell) or LONG_NUMBER.fullmatch(cell) else cell


def plain(cell: str) -> str:
    """The cell that `marked` was given.

    >>> plain("'=1+1"), plain("gate")
    ('=1+1', 'gate')
    """
    return cell.removeprefix(MARK)


def write(material: Material, folder: Path) -> None:
    """One file a table, with a byte order mark, without which some programs guess at the letters."""
    tables = tuple(plain_tables(material.edition))
    for table in tables:
        guarded = [tuple(_cell(cell) for cell in row) for row in table.rows]
        text = table_csv(table.columns, guarded)
        (folder / f"{table.name}.csv").write_bytes(text.encode("utf-8-sig"))
    (folder / "about.json").write_bytes(about_json(material, tables, guard=GUARD_SAYS).encode("utf-8"))


def _cell(cell: Any) -> Any:
    return marked(cell) if isinstance(cell, str) else cell


EXPORT = Export(
    name="spreadsheet", title="all tables as CSV for a spreadsheet, formulas guarded (folder)", suffix="", write=write
)
