"""What became of every row of a file, counted while it is read, and the ledger that this makes.

rows, notes, rows left out, batches of posts ──► FileLedger: rows = posts + other records + left out
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from groundswell.model.ledger import FileLedger, LeftOut
from groundswell.model.table import Columns
from groundswell.read.lines import SHOWN
from groundswell.read.precision import Clock
from groundswell.read.recognised import Recognised, Tally
from groundswell.read.seen import MASK, Numbers
from groundswell.read.survey import Survey

POSTERS = 1 << 16
"""Accounts held by name; of more, 64 bits of a hash each, which take little room and tell them apart."""

FIRST_ROWS = 5
"""Row numbers and examples that the ledger keeps of each reason."""


@dataclass
class _Omission:
    """Rows left out for one reason, while they are counted."""

    rows: int = 0
    first: list[tuple[int, str]] = field(default_factory=list)


class Accounting:
    """The account of one file, while it is open."""

    def __init__(self) -> None:
        """No rows yet."""
        self.rows = self.n_posts = 0
        self.others: Counter[str] = Counter()
        """Records that are no posts, by kind."""
        self.notes: Counter[str] = Counter()
        """Clauses that complete «in 3 of 100 rows …»."""
        self._posters: set[str] = set()
        self._hashed = Numbers()
        self._omitted: dict[str, _Omission] = {}
        self._clock = Clock()
        self._span: tuple[np.datetime64, np.datetime64] | None = None

    def leave_out(self, reason: str, seen: str) -> None:
        """Count the row that is being read as left out."""
        omission = self._omitted.setdefault(reason, _Omission())
        omission.rows += 1
        if len(omission.first) < FIRST_ROWS:
            omission.first.append((self.rows, seen[:SHOWN]))

    def wrote(self, account_ids: Collection[str]) -> None:
        """Remember who wrote posts."""
        self._posters.update(account_ids)
        if len(self._posters) > POSTERS:
            self._hash()

    def _hash(self) -> None:
        for account_id in self._posters:
            self._hashed.add(hash(account_id) & MASK)
        self._posters.clear()

    def n_posters(self) -> int:
        """How many accounts wrote posts."""
        if self._hashed:
            self._hash()
        return len(self._hashed) or len(self._posters)

    def posts(self, columns: Columns) -> None:
        """Look at the times of a batch that is handed on."""
        times = columns["time"]
        self._clock.add(times.astype(np.int64))
        first, last = self._span or (times[0], times[0])
        self._span = (min(first, times.min()), max(last, times.max()))

    def ledger(self, looked: Survey, recognised: Recognised, tally: Tally) -> FileLedger:
        """Close the account."""
        return FileLedger(
            path=looked.path.name,
            sha256=looked.sha256,
            n_bytes=looked.n_bytes,
            format=recognised.reader.name,
            title=recognised.reader.title,
            rows=self.rows,
            posts=self.n_posts,
            other_records=dict(sorted(self.others.items())),
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
            n_accounts=self.n_posters(),
            first_time=_written(self._span and self._span[0]),
            last_time=_written(self._span and self._span[1]),
        )

    def _assumptions(self, recognised: Recognised, tally: Tally) -> tuple[str, ...]:
        counted = [f"In {n:,} of {self.rows:,} rows {note}." for note, n in sorted(self.notes.items())]
        if tally.n_keys_twice:
            times = "once" if tally.n_keys_twice == 1 else f"{tally.n_keys_twice:,} times"
            counted.append(f"A key stands twice in one object {times}; its last value was taken.")
        return (*recognised.notes, *recognised.reader.assumes, *counted)


def _written(time: np.datetime64 | None) -> str | None:
    if time is None:
        return None
    moment: datetime = time.astype(datetime)
    return moment.isoformat() + "Z"
