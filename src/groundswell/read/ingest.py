"""A file's posts and accounts, handed on batch by batch, and the ledger that accounts for every row.

path ──survey──► recognise ──► reader.rows ──► reader.to_post ──► sink
                                                    └──► FileLedger: rows = posts + other records + left out
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from groundswell.model.deletion import Deletion
from groundswell.model.ledger import FileLedger
from groundswell.model.post import Post
from groundswell.model.table import Columns
from groundswell.read.accounting import Accounting
from groundswell.read.batches import BATCH, Batch
from groundswell.read.cells import Cells
from groundswell.read.mojibake import MOJIBAKE_REPAIRED, repair
from groundswell.read.profiles import Profiles
from groundswell.read.reader import Block, Broken, LeaveOut, Noted, Reader, Record, never, no_account, one_row
from groundswell.read.recognise import Recognised, Tally, recognise
from groundswell.read.seen import Seen as Seen
from groundswell.read.survey import LIMITS, Hashed, Limits, Survey, survey
from groundswell.read.times import NO_ZONE, microseconds
from groundswell.read.versions import CHANGED, EARLIER, EDITED, UNEDITED, Edit, Later

TURN_S = 1e-4
"""How long reading goes on while another thread waits to go on writing."""

REPORT_EVERY = 5_000
"""Rows between two reports of progress."""

NO_COLUMNS: Mapping[str, str] = MappingProxyType({})

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
    hashed: Hashed | None = None,
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
    hashed
        Its hash, where that is known already.

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
    The file is walked through before its rows are read: for its hash, unless that is known, and for whether it is
    whole and how its text is encoded. Memory is one batch of posts, one of profiles, and some 10 bytes an id in `seen`.
    """
    looked = survey(path, limits, hashed)
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
    tally = Tally()
    rows, next_report = recognised.reader.rows, REPORT_EVERY
    with _no_garbage(), _quick_turns(), Profiles(recognised.reader.to_account) as profiles:
        reading = _Reading(looked, recognised.reader, sink, Seen() if seen is None else seen, profiles)
        reading.deletions, reading.repeats = deletions, repeats
        reading.later = [] if later is None else later
        account = reading.account
        for record in recognised.records(tally) if recognised.blocks is None else recognised.blocks(tally):
            if isinstance(record, Broken):
                account.rows += 1
                account.leave_out(record.reason, record.seen)
            elif isinstance(record, list):
                reading.take_block(recognised.columns, record)
            elif rows is one_row:
                reading.take(record)
            else:
                for row in rows(record):
                    reading.take(row)
            if account.rows >= next_report:
                next_report = account.rows + REPORT_EVERY
                if progress:
                    progress(min(tally.bytes_done, looked.n_bytes), looked.n_bytes)
        if progress:
            progress(looked.n_bytes, looked.n_bytes)
        looked.require_unchanged()
        reading.finish()
        return account.ledger(looked, recognised, tally)


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


@contextmanager
def _quick_turns() -> Iterator[None]:
    """Let a thread that writes the last batch have its turn at once, for it needs a few microseconds at a time.

    It asks some hundred times a batch, and by default would wait for 5 ms each time.
    """
    interval_s = sys.getswitchinterval()
    sys.setswitchinterval(min(interval_s, TURN_S))
    try:
        yield
    finally:
        sys.setswitchinterval(interval_s)


