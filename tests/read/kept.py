"""A sink that keeps what it is given, and the two ways tests make a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.errors import GroundswellError
from groundswell.model.ledger import FileLedger
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.table import Columns
from groundswell.read.ingest import ingest


class Kept:
    """Every row handed on, as plain values."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.profiles: list[dict[str, Any]] = []

    def posts(self, columns: Columns) -> None:
        """Keep a batch of posts, if it fits the table."""
        POSTS.require(columns)
        self.rows += plain_rows(columns)

    def accounts(self, columns: Columns) -> None:
        """Keep a batch of accounts, if it fits the table."""
        ACCOUNTS.require(columns)
        self.profiles += plain_rows(columns)


def plain_rows(columns: Columns) -> list[dict[str, Any]]:
    lengths = {len(column) for column in columns.values()}
    assert len(lengths) == 1
    return [{name: plain(column[i]) for name, column in columns.items()} for i in range(lengths.pop())]


def plain(value: Any) -> Any:
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else str(value.astype("datetime64[us]"))
    return value.item() if isinstance(value, np.generic) else value


def read(path: Path, **options: Any) -> tuple[FileLedger, Kept]:
    kept = Kept()
    return ingest(path, sink=kept, **options), kept


def read_or_refused(path: Path) -> tuple[FileLedger, Kept] | None:
    """None where the file is refused in words (what is wrong, what was seen, what to do); other errors come through."""
    try:
        return read(path)
    except GroundswellError as error:
        if str(error).count("\n  ") < 2:
            raise
        return None


def left_out(ledger: FileLedger) -> dict[str, int]:
    return {entry.reason: entry.rows for entry in ledger.left_out}


def write_csv(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A drawing of a table: indentation is dropped, everything else stands as drawn."""
    lines = [line.strip() for line in text.strip().split("\n")]
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def write_lines(path: Path, records: Iterable[Mapping[str, Any] | str]) -> Path:
    """One JSON object a line; text is written as it is."""
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
