"""Reaching into a record that strangers wrote: the right type comes out, or None.

JSON may hold anything anywhere. These never raise, so that a hostile line ends as unknown values or in the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

from groundswell.read.reader import Record

LARGEST = 2**63 - 1


def cell(record: Record, name: str) -> str | None:
    """The text in a table's cell without the blanks around it; None where it is empty or missing."""
    value = record.get(name)
    if not value:
        return None if value is None or value == "" else _plain(value)
    return value.strip() or None if isinstance(value, str) else _plain(value)


def stripped(column: Sequence[str]) -> list[str | None]:
    """`cell` of a whole column of text, in which most cells repeat another."""
    known = {written: written.strip() or None for written in set(column)}
    return list(map(known.__getitem__, column))


def _plain(value: object) -> str | None:
    """A cell of a table that was written as JSON."""
    if isinstance(value, float) and not isfinite(value):
        return None
    return str(value) if isinstance(value, float | bool) else text({"": value}, "")


def text(record: Record, *path: str) -> str | None:
    """The text at the end of a path of keys; a whole number becomes its digits, for ids are text."""
    value: Any = record
    for key in path:
        # What JSON and tables make is a dict; asking for any mapping takes ten times as long where there is none.
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    if value is None or isinstance(value, str):
        return value
    # Python prints no number of more than 4300 digits; no id is that long.
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST:
        return str(value)
    return None


def inside(record: Record, *path: str) -> Record:
    """The object at the end of a path of keys, or an empty one."""
    value: Any = record
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def objects(record: Record, key: str) -> list[Record]:
    """The objects in the list under a key; what is no object is passed over."""
    value = record.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def texts(record: Record, key: str) -> list[str]:
    """The texts in the list under a key."""
    value = record.get(key)
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def count(value: object) -> int | None:
    """A number of things: zero or more, None where it is unknown or no number."""
    if isinstance(value, str):
        digits = value.strip().replace(",", "").removesuffix(".0")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
            return None
        value = int(digits)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST:
        return value
    return None


def truth(value: object) -> bool | None:
    """Yes or no as tables write it; None where neither is written."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower() if value is not None else ""
    if word in ("true", "t", "yes", "y", "1", "1.0"):
        return True
    return False if word in ("false", "f", "no", "n", "0", "0.0") else None