class _Reading:
    """One file under way."""

    def __init__(self, looked: Survey, reader: Reader, sink: Sink, seen: Seen, profiles: Profiles) -> None:
        self.account = Accounting()
        self.repeats: Callable[[Columns], None] | None = None
        self.deletions: list[Deletion] | None = None
        self.later: list[Later] = []
        self._sha256, self._reader, self._sink, self._seen, self._profiles = looked.sha256, reader, sink, seen, profiles
        self._to_post, self._has_accounts = reader.to_post, reader.to_account is not no_account
        self._edit = None if reader.edit is never else reader.edit
        self._new_file = seen.is_new_file(looked.sha256)
        self._batch = Batch(looked.sha256)
        self._again = Batch(looked.sha256)

    def take(self, row: Record) -> None:
        """Read one row and put it where it belongs."""
        account = self.account
        account.rows += 1
        try:
            read = self._to_post(row)
            if isinstance(read, Noted):
                for note in read.notes:
                    account.notes[note] += 1
                read = read.read
            if isinstance(read, Post):
                self._take_post(read, row)
            else:
                account.others[read.kind] += 1
                if read.gone and self.deletions is not None:
                    self.deletions.extend(read.gone)
                if key := self._reader.tells_of(row):
                    self._profiles.tell(key, row)
                elif self._has_accounts and (profile := self._reader.to_account(row)):
                    self._profiles.put(profile)
        except LeaveOut as reason:
            account.leave_out(reason.reason, reason.seen)

    def take_block(self, header: Sequence[str], rows: list[list[str]]) -> None:
        """Read many rows of a table at once, where the reader can; the same as `take` of each."""
        if (room := BATCH - len(self._batch)) < len(rows):
            self.take_block(header, rows[:room])
            self.take_block(header, rows[room:])
            return
        if not rows:
            return
        to_block = self._reader.to_block if self._new_file and self._reader.row_is_post else None
        block = None if to_block is None else to_block(Cells(header, rows))
        if block is None or len(block.careful) == len(rows):
            for row in rows:
                self.take(dict(zip(header, row, strict=True)))
            return
        account, first_row = self.account, self.account.rows + 1
        kept = self._ordinary(block, header, rows)
        account.notes.update({note: n for note, n in block.notes.items() if n})
        told: dict[str, Sequence[Any]] = dict(block.told)
        if len(kept) < len(rows):
            told = {name: [values[i] for i in kept] for name, values in told.items()}
        account.n_posts += len(kept)
        account.wrote(told["account_id"])
        self._batch.extend(told, [first_row + i for i in kept])
        if self._has_accounts and not block.careful:
            keys = zip(told["platform"], told["account_id"], strict=True)
            self._profiles.tell_cells(header, keys, rows if len(kept) == len(rows) else [rows[i] for i in kept])
        if len(self._batch) == BATCH:
            self._hand_on()

    def _ordinary(self, block: Block, header: Sequence[str], rows: list[list[str]]) -> Sequence[int]:
        """The rows of a block that are posts not read before; the careful ones are taken, each in its turn."""
        platforms, post_ids = block.told["platform"], block.told["post_id"]
        is_one_platform = platforms.count(platforms[0]) == len(rows)
        if not block.careful and is_one_platform and self._seen.are_all_new(platforms[0], post_ids):
            self.account.rows += len(rows)
            return range(len(rows))
        kept: list[int] = []
        again: list[int] = []
        again_rows: list[int] = []
        is_new = self._seen.is_new_post
        for i, post_id in enumerate(post_ids):
            if i in block.careful:
                self.take(dict(zip(header, rows[i], strict=True)))
                continue
            self.account.rows += 1
            if is_new(platforms[i], post_id):
                kept.append(i)
                if block.careful and self._has_accounts:
                    # Among careful rows each tells of its account in its turn, so that the last one counts.
                    key = platforms[i], block.told["account_id"][i]
                    self._profiles.tell(key, dict(zip(header, rows[i], strict=True)))
            else:
                again.append(i)
                again_rows.append(self.account.rows)
                self.account.leave_out(READ_BEFORE, post_id)
        if again and self.repeats is not None:
            told = {name: [values[i] for i in again] for name, values in block.told.items()}
            self._again.extend(told, again_rows)
            self._hand_on_repeats(BATCH)
        return kept

    def _take_post(self, post: Post, row: Record) -> None:
        account = self.account
        if not self._new_file:
            raise LeaveOut(FILE_READ_BEFORE)
        if post.time.tzinfo is None:
            account.notes[NO_ZONE] += 1
        if (post_id := post.post_id) is None:
            account.notes[NO_ID] += 1
            post_id = f"{self._sha256[:8]}-{account.rows}"
        elif self._reader.row_is_post and not post.shared:
            is_new = self._seen.is_new_post(post.platform, post_id)
            edit = None if self._edit is None else self._edit(row) or UNEDITED
            if not is_new and (edit is None or edit.at_us <= self._seen.edited_us(post.platform, post_id)):
                self._take_again(post, post_id)
            if edit is None and not is_new:
                raise LeaveOut(READ_BEFORE, post_id)
            if edit is not None and not self._is_latest(post.platform, post_id, edit, is_new=is_new):
                return
        account.n_posts += 1
        account.wrote((post.account_id,))
        self._batch.add(post, post_id, microseconds(post.time), account.rows)
        if len(self._batch) == BATCH:
            self._hand_on()
        if self._has_accounts:
            self._profiles.tell((post.platform, post.account_id), row)

    def _take_again(self, post: Post, post_id: str) -> None:
        """Tell of a post that is not among the posts, for its words stand in this row."""
        if self.repeats is not None:
            self._again.add(post, post_id, microseconds(post.time), self.account.rows)
            self._hand_on_repeats(BATCH)

    def _hand_on_repeats(self, from_rows: int = 1) -> None:
        if self.repeats is not None and len(self._again) >= from_rows:
            self.repeats(self._again.columns())
            self._again = Batch(self._sha256)

    def _is_latest(self, platform: str, post_id: str, edit: Edit, *, is_new: bool) -> bool:
        """Whether no younger version of the post is known; of two versions the older is counted as what it is."""
        account = self.account
        if edit is not UNEDITED:
            account.notes[CHANGED if edit.hides_time else EDITED] += 1
        if not is_new:
            known_us = self._seen.edited_us(platform, post_id)
            if edit.at_us == known_us:
                raise LeaveOut(READ_BEFORE, post_id)
            account.others[EARLIER] += 1
            if edit.at_us < known_us:
                return False
            account.n_posts -= 1
        if edit.at_us:
            self._seen.note_edit(platform, post_id, edit.at_us)
        if edit is not UNEDITED:
            self.later.append(Later(platform, post_id, account.rows, edit, known=not is_new or edit.hides_time))
        return True

    def _hand_on(self) -> None:
        columns = self._batch.columns()
        if not self._reader.as_stored and (n := repair(columns["text"])):
            self.account.notes[MOJIBAKE_REPAIRED] += n
        self._batch = Batch(self._sha256)
        self.account.posts(columns)
        self._sink.posts(columns)

    def finish(self) -> None:
        """Hand on what is left."""
        if self._batch:
            self._hand_on()
        self._hand_on_repeats()
        for batch in self._profiles.batches():
            self._sink.accounts(batch)
