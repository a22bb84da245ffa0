"""``people.sqlite``: what people decide about a study. Rows are added, never changed and never taken out.

    with people(study, JUDGEMENTS) as rows:        one transaction: all of it is kept, or nothing
        rows.execute("insert into judgements …")

A table is a `create table if not exists` beside the code that owns it. To take something back is a row too, so that
who decided what, when and why can be read later.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from groundswell.errors import Failed
from groundswell.store.names import Names
from groundswell.store.study import Study

FILE = "people.sqlite"
WAIT_S = 10.0
"""How long to wait for another writer."""


@contextmanager
def people(study: Study, *tables: str) -> Iterator[sqlite3.Connection]:
    """Open what people decided, with these tables in it, as one transaction.

    Raises
    ------
    Failed
        The file is no database of ours, or somebody else kept writing to it.
    """
    place = study.folder / FILE
    try:
        with closing(sqlite3.connect(place, timeout=WAIT_S, isolation_level="IMMEDIATE")) as rows:
            rows.execute("pragma journal_mode = wal")
            rows.execute("pragma foreign_keys = on")
            rows.row_factory = sqlite3.Row
            with rows:
                for table in tables:
                    rows.execute(table)
                yield rows
    except sqlite3.OperationalError as error:
        raise Failed(
            f"{place} can't be written: {error}.\n"
            "  Another program may hold it, or the folder may not be yours to write.\n"
            "  Nothing was changed. Try again."
        ) from error
    except sqlite3.DatabaseError as error:
        raise Failed(
            f"{place} can't be read: {error}.\n"
            "  It holds what people decided about this study. Keep it, and put back a copy that opens."
        ) from error


def rows_naming(study: Study, names: Names) -> dict[str, list[int]]:
    """Which rows name any of these, by table; rowids. A cell is looked at by itself, which a search of bytes can't."""
    found: dict[str, list[int]] = {}
    if not names or not (study.folder / FILE).is_file():
        return found
    with people(study) as rows:
        tables = [name for (name,) in rows.execute("select name from sqlite_master where type = 'table' order by name")]
        for table in tables:
            quoted = table.replace('"', '""')
            for rowid, *cells in rows.execute(f'select rowid, * from "{quoted}" order by rowid'):
                if any(isinstance(cell, str) and names.are_in(cell) for cell in cells):
                    found.setdefault(table, []).append(rowid)
    return found
