"""A trace: an account repeated an object at a time. One long table for every kind of object."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from groundswell.model.table import TableContract

TRACES = TableContract(
    "traces",
    {
        "kind": "text",
        "object_id": "text",
        "account_id": "text",
        "post_id": "text",
        "time": "timestamp",
    },
    order=("kind", "object_id", "time", "account_id", "post_id"),
)

Row: TypeAlias = tuple[str, str, str, datetime]
"""(account, object, post, time): a trace of one kind, as drawn in docs and tests."""

DRAWING_DAY = "2024-05-01"


def drawn(drawing: str) -> list[Row]:
    """Rows from a drawing: one trace a line, ``account object [date] hh:mm:ss``. Posts are numbered p1, p2, …

    >>> drawn('''
    ...     ana  u1  10:00:00
    ...     ben  u1  10:00:20
    ... ''')[1]
    ('ben', 'u1', 'p2', datetime.datetime(2024, 5, 1, 10, 0, 20))
    """
    rows: list[Row] = []
    for line in drawing.split("\n"):
        match line.split():
            case []:
                continue
            case [account, thing, clock]:
                day = DRAWING_DAY
            case [account, thing, day, clock]:
                pass
            case _:
                raise ValueError(f"a line of a drawing is `account object [date] hh:mm:ss`, not {line.strip()!r}")
        rows.append((account, thing, f"p{len(rows) + 1}", datetime.fromisoformat(f"{day}T{clock}")))
    return rows
