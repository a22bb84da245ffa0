"""One file's posts on their way into the study: written aside, then all at once in place.

    batches ──► .part-… ──commit──► posts/<sha256>-0000.parquet …  and, last, ledger/<sha256>.json

The ledger entry is the acknowledgement: segments without one are not part of the study, so a read that was cut
off at any moment leaves a study that is whole without that file.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from hashlib import file_digest
from pathlib import Path
from types import TracebackType
from typing import Any

from groundswell.engine.engine import Engine
from groundswell.model.deletion import ALIASES, REPEATS
from groundswell.model.ledger import FileLedger
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.table import Columns, TableContract, n_rows, text_column


class Appending:
    """Takes batches of posts and accounts of one file; nothing counts until `commit`.

    A batch is written while the next one is read, on another core where there is one; no more than one waits.
    """

    def __init__(self, folder: Path, engine: Engine) -> None:
        """Write aside in the study `folder`, through `engine`."""
        self._folder, self._engine = folder, engine
        self._aside = Path(tempfile.mkdtemp(prefix=".part-", dir=folder))
        self._parts: list[tuple[TableContract, Path]] = []
        self._writer = ThreadPoolExecutor(1, "groundswell-writing")
        self._writing: Future[None] | None = None

    def __enter__(self) -> Appending:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._writer.shutdown()
        shutil.rmtree(self._aside, ignore_errors=True)

    def posts(self, columns: Columns) -> None:
        """Take a batch of posts."""
        self._write(POSTS, columns)

    def accounts(self, columns: Columns) -> None:
        """Take a batch of accounts."""
        self._write(ACCOUNTS, columns)

    def aliases(self, columns: Columns) -> None:
        """Take what the server calls its posts."""
        self._write(ALIASES, columns)

    def repeats(self, columns: Columns) -> None:
        """Take where posts stand that were read before, so that their words can be found and deleted."""
        listed = {name: columns[name] for name in REPEATS.columns if name != "later_id"}
        self._write(REPEATS, {**listed, "later_id": text_column([None] * n_rows(columns))})

    def _write(self, contract: TableContract, columns: Columns) -> None:
        if not n_rows(columns):
            return
        self._written()
        path = self._aside / f"{contract.name}-{len(self._parts):05d}.parquet"
        self._writing = self._writer.submit(self._engine.write, contract, columns, path)
        self._parts.append((contract, path))

    def _written(self) -> None:
        """Wait for the batch that is being written; what went wrong with it is raised here."""
        if self._writing is not None:
            writing, self._writing = self._writing, None
            writing.result()

    def commit(self, ledger: FileLedger, **beside: Any) -> None:
        """Put the segments in place and acknowledge them by the ledger entry.

        Parameters
        ----------
        beside
            What is acknowledged together with the file, such as the cursor of the stream that it came from.
        """
        self._written()
        for contract, path in self._parts:
            flush(path)
            place = self._folder / contract.name
            place.mkdir(exist_ok=True)
            path.replace(place / f"{ledger.sha256}-{path.name.rsplit('-', 1)[1]}")
        entry = {**asdict(ledger), **beside}
        write_whole(self._folder / "ledger" / f"{ledger.sha256}.json", json.dumps(entry, indent=1))


def _umask() -> int:
    """What new files may not allow; it can only be read by setting it."""
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


def flush(path: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def hash_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def write_whole(path: Path, text: str, *, secret: bool = False) -> None:
    """Write a text file that is either all there or not there; a `secret` one is for its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if not secret:
            Path(aside).chmod(0o666 & ~_umask())
        Path(aside).replace(path)
    finally:
        Path(aside).unlink(missing_ok=True)
