"""What each account last said of itself, however many accounts a file tells of.

    rows that tell of accounts ──last of each──► profiles ──too many?──► sorted runs on disk ──merged──► batches

Only the last row of an account counts, so rows wait and most are never made a profile. Profiles beyond one batch lie
on disk, and memory stays flat.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec

from groundswell.model.post import Account
from groundswell.model.table import Columns
from groundswell.read.batches import BATCH, account_columns
from groundswell.read.reader import Record

MOST = BATCH
"""Rows that wait, and profiles held in memory: some tens of megabytes each."""

Key = tuple[str, str]
"""Platform and id of an account."""

_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(Account).decode


class Profiles:
    """The last word on each account. Use it as a context manager, so that what lies on disk goes when it does."""

    def __init__(self, to_account: Callable[[Record], Account | None], *, most: int = MOST) -> None:
        """Nothing told yet; `to_account` makes a profile of a row."""
        self._to_account, self._most = to_account, most
        self._rows: dict[Key, Record | list[str]] = {}
        self._header: Sequence[str] = ()
        self._profiles: dict[Key, Account] = {}
        self._runs: list[Path] = []
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Profiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def tell(self, key: Key, row: Record) -> None:
        """Keep a row that tells of an account, in place of any older one."""
        self._rows[key] = row
        if len(self._rows) >= self._most:
            self._settle()

    def tell_cells(self, header: Sequence[str], keys: Iterable[Key], rows: Iterable[list[str]]) -> None:
        """The same for rows of a table, which become records only if nothing newer takes their place."""
        self._header = header
        self._rows.update(zip(keys, rows, strict=True))
        if len(self._rows) >= self._most:
            self._settle()

    def put(self, account: Account) -> None:
        """Keep a profile, in place of anything older."""
        key = account.platform, account.account_id
        self._rows.pop(key, None)
        self._profiles[key] = account
        if len(self._profiles) >= self._most:
            self._spill()

    def batches(self) -> Iterator[Columns]:
        """Each account once, sorted, in batches that satisfy `model.post.ACCOUNTS`."""
        self._settle()
        batch: list[Account] = []
        for account in self._merged():
            batch.append(account)
            if len(batch) == BATCH:
                yield account_columns(batch)
                batch = []
        if batch:
            yield account_columns(batch)

    def _settle(self) -> None:
        """Make profiles of the rows that wait."""
        for told in self._rows.values():
            row = dict(zip(self._header, told, strict=True)) if isinstance(told, list) else told
            if account := self._to_account(row):
                self._profiles[account.platform, account.account_id] = account
        self._rows.clear()
        if len(self._profiles) >= self._most:
            self._spill()

    def _spill(self) -> None:
        """Write the profiles down as one sorted run, younger than all runs before it."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="groundswell-profiles-")
        path = Path(self._folder.name) / f"{len(self._runs):05d}"
        with path.open("wb") as file:
            for account in self._sorted():
                packed = _pack(account)
                file.write(len(packed).to_bytes(4, "little") + packed)
        self._runs.append(path)
        self._profiles.clear()

    def _sorted(self) -> Iterator[Account]:
        return (self._profiles[key] for key in sorted(self._profiles))

    def _merged(self) -> Iterator[Account]:
        """The youngest profile of each account, over all runs and what is in memory."""
        if not self._runs:
            yield from self._sorted()
            return
        files = [path.open("rb") for path in self._runs]
        try:
            # Runs come oldest first and merging keeps their order, so the last of equals is the youngest.
            for _, same in groupby(merge(*map(_read_run, files), self._sorted(), key=_key), key=_key):
                *_, youngest = same
                yield youngest
        finally:
            for file in files:
                file.close()


def _key(account: Account) -> Key:
    return account.platform, account.account_id


def _read_run(file: BinaryIO) -> Iterable[Account]:
    while size := file.read(4):
        yield _unpack(file.read(int.from_bytes(size, "little")))
