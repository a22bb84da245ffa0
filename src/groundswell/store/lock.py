"""One writer at a time: a lock on a file that the system lets go of when its holder ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from groundswell.errors import WrongUse

try:
    import fcntl
except ImportError:  # Windows: its users are warned in docs/collecting.md
    fcntl = None  # type: ignore[assignment]


@contextmanager
def locked(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file while inside.

    Raises
    ------
    WrongUse
        Someone else is doing `what`, such as ``collecting from wss://…``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise WrongUse(
                    f"Another program is {what} into this study.\n"
                    f"  It holds {str(path)!r}.\n  Stop it first, or wait until it is done."
                ) from None
        yield
    finally:
        os.close(handle)
