"""A file's posts and accounts, handed on batch by batch, and the ledger that accounts for every row.

path ──survey──► recognise ──► reader.rows ──► reader.to_post ──► sink
                                                    └──► FileLedger: rows = posts + other records + left out
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from groundswell.model.deletion import Deletion
from groundswell.model.ledger import FileLedger, LeftOut
from groundswell.model.post import Account, Post
from groundswell.model.table import Columns
from groundswell.read.batches import BATCH, Batch, account_columns
from groundswell.read.lines import SHOWN
from groundswell.read.mojibake import MOJIBAKE_REPAIRED, repair
from groundswell.read.precision import Clock
from groundswell.read.reader import Block, Broken, LeaveOut, Noted, Reader, Record, never, no_account, one_row
from groundswell.read.recognise import Recognised, Tally, recognise
from groundswell.read.seen import Seen as Seen
from groundswell.read.survey import LIMITS, Limits, Survey, survey
from groundswell.read.times import microseconds
from groundswell.read.versions import EARLIER, EDITED, UNEDITED, Edit, Later

FIRST_ROWS = 5
"""Row numbers and examples that the ledger keeps of each reason."""

REPORT_EVERY = 5_000
"""Rows between two reports of progress."""

NO_COLUMNS: Mapping[str, str] = MappingProxyType({})

NO_ZONE = "the time names no zone and was taken as UTC"
NO_ID = "the post has no id, and one was made of the file's hash and the row"
READ_BEFORE = "read before: the same post id"
FILE_READ_BEFORE = "read before: the same file"


class Sink(Protocol):
    """Takes what is read, in batches that satisfy `model.post.POSTS` and `model.post.ACCOUNTS`."""

    def posts(self, columns: Columns) -> None:
        """Take a batch of posts."""
        ...

    def accounts(self, columns: Columns) -> None:
        """Take a batch of accounts."""
        ...


def ingest(
    path: Path,
    *,
    sink: Sink,
    columns: Mapping[str, str] = NO_COLUMNS,
    seen: Seen | None = None,
    progress: Callable[[int, int], None] | None = None,
    limits: Limits = LIMITS,
    deletions: list[Deletion] | None = None,
    later: list[Later] | None = None,
    repeats: Callable[[Columns], None] | None = None,
) -> FileLedger:
    """Read one file into a sink and account for every row of it.

    Parameters
    ----------
    path
        CSV, TSV, Parquet or JSON, plain or packed with gzip or zstd.
    sink
        Takes batches of at most 50,000 rows. Accounts come last, each once, as the file last told of it.
    columns
        Our name of a column to the file's own, such as ``{"time": "tweet_created"}``.
    seen
        What earlier files held; pass the same one to each call, and a post in two files counts once.
    progress
        Told (bytes done, bytes in all) every few thousand rows.
    limits
        How much a packed file may unpack to.
    deletions
        What the file says was taken back is added here, for the store to honour.
    later
        Later versions of edited posts are added here, for the store to take the earlier ones out; the sink gets
        them all. In the ledger the post counts once.
    repeats
        Takes batches of the posts that the sink does not get, because they or a later version of them were read
        before.

    Returns
    -------
    FileLedger
        Its posts, other records and rows left out sum to its rows.

    Raises
    ------
    WrongUse
        No such file, a folder, or a column in `columns` that the file lacks.
    UnreadableFile
        Empty, in no known format, or broken off. Nothing was handed to the sink then, except where a file is
        damaged in the middle of its Parquet pages.

    Notes
    -----
    The file is walked through twice before its rows are read: for its hash, and for whether it is whole and how
    its text is encoded. Memory is one batch, one record an account, and the ids in `seen`.
    """
    looked = survey(path, limits)
    recognised = recognise(looked, columns, limits)
    return ingest_recognised(
        looked,
        recognised,
        sink=sink,
        seen=seen,
        progress=progress,
        deletions=deletions,
        later=later,
        repeats=repeats,
    )


def ingest_recognised(
    looked: Survey,
    recognised: Recognised,
    *,
    sink: Sink,
    seen: Seen | None = None,
    progress: Callable[[int, int], None] | None = None,
    deletions: list[Deletion] | None = None,
    later: list[Later] | None = None,
    repeats: Callable[[Columns], None] | None = None,
) -> FileLedger:
    """Read a file whose format is known already; see `ingest`."""
    reading = _Reading(looked, recognised.reader, sink, Seen() if seen is None else seen, deletions, later)
    reading.repeats = repeats
    tally = Tally()
    rows, next_report = recognised.reader.rows, REPORT_EVERY
    with _no_garbage():
        for record in recognised.records(tally) if recognised.blocks is None else recognised.blocks(tally):
            if isinstance(record, Broken):
                reading.leave_out(record.reason, record.seen)
            elif isinstance(record, list):
                reading.take_block(recognised.columns, record)
            elif rows is one_row:
                reading.take(record)
            else:
                for row in rows(record):
                    reading.take(row)
            if reading.rows >= next_report:
                next_report = reading.rows + REPORT_EVERY
                if progress:
                    progress(min(tally.bytes_done, looked.n_bytes), looked.n_bytes)
        if progress:
            progress(looked.n_bytes, looked.n_bytes)
        looked.require_unchanged()
        return reading.finish(recognised, tally)


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Nothing that is read refers to itself, so looking for garbage finds none; it took a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass
class _Omission:
    """Rows left out for one reason, while they are counted."""

    rows: int = 0
    first: list[tuple[int, str]] = field(default_factory=list)


class _Reading:
    """One file under way."""

    def __init__(
        self,
        looked: Survey,
        reader: Reader,
        sink: Sink,
        seen: Seen,
        deletions: list[Deletion] | None,
        later: list[Later] | None,
    ) -> None:
        self.rows = 0
        self.repeats: Callable[[Columns], None] | None = None
        self._looked, self._reader, self._sink, self._seen = looked, reader, sink, seen
        self._to_post, self._has_accounts = reader.to_post, reader.to_account is not no_account
        self._deletions, self._later = deletions, [] if later is None else later
        self._edit = None if reader.edit is never else reader.edit
        self._new_file = seen.is_new_file(looked.sha256)
        self._batch = Batch(looked.sha256)
        self._again = Batch(looked.sha256)
        self._told: dict[tuple[str, str], Record | tuple[Sequence[str], list[str]]] = {}
        self._accounts: dict[tuple[str, str], Account] = {}
        self._posters: set[str] = set()
        self._others: Counter[str] = Counter()
        self._notes: Counter[str] = Counter()
        self._omitted: dict[str, _Omission] = {}
        self._n_posts = 0
        self._clock = Clock()
        self._span: tuple[np.datetime64, np.datetime64] | None = None

    def take(self, row: Record) -> None:
        """Read one row and put it where it belongs."""
        self.rows += 1
        try:
            read = self._to_post(row)
            if isinstance(read, Noted):
                for note in read.notes:
                    self._notes[note] += 1
                read = read.read
            if isinstance(read, Post):
                self._take_post(read, row)
            else:
                self._others[read.kind] += 1
                if read.gone and self._deletions is not None:
                    self._deletions.extend(read.gone)
                if key := self._reader.tells_of(row):
                    self._tell(key, row)
                elif self._has_accounts and (account := self._reader.to_account(row)):
                    self._accounts[account.platform, account.account_id] = account
        except LeaveOut as reason:
            self._omit(reason.reason, reason.seen)

    def take_block(self, header: Sequence[str], rows: list[list[str]]) -> None:
        """Read many rows of a table at once, where the reader can; the same as `take` of each."""
        if (room := BATCH - len(self._batch)) < len(rows):
            self.take_block(header, rows[:room])
            self.take_block(header, rows[room:])
            return
        if not rows:
            return
        to_block = self._reader.to_block
        if to_block is None or not self._new_file or not self._reader.row_is_post:
            for row in rows:
                self.take(dict(zip(header, row, strict=True)))
            return
        block = to_block(dict(zip(header, zip(*rows, strict=True), strict=True)))
        kept, first_row = self._ordinary(block, header, rows), self.rows - len(rows) + 1
        self._notes.update({note: n for note, n in block.notes.items() if n})
        told: dict[str, Sequence[Any]] = dict(block.told)
        if len(kept) < len(rows):
            told = {name: [values[i] for i in kept] for name, values in told.items()}
        if n_naive := sum(not time[1] for i, time in enumerate(block.told["time"]) if i not in block.careful):
            self._notes[NO_ZONE] += n_naive
        told["time"] = [time_us for time_us, _ in told["time"]]
        self._n_posts += len(kept)
        self._posters.update(told["account_id"])
        self._batch.extend(told, [first_row + i for i in kept])
        if self._has_accounts and not block.careful:
            keys = zip(told["platform"], told["account_id"], strict=True)
            # Made a record of when all is read: of most accounts a later row will stand here.
            self._told.update((key, (header, rows[i])) for key, i in dict(zip(keys, kept, strict=True)).items())
            if len(self._told) >= BATCH:
                self._settle_accounts()
        if len(self._batch) == BATCH:
            self._hand_on()

    def _ordinary(self, block: Block, header: Sequence[str], rows: list[list[str]]) -> list[int]:
        """The rows of a block that are posts not read before; the careful ones are taken, each in its turn."""
        kept: list[int] = []
        again: list[int] = []
        again_rows: list[int] = []
        is_new, platform = self._seen.is_new_post, block.told["platform"]
        for i, post_id in enumerate(block.told["post_id"]):
            if i in block.careful:
                self.take(dict(zip(header, rows[i], strict=True)))
                continue
            self.rows += 1
            if is_new(platform[i], post_id):
                kept.append(i)
                if block.careful and self._has_accounts:
                    # Among careful rows each tells of its account in its turn, so that the last one counts.
                    key = platform[i], block.told["account_id"][i]
                    self._told[key] = dict(zip(header, rows[i], strict=True))
            else:
                again.append(i)
                again_rows.append(self.rows)
                self._omit(READ_BEFORE, post_id)
        if again and self.repeats is not None:
            told = {name: [values[i] for i in again] for name, values in block.told.items()}
            told["time"] = [time_us for time_us, _ in told["time"]]
            self._again.extend(told, again_rows)
            self._hand_on_repeats(BATCH)
        return kept

    def leave_out(self, reason: str, seen: str) -> None:
        """Count a row that is not even a record."""
        self.rows += 1
        self._omit(reason, seen)

    def _omit(self, reason: str, seen: str) -> None:
        omission = self._omitted.setdefault(reason, _Omission())
        omission.rows += 1
        if len(omission.first) < FIRST_ROWS:
            omission.first.append((self.rows, seen[:SHOWN]))

    def _take_post(self, post: Post, row: Record) -> None:
        if not self._new_file:
            raise LeaveOut(FILE_READ_BEFORE)
        if post.time.tzinfo is None:
            self._notes[NO_ZONE] += 1
        if (post_id := post.post_id) is None:
            self._notes[NO_ID] += 1
            post_id = f"{self._looked.sha256[:8]}-{self.rows}"
        elif self._reader.row_is_post and not post.shared:
            is_new = self._seen.is_new_post(post.platform, post_id)
            edit = None if self._edit is None else self._edit(row) or UNEDITED
            if not is_new and (edit is None or edit.at_us <= self._seen.edited_us(post.platform, post_id)):
                self._take_again(post, post_id)
            if edit is None and not is_new:
                raise LeaveOut(READ_BEFORE, post_id)
            if edit is not None and not self._is_latest(post.platform, post_id, edit, is_new=is_new):
                return
        self._n_posts += 1
        self._posters.add(post.account_id)
        self._batch.add(post, post_id, microseconds(post.time), self.rows)
        if len(self._batch) == BATCH:
            self._hand_on()
        if self._has_accounts:
            self._tell((post.platform, post.account_id), row)

    def _take_again(self, post: Post, post_id: str) -> None:
        """Tell of a post that is not among the posts, for its words stand in this row."""
        if self.repeats is not None:
            self._again.add(post, post_id, microseconds(post.time), self.rows)
            self._hand_on_repeats(BATCH)

    def _hand_on_repeats(self, from_rows: int = 1) -> None:
        if self.repeats is not None and len(self._again) >= from_rows:
            self.repeats(self._again.columns())
            self._again = Batch(self._looked.sha256)

    def _is_latest(self, platform: str, post_id: str, edit: Edit, *, is_new: bool) -> bool:
        """Whether no younger version of the post is known; of two versions the older is counted as what it is."""
        if edit is not UNEDITED:
            self._notes[EDITED] += 1
        if not is_new:
            known_us = self._seen.edited_us(platform, post_id)
            if edit.at_us == known_us:
                raise LeaveOut(READ_BEFORE, post_id)
            self._others[EARLIER] += 1
            if edit.at_us < known_us:
                return False
            self._n_posts -= 1
        if edit.at_us:
            self._seen.note_edit(platform, post_id, edit.at_us)
        if edit is not UNEDITED:
            self._later.append(Later(platform, post_id, self.rows, edit, known=not is_new))
        return True

    def _tell(self, key: tuple[str, str], row: Record) -> None:
        """Keep a row that tells of an account, in place of any older one."""
        self._told[key] = row
        if len(self._told) == BATCH:
            self._settle_accounts()

    def _settle_accounts(self) -> None:
        """Make profiles of the last row of each account: only that one counts, and the others need no reading."""
        for told in self._told.values():
            row = dict(zip(*told, strict=True)) if isinstance(told, tuple) else told
            if account := self._reader.to_account(row):
                self._accounts[account.platform, account.account_id] = account
        self._told.clear()

    def _hand_on(self) -> None:
        columns = self._batch.columns()
        if not self._reader.as_stored and (n := repair(columns["text"])):
            self._notes[MOJIBAKE_REPAIRED] += n
        self._batch = Batch(self._looked.sha256)
        times = columns["time"]
        self._clock.add(times.astype(np.int64))
        first, last = self._span or (times[0], times[0])
        self._span = (min(first, times.min()), max(last, times.max()))
        self._sink.posts(columns)

    def finish(self, recognised: Recognised, tally: Tally) -> FileLedger:
        """Hand on what is left and close the ledger."""
        if self._batch:
            self._hand_on()
        self._hand_on_repeats()
        self._settle_accounts()
        accounts = [self._accounts[key] for key in sorted(self._accounts)]
        for begin in range(0, len(accounts), BATCH):
            self._sink.accounts(account_columns(accounts[begin : begin + BATCH]))
        return FileLedger(
            path=self._looked.path.name,
            sha256=self._looked.sha256,
            n_bytes=self._looked.n_bytes,
            format=self._reader.name,
            title=self._reader.title,
            rows=self.rows,
            posts=self._n_posts,
            other_records=dict(sorted(self._others.items())),
            left_out=tuple(
                LeftOut(
                    reason=reason,
                    rows=omission.rows,
                    first_rows=tuple(row for row, _ in omission.first),
                    examples=tuple(example for _, example in omission.first),
                )
                for reason, omission in sorted(self._omitted.items())
            ),
            assumptions=self._assumptions(recognised, tally),
            precision_s=self._clock.precision_s,
            n_accounts=len(self._posters),
            first_time=_written(self._span and self._span[0]),
            last_time=_written(self._span and self._span[1]),
        )

    def _assumptions(self, recognised: Recognised, tally: Tally) -> tuple[str, ...]:
        counted = [f"In {n:,} of {self.rows:,} rows {note}." for note, n in sorted(self._notes.items())]
        if tally.n_keys_twice:
            times = "once" if tally.n_keys_twice == 1 else f"{tally.n_keys_twice:,} times"
            counted.append(f"A key stands twice in one object {times}; its last value was taken.")
        return (*recognised.notes, *self._reader.assumes, *counted)


def _written(time: np.datetime64 | None) -> str | None:
    if time is None:
        return None
    moment: datetime = time.astype(datetime)
    return moment.isoformat() + "Z"
