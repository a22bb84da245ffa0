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
from groundswell.store.study import Study

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
    place = study.folder / "people.sqlite"
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
