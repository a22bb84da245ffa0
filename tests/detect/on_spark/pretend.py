"""Spark played by DuckDB: the same SQL unchanged, and partitions dealt out by hand. It starts at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from groundswell.engine.duck import Duck
from groundswell.model.table import n_rows

TYPES = {"bigint": np.int64, "double": np.float64}


class Pretend(Duck):
    """What `Spark` can do for the links, on three workers that see each their own rows only."""

    cores = 3

    def define(self, name, sql, **parameters):
        """A table of a query, which may read the older one of that name."""
        super().define(f"{name}_next", sql, **parameters)
        super().define(name, f"select * from {name}_next")

    def number(self, name, sql, *, by):
        """Rows in order, five to a stretch."""
        order = ", ".join(by)
        self.define(
            name, f"select *, row_number() over (order by {order}) - 1 as number, number // 5 as part from ({sql})"
        )

    def view(self, name, sql, **parameters):
        """A table, which says the same as long as those below it stay."""
        self.define(name, sql, **parameters)

    def count(self, name):
        """Rows of a table."""
        return self.rows(f"select count(*) from {name}")[0][0]

    def mapped(self, name, sql, function, schema, *, by=(), rows=0):
        """The function on the rows of each worker."""
        self._made(name, [table for dealt in self._dealt(sql, by) for table in function(dealt)], schema)

    def several(self, schemas, sql, function, *, by, rows):
        """The function on the rows of each worker, its tables apart."""
        found = [told for dealt in self._dealt(sql, by) for told in function(dealt)]
        for name, schema in schemas.items():
            self._made(name, [table for of, table in found if of == name], schema)

    def _dealt(self, sql, by):
        """The rows of each worker: those of one key together, or as they come where there is none."""
        columns = self.query(sql)
        keys = [columns[key].astype(np.int64) * 7 for key in by] or [np.arange(n_rows(columns))]
        worker = sum(keys) % self.cores
        return [{name: column[worker == each] for name, column in columns.items()} for each in np.unique(worker)]

    def matched(self, name, left, right, function, schema, *, by):
        """The function on the rows of both sides, key by key."""
        one, other = self.query(left), self.query(right)
        found = []
        for key in np.unique(one[by]):
            sides = [{each: column[side[by] == key] for each, column in side.items()} for side in (one, other)]
            found.append(function(*sides))
        self._made(name, found, schema)

    def query(self, sql, **parameters):
        """Columns, lists as the rows of a matrix."""
        return _stacked(super().query(sql, **parameters))

    def _made(self, name, tables, schema):
        told = dict(each.split(" ") for each in schema.split(", "))
        columns = {}
        for each, kind in told.items():
            parts = [np.asarray(table[each]) for table in tables]
            columns[each] = np.concatenate(parts) if parts else np.empty(0, TYPES.get(kind, object))
            if kind == "array<bigint>":
                # As text on the way in: DuckDB would make a matrix of lists of one length.
                listed = columns[each]
                columns[each] = np.empty(len(listed), dtype=object)
                columns[each][:] = [",".join(map(str, one)) for one in listed]
        self.con.register("arriving", columns)
        chosen = ", ".join(
            f"[x::bigint for x in string_split({each}::text, ',')] as {each}"
            if kind == "array<bigint>"
            else f"{each}::{kind} as {each}"
            for each, kind in told.items()
        )
        self.define(name, f"select {chosen} from arriving")
        self.con.unregister("arriving")


def _stacked(columns):
    """Lists of one length as the rows of a matrix, as they come from Spark."""
    found = {}
    for name, column in columns.items():
        lists = column.dtype == object and len(column) and not isinstance(column[0], str)
        found[name] = np.stack([np.asarray(each) for each in column]) if lists else column
    return found


def saved(engine, contract, path: Path) -> bytes:
    """The bytes of the engine's table."""
    engine.save(contract, path)
    return path.read_bytes()
