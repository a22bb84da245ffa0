"""The ledger: what became of every row of every file. Its parts sum to the rows, or it can't exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Rows left out for one reason."""

    reason: str
    """In words, lower case, such as ``no time``."""
    rows: int
    first_rows: tuple[int, ...]
    """The first few row numbers, from 1."""
    examples: tuple[str, ...] = ()
    """What stood there, cut short. For the person who holds the file; published as its shape only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLedger:
    """One file's account: rows = posts + other records + rows left out."""

    path: str
    """The file's name without its folder."""
    sha256: str
    n_bytes: int
    format: str
    """The reader's name."""
    title: str
    """The format in words."""
    rows: int
    posts: int
    other_records: Mapping[str, int] = field(default_factory=dict)
    """Records that are no posts (likes, profiles, deletions), by kind."""
    left_out: tuple[LeftOut, ...] = ()
    assumptions: tuple[str, ...] = ()
    """What was taken for granted, a sentence each."""
    precision_s: float | None = None
    """The clock's grain: every time is a whole multiple of it. None where there are no posts."""
    n_accounts: int = 0
    first_time: str | None = None
    last_time: str | None = None
    revision: int = 0
    """Goes up each time posts are taken out after the file was read; 0 is the file as it was."""

    def __post_init__(self) -> None:
        total = self.posts + sum(self.other_records.values()) + sum(entry.rows for entry in self.left_out)
        if total != self.rows:
            raise ValueError(f"{self.path}: {self.rows} rows, but the ledger accounts for {total}")

    @property
    def n_left_out(self) -> int:
        """Rows left out for any reason."""
        return sum(entry.rows for entry in self.left_out)

    def as_json(self) -> dict[str, Any]:
        """The entry of ``ledger.json``; also what ``inspect --json`` prints."""
        return {
            "file": self.path,
            "sha256": self.sha256,
            "bytes": self.n_bytes,
            "format": self.format,
            "title": self.title,
            "rows": self.rows,
            "posts": self.posts,
            "other_records": dict(sorted(self.other_records.items())),
            "left_out": {entry.reason: entry.rows for entry in self.left_out},
            "left_out_first_rows": {entry.reason: list(entry.first_rows) for entry in self.left_out},
            "assumptions": list(self.assumptions),
            "precision_s": self.precision_s,
            "accounts": self.n_accounts,
            "first_time": self.first_time,
            "last_time": self.last_time,
            **({"revision": self.revision} if self.revision else {}),
        }
