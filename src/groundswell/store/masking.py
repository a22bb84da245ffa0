"""Columns without certain names: which rows name them, and the posts with the names gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from groundswell.model.table import Columns, n_rows, text_column
from groundswell.store.names import Names

POINTERS = ("repost_of", "repost_of_account", "reply_to", "quote_of")
LISTS = ("urls", "mentions", "hashtags")


def rows_naming(columns: Columns, names: Names) -> np.ndarray[Any, Any]:
    """Whether each row names any of them, in a text or in a list of texts."""
    found = np.zeros(n_rows(columns), dtype=np.bool_)
    if names:
        for column in columns.values():
            if column.dtype == object:
                found |= np.fromiter((_named(value, names) for value in column), dtype=np.bool_, count=len(column))
    return found


def _named(value: Any, names: Names) -> bool:
    if isinstance(value, str):
        return names.are_in(value)
    return isinstance(value, list | np.ndarray) and any(names.are_in(each) for each in value)


def masked(columns: Columns, names: Names) -> Columns:
    """Posts with the names gone from what they say and from what they point to."""
    changed = dict(columns)
    changed["text"] = text_column([None if text is None else names.mask(text) for text in columns["text"]])
    for name in POINTERS:
        changed[name] = text_column([None if one is None or names.are_in(one) else one for one in columns[name]])
    for name in LISTS:
        changed[name] = _column(_without(things, names) for things in columns[name])
    kept = [
        None
        if things is None
        else [(kind, thing) for kind, thing in zip(kinds, things, strict=True) if not names.are_in(thing)]
        for kinds, things in zip(columns["shared_kinds"], columns["shared_objects"], strict=True)
    ]
    changed["shared_kinds"] = _column(None if pairs is None else [kind for kind, _ in pairs] for pairs in kept)
    changed["shared_objects"] = _column(None if pairs is None else [thing for _, thing in pairs] for pairs in kept)
    return changed


def _without(things: Any, names: Names) -> list[str] | None:
    return None if things is None else [thing for thing in things if not names.are_in(thing)]


def _column(values: Iterator[list[str] | None]) -> np.ndarray[Any, Any]:
    """Lists as an object array; given lists of equal length, numpy would make a table of them."""
    listed = list(values)
    column = np.empty(len(listed), dtype=object)
    for at, value in enumerate(listed):
        column[at] = value
    return column
