"""Cells of what Groundswell itself wrote, taken as they stand: nothing is trimmed, mended or guessed.

Parquet tells unknown from empty by itself and JSON by null; a CSV file can't, so it has one more column, `EMPTY`, that
names the columns of a row whose text is empty and not unknown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from groundswell.read.reader import LeaveOut, Record
from groundswell.read.writable import writable_text

EMPTY = "empty"


def stored_text(record: Record, name: str) -> str | None:
    """The text under a name, None where it is unknown.

    Raises
    ------
    LeaveOut
        Something else than text stands there, so the file is no longer what was written.
    """
    value = record.get(name)
    if value is None or isinstance(value, str):
        return _unless_unknown(record, name, value)
    raise LeaveOut(CHANGED, name)


def stored_list(record: Record, name: str) -> tuple[str, ...] | None:
    """The list of texts under a name; a table holds it as JSON."""
    value = record.get(name)
    if isinstance(value, str) and value:
        try:
            value = json.loads(value, strict=False)
        except (ValueError, RecursionError):
            raise LeaveOut(CHANGED, name) from None
    if value is None or value == "":
        return None
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise LeaveOut(CHANGED, name)
    return tuple(map(writable_text, value))


CHANGED = "a cell that Groundswell did not write so; was the export changed?"


def _unless_unknown(record: Mapping[str, Any], name: str, value: str | None) -> str | None:
    if value == "" and isinstance(marked := record.get(EMPTY), str):
        return value if name in marked.split() else None
    return value
