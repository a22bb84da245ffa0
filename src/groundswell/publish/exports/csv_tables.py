"""The tables as CSV: RFC 4180, no cell changed for the sake of a spreadsheet, unknown an empty cell.

``about.json`` beside them says what each column is typed as and carries the caveats.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from groundswell.publish.exports.caveats import caveats
from groundswell.publish.exports.export import Export, Material
from groundswell.publish.exports.plain_tables import PlainTable, plain_tables
from groundswell.publish.redaction import inert


def write(material: Material, folder: Path) -> None:
    """One file a table, and ``about.json``."""
    tables = tuple(plain_tables(material.edition))
    for table in tables:
        (folder / f"{table.name}.csv").write_bytes(table_csv(table.columns, table.rows).encode("utf-8"))
    (folder / "about.json").write_bytes(about_json(material, tables).encode("utf-8"))


def table_csv(columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table as RFC 4180 has it."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(columns)
    # A NUL ends the file for many readers, and half a character can't be written at all.
    lines.writerows([inert(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()


def about_json(material: Material, tables: Sequence[PlainTable], **beside: Any) -> str:
    """The sidecar: run, caveats, and the columns of each table with their types."""
    edition = material.edition
    told = {
        "run": edition.run_id,
        "version": edition.version,
        "made_up": edition.made_up,
        "caveats": list(caveats(edition).lines),
        "tables": {
            table.name: {"rows": len(table.rows), "columns": [list(pair) for pair in table.columns.items()]}
            for table in tables
        },
        **beside,
    }
    return json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


EXPORT = Export(name="csv", title="all tables as CSV, RFC 4180, for programs (folder)", suffix="", write=write)
