"""The tables as Parquet under the edition's names. Those that lie beside a report hold the ids as they came."""

from __future__ import annotations

from pathlib import Path

from groundswell.model.table import Columns, TableContract, text_column
from groundswell.publish.exports.csv_tables import about_json
from groundswell.publish.exports.export import Export, Material
from groundswell.publish.exports.plain_tables import PlainTable, plain_tables


def write(material: Material, folder: Path) -> None:
    """One file a table, and ``about.json``."""
    tables = tuple(plain_tables(material.edition))
    engine = material.edition.engine
    for table in tables:
        contract = TableContract(f"export_{table.name}", table.columns, tuple(table.columns))
        engine.load(contract, _columns(table))
        engine.save(contract, folder / f"{table.name}.parquet")
    (folder / "about.json").write_bytes(about_json(material, tables).encode("utf-8"))


def _columns(table: PlainTable) -> Columns:
    # Objects, for a number that is not known must stay NULL: as a float it would become NaN.
    return {name: text_column(row[at] for row in table.rows) for at, name in enumerate(table.columns)}


EXPORT = Export(name="parquet", title="all tables as Parquet, under pseudonyms (folder)", suffix="", write=write)
