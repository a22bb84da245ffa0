"""What recognising a file gives: the reader that knows it, how sure that is, and the records themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

from groundswell.model.plugins import found
from groundswell.read.reader import Broken, Reader, Record


@dataclass(kw_only=True)
class Tally:
    """What turned up while the records were read."""

    bytes_done: int = 0
    n_keys_twice: int = 0


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """A file and the reader that knows it."""

    reader: Reader
    sure: str
    """How sure that is, in words."""
    columns: tuple[str, ...]
    """The columns or keys seen, under the names they have in the file."""
    records: Callable[[Tally], Iterator[Record | Broken]]
    """Reads the records from the beginning, and keeps the tally."""
    notes: tuple[str, ...] = field(default=())
    blocks: Callable[[Tally], Iterator[list[list[str]] | Broken]] | None = None
    """The same rows as `records`, many at a time and as bare cells, where the reader can take them so."""


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader there is: dropping its file in registers it."""
    package: ModuleType = __import__("groundswell.read", fromlist=["read"])
    return tuple(found(package, "READER"))
