"""Is anything left of what went where a file held a post again? Its raw bytes are read once more, to see.

    raw/<sha256>.zst ──ingest──► every post in it, each version, however the file was packed ──► left, or not

What was listed while the file was read is not asked: this finds what the list lacked.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from groundswell.errors import GroundswellError
from groundswell.model.ledger import FileLedger
from groundswell.model.table import Columns, n_rows
from groundswell.read.ingest import READ_BEFORE, ingest
from groundswell.read.recognised import readers
from groundswell.read.versions import EARLIER
from groundswell.store.masking import rows_naming
from groundswell.store.names import Names
from groundswell.store.raw import unpacked
from groundswell.store.rewriting import REMOVED, raw_of
from groundswell.store.study import Study


@dataclass(frozen=True, kw_only=True)
class Gone:
    """What should not be there any more."""

    posts: Collection[tuple[str, str]]
    """Platform and id."""
    accounts: Collection[tuple[str, str]]
    before: datetime | None
    """Naive, in UTC."""
    names: Names

    def is_in(self, columns: Columns) -> bool:
        """Whether any of these posts should not be there."""
        if self.before is not None and bool((columns["time"] < np.datetime64(self.before, "us")).any()):
            return True
        told = zip(columns["platform"], columns["post_id"], columns["account_id"], strict=True)
        if any((platform, post) in self.posts or (platform, who) in self.accounts for platform, post, who in told):
            return True
        return bool(rows_naming(columns, self.names).any())


class _Looking:
    """A sink that keeps nothing."""

    def __init__(self, gone: Gone) -> None:
        self._gone = gone
        self.found = False

    def posts(self, columns: Columns) -> None:
        """Look at a batch of posts."""
        self.found = self.found or (n_rows(columns) > 0 and self._gone.is_in(columns))

    def accounts(self, columns: Columns) -> None:
        """Profiles are searched for as text."""


def held_again(study: Study, gone: Gone) -> tuple[list[str], list[str]]:
    """Read again the raw bytes of every file that held posts which the study had, or held earlier versions.

    Returns
    -------
    the raw files with something in them that should be gone, and the names of files that could not be read again
    """
    left, unread = [], []
    for entry in study.ledgers():
        path = raw_of(study, entry.sha256)
        if path is None or not _holds_again(entry):
            continue
        try:
            if _found(path, entry, study.raw, gone):
                left.append(str(path.relative_to(study.folder)))
        except GroundswellError:
            # Such as a table whose columns a person named: what they said is not kept.
            unread.append(entry.path)
    return sorted(left), sorted(unread)


def _holds_again(entry: FileLedger) -> bool:
    return EARLIER in entry.other_records or any(one.reason == READ_BEFORE for one in entry.left_out)


def _found(path: Path, entry: FileLedger, folder: Path, gone: Gone) -> bool:
    looking = _Looking(gone)
    n_removed = n_lines = 0
    with tempfile.NamedTemporaryFile(prefix=".part-", dir=folder) as plain:
        with unpacked(path) as source:
            for line in source:
                if line.startswith(REMOVED):
                    n_removed += 1
                else:
                    plain.write(line)
                    n_lines += not line.isspace()
        plain.flush()
        header = any(one.name == entry.format and one.shape == "table" for one in readers())
        if not n_removed or n_lines > header:
            ingest(Path(plain.name), sink=looking, repeats=looking.posts)
    return looking.found
